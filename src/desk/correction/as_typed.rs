//! The answers of a registration as an applicant would type them. An officer corrects these,
//! under the same rules.

use crate::accountable_person::{AccountablePersonContact, AccountablePersonName};
use crate::date::parts_of;
use crate::draft::{Draft, PageAnswers};
use crate::identifiers::AddressLine;
use crate::organisation::{
    FirstHearing, KindOfOrganisation, OrganisationAddress, OrganisationContact, OrganisationTitle,
    RegistrationNumbers,
};
use crate::page::Page;
use crate::registration::{ListedUser, Person, Registration};
use crate::signature::Signature;
use crate::users::{OneUser, User};

/// Rebuilds the draft of a registration.
pub fn draft_of(registration: &Registration) -> Draft {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let line = |line: Option<&AddressLine>| line.map(ToString::to_string).unwrap_or_default();
    let numbers = organisation.laa_account_numbers.iter();
    let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
    let hearing = organisation.first_hearing.map(|date| date.to_string());
    let [day, month, year] = hearing.as_deref().and_then(parts_of).unwrap_or_default();
    Draft {
        kind_of_organisation: Some(KindOfOrganisation {
            kind: organisation.kind.key().to_owned(),
        }),
        organisation_name: Some(OrganisationTitle {
            name: organisation.name.to_string(),
        }),
        address: Some(OrganisationAddress {
            address_line_1: organisation.address_line_1.to_string(),
            address_line_2: line(organisation.address_line_2.as_ref()),
            town: organisation.town.to_string(),
            county: line(organisation.county.as_ref()),
            postcode: organisation.postcode.to_string(),
        }),
        contact: Some(OrganisationContact {
            telephone: organisation.telephone.as_str().to_owned(),
            email: organisation.email.to_string(),
        }),
        numbers: Some(RegistrationNumbers {
            sra_number: organisation
                .sra_number
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            bar_number: organisation
                .bar_number
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            laa_account_numbers: numbers.join("\n"),
        }),
        first_hearing: Some(FirstHearing {
            court: line(organisation.first_court.as_ref()),
            day,
            month,
            year,
        }),
        accountable_person: Some(AccountablePersonName {
            first_name: person.first_name.to_string(),
            last_name: person.last_name.to_string(),
            job_title: person.job_title.to_string(),
        }),
        accountable_person_contact: Some(AccountablePersonContact {
            email: person.email.to_string(),
            telephone: person.telephone.as_str().to_owned(),
        }),
        one_user: Some(OneUser {
            mobile: registration
                .people
                .first()
                .map(|user| user.mobile.as_str().to_owned())
                .unwrap_or_default(),
        }),
        signature: Some(Signature {
            full_name: registration.signature.full_name.to_string(),
            capacity: registration.signature.capacity.to_string(),
            authority: "yes".to_owned(),
            terms_version: registration.signature.terms_version.clone(),
        }),
        users: registration.people.len(),
        ..Draft::default()
    }
}

/// Returns the answers of a page of a draft.
pub fn page_of(draft: &Draft, page: Page) -> Option<PageAnswers> {
    let json = draft.answers_json(page).ok().flatten()?;
    PageAnswers::from_json(page, &json).ok()
}

/// Lists the users of a registration as the form does.
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
