//! A telephone number at which an organisation or a person is reached: landline, mobile or abroad.
//!
//! GOV.UK's "Phone numbers" pattern: take every familiar spelling and show the number as it was typed.
//! Machines get the E.164 form.

use super::{e164::E164, number, number::Fault, read_through_parse};
use crate::problem::Problem;
use crate::text::tidy;

/// A telephone number, kept as typed for people and as E.164 for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    typed: String,
    e164: E164,
}

impl Telephone {
    /// The number as E.164. A number of the United Kingdom may be written in any familiar way, also
    /// without the zero that a spreadsheet dropped, one of another country after `+` or `00`; an
    /// extension (`ext 12`, `x12`) may follow and is not a part of the E.164.
    ///
    /// # Errors
    /// `telephone-empty`, `telephone-shortened` (`4.477E+11`), `telephone-letters`,
    /// `telephone-characters`, `telephone-too-short`, `telephone-too-long`, `telephone-prefix`,
    /// `telephone-country`.
    pub fn check(typed: &str) -> Result<E164, Problem> {
        match number::read(typed) {
            Ok(number) => Ok(number.e164),
            Err(fault) => Err(problem(fault)),
        }
    }

    /// The number, kept in both forms.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Self::check(typed).map(|e164| Self {
            typed: tidy(typed).into_owned(),
            e164,
        })
    }

    /// The number as it was typed, but for white space.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The number for machines and comparisons.
    #[must_use]
    pub fn e164(&self) -> E164 {
        self.e164
    }
}

read_through_parse!(Telephone);

#[cold]
fn problem(fault: Fault) -> Problem {
    let (code, words) = match fault {
        Fault::Empty => (
            "telephone-empty",
            "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        ),
        Fault::Shortened => (
            "telephone-shortened",
            "Excel has shortened this number. Format the column as text and type the number again",
        ),
        Fault::Letters => (
            "telephone-letters",
            "Phone number must not include letters, other than an extension like 01632 960 001 ext 12",
        ),
        Fault::Character(letter) => {
            return Problem::new(
                "telephone",
                "telephone-characters",
                format!("Phone number must not include {letter} and must be like 01632 960 001"),
            );
        }
        Fault::TooShort => (
            "telephone-too-short",
            "Enter the whole phone number with its area code, like 01632 960 001: some digits are missing",
        ),
        Fault::TooLong => (
            "telephone-too-long",
            "Phone number must be 11 digits or fewer, like 01632 960 001, or begin with + if it is from another country",
        ),
        Fault::Prefix => (
            "telephone-prefix",
            "Phone number must begin with 01, 02, 03, 05, 07, 08 or 09, like 01632 960 001",
        ),
        Fault::Country => (
            "telephone-country",
            "Phone number must have a country code after the +, like +44 808 157 0192",
        ),
    };
    Problem::new("telephone", code, words)
}
