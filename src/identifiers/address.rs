//! The lines of a postal address in the United Kingdom.
//!
//! GOV.UK's "Addresses" pattern: lines are free text. Refused is only what cannot stand on an
//! envelope: control characters, angle brackets, web addresses and what a spreadsheet would run.

use std::borrow::Cow;

use super::{kept_text, line::Line};
use crate::problem::Problem;

/// A line of an address, such as the building and street or the county: 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressLine(String);

/// A town or city: 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Town(String);

impl AddressLine {
    /// The most characters of a line.
    pub const LIMIT: usize = 100;

    /// The tidied line, called "the first line of the address" in words.
    ///
    /// # Errors
    /// `address-line-empty`, `address-line-too-long`, `address-line-characters`,
    /// `address-line-brackets` (`<`, `>`), `address-line-start` (`=`, `+`, `-`, `@`),
    /// `address-line-emoji`, `address-line-web-address`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "the first line of the address")
    }

    /// The tidied line, called by the noun (with its article) in words.
    ///
    /// # Errors
    /// As [`check`](Self::check), in words that fit the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Self::line(noun).check(typed)
    }

    /// The tidied line, or an empty text when nothing was typed; for a second line or a county.
    ///
    /// # Errors
    /// As [`check_as`](Self::check_as), but never `address-line-empty`.
    pub fn check_optional<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Self::line(noun).check_optional(typed)
    }

    /// The line, kept, or `None` when nothing was typed.
    ///
    /// # Errors
    /// As [`check_optional`](Self::check_optional).
    pub fn parse_optional(typed: &str, noun: &str) -> Result<Option<Self>, Problem> {
        let tidied = Self::check_optional(typed, noun)?;
        Ok((!tidied.is_empty()).then(|| Self(tidied.into_owned())))
    }

    fn line(noun: &str) -> Line<'_> {
        Line {
            kind: "address-line",
            noun,
            limit: Self::LIMIT,
            brackets: false,
        }
    }
}

impl Town {
    /// The most characters of a town's name.
    pub const LIMIT: usize = 100;

    /// The tidied name, called "the town or city" in words.
    ///
    /// # Errors
    /// As [`AddressLine::check`], with codes that begin `town-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Line {
            kind: "town",
            noun: "the town or city",
            limit: Self::LIMIT,
            brackets: false,
        }
        .check(typed)
    }
}

kept_text!(AddressLine);
kept_text!(Town);
