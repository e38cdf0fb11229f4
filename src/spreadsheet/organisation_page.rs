//! Reads page 1 of the old form from a sheet of labels with a value beside each.
//!
//! Rows come in any order; a label may stand alone above the rows that belong to it ("Accountable
//! person" above "First name"). The signature is never taken from a file: a person signs on its
//! page, under the Terms shown there.

use serde::{Deserialize, Serialize};

use crate::accountable_person::{AccountablePersonContact, AccountablePersonName};
use crate::date::{CalendarDate, parts_of};
use crate::draft::PageAnswers;
use crate::identifiers::{BarNumber, Email, LaaAccount, Postcode, SraNumber};
use crate::organisation::{
    FirstHearing, KindOfOrganisation, OrganisationAddress, OrganisationContact, OrganisationKind,
    OrganisationTitle, RegistrationNumbers,
};
use crate::spreadsheet::label::{Label, Section, label_of};
use crate::spreadsheet::{Cell, LONGEST_CELL, full_name, normalised};
use crate::text::tidy;

/// The answers of page 1: tidied if a rule can tidy them, otherwise as typed, and empty if missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationPage {
    /// The organisation's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The key of its kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Address line 1 of the head office.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line1: String,
    /// Address line 2.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line2: String,
    /// Town or city.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// County.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub county: String,
    /// Postcode.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Telephone number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub telephone: String,
    /// E-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// LAA account numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub laa: Vec<String>,
    /// SRA number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sra: String,
    /// Bar number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bar: String,
    /// The court of the first hearing for which accounts are needed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first_court: String,
    /// The date of that hearing: in words if it is a date, otherwise as it was written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first_hearing: String,
    /// First name of the accountable person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accountable_first_name: String,
    /// Last name of the accountable person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accountable_last_name: String,
    /// Job title of the accountable person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accountable_job_title: String,
    /// E-mail address of the accountable person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accountable_email: String,
    /// Telephone number of the accountable person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub accountable_telephone: String,
}

/// How many labels make a sheet page 1; one with fewer may be a table that uses the words.
const ENOUGH_LABELS: usize = 3;

impl OrganisationPage {
    /// Reads page 1, if these are its rows.
    #[must_use]
    pub fn read(rows: &[(u32, Vec<Cell<'_>>)]) -> Option<Self> {
        let mut page = Self::default();
        let mut labels = 0;
        let mut section = Section::Organisation;
        for (_, cells) in rows {
            let mut texts = cells.iter().filter(|cell| !cell.is_blank()).map(Cell::text);
            let Some(words) = texts.next() else {
                continue;
            };
            let values: Vec<_> = texts.collect();
            // A label alone opens a section ("Accountable person"); with a value beside it, it is an answer.
            if values.is_empty() {
                section = Section::of(&words).unwrap_or(section);
            }
            let Some((of, label)) = label_of(&words, section) else {
                continue;
            };
            labels += 1;
            if let Some(value) = values.first() {
                let value: String = match label {
                    Label::Laa => values.join(", "),
                    _ => value.chars().take(LONGEST_CELL).collect(),
                };
                page.take(of, label, &value);
            }
        }
        (labels >= ENOUGH_LABELS && page != Self::default()).then_some(page)
    }

    /// Returns the answers for each page of the draft on which the file says something.
    #[must_use]
    pub fn answers(&self) -> Vec<PageAnswers> {
        let mut answers: Vec<PageAnswers> = Vec::new();
        if !self.kind.is_empty() {
            let kind = self.kind.clone();
            answers.push(KindOfOrganisation { kind }.into());
        }
        if !self.name.is_empty() {
            let name = self.name.clone();
            answers.push(OrganisationTitle { name }.into());
        }
        let address = OrganisationAddress {
            address_line_1: self.line1.clone(),
            address_line_2: self.line2.clone(),
            town: self.town.clone(),
            county: self.county.clone(),
            postcode: self.postcode.clone(),
        };
        if address != OrganisationAddress::default() {
            answers.push(address.into());
        }
        let contact = OrganisationContact {
            telephone: self.telephone.clone(),
            email: self.email.clone(),
        };
        if contact != OrganisationContact::default() {
            answers.push(contact.into());
        }
        let numbers = RegistrationNumbers {
            sra_number: self.sra.clone(),
            bar_number: self.bar.clone(),
            laa_account_numbers: self.laa.join("\n"),
        };
        if numbers != RegistrationNumbers::default() {
            answers.push(numbers.into());
        }
        let hearing = first_hearing(&self.first_court, &self.first_hearing);
        if hearing != FirstHearing::default() {
            answers.push(hearing.into());
        }
        let person = AccountablePersonName {
            first_name: self.accountable_first_name.clone(),
            last_name: self.accountable_last_name.clone(),
            job_title: self.accountable_job_title.clone(),
        };
        if person != AccountablePersonName::default() {
            answers.push(person.into());
        }
        let reached = AccountablePersonContact {
            email: self.accountable_email.clone(),
            telephone: self.accountable_telephone.clone(),
        };
        if reached != AccountablePersonContact::default() {
            answers.push(reached.into());
        }
        answers
    }

    fn take(&mut self, section: Section, label: Label, value: &str) {
        let text = tidy(value).into_owned();
        let person = section == Section::AccountablePerson;
        match label {
            Label::Signature => {}
            Label::FirstName => self.accountable_first_name = text,
            Label::LastName => self.accountable_last_name = text,
            Label::JobTitle => self.accountable_job_title = text,
            Label::FullName => {
                (self.accountable_first_name, self.accountable_last_name) = full_name::split(&text);
            }
            Label::Email if person => self.accountable_email = address(&text),
            Label::Telephone if person => self.accountable_telephone = text,
            Label::Name => self.name = text,
            Label::Kind => self.kind = kind(text),
            Label::Address => self.take_address(value),
            Label::Line1 => self.line1 = text,
            Label::Line2 => self.line2 = text,
            Label::Town => self.town = text,
            Label::County => self.county = text,
            Label::Postcode => {
                self.postcode = Postcode::check(&text).map_or_else(|_| text.clone(), Into::into);
            }
            Label::Court => self.first_court = text,
            Label::Hearing => {
                let date = first_hearing("", &text).date();
                self.first_hearing = date.map_or(text, CalendarDate::in_words);
            }
            // A second number or address without an owner belongs to the accountable
            // person, who comes below.
            Label::Telephone if !self.telephone.is_empty() => {
                fill(&mut self.accountable_telephone, text);
            }
            Label::Email if !self.email.is_empty() => {
                fill(&mut self.accountable_email, address(&text));
            }
            Label::Telephone => self.telephone = text,
            Label::Email => self.email = address(&text),
            Label::Laa => self.laa = laa(value),
            Label::Sra => {
                self.sra = SraNumber::check(&text).map_or_else(|_| text.clone(), Into::into);
            }
            Label::Bar => {
                self.bar = BarNumber::check(&text).map_or_else(|_| text.clone(), Into::into);
            }
        }
    }

    /// Splits an address in one cell by its lines or, if it has only one, by its commas.
    fn take_address(&mut self, value: &str) {
        let in_lines = value.contains(['\n', '\r']);
        let ends = |letter: char| match letter {
            '\n' | '\r' => true,
            ',' => !in_lines,
            _ => false,
        };
        let lines: Vec<String> = value
            .split(ends)
            .map(|line| tidy(line).trim_end_matches(',').to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let mut lines = lines.as_slice();
        if let [rest @ .., last] = lines
            && let Ok(postcode) = Postcode::check(last)
        {
            self.postcode = postcode.into_owned();
            lines = rest;
        }
        if let [first, .., town] = lines {
            self.line1.clone_from(first);
            self.town.clone_from(town);
            self.line2 = lines.get(1..lines.len() - 1).unwrap_or_default().join(", ");
        } else if let [only] = lines {
            self.line1.clone_from(only);
        }
    }
}

/// Makes the answers about the first hearing; a date that cannot be split becomes the day.
fn first_hearing(court: &str, date: &str) -> FirstHearing {
    let [day, month, year] =
        parts_of(date).unwrap_or_else(|| [date.to_owned(), String::new(), String::new()]);
    FirstHearing {
        court: court.to_owned(),
        day,
        month,
        year,
    }
}

/// Fills an answer that is still empty.
fn fill(answer: &mut String, text: String) {
    if answer.is_empty() {
        *answer = text;
    }
}

fn address(text: &str) -> String {
    Email::check(text).map_or_else(|_| text.to_owned(), Into::into)
}

fn laa(value: &str) -> Vec<String> {
    let value = &value.replace(['/', '&'], ",");
    match LaaAccount::check_list(value) {
        Ok(accounts) => accounts
            .iter()
            .map(|account| account.as_str().to_owned())
            .collect(),
        Err(_) => value
            .split([',', ';', '\n', '\r'])
            .map(|part| tidy(part).into_owned())
            .filter(|part| !part.is_empty())
            .collect(),
    }
}

fn kind(text: String) -> String {
    let plain = normalised(&text);
    let own = OrganisationKind::ALL
        .into_iter()
        .find(|kind| kind.key() == text || normalised(kind.words()) == plain);
    let meant = || {
        KINDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| plain.contains(word)))
            .map(|(kind, _)| *kind)
    };
    own.or_else(meant)
        .map_or(text, |kind| kind.key().to_owned())
}

/// The words for each kind of organisation; a more specific kind comes first.
const KINDS: [(OrganisationKind, &[&str]); 4] = [
    (
        OrganisationKind::SelfEmployedBarrister,
        &[
            "selfemployed",
            "freelance",
            "directaccess",
            "soleprac",
            "onepersonbarrister",
        ],
    ),
    (
        OrganisationKind::BarristersChambers,
        &["chambers", "barristers"],
    ),
    (
        OrganisationKind::SolicitorsFirm,
        &["solicitor", "lawfirm", "legalpractice", "firm", "llp"],
    ),
    (OrganisationKind::Other, &["other", "another"]),
];

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn rows(lines: &[(&'static str, &'static str)]) -> Vec<(u32, Vec<Cell<'static>>)> {
        lines
            .iter()
            .zip(1..)
            .map(|((label, value), row)| {
                let cell = |text: &'static str| {
                    if text.is_empty() {
                        Cell::Empty
                    } else {
                        Cell::Text(Cow::Borrowed(text))
                    }
                };
                (row, vec![cell(label), cell(value)])
            })
            .collect()
    }

    #[test]
    fn labels_are_read_in_any_order_and_in_sections() {
        let page = OrganisationPage::read(&rows(&[
            ("Postcode:", "wr1 2nd"),
            ("Name of organisation", "Hartwell Crane & Co LLP"),
            ("Type of organisation", "Firm of solicitors"),
            ("LAA account numbers", "1K482L; 2P771M"),
            ("SRA ID", "614207"),
            ("Email", "crime@hartwellcrane.example"),
            ("Accountable person", ""),
            ("First name", "Harriet"),
            ("Surname", "Crane"),
            ("Email", "harriet.crane@hartwellcrane.example"),
            ("Digital signature", ""),
            ("Name", "Somebody Else"),
        ]));
        let expected = OrganisationPage {
            name: "Hartwell Crane & Co LLP".to_owned(),
            kind: "solicitors-firm".to_owned(),
            postcode: "WR1 2ND".to_owned(),
            email: "crime@hartwellcrane.example".to_owned(),
            laa: vec!["1K482L".to_owned(), "2P771M".to_owned()],
            sra: "614207".to_owned(),
            accountable_first_name: "Harriet".to_owned(),
            accountable_last_name: "Crane".to_owned(),
            accountable_email: "harriet.crane@hartwellcrane.example".to_owned(),
            ..OrganisationPage::default()
        };
        assert_eq!(page, Some(expected));
    }

    #[test]
    fn a_whole_address_in_one_cell_is_taken_apart() {
        let page = OrganisationPage::read(&rows(&[
            ("Organisation name", "Crane Chambers"),
            (
                "Head office address",
                "Assize House, 14 Cornmarket, Worcester, WR1 2ND",
            ),
            ("Accountable person", "Ms Harriet Crane"),
        ]))
        .unwrap();
        assert_eq!(
            [
                &page.line1,
                &page.line2,
                &page.town,
                &page.postcode,
                &page.accountable_last_name
            ],
            [
                "Assize House",
                "14 Cornmarket",
                "Worcester",
                "WR1 2ND",
                "Crane"
            ]
        );
    }

    #[test]
    fn a_second_contact_is_that_of_the_accountable_person() {
        let page = OrganisationPage::read(&rows(&[
            ("Organisation name", "Crane Chambers"),
            ("Email", "clerks@crane.example"),
            ("LAA numbers", "1K482L / 2P771M"),
            ("Accountable person's name", "Harriet Crane KC"),
            ("Email", "harriet@crane.example"),
        ]))
        .unwrap();
        assert_eq!(page.email, "clerks@crane.example");
        assert_eq!(page.accountable_email, "harriet@crane.example");
        assert_eq!(page.accountable_last_name, "Crane");
        assert_eq!(page.laa, ["1K482L", "2P771M"]);
    }

    #[test]
    fn the_first_hearing_is_read_as_people_write_dates() {
        for (written, read, year) in [
            ("01/12/2026", "1 December 2026", "2026"),
            ("2026-12-01", "1 December 2026", "2026"),
            ("Tuesday 1st December 2026", "1 December 2026", "2026"),
            ("30/2/2027", "30/2/2027", "2027"),
            ("before Christmas", "before Christmas", ""),
        ] {
            let page = OrganisationPage::read(&rows(&[
                ("Organisation name", "Crane Chambers"),
                ("Court of first hearing", "Leeds Crown Court"),
                ("Date of first hearing", written),
            ]))
            .unwrap();
            assert_eq!(page.first_court, "Leeds Crown Court");
            assert_eq!(page.first_hearing, read);
            let hearing = page
                .answers()
                .into_iter()
                .find_map(|answers| match answers {
                    PageAnswers::FirstHearing(hearing) => Some(hearing),
                    _ => None,
                });
            assert_eq!(hearing.unwrap().year, year);
        }
    }

    #[test]
    fn a_table_of_people_is_no_page_1() {
        assert_eq!(
            OrganisationPage::read(&rows(&[("Email", "Name"), ("a@firm.example", "Iyer")])),
            None
        );
    }
}
