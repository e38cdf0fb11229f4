//! The answers of a registration as its rows have them, in one order: for whoever sends it and for whoever corrects it.
//! A statement names them first, `$1` to `$18` for the organisation and its accountable person, `$1` to `$6` for a user.

/// A statement with what is answered about the organisation and its accountable person as its first 18 values, but for
/// the kind of organisation, which nobody corrects.
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

/// A statement with what is answered about a user as its first six values.
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
