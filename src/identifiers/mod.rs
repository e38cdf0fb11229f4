//! The identifiers, one in each file: the type, its rule `check`, and `parse`, which returns the
//! type.
//!
//! `check` returns a problem or the tidied text, which is borrowed if nothing had to be tidied. For
//! a telephone number, `check` returns the E.164 form. The browser, the server, the importer and
//! the command line all call `check`. `parse` stores the text that `check` accepted. A `warning`
//! never rejects an answer; it asks people to look again.

pub mod address;
pub mod bar_number;
pub mod e164;
pub mod email;
pub mod job_title;
pub mod kind;
pub mod laa_account;
mod labelled;
pub mod mobile;
pub mod name;
pub mod organisation_name;
pub mod postcode;
mod punycode;
pub mod reference;
pub mod shared_mailbox;
pub mod sra_number;
pub mod telephone;

mod label_before;
mod line;
mod misspelt_host;
mod number;

pub use address::{AddressLine, Town};
pub use bar_number::BarNumber;
pub use e164::E164;
pub use email::Email;
pub use job_title::JobTitle;
pub use kind::IdentifierKind;
pub use laa_account::LaaAccount;
pub use mobile::Mobile;
pub use name::{NO_NAME, PersonName, full_name, is_no_name};
pub use organisation_name::OrganisationName;
pub use postcode::Postcode;
pub use reference::Reference;
pub use shared_mailbox::is_shared_mailbox;
pub use sra_number::SraNumber;
pub use telephone::Telephone;

/// Implements `parse`, `as_str` and the text traits for a newtype over tidied text.
///
/// The optional second argument is the function that parses stored values, if older rules accepted
/// more.
macro_rules! text_newtype {
    ($name:ident $(, $stored:ident)?) => {
        impl $name {
            /// Checks the typed text and stores it tidied.
            ///
            /// # Errors
            /// The problem that `check` returns.
            pub fn parse(typed: &str) -> Result<Self, $crate::problem::Problem> {
                Self::check(typed).map(|tidied| Self(tidied.into_owned()))
            }

            /// Returns the tidied text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        $crate::identifiers::impl_text_traits!($name $(, $stored)?);
    };
}

/// Implements the same as `text_newtype!` for a line of text, and normalises its letters: a
/// ligature becomes several letters, and a letter and its accent become one character.
macro_rules! line_newtype {
    ($name:ident $(, $stored:ident)?) => {
        impl $name {
            /// Checks the typed text and stores it tidied, with normalised letters.
            ///
            /// # Errors
            /// The problem that `check` returns.
            pub fn parse(typed: &str) -> Result<Self, $crate::problem::Problem> {
                let tidied = Self::check(typed)?;
                let in_one_form = $crate::text::in_one_form(&tidied);
                // If the normalised text would break the rule, the typed letters are stored.
                Ok(Self(match Self::check(&in_one_form) {
                    Ok(name) => name.into_owned(),
                    Err(_) => tidied.into_owned(),
                }))
            }

            /// Returns the stored text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        $crate::identifiers::impl_text_traits!($name $(, $stored)?);
    };
}

/// Implements the traits that print, parse and serialise a type as text, with its `parse` and
/// `as_str`.
macro_rules! impl_text_traits {
    ($name:ident) => {
        $crate::identifiers::impl_text_traits!(@ $name, |typed: &str| $name::parse(typed)
            .map_err(|problem| problem.words));
    };
    ($name:ident, $stored:ident) => {
        $crate::identifiers::impl_text_traits!(@ $name, |typed: &str| $name::$stored(typed)
            .ok_or("not of this kind"));
    };
    (@ $name:ident, $read:expr) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::problem::Problem;

            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::problem::Problem;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let typed = <String as serde::Deserialize>::deserialize(from)?;
                ($read)(&typed).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {impl_text_traits, line_newtype, text_newtype};
