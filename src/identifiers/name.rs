//! Names: of a person, of an organisation, of a job.
//!
//! GOV.UK's "Names" pattern: take every character that a person's name may have, numbers and symbols
//! too, and one letter is a name. Each page passes what it calls the field, so that the words fit.

use std::borrow::Cow;

use super::{kept_text, line::Line};
use crate::problem::Problem;

/// A person's name or a part of one: 1 to 100 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// An organisation's name: 1 to 255 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationName(String);

/// What a person is in the organisation: 1 to 100 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobTitle(String);

impl PersonName {
    /// The most characters of a name.
    pub const LIMIT: usize = 100;

    /// The tidied name, called "a name" in words. Curly apostrophes and accents stay as typed.
    ///
    /// # Errors
    /// `name-empty`, `name-too-long`, `name-characters`, `name-start` (`=`, `+`, `-`, `@`),
    /// `name-emoji`, `name-web-address`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "a name")
    }

    /// The tidied name, called by the noun in words. The noun has its article: `a first name`,
    /// `your full name`.
    ///
    /// # Errors
    /// As [`check`](Self::check), in words that fit the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "name",
            noun,
            limit: Self::LIMIT,
            brackets: true,
        }
        .check(typed)
    }
}

impl OrganisationName {
    /// The most characters of an organisation's name.
    pub const LIMIT: usize = 255;

    /// The tidied name, called "an organisation name" in words.
    ///
    /// # Errors
    /// As [`PersonName::check`], with codes that begin `organisation-name-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "an organisation name")
    }

    /// The tidied name, called by the noun (with its article) in words.
    ///
    /// # Errors
    /// As [`check`](Self::check), in words that fit the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "organisation-name",
            noun,
            limit: Self::LIMIT,
            brackets: true,
        }
        .check(typed)
    }
}

impl JobTitle {
    /// The most characters of a job title.
    pub const LIMIT: usize = 100;

    /// The tidied job title, called "a job title" in words.
    ///
    /// # Errors
    /// As [`PersonName::check`], with codes that begin `job-title-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "a job title")
    }

    /// The tidied job title, called by the noun (with its article) in words.
    ///
    /// # Errors
    /// As [`check`](Self::check), in words that fit the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "job-title",
            noun,
            limit: Self::LIMIT,
            brackets: true,
        }
        .check(typed)
    }
}

kept_text!(PersonName);
kept_text!(OrganisationName);
kept_text!(JobTitle);
