//! One file per identifier: its type, `check` (the one rule) and `parse` (the rule, kept as a type).
//!
//! `check` says what is wrong or gives back the tidied text, borrowed when nothing had to be tidied;
//! the browser, the server, the importer and the command line all call it. `parse` keeps what `check`
//! let through. A `warning` never stops anybody: it asks to look once more.

pub mod address;
pub mod bar_number;
pub mod e164;
pub mod email;
pub mod kind;
pub mod laa_account;
pub mod mobile;
pub mod name;
pub mod postcode;
mod punycode;
pub mod reference;
pub mod sra_number;
pub mod telephone;

mod line;
mod misspelt_host;
mod number;

pub use address::{AddressLine, Town};
pub use bar_number::BarNumber;
pub use e164::E164;
pub use email::Email;
pub use kind::IdentifierKind;
pub use laa_account::LaaAccount;
pub use mobile::Mobile;
pub use name::{JobTitle, OrganisationName, PersonName};
pub use postcode::Postcode;
pub use reference::Reference;
pub use sra_number::SraNumber;
pub use telephone::Telephone;

/// Gives a newtype over the tidied text its `parse`, its readers and serde through `check`.
macro_rules! kept_text {
    ($kept:ident) => {
        impl $kept {
            /// The tidied text, kept.
            ///
            /// # Errors
            /// What `check` says about the typed text.
            pub fn parse(typed: &str) -> Result<Self, $crate::problem::Problem> {
                Self::check(typed).map(|tidied| Self(tidied.into_owned()))
            }

            /// The tidied text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        $crate::identifiers::read_through_parse!($kept);
    };
}

/// Gives a type with `parse` and `as_str` the traits of a text: shown, written and read as a string.
macro_rules! read_through_parse {
    ($kept:ident) => {
        impl std::fmt::Display for $kept {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $kept {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $kept {
            type Err = $crate::problem::Problem;

            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        impl TryFrom<String> for $kept {
            type Error = $crate::problem::Problem;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl serde::Serialize for $kept {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $kept {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let typed = <String as serde::Deserialize>::deserialize(from)?;
                Self::parse(&typed).map_err(|problem| serde::de::Error::custom(problem.words))
            }
        }
    };
}

pub(crate) use {kept_text, read_through_parse};
