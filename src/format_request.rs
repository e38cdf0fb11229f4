//! A request for the form in another format, from a person who can use neither the pages nor the
//! spreadsheet.
//!
//! The request is one page and needs no draft, because the person may be unable to use the rest of
//! the service.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::{Answers, ordered};
use crate::context::Context;
use crate::identifiers::{Email, PersonName, Telephone};
use crate::language::{LANGUAGE, Language};
use crate::problem::Problem;
use crate::text::{tidy, tidy_lines};

/// The number of working days within which the desk answers a request.
pub const WORKING_DAYS: u8 = 5;
/// The maximum length of a free-text answer, in characters.
pub const MAX_FORMAT_REQUEST_CHARACTERS: usize = 500;
/// The maximum number of requests in an hour with the same contact details.
pub const MAX_IN_AN_HOUR: usize = 3;
/// The maximum number of requests in an hour from one client address, which a whole office may
/// share.
pub const MAX_FORMAT_REQUESTS_FROM_CLIENT: usize = 20;

crate::keyed! {
    /// A format in which the desk can send the form.
    pub enum Format {
        /// Large print.
        LargePrint = "large-print",
        /// Braille.
        Braille = "braille",
        /// An audio recording.
        Audio = "audio",
        /// Easy read.
        EasyRead = "easy-read",
        /// British Sign Language.
        SignLanguage = "sign-language",
        /// On paper, by post.
        Paper = "paper",
        /// Another format, described in the person's own words.
        Other = "other",
    }
}

impl Format {
    /// Returns the text shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::LargePrint => "Large print",
            Self::Braille => "Braille",
            Self::Audio => "Audio",
            Self::EasyRead => "Easy read",
            Self::SignLanguage => "British Sign Language",
            Self::Paper => "On paper, by post",
            Self::Other => "Another format",
        }
    }
}

/// A request for another format, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct FormatRequest {
    /// The key of the chosen format; empty if none was chosen.
    #[validate(custom(function = "format"))]
    pub format: String,
    /// The person's needs, in their own words; required for [`Format::Other`].
    #[validate(custom(function = "details"))]
    pub details: String,
    /// The assistive technology that the person uses; may be empty.
    #[validate(custom(function = "technology"))]
    pub technology: String,
    /// The name of the person.
    #[validate(custom(function = "name"))]
    pub name: String,
    /// An e-mail address; required if there is no telephone number.
    #[validate(custom(function = "email"))]
    pub email: String,
    /// A telephone number; required if there is no e-mail address.
    #[validate(custom(function = "telephone"))]
    pub telephone: String,
    /// The code of the language of the reply; empty for English.
    #[validate(custom(function = "language"))]
    pub language: String,
}

/// A valid request, tidied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteFormatRequest {
    /// The requested format.
    pub format: Format,
    /// The person's needs, in their own words; may be empty.
    pub details: String,
    /// The assistive technology that the person uses; may be empty.
    pub technology: String,
    /// The name of the person.
    pub name: PersonName,
    /// The e-mail address for the reply; `None` if the person gave no e-mail address.
    pub email: Option<Email>,
    /// The telephone number for the reply; `None` if the person gave no telephone number.
    pub telephone: Option<Telephone>,
    /// The language of the reply.
    pub language: Language,
}

impl FormatRequest {
    /// Validates and tidies the request.
    ///
    /// # Errors
    /// All problems, in page order.
    pub fn complete(&self) -> Result<CompleteFormatRequest, Vec<Problem>> {
        let problems = self.problems(&Context::default());
        let given = |typed: &str| !tidy(typed).is_empty();
        match (
            Format::from_key(&self.format),
            PersonName::parse(&self.name),
        ) {
            (Some(format), Ok(name)) if problems.is_empty() => Ok(CompleteFormatRequest {
                format,
                details: tidy_lines(&self.details),
                technology: tidy_lines(&self.technology),
                name,
                email: given(&self.email)
                    .then(|| Email::parse(&self.email).ok())
                    .flatten(),
                telephone: given(&self.telephone)
                    .then(|| Telephone::parse(&self.telephone).ok())
                    .flatten(),
                language: self.language(),
            }),
            _ => Err(problems),
        }
    }
}

impl FormatRequest {
    /// Returns the chosen language; English if none was chosen.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::from_code(&self.language).unwrap_or_default()
    }
}

impl Answers for FormatRequest {
    const FIELDS: &'static [&'static str] = &[
        "format",
        "details",
        "technology",
        "name",
        "email",
        "telephone",
        LANGUAGE,
    ];

    fn problems(&self, _context: &Context) -> Vec<Problem> {
        let mut problems = ordered(self.validate(), Self::FIELDS);
        let is_empty = |typed: &str| tidy(typed).is_empty();
        if Format::from_key(&self.format) == Some(Format::Other) && is_empty(&self.details) {
            problems.push(Problem::new(
                "details",
                "details-empty",
                "Enter which format you need",
            ));
        }
        if is_empty(&self.email) && is_empty(&self.telephone) {
            problems.push(Problem::new(
                "email",
                "email-or-telephone",
                "Enter an email address or a telephone number",
            ));
        }
        let place = |problem: &Problem| {
            Self::FIELDS
                .iter()
                .position(|field| *field == problem.field)
        };
        problems.sort_by_key(place);
        problems
    }
}

fn format(key: &str) -> Result<(), ValidationError> {
    if Format::from_key(key).is_some() {
        return Ok(());
    }
    Err(Problem::new("format", "format-empty", "Select the format you need").into())
}

fn details(typed: &str) -> Result<(), ValidationError> {
    within(typed, "details-too-long", "What you need")
}

fn technology(typed: &str) -> Result<(), ValidationError> {
    within(typed, "technology-too-long", "Assistive technology")
}

fn within(typed: &str, code: &'static str, what: &str) -> Result<(), ValidationError> {
    if typed.chars().count() <= MAX_FORMAT_REQUEST_CHARACTERS {
        return Ok(());
    }
    let words = format!("{what} must be {MAX_FORMAT_REQUEST_CHARACTERS} characters or fewer");
    Err(Problem::new("", code, words).into())
}

fn name(typed: &str) -> Result<(), ValidationError> {
    if tidy(typed).is_empty() {
        return Err(Problem::new("name", "name-empty", "Enter your name").into());
    }
    PersonName::check(typed)?;
    Ok(())
}

fn email(typed: &str) -> Result<(), ValidationError> {
    if !tidy(typed).is_empty() {
        Email::check(typed)?;
    }
    Ok(())
}

fn telephone(typed: &str) -> Result<(), ValidationError> {
    if !tidy(typed).is_empty() {
        Telephone::check(typed)?;
    }
    Ok(())
}

fn language(code: &str) -> Result<(), ValidationError> {
    if !code.is_empty() {
        Language::parse(code)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> FormatRequest {
        FormatRequest {
            format: "braille".to_owned(),
            name: "Morag Ó Sé".to_owned(),
            email: "morag@firm.example".to_owned(),
            ..FormatRequest::default()
        }
    }

    fn codes(request: &FormatRequest) -> Vec<String> {
        let problems = request.problems(&Context::default());
        problems
            .into_iter()
            .map(|problem| format!("{}:{}", problem.field, problem.code))
            .collect()
    }

    #[test]
    fn says_what_is_missing_in_the_order_of_the_page() {
        assert_eq!(
            codes(&FormatRequest::default()),
            [
                "format:format-empty",
                "name:name-empty",
                "email:email-or-telephone"
            ]
        );
        let other = FormatRequest {
            format: "other".to_owned(),
            ..request()
        };
        assert_eq!(codes(&other), ["details:details-empty"]);
    }

    #[test]
    fn one_way_to_be_reached_is_enough_and_each_that_is_given_must_work() {
        assert_eq!(codes(&request()), [""; 0]);
        let called = FormatRequest {
            email: String::new(),
            telephone: "01632 960 001".to_owned(),
            ..request()
        };
        assert_eq!(codes(&called), [""; 0]);
        let wrong = FormatRequest {
            telephone: "0163".to_owned(),
            ..request()
        };
        assert_eq!(codes(&wrong).len(), 1);
        assert!(codes(&wrong)[0].starts_with("telephone:"));
    }

    #[test]
    fn words_of_ones_own_keep_their_lines_and_nothing_invisible() {
        let sent = FormatRequest {
            details: " Large\u{200b} print\r\non blue ".to_owned(),
            technology: "\u{feff}JAWS".to_owned(),
            ..request()
        };
        let complete = sent.complete().unwrap();
        assert_eq!(complete.details, "Large print\non blue");
        assert_eq!(complete.technology, "JAWS");
    }

    #[test]
    fn words_of_ones_own_have_a_limit_that_is_named() {
        let long = FormatRequest {
            technology: "x".repeat(MAX_FORMAT_REQUEST_CHARACTERS + 1),
            details: "ä".repeat(MAX_FORMAT_REQUEST_CHARACTERS),
            ..request()
        };
        assert_eq!(codes(&long), ["technology:technology-too-long"]);
    }

    #[test]
    fn a_complete_request_is_tidied() {
        let complete = request().complete().unwrap();
        assert_eq!(complete.format, Format::Braille);
        assert_eq!(complete.email.unwrap().as_str(), "morag@firm.example");
        assert_eq!(complete.telephone, None);
        assert_eq!(complete.language, Language::English);
        assert!(FormatRequest::default().complete().is_err());
    }

    #[test]
    fn the_language_is_one_of_both() {
        for (code, found) in [
            ("en", Ok(Language::English)),
            ("cy", Ok(Language::Welsh)),
            ("fr", Err(())),
        ] {
            let asked = FormatRequest {
                language: code.to_owned(),
                ..request()
            };
            let complete = asked.complete().map(|complete| complete.language);
            assert_eq!(
                complete.map_err(|problems| assert_eq!(problems[0].field, LANGUAGE)),
                found
            );
        }
    }

    #[test]
    fn every_format_has_a_key_of_its_own() {
        for format in Format::ALL {
            assert_eq!(Format::from_key(format.key()), Some(format));
        }
    }
}
