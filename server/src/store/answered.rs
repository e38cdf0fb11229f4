//! The answers of a registration, bound to a statement in one fixed order. Submission and
//! corrections share it.
//!
//! Organisation and accountable person take `$1` to `$18`; a user takes `$1` to `$6`. Each
//! statement puts its own values after those.

/// Binds the answers about the organisation and its accountable person as the first 18 values.
///
/// The kind of organisation is left out, because a correction never changes it.
macro_rules! with_answers_of {
    ($query:expr, $registration:expr) => {{
        use registration::identifiers::{AddressLine, BarNumber, LaaAccount, SraNumber};

        let registration: &registration::registration::Registration = $registration;
        let organisation = &registration.organisation;
        let person = &registration.accountable_person;
        let line = |line: &Option<AddressLine>| line.as_ref().map(ToString::to_string);
        let accounts: Vec<&str> = organisation
            .laa_account_numbers
            .iter()
            .map(LaaAccount::as_str)
            .collect();
        $query
            .bind(organisation.name.as_str())
            .bind(organisation.address_line_1.as_str())
            .bind(line(&organisation.address_line_2))
            .bind(organisation.town.as_str())
            .bind(line(&organisation.county))
            .bind(organisation.postcode.as_str())
            .bind(organisation.telephone.as_str())
            .bind(organisation.email.as_str())
            .bind(accounts.join("\n"))
            .bind(organisation.sra_number.as_ref().map(SraNumber::as_str))
            .bind(organisation.bar_number.as_ref().map(BarNumber::as_str))
            .bind(line(&organisation.first_court))
            .bind(organisation.first_hearing.map(|date| date.to_string()))
            .bind(person.first_name.as_str())
            .bind(person.last_name.as_str())
            .bind(person.job_title.as_str())
            .bind(person.email.as_str())
            .bind(person.telephone.as_str())
    }};
}

/// Binds the answers about a user as the first six values.
macro_rules! with_person {
    ($query:expr, $user:expr) => {{
        let user: &registration::registration::Person = $user;
        $query
            .bind(user.first_name.as_str())
            .bind(user.last_name.as_str())
            .bind(user.email.as_str())
            .bind(user.mobile.as_str())
            .bind(user.role.key())
            .bind(user.administrator)
    }};
}

pub(super) use {with_answers_of, with_person};
