//! Storage of a registration's answers: a JSON document, and a row for each user.
//!
//! A new question about the organisation therefore needs no new column. Columns beside the document
//! repeat the values that statements need for sorting, listing and sending email; `answers_of`
//! returns these values.

use registration::registration::{Person, Registration};

use super::error::StoreError;
use super::statement::Value;

/// Returns a registration's document and the values of the columns beside it.
///
/// The columns are the kind, the name, the accountable person's email address and the first
/// hearing.
pub(super) fn answers_of(registration: &Registration) -> Result<[Value<'_>; 5], StoreError> {
    let organisation = &registration.organisation;
    let hearing = organisation.first_hearing.map(|date| date.to_string());
    Ok([
        document(registration)?.into(),
        organisation.kind.key().into(),
        organisation.name.as_str().into(),
        registration.accountable_person.email.as_str().into(),
        hearing.into(),
    ])
}

/// Serialises a registration without its users, who have rows of their own.
pub(super) fn document(registration: &Registration) -> Result<String, StoreError> {
    let without_users = Registration {
        people: Vec::new(),
        ..registration.clone()
    };
    serde_json::to_string(&without_users).map_err(|_| UNREAD)
}

/// Parses the document of a registration and adds its users.
pub(super) fn read_document(
    document: &str,
    people: Vec<Person>,
) -> Result<Registration, StoreError> {
    let registration: Registration = serde_json::from_str(document).map_err(|_| UNREAD)?;
    Ok(Registration {
        people,
        ..registration
    })
}

const UNREAD: StoreError = StoreError::Row {
    table: "registration",
    column: "answers",
};

/// Returns a user's answers as column values.
pub(super) fn answers_of_user(user: &Person) -> [Value<'_>; 6] {
    [
        user.first_name.as_str().into(),
        user.last_name.as_str().into(),
        user.email.as_str().into(),
        user.mobile.as_str().into(),
        user.role.key().into(),
        user.administrator.into(),
    ]
}
