//! Invented registrations for the tests of the desk's rules.

use crate::identifiers::{
    AddressLine, BarNumber, Email, JobTitle, LaaAccount, Mobile, OrganisationName, PersonName,
    Postcode, SraNumber, Telephone, Town,
};
use crate::organisation::OrganisationKind;
use crate::registration::{AccountablePerson, Organisation, Person, Registration, Signature};
use crate::terms;
use crate::users::Role;

/// Makes a firm of solicitors with two users; the first is an administrator.
pub(crate) fn a_firm() -> Registration {
    Registration {
        organisation: Organisation {
            kind: OrganisationKind::SolicitorsFirm,
            name: OrganisationName::parse("Hartwell Crane & Co LLP").unwrap(),
            address_line_1: AddressLine::parse("51 Assize Street").unwrap(),
            address_line_2: None,
            town: Town::parse("Worcester").unwrap(),
            county: None,
            postcode: Postcode::parse("WR1 2ND").unwrap(),
            telephone: Telephone::parse("01632 960 096").unwrap(),
            email: Email::parse("post@hartwell-crane.example").unwrap(),
            laa_account_numbers: vec![LaaAccount::parse("1A234B").unwrap()],
            sra_number: Some(SraNumber::parse("483452").unwrap()),
            bar_number: None,
            first_court: None,
            first_hearing: None,
        },
        accountable_person: AccountablePerson {
            first_name: PersonName::parse("Yusuf").unwrap(),
            last_name: PersonName::parse("Ní-Dhomhnaill").unwrap(),
            job_title: JobTitle::parse("Partner").unwrap(),
            email: Email::parse("yusuf@hartwell-crane.example").unwrap(),
            telephone: Telephone::parse("01632 960 097").unwrap(),
        },
        people: vec![a_person(1), a_person(2)],
        signature: Signature {
            full_name: PersonName::parse("Yusuf Ní-Dhomhnaill").unwrap(),
            capacity: JobTitle::parse("Accountable person").unwrap(),
            terms_version: terms::CURRENT.version.to_owned(),
        },
    }
}

/// Makes a set of chambers whose only number is a Bar number.
pub(super) fn chambers() -> Registration {
    with(a_firm(), |registration| {
        let organisation = &mut registration.organisation;
        organisation.kind = OrganisationKind::BarristersChambers;
        organisation.sra_number = None;
        organisation.laa_account_numbers.clear();
        organisation.bar_number = Some(BarNumber::parse("54321").unwrap());
    })
}

/// Makes a self-employed barrister.
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

/// Makes a user by number; number 1 is an administrator.
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

/// Applies a change to a registration and returns it.
pub(super) fn with(
    mut registration: Registration,
    change: impl FnOnce(&mut Registration),
) -> Registration {
    change(&mut registration);
    registration
}
