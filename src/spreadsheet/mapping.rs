//! A person's answers about headings that the service could not recognise.
//!
//! The answers are stored with the draft, so that the next file with the same headings needs no
//! question.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::{Meaning, normalised};
use crate::users::Role;

/// A person's choice for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingChoice {
    /// The column has this meaning.
    As(Meaning),
    /// The form does not need the column.
    Nothing,
}

/// A person's choices for headings, and the values that apply to all users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    headings: Vec<(String, HeadingChoice)>,
    /// The role of all users, if no column has roles.
    pub role: Option<Role>,
    /// Whether all users are organisation administrators, if no column says so.
    pub administrator: Option<bool>,
}

impl Mapping {
    /// Stores the choice for a heading and replaces any earlier choice for the same heading.
    pub fn choose(&mut self, heading: &str, meant: HeadingChoice) {
        let heading = normalised(heading);
        self.headings.retain(|(kept, _)| *kept != heading);
        self.headings.push((heading, meant));
    }

    /// Returns the choice for a heading, given its normalised text; `None` if the person made no
    /// choice for this heading.
    #[must_use]
    pub fn meant(&self, normalised: &str) -> Option<HeadingChoice> {
        self.headings
            .iter()
            .find(|(kept, _)| kept == normalised)
            .map(|(_, meant)| *meant)
    }
}
