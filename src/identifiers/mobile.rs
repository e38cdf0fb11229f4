//! The mobile number to which a user's security codes are sent.
//!
//! By GOV.UK Notify's rules: a mobile number of the United Kingdom, Jersey, Guernsey or the Isle of Man
//! in any familiar spelling, or a number of another country after `+` or `00`.

use super::{e164::E164, number, number::Fault, read_through_parse};
use crate::problem::Problem;
use crate::text::tidy;

/// A mobile number, kept as typed for people and as E.164 for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mobile {
    typed: String,
    e164: E164,
}

impl Mobile {
    /// The number as E.164: 07 and 9 digits but no pager (076, though 07624 is the Isle of Man's) and
    /// no personal number (070), or a number of another country.
    ///
    /// # Errors
    /// `mobile-empty`, `mobile-shortened` (`4.477E+11`), `mobile-letters`, `mobile-characters`,
    /// `mobile-extension`, `mobile-too-short`, `mobile-too-long`, `mobile-not-mobile` (a landline),
    /// `mobile-pager`, `mobile-prefix`, `mobile-country`.
    pub fn check(typed: &str) -> Result<E164, Problem> {
        let number = match number::read(typed) {
            Ok(number) => number,
            Err(fault) => return Err(problem(fault)),
        };
        if number.extended {
            return Err(said(
                "mobile-extension",
                "Mobile number must not have an extension and must be like 07700 900 982",
            ));
        }
        match number.e164.as_str().strip_prefix("+44").map(str::as_bytes) {
            None
            | Some([b'7', b'1'..=b'5' | b'7'..=b'9', ..] | [b'7', b'6', b'2', b'4', ..]) => {
                Ok(number.e164)
            }
            Some([b'7', ..]) => Err(said(
                "mobile-pager",
                "Enter a mobile number, like 07700 900 982: numbers that begin with 070 or 076 cannot get text messages",
            )),
            Some(_) => Err(said(
                "mobile-not-mobile",
                "Enter a mobile number that begins with 07, like 07700 900 982, not a landline",
            )),
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

    /// `mobile-not-uk` for a number of another country.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        let e164 = Self::check(typed).ok()?;
        (!e164.is_uk()).then(|| {
            said(
                "mobile-not-uk",
                "Check the mobile number: it is not from the UK and text messages may not arrive",
            )
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

read_through_parse!(Mobile);

#[cold]
fn problem(fault: Fault) -> Problem {
    let (code, words) = match fault {
        Fault::Empty => ("mobile-empty", "Enter a mobile number, like 07700 900 982"),
        Fault::Shortened => (
            "mobile-shortened",
            "Excel has shortened this number. Format the column as text and type the number again",
        ),
        Fault::Letters => (
            "mobile-letters",
            "Mobile number must not include letters and must be like 07700 900 982",
        ),
        Fault::Character(letter) => {
            return Problem::new(
                "mobile",
                "mobile-characters",
                format!("Mobile number must not include {letter} and must be like 07700 900 982"),
            );
        }
        Fault::TooShort => (
            "mobile-too-short",
            "Enter the whole mobile number, like 07700 900 982: some digits are missing",
        ),
        Fault::TooLong => (
            "mobile-too-long",
            "Mobile number must be 11 digits, like 07700 900 982, or begin with + if it is from another country",
        ),
        Fault::Prefix => (
            "mobile-prefix",
            "Mobile number must begin with 07, like 07700 900 982, or with + if it is from another country",
        ),
        Fault::Country => (
            "mobile-country",
            "Mobile number must have a country code after the +, like +44 7700 900 982",
        ),
    };
    said(code, words)
}

fn said(code: &'static str, words: &'static str) -> Problem {
    Problem::new("mobile", code, words)
}
