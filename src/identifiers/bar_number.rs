//! A barrister's number with the Bar Standards Board.
//!
//! No authority publishes the format. The Legal Aid Agency's register allows up to 15 characters,
//! and so does this rule.

use std::borrow::Cow;

use super::{label_before::without_label, text_newtype};
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed};

/// A Bar number: 1 to 15 capital letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BarNumber(String);

impl BarNumber {
    /// The maximum length, in characters.
    pub const LIMIT: usize = 15;

    /// Checks a number and returns it in capitals, without spaces, dashes and slashes, and without
    /// words before it such as `Bar no`.
    ///
    /// # Errors
    /// `bar-number-empty`, `bar-number-characters` (not only letters a to z and digits),
    /// `bar-number-too-long`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        let begins_with_digit = typed.starts_with(|first: char| first.is_ascii_digit());
        if begins_with_digit && typed.len() <= Self::LIMIT && typed.bytes().all(is_kept) {
            return Ok(Cow::Borrowed(typed));
        }
        if is_oversized(typed, Self::LIMIT) {
            return Err(problem_too_long());
        }
        let tidied: String = squeezed(typed)
            .chars()
            .filter(|&letter| !is_dash(letter) && letter != '/')
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let tidied = without_label(Cow::Owned(tidied), LABEL);
        if tidied.is_empty() {
            return Err(problem(
                "bar-number-empty",
                "Enter a Bar number, like 12345",
            ));
        }
        if !tidied.bytes().all(is_kept) {
            return Err(problem(
                "bar-number-characters",
                "Bar number must only include letters a to z and numbers, like 12345",
            ));
        }
        if tidied.len() > Self::LIMIT {
            return Err(problem_too_long());
        }
        Ok(tidied)
    }

    /// Reads a number from the store; `None` if it is not 1 to 15 capital letters and digits.
    ///
    /// Older rules stored the words before a number too, as in `BARNO45678`. Such numbers are read
    /// unchanged, so that records still agree with their audit rows.
    #[must_use]
    pub fn stored(text: &str) -> Option<Self> {
        let is_number = (1..=Self::LIMIT).contains(&text.len()) && text.bytes().all(is_kept);
        is_number.then(|| Self(text.to_owned()))
    }
}

text_newtype!(BarNumber, stored);

/// The words that may stand before a Bar number.
const LABEL: &[&str] = &[
    "BAR",
    "BARRISTER",
    "BARRISTERS",
    "BOARD",
    "BSB",
    "COUNCIL",
    "ID",
    "MEMBER",
    "MEMBERSHIP",
    "NO",
    "NUM",
    "NUMBER",
    "REF",
    "REFERENCE",
    "REGISTRATION",
    "STANDARDS",
];

fn is_kept(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn problem_too_long() -> Problem {
    problem(
        "bar-number-too-long",
        "Bar number must be 15 characters or fewer, like 12345",
    )
}

fn problem(code: &'static str, words: &'static str) -> Problem {
    Problem::new("bar-number", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn good_numbers() {
        for (typed, tidied) in [
            ("11111", "11111"),
            ("12345", "12345"),
            ("bc 123/45-6", "BC123456"),
            ("1", "1"),
            ("123456789012345", "123456789012345"),
            ("12345-67890-12345", "123456789012345"),
            ("Bar no 45678", "45678"),
            ("BARNO45678", "45678"),
            ("Bar Council membership number: 45678", "45678"),
            ("BSB no. 45678", "45678"),
            ("#45678", "45678"),
            // Letters that are part of the number stay.
            ("NOAH 1", "NOAH1"),
            ("BAR", "BAR"),
        ] {
            assert_eq!(
                BarNumber::check(typed),
                Ok(Cow::Borrowed(tidied)),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_number_that_was_stored_before_is_still_read() {
        for text in ["BARNO45678", "45678", "BC123456"] {
            let read: BarNumber = serde_json::from_value(text.into()).unwrap();
            assert_eq!(read.as_str(), text);
        }
        for text in ["", "1234567890123456", "bar 1"] {
            assert_eq!(BarNumber::stored(text), None, "{text:?}");
        }
    }

    #[test]
    fn faults() {
        for (typed, code) in [
            ("", "bar-number-empty"),
            (" -/ ", "bar-number-empty"),
            ("12345.0!", "bar-number-characters"),
            ("É1", "bar-number-characters"),
            ("1111111111111111", "bar-number-too-long"),
        ] {
            assert_eq!(
                BarNumber::check(typed).map_err(|problem| problem.code),
                Err(code.into()),
                "{typed:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in "(?s).*|[0-9A-Za-z /-]*|((bar|no|id|#|[.: -]|[0-9]){0,9})") {
            if let Ok(tidied) = BarNumber::check(&typed) {
                prop_assert_eq!(BarNumber::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
            }
        }

        #[test]
        fn every_spelling_of_a_good_number(good in "[0-9][0-9A-Z]{1,14}", at in 1..15_usize, mark in "[ /–-]") {
            let at = at.min(good.len());
            let typed = format!("{}{mark}{}", &good[..at], &good[at..]).to_lowercase();
            prop_assert_eq!(BarNumber::check(&typed), Ok(Cow::Borrowed(good.as_str())));
        }
    }
}
