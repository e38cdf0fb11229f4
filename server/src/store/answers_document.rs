//! The answers of a registration as the store keeps them: one JSON document, so that a new question
//! needs no column, and a row for each user.
//!
//! Columns beside the document repeat what statements sort, list or write to by; all writers take
//! them from `answers_of`.

use registration::registration::{Person, Registration};

use super::error::StoreError;
use super::statement::Value;

/// Returns the document and the columns beside it: answers, kind, name, accountable person's e-mail
/// address and first hearing.
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

/// Writes the document of a registration. Its users are left out: they have rows of their own.
pub(super) fn document(registration: &Registration) -> Result<String, StoreError> {
    let without_users = Registration {
        people: Vec::new(),
        ..registration.clone()
    };
    serde_json::to_string(&without_users).map_err(|_| UNREAD)
}

/// Reads the document of a registration.
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

/// Returns the answers about a user.
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
