//! The mobile number to which a user's security codes are sent.
//!
//! The rules are GOV.UK Notify's: a mobile number of the United Kingdom, Jersey, Guernsey or the
//! Isle of Man in any usual spelling, or a number of another country after `+` or `00`.

use std::borrow::Cow;

use super::{e164::E164, impl_text_traits, number, number::Fault};
use crate::problem::Problem;

/// A mobile number, stored as typed for people and in E.164 for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mobile {
    typed: String,
    e164: E164,
}

impl Mobile {
    /// The words of the problem `mobile-out-of-use`.
    pub(crate) const OUT_OF_USE: &str =
        "Enter a mobile number that is in use: the words beside this one say that it is not";

    /// Checks a number and returns it in E.164.
    ///
    /// A number of the United Kingdom is 07 and 9 more digits. Pager numbers (076, except the Isle
    /// of Man's 07624) and personal numbers (070) are rejected. Every number of another country is
    /// accepted, mobile or not.
    ///
    /// # Errors
    /// `mobile-empty`, `mobile-shortened` (`4.477E+11`), `mobile-letters`, `mobile-characters`,
    /// `mobile-extension`, `mobile-too-short`, `mobile-too-long`, `mobile-not-mobile` (a landline),
    /// `mobile-pager`, `mobile-prefix`, `mobile-country`, `mobile-out-of-use` (`(old)` beside the
    /// number).
    pub fn check(typed: &str) -> Result<E164, Problem> {
        let number = match number::read(typed) {
            Ok(number) => number,
            Err(fault) => return Err(problem(fault)),
        };
        if number.extended {
            return Err(new_problem(
                "mobile-extension",
                "Mobile number must not have an extension and must be like 07700 900 982",
            ));
        }
        match number.e164.as_str().strip_prefix("+44").map(str::as_bytes) {
            None | Some([b'7', b'1'..=b'5' | b'7'..=b'9', ..] | [b'7', b'6', b'2', b'4', ..]) => {
                Ok(number.e164)
            }
            Some([b'7', ..]) => Err(new_problem(
                "mobile-pager",
                "Enter a mobile number, like 07700 900 982: numbers that begin with 070 or 076 cannot get text messages",
            )),
            Some(_) => Err(new_problem(
                "mobile-not-mobile",
                "Enter a mobile number that begins with 07, like 07700 900 982, not a landline",
            )),
        }
    }

    /// Parses a number; the result has the typed text and the E.164.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Self::check(typed).map(|e164| Self {
            typed: number::as_typed(typed).into_owned(),
            e164,
        })
    }

    /// Returns the warning `mobile-not-uk` if the number is valid but not in the UK's numbering
    /// plan, or else `mobile-read-as` if a label or a remark was left out. The message of
    /// `mobile-not-uk` also says what was left out.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        let e164 = Self::check(typed).ok()?;
        if e164.is_uk() {
            return number::warning(typed, "mobile", "mobile number");
        }
        let words = match number::read_as(typed) {
            Some(read_as) => format!(
                "Check the mobile number: {read_as}, which is not from the UK, so text messages may not arrive"
            ),
            None => {
                "Check the mobile number: it is not from the UK and text messages may not arrive"
                    .to_owned()
            }
        };
        Some(Problem::new("mobile", "mobile-not-uk", words))
    }

    /// Returns a valid number as typed, with tidied white space and without a label or a remark.
    #[must_use]
    pub fn bare(typed: &str) -> Cow<'_, str> {
        number::as_typed(typed)
    }

    /// Returns the number as typed, with tidied white space and without a label or a remark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// Returns the number in E.164, for machines and comparisons.
    #[must_use]
    pub fn e164(&self) -> E164 {
        self.e164
    }
}

impl_text_traits!(Mobile);

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
        Fault::OutOfUse => ("mobile-out-of-use", Mobile::OUT_OF_USE),
    };
    new_problem(code, words)
}

fn new_problem(code: &'static str, words: &'static str) -> Problem {
    Problem::new("mobile", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(typed: &str) -> String {
        match Mobile::check(typed) {
            Ok(e164) => e164.to_string(),
            Err(problem) => problem.code.into_owned(),
        }
    }

    #[test]
    fn addresses_that_notify_accepts() {
        for typed in [
            "7723456789",
            "07723456789",
            "07723 456789",
            "07723-456-789",
            "00447723456789",
            "00 44 7723456789",
            "+447723456789",
            "+44 7723 456 789",
            "+44 (0)7723 456 789",
            "\u{200b}\t\t+44 (0)7723 456 789\u{feff} \r\n",
        ] {
            assert_eq!(code(typed), "+447723456789", "{typed:?}");
        }
    }

    #[test]
    fn islands_and_other_countries() {
        for (typed, expected) in [
            ("+447797292290", "+447797292290"),
            ("07781 123456", "+447781123456"),
            ("07624 123456", "+447624123456"),
            ("+353 85 123 4567", "+353851234567"),
            ("+12025550104", "+12025550104"),
        ] {
            assert_eq!(code(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn faults() {
        for (typed, expected) in [
            ("", "mobile-empty"),
            ("772345678910", "mobile-too-long"),
            ("0772345678910", "mobile-too-long"),
            ("0044772345678910", "mobile-too-long"),
            ("+44 (0)7723 456 789 10", "mobile-too-long"),
            ("0772345678", "mobile-too-short"),
            ("004477234567", "mobile-too-short"),
            ("00447723456", "mobile-too-short"),
            ("+44 (0)7723 456 78", "mobile-too-short"),
            ("07890x32109", "mobile-letters"),
            ("07723 456789...", "mobile-characters"),
            ("07723 ☟☜⬇⬆☞☝", "mobile-characters"),
            ("07723☟☜⬇⬆☞☝", "mobile-characters"),
            ("07\";DROP TABLE;\"", "mobile-characters"),
            ("+44 07ab cde fgh", "mobile-letters"),
            ("ALPHANUM3R1C", "mobile-letters"),
            ("4.477E+11", "mobile-shortened"),
            ("4.47701E+11", "mobile-shortened"),
            ("4,477E+11", "mobile-shortened"),
            ("07700 900 123 ext 12", "mobile-extension"),
            ("07012 345678", "mobile-pager"),
            ("07612 345678", "mobile-pager"),
            ("0117 496 0860", "mobile-not-mobile"),
            ("020 7946 0991", "mobile-not-mobile"),
            ("016064 1234", "mobile-not-mobile"),
            ("0400 123 4567", "mobile-prefix"),
            ("+210 123 4567", "mobile-country"),
        ] {
            assert_eq!(code(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn warns_of_other_countries() {
        assert_eq!(
            Mobile::warning("+353 85 123 4567").map(|warning| warning.code),
            Some("mobile-not-uk".into())
        );
        assert_eq!(Mobile::warning("07700 900123"), None);
        assert_eq!(Mobile::warning("+447797292290"), None);
        assert_eq!(Mobile::warning("wrong"), None);
    }

    #[test]
    fn a_label_or_a_remark_around_a_number_is_left_out_and_told() {
        for (typed, bare) in [
            ("tel:+44 7700 900 982", "+44 7700 900 982"),
            ("Mobile: 07700 900982", "07700 900982"),
            ("07700 900982 (work)", "07700 900982"),
            ("07700 900982 - direct", "07700 900982"),
        ] {
            let number = Mobile::parse(typed).expect("a number");
            assert_eq!(number.as_str(), bare, "{typed}");
            assert_eq!(number.e164().to_string(), "+447700900982", "{typed}");
            let warning = Mobile::warning(typed).expect("a warning");
            assert_eq!(warning.code, "mobile-read-as");
            assert_eq!(
                warning.words,
                format!("Check the mobile number: we read {typed} as {bare}")
            );
            assert_eq!(Mobile::warning(bare), None);
        }
    }

    #[test]
    fn what_is_left_out_of_a_number_from_abroad_is_told() {
        for typed in [
            "tel:+33 6 12 34 56 78",
            "+33 6 12 34 56 78 (work)",
            "Mob: +33 6 12 34 56 78 (work)",
        ] {
            let warning = Mobile::warning(typed).expect("a warning");
            assert_eq!(warning.code, "mobile-not-uk");
            let read_as = format!("we read {typed} as +33 6 12 34 56 78");
            assert!(warning.words.contains(&read_as), "{}", warning.words);
        }
    }

    #[test]
    fn a_number_that_is_no_longer_in_use_is_asked_about() {
        for remark in [
            "(old)",
            "(left)",
            "(no longer in use)",
            "[Previous number]",
            "(old);",
            "(ex-employee)",
        ] {
            assert_eq!(
                code(&["07700 900982 ", remark].concat()),
                "mobile-out-of-use",
                "{remark}"
            );
            assert_eq!(
                code(&["tel:+33 6 12 34 56 78 ", remark].concat()),
                "mobile-out-of-use",
                "{remark}"
            );
        }
        assert_eq!(code("07700 900982 (Harold)"), "+447700900982");
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            let _ = Mobile::warning(&typed);
            if let Ok(e164) = Mobile::check(&typed) {
                prop_assert_eq!(Mobile::check(e164.as_str()), Ok(e164));
            }
        }

        #[test]
        fn every_spelling_of_every_drama_number(last in 0..1000_u32, cuts in prop::collection::vec((0..12_usize, "[ ()./-]"), 0..5)) {
            let national = format!("7700900{last:03}");
            let expected = format!("+44{national}");
            for lead in ["0", "", "+44", "0044", "44", "+44(0)", "+44 (0) ", "0+44", "+440"] {
                let mut typed = format!("{lead}{national}");
                for (place, mark) in &cuts {
                    let at = typed.len().saturating_sub(*place);
                    // Two full stops in a row are invalid, and `.0` at the end could be removed as
                    // a spreadsheet's decimals.
                    let digits_after = typed[at..].bytes().filter(u8::is_ascii_digit).count();
                    let stopped = mark == "."
                        && (typed[..at].ends_with('.') || typed[at..].starts_with('.') || digits_after < 2);
                    if at > lead.len() && !stopped {
                        typed.insert_str(at, mark);
                    }
                }
                prop_assert_eq!(Mobile::check(&typed).map(|e164| e164.to_string()), Ok(expected.clone()), "{:?}", typed);
            }
        }
    }
}
