//! The identifier of an officer of the desk.

use std::fmt;

/// The identifier of an officer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OfficerId(String);

impl OfficerId {
    /// Wraps an identifier from a row, a form or the audit.
    ///
    /// The officer need not exist.
    #[must_use]
    pub fn named(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Returns an identifier that no officer has.
    ///
    /// Use it for an unknown account or passkey, so that the same statements run as for a known
    /// account or passkey.
    #[must_use]
    pub fn nobody() -> Self {
        Self(String::new())
    }

    /// Returns the identifier as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfficerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
