//! The roles of users, which are Common Platform's user groups for the defence.

use serde::{Deserialize, Serialize};

/// The role of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A solicitor or other litigator.
    DefenceLawyer,
    /// A barrister or solicitor advocate.
    Advocate,
    /// Manages the access of a set of chambers.
    ChambersAdmin,
    /// Clerks for advocates.
    ChambersClerk,
}

impl Role {
    /// Every role, in the order of the page.
    pub const ALL: [Self; 4] = [
        Self::DefenceLawyer,
        Self::Advocate,
        Self::ChambersAdmin,
        Self::ChambersClerk,
    ];

    /// Returns the role with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Returns the key that forms and the store use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::DefenceLawyer => "defence-lawyer",
            Self::Advocate => "advocate",
            Self::ChambersAdmin => "chambers-admin",
            Self::ChambersClerk => "chambers-clerk",
        }
    }

    /// Returns the words that people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DefenceLawyer => "Defence lawyer",
            Self::Advocate => "Advocate",
            Self::ChambersAdmin => "Chambers admin",
            Self::ChambersClerk => "Chambers clerk",
        }
    }

    /// Returns what a person with this role does, for the hint beside it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::DefenceLawyer => "Solicitors and others who prepare the defence",
            Self::Advocate => "Barristers and solicitor advocates who appear at hearings",
            Self::ChambersAdmin => "Manages which cases members of chambers can see",
            Self::ChambersClerk => "Clerks for advocates",
        }
    }
}
