//! The batch file for the people who make the accounts: organisations and users, in the format of
//! Common Platform's own records.
//!
//! The field names are those of Common Platform's events `organisation-created` and `user-details`,
//! in which the last address line is the town. These events have no field for user groups or for
//! the mobile number that receives the activation code, so this file adds `groups` and `mobile`.

use serde::{Deserialize, Serialize};

use crate::registration::{Organisation, Person};
use crate::users::Role;

/// Common Platform's organisation type for defence organisations.
const ORGANISATION_TYPE: &str = "LEGAL_ORGANISATION";
/// Common Platform's user type, which is the same for every user.
const USER_TYPE: &str = "User";
/// The group of users who administer the users of their organisation.
const ADMINISTRATORS: &str = "Organisation administrator";

/// A batch of accounts to make.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBatch {
    /// The organisations, each with the users whose accounts are to be made.
    pub organisations: Vec<BatchOrganisation>,
}

/// An organisation of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchOrganisation {
    /// Common Platform's record of the organisation.
    #[serde(flatten)]
    pub record: OrganisationRecord,
    /// The reference of the organisation's registration.
    pub registration_reference: String,
    /// The users whose accounts are to be made.
    pub users: Vec<UserRecord>,
}

/// An organisation in Common Platform's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationRecord {
    /// The identifier of the organisation, a UUID.
    pub organisation_id: String,
    /// Common Platform's type of organisation.
    pub organisation_type: String,
    /// The organisation's name.
    pub organisation_name: String,
    /// The first line of the address.
    pub address_line1: String,
    /// The second line of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// The third line of the address: the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_line3: Option<String>,
    /// The fourth line of the address: the town.
    pub address_line4: String,
    /// The postcode of the address.
    pub address_postcode: String,
    /// The main telephone number.
    pub phone_number: String,
    /// The main e-mail address.
    pub email: String,
    /// The LAA account numbers, which Common Platform uses to link cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laa_contract_numbers: Vec<String>,
}

/// A user in Common Platform's format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRecord {
    /// The identifier of the user, a UUID.
    pub user_id: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The e-mail address that the user signs in with.
    pub email: String,
    /// Common Platform's type of user.
    pub user_type: String,
    /// The identifier of the user's organisation, a UUID.
    pub organisation_id: String,
    /// The user groups.
    pub groups: Vec<String>,
    /// The mobile number that receives the activation code.
    pub mobile: String,
}

impl BatchOrganisation {
    /// Makes the batch entry of an organisation. `id` is the organisation's UUID; `users` pairs
    /// each user with the user's UUID.
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

/// Returns Common Platform's user group for a role.
const fn group(role: Role) -> &'static str {
    match role {
        Role::DefenceLawyer => "Defence Lawyers",
        Role::Advocate => "Advocates",
        Role::ChambersAdmin => "Chambers Admin",
        Role::ChambersClerk => "Chambers Clerk",
    }
}
