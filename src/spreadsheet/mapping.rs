//! What a person said about the headings of their files where the service could not tell.
//!
//! Kept with the draft, so that the next file with the same headings is read without a question.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::{Meaning, normalised};
use crate::users::Role;

/// What a heading means, by a person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meant {
    /// This.
    As(Meaning),
    /// Nothing that is asked for.
    Nothing,
}

/// A person's word about headings, and what is the same for everybody where no column says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    headings: Vec<(String, Meant)>,
    /// The role of everybody, where there is no column for it.
    pub role: Option<Role>,
    /// Whether everybody is an organisation administrator, where there is no column for it.
    pub administrator: Option<bool>,
}

impl Mapping {
    /// Keeps what a heading means, in place of what was said of it before.
    pub fn choose(&mut self, heading: &str, meant: Meant) {
        let heading = normalised(heading);
        self.headings.retain(|(kept, _)| *kept != heading);
        self.headings.push((heading, meant));
    }

    /// What was said of a heading, by its normalised text.
    #[must_use]
    pub fn meant(&self, normalised: &str) -> Option<Meant> {
        self.headings
            .iter()
            .find(|(kept, _)| kept == normalised)
            .map(|(_, meant)| *meant)
    }
}
