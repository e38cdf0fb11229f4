//! The telephone number of an organisation or a person: a landline, a mobile or a foreign number.
//!
//! GOV.UK's "Phone numbers" pattern says to accept every usual spelling and to show the number as
//! it was typed. Machines use the E.164 form.

use super::{e164::E164, impl_text_traits, number, number::Fault};
use crate::problem::Problem;

/// A telephone number, stored as typed for people and in E.164 for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    typed: String,
    e164: E164,
}

impl Telephone {
    /// Checks a number and returns it in E.164.
    ///
    /// A number of the United Kingdom may have any usual spelling, even without the leading zero,
    /// which spreadsheets drop. A number of another country must begin with `+` or `00`. An
    /// extension (`ext 12`, `x12`) is accepted, but the E.164 leaves it out.
    ///
    /// # Errors
    /// `telephone-empty`, `telephone-shortened` (`4.477E+11`), `telephone-letters`,
    /// `telephone-characters`, `telephone-too-short`, `telephone-too-long`,
    /// `telephone-prefix`, `telephone-country`, `telephone-out-of-use` (`(old)` beside the number).
    pub fn check(typed: &str) -> Result<E164, Problem> {
        match number::read(typed) {
            Ok(number) => Ok(number.e164),
            Err(fault) => Err(problem(fault)),
        }
    }

    /// Parses a number. The result has the number as typed and in E.164 form.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        Self::check(typed).map(|e164| Self {
            typed: number::as_typed(typed).into_owned(),
            e164,
        })
    }

    /// Returns the warning `telephone-read-as` if the number is valid and a label or a remark was
    /// left out.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        Self::check(typed).ok()?;
        number::warning(typed, "telephone", "phone number")
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

impl_text_traits!(Telephone);

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
        Fault::OutOfUse => (
            "telephone-out-of-use",
            "Enter a phone number that is in use: the words beside this one say that it is not",
        ),
    };
    Problem::new("telephone", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(typed: &str) -> String {
        match Telephone::check(typed) {
            Ok(e164) => e164.to_string(),
            Err(problem) => problem.code.into_owned(),
        }
    }

    #[test]
    fn a_number_that_is_no_longer_in_use_is_asked_about() {
        for typed in ["01632 960 001 (old)", "Tel: 01632 960 001 (not in use)"] {
            assert_eq!(code(typed), "telephone-out-of-use", "{typed}");
        }
        assert_eq!(code("01632 960 001 (office)"), "+441632960001");
    }

    #[test]
    fn good_numbers() {
        for (typed, expected) in [
            ("0117 496 0860", "+441174960860"),
            ("0044 117 496 0860", "+441174960860"),
            ("44 117 496 0860", "+441174960860"),
            ("+44 117 496 0860", "+441174960860"),
            ("016064 1234", "+44160641234"),
            ("020 7946 0991", "+442079460991"),
            ("030 1234 5678", "+443012345678"),
            ("0550 123 4567", "+445501234567"),
            ("01632 960 001", "+441632960001"),
            ("1632960001", "+441632960001"),
            ("07700 900 982", "+447700900982"),
            ("+44 808 157 0192", "+448081570192"),
            ("0909 879 0001", "+449098790001"),
            ("0800 111 222", "+44800111222"),
            ("01632 960 001 ext 12", "+441632960001"),
            ("01632 960 001 Ext. 12", "+441632960001"),
            ("01632 960 001x12", "+441632960001"),
            ("01632 960 001 extension 1234", "+441632960001"),
            ("01632 960 001 #12", "+441632960001"),
            ("+353 1 496 0000", "+35314960000"),
        ] {
            assert_eq!(code(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn faults() {
        for (typed, expected) in [
            ("", "telephone-empty"),
            ("4.477E+11", "telephone-shortened"),
            ("0400 123 4567", "telephone-prefix"),
            ("0600 123 4567", "telephone-prefix"),
            ("0300 46 46", "telephone-too-short"),
            ("0800 11 12", "telephone-too-short"),
            ("0845 46 46", "telephone-too-short"),
            ("020 7946 099", "telephone-too-short"),
            ("020 7946 09911", "telephone-too-long"),
            ("+210 1234567", "telephone-country"),
            ("07890x32109", "telephone-letters"),
            ("ALPHANUM3R1C", "telephone-letters"),
            ("07\";DROP TABLE;\"", "telephone-characters"),
            ("01632 960 001 & 2", "telephone-characters"),
        ] {
            assert_eq!(code(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn people_see_what_was_typed() {
        let parsed = Telephone::parse(" (01632)  960\u{a0}001 ext 12 ").expect("a number");
        assert_eq!(parsed.as_str(), "(01632) 960 001 ext 12");
        assert_eq!(parsed.e164().as_str(), "+441632960001");
        let json = serde_json::to_string(&parsed).expect("a string");
        assert_eq!(
            serde_json::from_str::<Telephone>(&json).expect("a number"),
            parsed
        );
    }

    #[test]
    fn national_spelling() {
        for (typed, spaced) in [
            ("+447700900123", "07700 900123"),
            ("+442079460991", "020 7946 0991"),
            ("+441174960860", "0117 496 0860"),
            ("+441632960001", "01632 960001"),
            ("+44160641234", "01606 41234"),
            ("+448081570192", "0808 157 0192"),
            ("+44800111222", "0800 111222"),
            ("+35314960000", "+35314960000"),
        ] {
            let e164 = Telephone::check(typed).expect("a number");
            assert_eq!(e164.national(), spaced);
            assert_eq!(Telephone::check(&e164.national()), Ok(e164));
        }
    }

    proptest! {
        #[test]
        fn never_panics(typed in "(?s).*|[0-9+() .x-]*") {
            if let Ok(e164) = Telephone::check(&typed) {
                prop_assert_eq!(Telephone::check(e164.as_str()), Ok(e164));
                let parsed = Telephone::parse(&typed).expect("what check lets through");
                prop_assert_eq!(Telephone::parse(parsed.as_str()), Ok(parsed));
            }
        }

        #[test]
        fn every_spelling_of_a_good_number(area in "1[2-9]{3}", rest in "[0-9]{6}", mark in "[ .-]") {
            let plain = Telephone::check(&format!("0{area}{rest}"));
            for typed in [
                format!("+44{area}{rest}"),
                format!("0044 {area} {rest}"),
                format!("+44 (0){area}{mark}{rest}"),
                format!("(0{area}) {}{mark}{}", &rest[..3], &rest[3..]),
            ] {
                prop_assert_eq!(
                    Telephone::check(&typed).map_err(|problem| problem.code),
                    plain.clone().map_err(|problem| problem.code),
                    "{}", typed
                );
            }
        }
    }
}
