//! The lines of a postal address in the United Kingdom.
//!
//! As in GOV.UK's "Addresses" pattern, lines are free text. Apart from empty and overlong lines,
//! the rule rejects only text that cannot be part of an address: control characters, emoji alone,
//! angle brackets, web addresses, and text that a spreadsheet would run as a formula.

use std::borrow::Cow;

use super::{line::Line, line_newtype};
use crate::problem::Problem;

/// A line of an address, such as the building and street or the county: 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressLine(String);

/// A town or city: 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Town(String);

impl AddressLine {
    /// The maximum length of a line, in characters.
    pub const LIMIT: usize = 100;

    /// Checks and tidies a line; messages call it "the first line of the address".
    ///
    /// # Errors
    /// `address-line-empty`, `address-line-too-long`, `address-line-characters`,
    /// `address-line-brackets` (`<`, `>`), `address-line-start` (`=`, `+`, `-`, `@`),
    /// `address-line-emoji`, `address-line-web-address`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "the first line of the address")
    }

    /// Checks and tidies a line; messages call it `noun`, which must include its article.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check), with messages that use the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Self::line(noun).check(typed)
    }

    /// Checks and tidies an optional line, such as a second line or a county. An empty line is
    /// valid.
    ///
    /// # Errors
    /// The errors of [`check_as`](Self::check_as), except `address-line-empty`.
    pub fn check_optional<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Self::line(noun).check_optional(typed)
    }

    /// Parses an optional line; `None` if nothing was typed.
    ///
    /// # Errors
    /// The errors of [`check_optional`](Self::check_optional).
    pub fn parse_optional(typed: &str, noun: &str) -> Result<Option<Self>, Problem> {
        let tidied = Self::check_optional(typed, noun)?;
        Ok((!tidied.is_empty()).then(|| Self(tidied.into_owned())))
    }

    fn line(noun: &str) -> Line<'_> {
        Line {
            kind: "address-line",
            noun,
            limit: Self::LIMIT,
            brackets: false,
            hosts: true,
        }
    }
}

impl Town {
    /// The maximum length of a town's name, in characters.
    pub const LIMIT: usize = 100;

    /// Checks and tidies a town's name; messages call it "the town or city".
    ///
    /// # Errors
    /// The errors of [`AddressLine::check`], with codes that begin with `town-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Line {
            kind: "town",
            noun: "the town or city",
            limit: Self::LIMIT,
            brackets: false,
            hosts: true,
        }
        .check(typed)
    }
}

line_newtype!(AddressLine);
line_newtype!(Town);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn good_lines() {
        for typed in [
            "1 High Street",
            "Flat 2/1, 10–12 Example Road",
            "c/o A. Clerk & Co",
            "Tŷ Gwyn",
            "221B",
        ] {
            assert_eq!(
                AddressLine::check(typed),
                Ok(Cow::Borrowed(typed)),
                "{typed:?}"
            );
        }
        assert_eq!(
            Town::check(" Stratford-upon-Avon "),
            Ok(Cow::Borrowed("Stratford-upon-Avon"))
        );
    }

    #[test]
    fn faults() {
        let long = "a".repeat(101);
        for (typed, code) in [
            ("", "empty"),
            ("1 <b>High</b> Street", "brackets"),
            ("=HYPERLINK(1)", "start"),
            ("www.firm.example", "web-address"),
            ("1 High\0Street", "characters"),
            ("🏠", "emoji"),
            (&long, "too-long"),
        ] {
            let line = AddressLine::check(typed).map_err(|problem| problem.code);
            assert_eq!(
                line,
                Err(format!("address-line-{code}").into()),
                "{typed:?}"
            );
            let town = Town::check(typed).map_err(|problem| problem.code);
            assert_eq!(town, Err(format!("town-{code}").into()), "{typed:?}");
            let optional = AddressLine::check_optional(typed, "the county");
            assert_eq!(optional.is_ok(), typed.is_empty(), "{typed:?}");
        }
    }

    #[test]
    fn words_take_the_noun() {
        let long = "a".repeat(101);
        for (problem, words) in [
            (
                AddressLine::check(""),
                "Enter the first line of the address",
            ),
            (
                AddressLine::check(&long),
                "First line of the address must be 100 characters or fewer",
            ),
            (
                AddressLine::check_optional(&long, "the county"),
                "County must be 100 characters or fewer",
            ),
            (Town::check(""), "Enter the town or city"),
        ] {
            assert_eq!(problem.map_err(|problem| problem.words), Err(words.into()));
        }
    }

    #[test]
    fn an_optional_line() {
        assert_eq!(AddressLine::parse_optional(" ", "the county"), Ok(None));
        let county = AddressLine::parse_optional(" Kent ", "the county");
        assert_eq!(
            county.map(|line| line.map(|line| line.to_string())),
            Ok(Some("Kent".to_owned()))
        );
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            if let Ok(tidied) = AddressLine::check(&typed) {
                prop_assert_eq!(AddressLine::check(&tidied), Ok(tidied.clone()));
                prop_assert_eq!(AddressLine::check_optional(&typed, "the county"), Ok(tidied));
            }
        }
    }
}
