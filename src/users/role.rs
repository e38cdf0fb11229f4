//! The roles of users, which are Common Platform's user groups for the defence.

use serde::{Deserialize, Serialize};

use crate::organisation::OrganisationKind;

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

    /// Returns the roles that the form offers to a kind of organisation, and the role that was
    /// chosen before. Returns all roles if no kind is chosen.
    #[must_use]
    pub fn offered(kind: Option<OrganisationKind>, chosen: &str) -> Vec<Self> {
        let is_offered = |role: &Self| match kind {
            Some(OrganisationKind::SolicitorsFirm) => {
                matches!(role, Self::DefenceLawyer | Self::Advocate)
            }
            Some(OrganisationKind::BarristersChambers) => !matches!(role, Self::DefenceLawyer),
            _ => true,
        };
        let roles = Self::ALL.into_iter();
        roles
            .filter(|role| is_offered(role) || role.key() == chosen)
            .collect()
    }

    /// Returns the hint beside the role, which says what a person with this role does.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::DefenceLawyer => {
                "Solicitors, legal executives, paralegals and others who prepare the defence"
            }
            Self::Advocate => "Barristers and solicitor advocates who appear at hearings",
            Self::ChambersAdmin => "Chooses which cases each member of chambers can see",
            Self::ChambersClerk => "Looks after the cases and diaries of advocates",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_organisation_is_offered_its_own_roles() {
        let offered = |kind| Role::offered(Some(kind), "");
        assert_eq!(
            offered(OrganisationKind::SolicitorsFirm),
            [Role::DefenceLawyer, Role::Advocate]
        );
        assert_eq!(
            offered(OrganisationKind::BarristersChambers),
            [Role::Advocate, Role::ChambersAdmin, Role::ChambersClerk]
        );
        assert_eq!(offered(OrganisationKind::Other), Role::ALL);
        assert_eq!(Role::offered(None, ""), Role::ALL);
    }

    #[test]
    fn a_role_that_was_chosen_before_stays_on_the_page() {
        let offered = Role::offered(Some(OrganisationKind::SolicitorsFirm), "chambers-clerk");
        assert!(offered.contains(&Role::ChambersClerk));
    }
}
