//! Invented registrations for the tests of the desk's rules.

use crate::draft::Draft;
use crate::form::{Field, FormAnswers};
use crate::identifiers::{BarNumber, Email, Mobile, PersonName};
use crate::organisation::OrganisationKind;
use crate::page::Page;
use crate::registration::{Person, Registration, built};
use crate::terms;
use crate::users::Role;

/// Makes the registration of a firm of solicitors with two users; the first user is an
/// administrator.
pub(crate) fn a_firm() -> Registration {
    let answers: FormAnswers = [
        (
            Field::OrganisationKind,
            OrganisationKind::SolicitorsFirm.key(),
        ),
        (Field::OrganisationName, "Hartwell Crane & Co LLP"),
        (Field::AddressLine1, "51 Assize Street"),
        (Field::Town, "Worcester"),
        (Field::Postcode, "WR1 2ND"),
        (Field::Telephone, "01632 960 096"),
        (Field::Email, "post@hartwell-crane.example"),
        (Field::LaaAccountNumbers, "1A234B"),
        (Field::SraNumber, "483452"),
        (Field::AccountableFirstName, "Yusuf"),
        (Field::AccountableLastName, "Ní-Dhomhnaill"),
        (Field::JobTitle, "Partner"),
        (Field::AccountableEmail, "yusuf@hartwell-crane.example"),
        (Field::AccountableTelephone, "01632 960 097"),
        (Field::FullName, "Yusuf Ní-Dhomhnaill"),
        (Field::Capacity, "Accountable person"),
        (Field::TermsVersion, terms::CURRENT.version),
    ]
    .into_iter()
    .collect();
    let mut draft = Draft::default();
    for page in Page::ALL.iter().filter_map(|page| answers.page(*page)) {
        draft.keep(page);
    }
    Registration {
        people: vec![a_person(1), a_person(2)],
        ..built(&draft, &[]).unwrap()
    }
}

/// Makes the registration of chambers whose only registration number is a Bar number.
pub(super) fn chambers() -> Registration {
    with(a_firm(), |registration| {
        let organisation = &mut registration.organisation;
        organisation.kind = OrganisationKind::BarristersChambers;
        organisation.sra_number = None;
        organisation.laa_account_numbers.clear();
        organisation.bar_number = Some(BarNumber::parse("54321").unwrap());
    })
}

/// Makes the registration of a self-employed barrister.
pub(crate) fn a_barrister() -> Registration {
    with(chambers(), |registration| {
        registration.organisation.kind = OrganisationKind::SelfEmployedBarrister;
        registration.people.truncate(1);
        let person = registration.accountable_person.clone();
        registration.people[0].first_name = person.first_name;
        registration.people[0].last_name = person.last_name;
        registration.people[0].email = person.email;
        registration.people[0].role = Role::Advocate;
    })
}

/// Makes a user with a number in the name, email address and mobile number; user 1 is an
/// administrator.
pub(crate) fn a_person(number: usize) -> Person {
    Person {
        first_name: PersonName::parse("Wen").unwrap(),
        last_name: PersonName::parse(&format!("Williams {number}")).unwrap(),
        email: Email::parse(&format!("wen.{number}@hartwell-crane.example")).unwrap(),
        mobile: Mobile::parse(&format!("07700 900{number:03}")).unwrap(),
        role: Role::DefenceLawyer,
        administrator: number == 1,
    }
}

/// Returns a registration with a change applied.
pub(super) fn with(
    mut registration: Registration,
    change: impl FnOnce(&mut Registration),
) -> Registration {
    change(&mut registration);
    registration
}
