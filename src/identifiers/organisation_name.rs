//! The name of an organisation, as it appears on its regulator's register.

use std::borrow::Cow;

use super::{line::Line, line_newtype};
use crate::problem::Problem;

/// An organisation's name: 1 to 255 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationName(String);

impl OrganisationName {
    /// The maximum length of an organisation's name, in characters.
    pub const LIMIT: usize = 255;

    /// Checks and tidies a name; messages call it "an organisation name".
    ///
    /// # Errors
    /// The errors of [`PersonName::check`](super::PersonName::check) except `name-web-address` for
    /// a bare host, with codes that begin with `organisation-name-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "an organisation name")
    }

    /// Checks and tidies a name; messages call it `noun`, which must include its article.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check), with messages that use the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "organisation-name",
            noun,
            limit: Self::LIMIT,
            brackets: true,
            hosts: true,
        }
        .check(typed)
    }
}

line_newtype!(OrganisationName);
