//! Who the messages are from, and the end that all of them share.

use registration::language::Language;

use crate::letter::Letter;

/// Who the messages are from, by the settings of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The address of the service, without a slash at its end, such as `https://register.example`.
    pub service: String,
    /// The e-mail address of the Common Platform Desk.
    pub desk_email: String,
    /// Its telephone number.
    pub desk_telephone: String,
    /// When its telephone is answered.
    pub desk_hours: String,
    /// The same in Welsh.
    pub desk_hours_in_welsh: String,
}

impl Sender {
    /// The name of the service.
    #[must_use]
    pub const fn name(language: Language) -> &'static str {
        match language {
            Language::English => "Register for Common Platform",
            Language::Welsh => "Cofrestru ar gyfer y Platfform Cyffredin",
        }
    }

    /// The address of a page.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.service)
    }

    /// The letter with how to reach the desk.
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
