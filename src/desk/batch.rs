//! What goes to those who make the accounts: organisations and users in the shape of Common Platform's own records.
//!
//! The names of the fields are those of its events `organisation-created` and `user-details`. The last line of an
//! address is its town there. What Common Platform has no field for in them, the groups of a user and the mobile
//! number to which the code of the activation goes, stands beside under `groups` and `mobile`.

use serde::{Deserialize, Serialize};

use crate::registration::{Organisation, Person};
use crate::users::Role;

/// What every organisation of the defence is to Common Platform.
const ORGANISATION_TYPE: &str = "LEGAL_ORGANISATION";
/// What every user is to Common Platform.
const USER_TYPE: &str = "User";
/// The group of those who see to the users of their organisation.
const ADMINISTRATORS: &str = "Organisation administrator";

/// The accounts of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBatch {
    /// The organisations with those of their users whose accounts are to be made.
    pub organisations: Vec<BatchOrganisation>,
}

/// An organisation of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchOrganisation {
    /// The organisation.
    #[serde(flatten)]
    pub record: OrganisationRecord,
    /// The reference of its registration.
    pub registration_reference: String,
    /// Its users.
    pub users: Vec<UserRecord>,
}

/// The organisation record of Common Platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationRecord {
    /// A UUID.
    pub organisation_id: String,
    /// What kind of organisation it is there.
    pub organisation_type: String,
    /// What it is called.
    pub organisation_name: String,
    /// The first line of its address.
    pub address_line1: String,
    /// The second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// The third line: the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line3: Option<String>,
    /// The fourth line: the town.
    pub address_line4: String,
    /// The postcode.
    pub address_postcode: String,
    /// The main telephone number.
    pub phone_number: String,
    /// The main address for mail.
    pub email: String,
    /// The LAA account numbers, by which Common Platform links cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laa_contract_numbers: Vec<String>,
}

/// The user record of Common Platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRecord {
    /// A UUID.
    pub user_id: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The address with which the user signs in.
    pub email: String,
    /// What the user is there.
    pub user_type: String,
    /// The organisation.
    pub organisation_id: String,
    /// The user groups.
    pub groups: Vec<String>,
    /// The mobile number to which the code of the activation is sent.
    pub mobile: String,
}

impl BatchOrganisation {
    /// An organisation with users, each with their UUID.
    #[must_use]
    pub fn of<'p>(
        id: &str,
        reference: &str,
        organisation: &Organisation,
        users: impl IntoIterator<Item = (&'p Person, &'p str)>,
    ) -> Self {
        let line = |line: &Option<crate::identifiers::AddressLine>| {
            line.as_ref().map(|line| line.as_str().to_owned())
        };
        Self {
            record: OrganisationRecord {
                organisation_id: id.to_owned(),
                organisation_type: ORGANISATION_TYPE.to_owned(),
                organisation_name: organisation.name.as_str().to_owned(),
                address_line1: organisation.address_line_1.as_str().to_owned(),
                address_line2: line(&organisation.address_line_2),
                address_line3: line(&organisation.county),
                address_line4: organisation.town.as_str().to_owned(),
                address_postcode: organisation.postcode.as_str().to_owned(),
                phone_number: organisation.telephone.as_str().to_owned(),
                email: organisation.email.as_str().to_owned(),
                laa_contract_numbers: organisation
                    .laa_account_numbers
                    .iter()
                    .map(|number| number.as_str().to_owned())
                    .collect(),
            },
            registration_reference: reference.to_owned(),
            users: users
                .into_iter()
                .map(|(person, user)| UserRecord::of(user, id, person))
                .collect(),
        }
    }
}

impl UserRecord {
    fn of(id: &str, organisation: &str, person: &Person) -> Self {
        let mut groups = vec![group(person.role).to_owned()];
        if person.administrator {
            groups.push(ADMINISTRATORS.to_owned());
        }
        Self {
            user_id: id.to_owned(),
            first_name: person.first_name.as_str().to_owned(),
            last_name: person.last_name.as_str().to_owned(),
            email: person.email.as_str().to_owned(),
            user_type: USER_TYPE.to_owned(),
            organisation_id: organisation.to_owned(),
            groups,
            mobile: person.mobile.e164().as_str().to_owned(),
        }
    }
}

/// What Common Platform calls those who have a role.
const fn group(role: Role) -> &'static str {
    match role {
        Role::DefenceLawyer => "Defence Lawyers",
        Role::Advocate => "Advocates",
        Role::ChambersAdmin => "Chambers Admin",
        Role::ChambersClerk => "Chambers Clerk",
    }
}
