//! A person's answers about headings of their files that the service could not recognise.
//!
//! They are kept with the draft, so that the next file with the same headings needs no question.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::{Meaning, normalised};
use crate::users::Role;

/// The meaning that a person gave to a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingChoice {
    /// The cells hold this.
    As(Meaning),
    /// The cells hold nothing that the form asks for.
    Nothing,
}

/// A person's answers about headings, and the values that apply to every user.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    headings: Vec<(String, HeadingChoice)>,
    /// The role of every user, if no column has it.
    pub role: Option<Role>,
    /// Whether every user is an organisation administrator, if no column says it.
    pub administrator: Option<bool>,
}

impl Mapping {
    /// Stores the meaning of a heading in place of an earlier one.
    pub fn choose(&mut self, heading: &str, meant: HeadingChoice) {
        let heading = normalised(heading);
        self.headings.retain(|(kept, _)| *kept != heading);
        self.headings.push((heading, meant));
    }

    /// Returns the meaning that a person gave to a heading, by its normalised text.
    #[must_use]
    pub fn meant(&self, normalised: &str) -> Option<HeadingChoice> {
        self.headings
            .iter()
            .find(|(kept, _)| kept == normalised)
            .map(|(_, meant)| *meant)
    }
}
