//! The roles that a person at the desk can have.

use serde::{Deserialize, Serialize};

crate::keyed! {
    /// The role of a person at the desk.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum OfficerRole {
        /// Checks registrations, decides on them and has accounts set up.
        Officer = "officer",
        /// Does the work of an officer, and may also undo a decision.
        SeniorOfficer = "senior-officer",
        /// Reads everything and changes nothing.
        Auditor = "auditor",
        /// Manages people and settings, and decides nothing.
        Administrator = "administrator",
    }
}

impl OfficerRole {
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
