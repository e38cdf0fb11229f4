//! A text in the languages of the service.

use crate::language::Language;

/// A text in English and, if it is translated, in Welsh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// The English text.
    pub english: &'static str,
    /// The Welsh text; if `None`, the English text is shown.
    pub welsh: Option<&'static str>,
}

impl Wording {
    /// Creates a text that is not translated.
    #[must_use]
    pub const fn english(english: &'static str) -> Self {
        Self {
            english,
            welsh: None,
        }
    }

    /// Creates a text in both languages.
    #[must_use]
    pub const fn both(english: &'static str, welsh: &'static str) -> Self {
        Self {
            english,
            welsh: Some(welsh),
        }
    }

    /// Returns the text in a language; English if there is no translation.
    #[must_use]
    pub const fn of(self, language: Language) -> &'static str {
        match (language, self.welsh) {
            (Language::Welsh, Some(welsh)) => welsh,
            _ => self.english,
        }
    }
}
