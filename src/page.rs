//! The question pages of the form, in order, with their paths.

use serde::{Deserialize, Serialize};

/// A question page of the form. A draft stores the answers of each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Page {
    /// The kind of organisation.
    OrganisationKind,
    /// The name of the organisation.
    OrganisationName,
    /// The address of the head office.
    OrganisationAddress,
    /// The organisation's telephone number and e-mail address.
    OrganisationContact,
    /// The organisation's registration numbers.
    RegistrationNumbers,
    /// The organisation's first hearing.
    FirstHearing,
    /// The name of the accountable person.
    AccountablePersonName,
    /// The contact details of the accountable person.
    AccountablePersonContact,
    /// Whether the accountable person needs an account, as the first user.
    FirstUser,
    /// A new user for the list, whose answers are not valid yet.
    NewUser,
    /// The user of a one-person organisation.
    OneUser,
    /// The signature under the Terms and Conditions.
    Signature,
}

impl Page {
    /// Every question page, in the order of the form.
    pub const ALL: &'static [Self] = &[
        Self::OrganisationKind,
        Self::OrganisationName,
        Self::OrganisationAddress,
        Self::OrganisationContact,
        Self::RegistrationNumbers,
        Self::FirstHearing,
        Self::AccountablePersonName,
        Self::AccountablePersonContact,
        Self::FirstUser,
        Self::NewUser,
        Self::OneUser,
        Self::Signature,
    ];

    /// Returns the path of the page, which is also its key in the store.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::OrganisationKind => "/organisation/kind",
            Self::OrganisationName => "/organisation/name",
            Self::OrganisationAddress => "/organisation/address",
            Self::OrganisationContact => "/organisation/contact",
            Self::RegistrationNumbers => "/organisation/registration-numbers",
            Self::FirstHearing => "/organisation/first-hearing",
            Self::AccountablePersonName => "/accountable-person/name",
            Self::AccountablePersonContact => "/accountable-person/contact",
            Self::FirstUser => "/users/first",
            Self::NewUser => "/users/add",
            Self::OneUser => "/users/mobile",
            Self::Signature => "/sign",
        }
    }

    /// Returns the page with this path; `None` if no question page has the path.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|page| page.path() == path)
    }
}
