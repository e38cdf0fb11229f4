//! The details of a member: the name, how to reach the person, and the account.

use serde::{Deserialize, Serialize};

use super::Engagement;
use crate::identifiers::{Email, JobTitle, Mobile, PersonName, Telephone, full_name};
use crate::registration::{AccountablePerson, Person};
use crate::users::Role;

/// The details of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetails {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Email address.
    pub email: Email,
    /// Job title, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<JobTitle>,
    /// Telephone number, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Telephone>,
    /// What the account on Common Platform needs; `None` for an accountable person without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MemberAccount>,
    /// How the member is engaged.
    #[serde(default)]
    pub engagement: Engagement,
}

/// What an account on Common Platform needs beside the name and the email address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAccount {
    /// The mobile number that receives the activation code.
    pub mobile: Mobile,
    /// The role.
    pub role: Role,
}

impl MemberDetails {
    /// Returns the first and last name, or the only name.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(self.first_name.as_str(), self.last_name.as_str())
    }

    /// Returns the text by which two people with one mailbox are recognised.
    #[must_use]
    pub fn mailbox(&self) -> String {
        Email::mailbox(self.email.as_str())
    }
}

impl From<&Person> for MemberDetails {
    fn from(person: &Person) -> Self {
        Self {
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            email: person.email.clone(),
            job_title: None,
            telephone: None,
            account: Some(MemberAccount {
                mobile: person.mobile.clone(),
                role: person.role,
            }),
            engagement: Engagement::Employee,
        }
    }
}

impl From<&AccountablePerson> for MemberDetails {
    fn from(person: &AccountablePerson) -> Self {
        Self {
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            email: person.email.clone(),
            job_title: Some(person.job_title.clone()),
            telephone: Some(person.telephone.clone()),
            account: None,
            engagement: Engagement::Employee,
        }
    }
}
