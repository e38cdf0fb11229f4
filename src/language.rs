//! The two languages of the service, and the choice between an English and a Welsh text.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// Path of the page on which an applicant chooses the language of emails.
pub const EMAIL_LANGUAGE: &str = "/email-language";
/// The name of the form field for the language.
pub const LANGUAGE: &str = "language";

/// A language of the service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Welsh.
    Welsh,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::English, Self::Welsh];

    /// Returns the code of the language (BCP 47): `en` or `cy`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    /// Returns the language with this code; `None` for an unknown code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// Parses the code of the chosen language.
    ///
    /// # Errors
    /// `language-empty`, at the field `language`, if the code is empty or unknown.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Self::from_code(typed.trim()).ok_or_else(|| {
            Problem::new(
                LANGUAGE,
                "language-empty",
                "Select which language we should use for emails",
            )
        })
    }

    /// Returns the name shown to people who choose a language.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Welsh => "Welsh (Cymraeg)",
        }
    }

    /// Returns the text in this language, given both texts.
    #[must_use]
    pub const fn of<'a>(self, english: &'a str, welsh: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Welsh => welsh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_one_language() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
        for code in ["", "EN", "en-GB", "fr"] {
            assert_eq!(Language::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn a_chosen_language_is_one_of_the_two() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Ok(language));
            assert!(!language.words().is_empty());
        }
        for typed in ["", "welsh", "fr"] {
            let problem = Language::parse(typed).unwrap_err();
            assert_eq!(
                (&*problem.field, &*problem.code),
                (LANGUAGE, "language-empty")
            );
        }
    }

    #[test]
    fn a_text_is_given_in_the_language_that_is_asked_for() {
        assert_eq!(Language::English.of("Yes", "Ydw"), "Yes");
        assert_eq!(Language::Welsh.of("Yes", "Ydw"), "Ydw");
    }
}
