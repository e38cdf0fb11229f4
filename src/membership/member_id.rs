//! The identifier of a member.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The identifier of a member of an organisation, which never changes. Whoever leaves and joins
/// again is a new member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MemberId(String);

impl MemberId {
    /// Returns the identifier that is stored as this text.
    pub fn named(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text that is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MemberId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
