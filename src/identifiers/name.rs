//! The names of people.
//!
//! GOV.UK's "Names" pattern says to accept every character that a name may have, including numbers
//! and symbols, and a single letter. Each page passes the noun of its field for the messages.

use std::borrow::Cow;

use super::{line::Line, line_newtype};
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, tidy};

/// The text that stands for the missing first or last name of a person with only one name.
pub const NO_NAME: &str = "-";

/// A person's full name, first name or last name: 1 to 100 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// The maximum length of a name, in characters.
    pub const LIMIT: usize = 100;

    /// Checks and tidies a name; messages call it "a name".
    ///
    /// Curly apostrophes and accents stay as typed.
    ///
    /// # Errors
    /// `name-empty`, `name-too-long`, `name-characters`, `name-start` (`=`, `+`, `-`, `@`),
    /// `name-emoji`, `name-web-address`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "a name")
    }

    /// Checks and tidies a first or last name; a lone dash of any kind means that the person has
    /// only one name.
    ///
    /// # Errors
    /// The errors of [`check_as`](Self::check_as).
    pub fn check_part<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        if is_no_name(typed) {
            return Ok(Cow::Borrowed(NO_NAME));
        }
        Self::check_as(typed, noun)
    }

    /// Parses a first or last name; a lone dash of any kind becomes [`NO_NAME`].
    ///
    /// # Errors
    /// The errors of [`check_part`](Self::check_part), with the noun "a name".
    pub fn parse_part(typed: &str) -> Result<Self, Problem> {
        if is_no_name(typed) {
            return Ok(Self(NO_NAME.to_owned()));
        }
        Self::parse(typed)
    }

    /// Parses a name from the store; `None` if it is not valid.
    #[must_use]
    pub fn stored(text: &str) -> Option<Self> {
        Self::parse_part(text).ok()
    }

    /// Checks and tidies a name; messages call it `noun`.
    ///
    /// The noun must include its article: `a first name`, `your full name`.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check), with messages that use the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "name",
            noun,
            limit: Self::LIMIT,
            brackets: true,
            hosts: false,
        }
        .check(typed)
    }
}

line_newtype!(PersonName, stored);

/// Whether a first or last name is only a dash, of any kind; the person then has only one name.
#[must_use]
pub fn is_no_name(typed: &str) -> bool {
    if is_oversized(typed, PersonName::LIMIT) {
        return false;
    }
    let tidied = tidy(typed);
    let mut letters = tidied.chars();
    letters.next().is_some_and(is_dash) && letters.next().is_none()
}

/// Joins a first and a last name; for a person with only one name, returns that name.
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    let parts = [first, last].map(str::trim);
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|part| !part.is_empty() && !is_no_name(part))
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identifiers::{JobTitle, OrganisationName};

    #[test]
    fn good_names() {
        for typed in [
            "Ada",
            "O",
            "St. John",
            "O’Brien",
            "O'Brien",
            "Ní-Dhomhnaill",
            "Zoë",
            "王小明",
            "علی\u{200c}رضا",
            "ශ්\u{200d}රී",
            "Nguyễn Thị Minh Khai",
            "Louis XIV",
            "Robert 3rd",
            "J. R. Smith-Jones, KC",
            "O’Dowd <b>&\"",
            "d'Artagnan (née Batz)",
            "R2D2",
            "Ada 🙂",
            "c/o Smith",
            "Smith.John",
            "J.de Souza",
            "Ada Comte",
        ] {
            assert_eq!(
                PersonName::check(typed),
                Ok(Cow::Borrowed(typed)),
                "{typed:?}"
            );
        }
        for typed in [
            "Booking.com Ltd",
            "Example & Co. LLP",
            "S/W Law",
            "1.2/3 Chambers",
        ] {
            assert_eq!(
                OrganisationName::check(typed),
                Ok(Cow::Borrowed(typed)),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn typed_text_is_tidied() {
        for (typed, tidied) in [
            (" Ada ", "Ada"),
            ("Ada  King\tLovelace", "Ada King Lovelace"),
            ("Ada\u{a0}King", "Ada King"),
            ("\u{feff}Ada\u{200b}", "Ada"),
            ("Ada\r\nKing", "Ada King"),
        ] {
            assert_eq!(
                PersonName::check(typed),
                Ok(Cow::Borrowed(tidied)),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn faults() {
        let long = "é".repeat(101);
        for (typed, code) in [
            ("", "name-empty"),
            (" \u{200b}\u{a0}", "name-empty"),
            ("\u{3164}", "name-empty"),
            ("Ada\0", "name-characters"),
            ("Ada\u{7}King", "name-characters"),
            ("Ada\u{1b}[31m", "name-characters"),
            ("O\u{FFFD}Brien", "name-characters"),
            ("http://firm.example", "name-web-address"),
            ("Win at HTTPS://firm.example", "name-web-address"),
            ("WWW.firm.example", "name-web-address"),
            ("abc.com/", "name-web-address"),
            ("Visit abc.co.uk/win now", "name-web-address"),
            ("evil.tk/login", "name-web-address"),
            ("evil.com", "name-web-address"),
            ("evil.com:8080", "name-web-address"),
            ("evil.com?x=1", "name-web-address"),
            ("Ada (login.evil.co.uk)", "name-web-address"),
            ("https:evil.tk", "name-web-address"),
            ("mailto:x@y", "name-web-address"),
            ("=1+1", "name-start"),
            ("+44", "name-start"),
            ("-Ada", "name-start"),
            ("@SUM(A1)", "name-start"),
            ("\t=1+1", "name-start"),
            ("\r@SUM(A1)", "name-start"),
            ("＝1+1", "name-start"),
            ("＋1", "name-start"),
            ("－1", "name-start"),
            ("＠A", "name-start"),
            ("\u{200b}=1", "name-start"),
            ("🙂", "name-emoji"),
            ("👩‍⚖️ 👍🏽", "name-emoji"),
            ("❤️", "name-emoji"),
            ("🅰🅱", "name-emoji"),
            (&long, "name-too-long"),
        ] {
            assert_eq!(
                PersonName::check(typed).map_err(|problem| problem.code),
                Err(code.into()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_person_with_one_name_has_a_hyphen_in_the_other_field() {
        for typed in ["-", " \u{2013} ", "\u{2014}", "\u{200b}-"] {
            assert_eq!(
                PersonName::check_part(typed, "a first name"),
                Ok("-".into())
            );
            let parsed = PersonName::parse_part(typed).expect("a name");
            let json = serde_json::to_string(&parsed).expect("a string");
            assert_eq!(serde_json::from_str::<PersonName>(&json).ok(), Some(parsed));
            assert_eq!(full_name(typed, "Suharto"), "Suharto");
            assert_eq!(full_name("Suharto", typed), "Suharto");
        }
        for typed in ["", "--", "-Ada", "- a"] {
            assert!(
                PersonName::check_part(typed, "a first name").is_err(),
                "{typed}"
            );
        }
        assert!(PersonName::check("-").is_err(), "a full name is a name");
        assert_eq!(full_name(" Ada ", "King"), "Ada King");
    }

    #[test]
    fn ligatures_and_compatibility_letters_are_kept_in_one_form() {
        for (typed, parsed) in [
            ("Gri\u{fb03}n", "Griffin"),
            ("\u{ff21}\u{ff44}\u{ff41}", "Ada"),
            ("\u{1d400}da", "Ada"),
            ("Zoe\u{308}", "Zo\u{eb}"),
            ("O\u{b4}Brien", "O\u{b4}Brien"),
            ("Smith & Co\u{2122}", "Smith & Co\u{2122}"),
        ] {
            let organisation = OrganisationName::parse(typed).expect(typed);
            assert_eq!(organisation.as_str(), parsed, "{typed}");
            assert_eq!(OrganisationName::parse(parsed).as_ref(), Ok(&organisation));
        }
        let long = "\u{fb03}".repeat(100);
        let parsed = PersonName::parse(&long).expect("a name");
        assert_eq!(PersonName::parse(parsed.as_str()), Ok(parsed));
        let hidden = "\u{ff57}\u{ff57}\u{ff57}.firm.example";
        let parsed = PersonName::parse(hidden).expect("a name");
        assert_eq!(PersonName::parse(parsed.as_str()), Ok(parsed));
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        for letter in ["a", "é", "王"] {
            assert!(PersonName::check(&letter.repeat(100)).is_ok());
            assert!(PersonName::check(&letter.repeat(101)).is_err());
            assert!(JobTitle::check(&letter.repeat(101)).is_err());
            assert!(OrganisationName::check(&letter.repeat(255)).is_ok());
            assert!(OrganisationName::check(&letter.repeat(256)).is_err());
        }
    }

    #[test]
    fn words_take_the_noun() {
        let long = "a".repeat(300);
        for (problem, words) in [
            (
                PersonName::check_as("", "a first name"),
                "Enter a first name",
            ),
            (
                PersonName::check_as(&long, "a first name"),
                "First name must be 100 characters or fewer",
            ),
            (
                PersonName::check_as("=1", "your full name"),
                "Full name must not begin with =, +, - or @",
            ),
            (JobTitle::check(""), "Enter a job title"),
            (OrganisationName::check(""), "Enter an organisation name"),
            (
                OrganisationName::check(&long),
                "Organisation name must be 255 characters or fewer",
            ),
        ] {
            assert_eq!(problem.map_err(|problem| problem.words), Err(words.into()));
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            if let Ok(tidied) = PersonName::check(&typed) {
                prop_assert_eq!(PersonName::check(&tidied), Ok(tidied.clone()));
                prop_assert!((1..=100).contains(&tidied.chars().count()));
            }
        }

        #[test]
        fn the_quick_way_says_what_the_slow_way_says(typed in "[a-zA-Z0-9' =+@./:-]{0,12}") {
            let line = Line { kind: "name", noun: "a name", limit: 10, brackets: true, hosts: true };
            let quick = line.check(&typed).is_ok();
            // `check` removes the soft hyphen, but only after its presence has ruled out the quick
            // path.
            let slow = line.check(&format!("{typed}\u{ad}")).is_ok();
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn every_word_of_letters_is_a_name(typed in "\\p{L}{1,100}") {
            prop_assume!(!typed.contains(crate::text::is_invisible));
            prop_assert!(PersonName::check(&typed).is_ok());
        }
    }
}
