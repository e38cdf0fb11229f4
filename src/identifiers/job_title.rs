//! The job title of a person in the organisation.

use std::borrow::Cow;

use super::{line::Line, line_newtype};
use crate::problem::Problem;

/// A job title: 1 to 100 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobTitle(String);

impl JobTitle {
    /// The maximum length of a job title, in characters.
    pub const LIMIT: usize = 100;

    /// Checks and tidies a job title; messages call it "a job title".
    ///
    /// # Errors
    /// The errors of [`PersonName::check`](super::PersonName::check) except `name-web-address` for
    /// a bare host, with codes that begin with `job-title-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "a job title")
    }

    /// Checks and tidies a job title; messages call it `noun`, which must include its article.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check), with messages that use the noun.
    pub fn check_as<'t>(typed: &'t str, noun: &str) -> Result<Cow<'t, str>, Problem> {
        Line {
            kind: "job-title",
            noun,
            limit: Self::LIMIT,
            brackets: true,
            hosts: true,
        }
        .check(typed)
    }
}

line_newtype!(JobTitle);
