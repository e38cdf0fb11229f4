//! The answers of a registration as values of a statement, in one fixed order. Submission and
//! corrections share it.
//!
//! Organisation and accountable person take `$1` to `$18`; a user takes `$1` to `$6`. Each
//! statement puts its own values after those.

use registration::identifiers::{AddressLine, BarNumber, LaaAccount, SraNumber};
use registration::registration::{Person, Registration};

use super::statement::Value;

/// Returns the answers about the organisation and its accountable person.
///
/// The kind of organisation is left out, because a correction never changes it.
pub(super) fn answers_of(registration: &Registration) -> [Value<'_>; 18] {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let line = |line: &Option<AddressLine>| line.as_ref().map(ToString::to_string).into();
    let accounts: Vec<&str> = organisation
        .laa_account_numbers
        .iter()
        .map(LaaAccount::as_str)
        .collect();
    [
        organisation.name.as_str().into(),
        organisation.address_line_1.as_str().into(),
        line(&organisation.address_line_2),
        organisation.town.as_str().into(),
        line(&organisation.county),
        organisation.postcode.as_str().into(),
        organisation.telephone.as_str().into(),
        organisation.email.as_str().into(),
        accounts.join("\n").into(),
        organisation
            .sra_number
            .as_ref()
            .map(SraNumber::as_str)
            .into(),
        organisation
            .bar_number
            .as_ref()
            .map(BarNumber::as_str)
            .into(),
        line(&organisation.first_court),
        organisation
            .first_hearing
            .map(|date| date.to_string())
            .into(),
        person.first_name.as_str().into(),
        person.last_name.as_str().into(),
        person.job_title.as_str().into(),
        person.email.as_str().into(),
        person.telephone.as_str().into(),
    ]
}

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
