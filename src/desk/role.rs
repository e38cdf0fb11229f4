//! The roles of the people at the desk.

use serde::{Deserialize, Serialize};

/// The role of a person at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficerRole {
    /// Checks registrations, decides on them and has accounts set up.
    Officer,
    /// Does what an officer does, and may also undo a decision.
    SeniorOfficer,
    /// Reads everything and changes nothing.
    Auditor,
    /// Manages people and settings, and decides nothing.
    Administrator,
}

impl OfficerRole {
    /// Every role, in the order of the pages.
    pub const ALL: [Self; 4] = [
        Self::Officer,
        Self::SeniorOfficer,
        Self::Auditor,
        Self::Administrator,
    ];

    /// Returns the key that forms, the command line and the store use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::SeniorOfficer => "senior-officer",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Returns the role with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Returns the name that people see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Officer => "Officer",
            Self::SeniorOfficer => "Senior officer",
            Self::Auditor => "Auditor",
            Self::Administrator => "Desk administrator",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_found_by_its_key() {
        for role in OfficerRole::ALL {
            assert_eq!(OfficerRole::from_key(role.key()), Some(role));
        }
        assert_eq!(OfficerRole::from_key("judge"), None);
    }
}
