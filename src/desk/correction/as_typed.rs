//! Converts the users of a registration back into typed answers, so that an officer corrects them
//! under the same rules as the applicant.

use crate::registration::{ListedUser, Person, Registration};
use crate::users::User;

/// Returns the users of a registration in the format of the form's list.
pub fn listed_of(registration: &Registration) -> Vec<ListedUser> {
    registration
        .people
        .iter()
        .map(|person| ListedUser {
            id: String::new(),
            user: user_of(person),
        })
        .collect()
}

/// Turns a user of a registration into typed answers.
pub fn user_of(person: &Person) -> User {
    User {
        first_name: person.first_name.to_string(),
        last_name: person.last_name.to_string(),
        email: person.email.to_string(),
        mobile: person.mobile.as_str().to_owned(),
        role: person.role.key().to_owned(),
        administrator: if person.administrator { "yes" } else { "no" }.to_owned(),
    }
}
