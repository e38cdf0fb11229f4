//! The kinds of identifiers, for callers that learn the kind only at run time: the command
//! `registration validate KIND`, and the tests that cover every kind.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{
    BarNumber, Email, LaaAccount, Mobile, PersonName, Postcode, Reference, SraNumber, Telephone,
};
use crate::problem::Problem;

crate::keyed! {
    /// A kind of identifier. The key is also the field name in the problems of this kind, and the
    /// prefix of their codes.
    #[derive(Hash)]
    pub enum IdentifierKind {
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Telephone = "telephone",
        /// A mobile number.
        Mobile = "mobile",
        /// A postcode.
        Postcode = "postcode",
        /// An LAA account number.
        LaaAccount = "laa-account",
        /// An SRA number.
        SraNumber = "sra-number",
        /// A Bar number.
        BarNumber = "bar-number",
        /// A person's name.
        Name = "name",
        /// The reference of a registration.
        Reference = "reference",
    }
}

impl IdentifierKind {
    /// Checks typed text and returns it tidied; telephone numbers become E.164.
    ///
    /// # Errors
    /// The problem that the `check` of this kind returns.
    pub fn check(self, typed: &str) -> Result<String, Problem> {
        let tidied: Cow<'_, str> = match self {
            Self::Email => Email::check(typed)?,
            Self::Telephone => Telephone::check(typed)?.to_string().into(),
            Self::Mobile => Mobile::check(typed)?.to_string().into(),
            Self::Postcode => Postcode::check(typed)?,
            Self::LaaAccount => LaaAccount::check(typed)?,
            Self::SraNumber => SraNumber::check(typed)?,
            Self::BarNumber => BarNumber::check(typed)?,
            Self::Name => PersonName::check(typed)?,
            Self::Reference => Reference::check(typed)?,
        };
        Ok(tidied.into_owned())
    }

    /// Returns the warning about an email address, a mobile or telephone number, an SRA number or
    /// a postcode that is valid but may be a mistake; `None` for all other texts and kinds.
    #[must_use]
    pub fn warning(self, typed: &str) -> Option<Problem> {
        match self {
            Self::Email => Email::warning(typed),
            Self::Mobile => Mobile::warning(typed),
            Self::Telephone => Telephone::warning(typed),
            Self::SraNumber => SraNumber::warning(typed),
            Self::Postcode => Postcode::warning(typed),
            Self::LaaAccount | Self::BarNumber | Self::Name | Self::Reference => None,
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.key())
    }
}

/// The error for an unknown kind; its message lists the known kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the kind must be one of ")?;
        for (place, kind) in IdentifierKind::ALL.into_iter().enumerate() {
            if place > 0 {
                out.write_str(", ")?;
            }
            out.write_str(kind.key())?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for IdentifierKind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::from_key(name).ok_or(UnknownKind)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_read_back() {
        for kind in IdentifierKind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
        }
        let unknown = "fax".parse::<IdentifierKind>();
        assert_eq!(
            unknown.map_err(|error| error.to_string()),
            Err("the kind must be one of email, telephone, mobile, postcode, laa-account, sra-number, bar-number, name, reference".to_owned())
        );
    }

    #[test]
    fn a_number_whose_label_was_left_out_is_warned_of() {
        for kind in [IdentifierKind::Telephone, IdentifierKind::Mobile] {
            let warning = kind.warning("Mobile: 07700 900123");
            let code = warning.map(|problem| problem.code.to_string());
            assert_eq!(code, Some(format!("{kind}-read-as")));
        }
    }

    /// Texts that together cause every problem of every kind.
    const MIXED: [&str; 60] = [
        "",
        "a",
        "-",
        "\0",
        "🙂",
        "=1",
        "www.firm.example",
        "a@b",
        "a@firm.example",
        "a@@b",
        "a b@c.example",
        "a..b@c.example",
        "a@c.example;",
        "a@b.example;c@d.example",
        "@",
        "ä@c.example",
        "a@gmial.com",
        "a@firm.cjsm.net",
        "07700 900123",
        "0770090012",
        "077009001234",
        "4.4E+11",
        "0400 123 4567",
        "+999 1234567",
        "01632 960001",
        "07012 345678",
        "07700 900123 x1",
        "07700 9OO123",
        "07700 900123?",
        "+353 85 123 4567",
        "SW1A 1AA",
        "SW1A",
        "ZZ1 1AA",
        "BFPO 1",
        "SW1A 1AAA",
        "1A234B",
        "1A2O4B",
        "1234",
        "AC123",
        "1A234",
        "12345",
        "123456",
        "1234567",
        "123456789",
        "12",
        "1234567890123456",
        "12£",
        "CP-0000-0000",
        "CP-0000-0001",
        "CP-1",
        "CP",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "a@b.example.",
        "a@b.example,",
        "a@b_c.example",
        "a@b.c",
        "SW",
        "O\u{FFFD}B",
        "\u{feff}",
        "1 2 3 4 5 6",
    ];

    #[test]
    fn words_keep_the_style() {
        for kind in IdentifierKind::ALL {
            for typed in MIXED {
                for problem in kind
                    .check(typed)
                    .err()
                    .into_iter()
                    .chain(kind.warning(typed))
                {
                    let words = problem.words.to_lowercase();
                    assert_eq!(problem.field, kind.key());
                    assert!(problem.code.starts_with(kind.key()), "{}", problem.code);
                    assert!(!words.ends_with('.'), "{words}");
                    for never in ["please", "sorry", "valid", "error", "oops"] {
                        assert!(!words.contains(never), "{words}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn tidied_text_stays_as_it_is(typed in "(?s).*|[0-9A-Za-z+@. -]*") {
            for kind in IdentifierKind::ALL {
                if let Ok(tidied) = kind.check(&typed) {
                    prop_assert_eq!(kind.check(&tidied), Ok(tidied.clone()));
                }
            }
        }
    }
}
