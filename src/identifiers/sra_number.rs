//! The number of a firm, an office or a solicitor on the register of the Solicitors Regulation
//! Authority.
//!
//! The SRA does not publish the number of digits: 4 to 8 are accepted, and any length but 6 gets a
//! warning. The number is stored as text, to keep leading zeros.

use std::borrow::Cow;

use super::{labelled, number::is_shortened, text_newtype};
use crate::problem::Problem;
use crate::text::{is_oversized, squeezed, tidy};

/// An SRA number: 4 to 8 digits, with any leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SraNumber(String);

impl SraNumber {
    /// The maximum number of digits.
    pub const LIMIT: usize = 8;

    /// Checks a number and returns its digits, without spaces, without a label such as `SRA ID:`
    /// and without the `.0` that spreadsheets add.
    ///
    /// # Errors
    /// `sra-number-empty`, `sra-number-shortened` (`1.2E+05`), `sra-number-characters`,
    /// `sra-number-too-short`, `sra-number-too-long`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        if is_oversized(typed, Self::LIMIT) {
            return Err(problem_too_long());
        }
        let typed = labelled::sra_number(typed).unwrap_or(typed);
        let mut digits = squeezed(typed);
        if let Some(whole) = digits.strip_suffix(".0") {
            digits = Cow::Owned(whole.to_owned());
        }
        if digits.is_empty() {
            return Err(problem(
                "sra-number-empty",
                "Enter an SRA number, like 123456",
            ));
        }
        if is_shortened(&digits) {
            return Err(problem(
                "sra-number-shortened",
                "Excel has shortened this number. Format the column as text and type the number again",
            ));
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(problem(
                "sra-number-characters",
                "SRA number must only include the digits 0 to 9, like 123456",
            ));
        }
        match digits.len() {
            0..=3 => Err(problem(
                "sra-number-too-short",
                "SRA number must be at least 4 digits, like 123456",
            )),
            4..=Self::LIMIT => Ok(digits),
            _ => Err(problem_too_long()),
        }
    }

    /// Returns the warning `sra-number-length` if the number is valid but does not have the usual 6
    /// digits, or `sra-number-read-as` if a label was left out.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        let digits = Self::check(typed).ok()?;
        let read_as =
            labelled::sra_number(typed).map(|_| format!("we read {} as {digits}", tidy(typed)));
        let (code, words) = if digits.len() == 6 {
            ("sra-number-read-as", read_as?)
        } else {
            let length = format!("most have 6 digits and this one has {}", digits.len());
            let words = match read_as {
                Some(read_as) => [&read_as, ", but ", &length].concat(),
                None => length,
            };
            ("sra-number-length", words)
        };
        let words = ["Check the SRA number: ", &words].concat();
        Some(Problem::new("sra-number", code, words))
    }
}

text_newtype!(SraNumber);

fn problem_too_long() -> Problem {
    problem(
        "sra-number-too-long",
        "SRA number must be 8 digits or fewer, like 123456",
    )
}

fn problem(code: &'static str, words: &'static str) -> Problem {
    Problem::new("sra-number", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn good_numbers() {
        for (typed, tidied) in [
            ("123456", "123456"),
            (" 12 34 56\u{a0}", "123456"),
            ("012345", "012345"),
            ("1234", "1234"),
            ("1111 2222", "11112222"),
            ("123456.0", "123456"),
            ("SRA 123456", "123456"),
            ("SRA ID: 123456", "123456"),
            ("sra no. 123 456", "123456"),
            ("SRA 612345", "612345"),
            ("sra612345", "612345"),
            ("SRA no. 612345", "612345"),
            ("Solicitors Regulation Authority number: 612345", "612345"),
        ] {
            assert_eq!(
                SraNumber::check(typed),
                Ok(Cow::Borrowed(tidied)),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn faults() {
        for (typed, code) in [
            ("", "sra-number-empty"),
            ("\u{200b} ", "sra-number-empty"),
            ("1.23457E+05", "sra-number-shortened"),
            ("12345A", "sra-number-characters"),
            ("-612345", "sra-number-characters"),
            ("SRA 1.23457E+05", "sra-number-shortened"),
            ("SRA", "sra-number-characters"),
            ("1/2", "sra-number-characters"),
            ("١٢٣٤٥٦", "sra-number-characters"),
            ("123", "sra-number-too-short"),
            ("123456789", "sra-number-too-long"),
        ] {
            assert_eq!(
                SraNumber::check(typed).map_err(|problem| problem.code),
                Err(code.into()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn asks_about_an_unusual_length() {
        assert_eq!(SraNumber::warning("123456"), None);
        assert_eq!(SraNumber::warning("wrong"), None);
        let warning = SraNumber::warning("SRA  123456").expect("a warning");
        assert_eq!(warning.code, "sra-number-read-as");
        let short = SraNumber::warning("SRA 12345").expect("a warning");
        assert_eq!(short.code, "sra-number-length");
        assert_eq!(
            short.words,
            "Check the SRA number: we read SRA 12345 as 12345, but most have 6 digits and this one has 5"
        );
        assert_eq!(
            warning.words,
            "Check the SRA number: we read SRA 123456 as 123456"
        );
        for typed in ["12345", "1234567"] {
            assert_eq!(
                SraNumber::warning(typed).map(|warning| warning.code),
                Some("sra-number-length".into())
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in "(?s).*|[0-9. E+]*") {
            let _ = SraNumber::warning(&typed);
            if let Ok(tidied) = SraNumber::check(&typed) {
                prop_assert_eq!(SraNumber::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
            }
        }

        #[test]
        fn every_spelling_of_a_good_number(good in "[1-9][0-9]{5}", at in 1..6_usize) {
            for mark in [" ", "\u{a0}", "  "] {
                let typed = format!(" {}{mark}{} ", &good[..at], &good[at..]);
                prop_assert_eq!(SraNumber::check(&typed), Ok(Cow::Borrowed(good.as_str())));
            }
        }
    }
}
