//! The sender of the messages, and the closing that all messages share.

use registration::language::Language;

use crate::letter::Letter;

/// The sender of the messages, from the settings of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The address of the service, without a slash at the end, such as `https://register.example`.
    pub service: String,
    /// The email address of the Common Platform Desk.
    pub desk_email: String,
    /// The telephone number of the desk.
    pub desk_telephone: String,
    /// The hours in which the desk answers the telephone.
    pub desk_hours: String,
    /// The hours in which the desk answers the telephone, in Welsh.
    pub desk_hours_in_welsh: String,
}

impl Sender {
    /// Returns the name of the service.
    #[must_use]
    pub const fn name(language: Language) -> &'static str {
        match language {
            Language::English => "Register for Common Platform",
            Language::Welsh => "Cofrestru ar gyfer y Platfform Cyffredin",
        }
    }

    /// Returns the full address of a page.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.service)
    }

    /// Adds the contact details of the desk to a letter.
    #[must_use]
    pub(super) fn closing(&self, letter: Letter) -> Letter {
        let language = letter.language;
        letter
            .heading(language.of("Get help", "Cael help"))
            .points([
                format!("{} {}", language.of("Email:", "E-bost:"), self.desk_email),
                format!(
                    "{} {} ({})",
                    language.of("Telephone:", "Ffôn:"),
                    self.desk_telephone,
                    language.of(&self.desk_hours, &self.desk_hours_in_welsh)
                ),
            ])
            .paragraph(language.of("Common Platform Desk", "Desg y Platfform Cyffredin"))
    }
}
