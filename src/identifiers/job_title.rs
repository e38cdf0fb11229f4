//! The title of a person's job in the organisation.

use std::borrow::Cow;

use super::{kept_line, line::Line};
use crate::problem::Problem;

/// A person's job in the organisation: 1 to 100 characters of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobTitle(String);

impl JobTitle {
    /// The most characters of a job title.
    pub const LIMIT: usize = 100;

    /// Checks and tidies a job title; messages call it "a job title".
    ///
    /// # Errors
    /// As [`PersonName::check`](super::PersonName::check), with codes that begin `job-title-`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        Self::check_as(typed, "a job title")
    }

    /// Checks and tidies a job title; messages call it `noun`, which includes its article.
    ///
    /// # Errors
    /// As [`check`](Self::check), with messages that name the noun.
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

kept_line!(JobTitle);
