//! Makes page 1 of the form, as a sheet shows it, from a draft, valid or not,
//! or from a registration.
//!
//! `OrganisationPage::answers` goes the other way, from a sheet to the answers of a draft.

use crate::date::CalendarDate;
use crate::draft::Draft;
use crate::registration::Registration;
use crate::spreadsheet::OrganisationPage;
use crate::text::tidy;

impl OrganisationPage {
    /// Makes the page from a draft.
    #[must_use]
    pub fn of_draft(draft: &Draft) -> Self {
        let kind = draft.kind_of_organisation.clone().unwrap_or_default();
        let name = draft.organisation_name.clone().unwrap_or_default();
        let address = draft.address.clone().unwrap_or_default();
        let contact = draft.contact.clone().unwrap_or_default();
        let numbers = draft.numbers.clone().unwrap_or_default();
        let person = draft.accountable_person.clone().unwrap_or_default();
        let reached = draft.accountable_person_contact.clone().unwrap_or_default();
        let hearing = draft.first_hearing.clone().unwrap_or_default();
        let parts = [&hearing.day, &hearing.month, &hearing.year].map(String::as_str);
        let as_typed = || tidy(&parts.join(" ")).into_owned();
        Self {
            first_hearing: hearing.date().map_or_else(as_typed, CalendarDate::in_words),
            first_court: hearing.court,
            name: name.name,
            kind: kind.kind,
            line1: address.address_line_1,
            line2: address.address_line_2,
            town: address.town,
            county: address.county,
            postcode: address.postcode,
            telephone: contact.telephone,
            email: contact.email,
            laa: listed(&numbers.laa_account_numbers),
            sra: numbers.sra_number,
            bar: numbers.bar_number,
            accountable_first_name: person.first_name,
            accountable_last_name: person.last_name,
            accountable_job_title: person.job_title,
            accountable_email: reached.email,
            accountable_telephone: reached.telephone,
        }
    }

    /// Makes the page from a registration.
    #[must_use]
    pub fn of_registration(registration: &Registration) -> Self {
        let organisation = &registration.organisation;
        let person = &registration.accountable_person;
        Self {
            first_court: given(organisation.first_court.as_ref()),
            first_hearing: organisation
                .first_hearing
                .map(CalendarDate::in_words)
                .unwrap_or_default(),
            name: organisation.name.to_string(),
            kind: organisation.kind.key().to_owned(),
            line1: organisation.address_line_1.to_string(),
            line2: given(organisation.address_line_2.as_ref()),
            town: organisation.town.to_string(),
            county: given(organisation.county.as_ref()),
            postcode: organisation.postcode.to_string(),
            telephone: organisation.telephone.to_string(),
            email: organisation.email.to_string(),
            laa: organisation
                .laa_account_numbers
                .iter()
                .map(ToString::to_string)
                .collect(),
            sra: given(organisation.sra_number.as_ref()),
            bar: given(organisation.bar_number.as_ref()),
            accountable_first_name: person.first_name.to_string(),
            accountable_last_name: person.last_name.to_string(),
            accountable_job_title: person.job_title.to_string(),
            accountable_email: person.email.to_string(),
            accountable_telephone: person.telephone.to_string(),
        }
    }
}

fn given(answer: Option<&impl ToString>) -> String {
    answer.map(ToString::to_string).unwrap_or_default()
}

fn listed(numbers: &str) -> Vec<String> {
    numbers
        .split(['\n', '\r', ',', ';'])
        .map(|number| tidy(number).into_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organisation::RegistrationNumbers;

    fn draft_of(page: &OrganisationPage) -> Draft {
        let mut draft = Draft::default();
        for answers in page.answers() {
            draft.keep(answers);
        }
        draft
    }

    proptest! {
        #[test]
        fn a_page_that_was_taken_into_a_draft_is_shown_as_it_was(
            texts in proptest::collection::vec("[ -~é’]{0,12}", 17),
            hearing in proptest::option::of((1_u8..=28, 1_u8..=12, 1900_u16..3000)),
            laa in proptest::collection::vec("[0-9A-Z]{1,6}", 0..4),
        ) {
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap();
            let page = OrganisationPage {
                name: text(),
                kind: text(),
                line1: text(),
                line2: text(),
                town: text(),
                county: text(),
                postcode: text(),
                telephone: text(),
                email: text(),
                laa,
                sra: text(),
                bar: text(),
                first_court: text(),
                first_hearing: hearing
                    .and_then(|(day, month, year)| CalendarDate::new(year, month, day))
                    .map(CalendarDate::in_words)
                    .unwrap_or_default(),
                accountable_first_name: text(),
                accountable_last_name: text(),
                accountable_job_title: text(),
                accountable_email: text(),
                accountable_telephone: text(),
            };
            prop_assert_eq!(OrganisationPage::of_draft(&draft_of(&page)), page);
        }
    }

    #[test]
    fn account_numbers_are_told_apart_however_they_were_typed() {
        let draft = Draft {
            numbers: Some(RegistrationNumbers {
                laa_account_numbers: "1K482L\r\n 2P771M; 1A234B,".to_owned(),
                ..RegistrationNumbers::default()
            }),
            ..Draft::default()
        };
        assert_eq!(
            OrganisationPage::of_draft(&draft).laa,
            ["1K482L", "2P771M", "1A234B"]
        );
    }

    #[test]
    fn an_empty_draft_is_an_empty_page() {
        assert_eq!(
            OrganisationPage::of_draft(&Draft::default()),
            OrganisationPage::default()
        );
    }
}
