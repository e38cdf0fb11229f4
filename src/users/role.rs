//! The roles of users, which are Common Platform's user groups for the defence.

use serde::{Deserialize, Serialize};

crate::keyed! {
    /// The role of a user.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Role {
        /// A solicitor or other litigator.
        DefenceLawyer = "defence-lawyer",
        /// A barrister or solicitor advocate.
        Advocate = "advocate",
        /// A person who manages which cases the members of a set of chambers can see.
        ChambersAdmin = "chambers-admin",
        /// A clerk to advocates.
        ChambersClerk = "chambers-clerk",
    }
}

impl Role {
    /// Returns the name shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DefenceLawyer => "Defence lawyer",
            Self::Advocate => "Advocate",
            Self::ChambersAdmin => "Chambers admin",
            Self::ChambersClerk => "Chambers clerk",
        }
    }

    /// Returns the hint beside the role, which says what a person with this role does.
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
