//! Page 1 of the spreadsheet form that this service replaces: the answers about the organisation
//! and its accountable person. The page is read from a sheet with a label and a value in each row,
//! or made from a draft or a registration.
//!
//! Rows may be in any order. A label alone begins a section ("Accountable person" above "First
//! name"). The signature is never read from a file, because a person signs on the page that shows
//! the Terms.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::page::Page;

use crate::draft::{Draft, PageAnswers};
use crate::form::{Field, FormAnswers, FormSection, SheetRow, Topic};
use crate::identifiers::{BarNumber, Email, LaaAccount, Postcode, SraNumber};
use crate::language::Language;
use crate::organisation::OrganisationKind;
use crate::registration::Registration;
use crate::spreadsheet::label::{FIRST_HEARING, Label, Section, is_of_others, is_own, label_of};
use crate::spreadsheet::{Cell, LONGEST_CELL, SheetHead, full_name, normalised};
use crate::text::tidy;

/// The answers of page 1: tidied if a rule can tidy them, otherwise as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationPage(FormAnswers);

/// The minimum number of different labels on page 1. A sheet with fewer labels may be a table whose
/// headings use the same words.
const ENOUGH_LABELS: usize = 3;
/// The maximum number of different values of one label: the organisation's and the accountable
/// person's.
const MAX_VALUES: usize = 2;

/// A label of the sheet, with the number of its values. Equal values one after the other count
/// once.
struct SeenLabel {
    section: Section,
    label: Label,
    last: String,
    values: usize,
}

impl SeenLabel {
    fn new(section: Section, label: Label, value: &str) -> Self {
        Self {
            section,
            label,
            last: value.to_owned(),
            values: usize::from(!value.is_empty()),
        }
    }

    fn add(&mut self, value: &str) {
        // Account numbers and the signature may take several rows.
        let may_repeat = matches!(
            self.label,
            Label::Signature | Label::Field(Field::LaaAccountNumbers)
        );
        if !may_repeat && !value.is_empty() && value != self.last {
            self.values += 1;
            value.clone_into(&mut self.last);
        }
    }
}

/// Whether a label occurs only on the form. Other labels occur in any list of addresses: the name
/// and the contact details of an organisation may be those of a supplier or of another firm.
fn is_of_the_form(words: &str, label: Label, value: Option<&str>) -> bool {
    let plain = normalised(words);
    match label {
        // "Legal Aid" may also be a department, whose row has no number, or an office with a
        // telephone number.
        Label::Field(Field::LaaAccountNumbers | Field::SraNumber | Field::BarNumber) => {
            value.is_none_or(may_be_registration_number)
        }
        Label::Field(Field::OrganisationKind) => {
            let kind = value.map(|value| kind(value.to_owned()));
            let own = kind.is_none_or(|kind| OrganisationKind::from_key(&kind).is_some());
            own && plain.contains("organi")
        }
        Label::Field(Field::Court | Field::HearingDay) => {
            FIRST_HEARING.iter().any(|word| plain.contains(word))
        }
        Label::Signature => true,
        Label::Field(_) | Label::Address | Label::FullName => {
            plain.contains("accountable") || plain.contains("headoffice")
        }
    }
}

/// Whether any row begins with a label of the accountable person or of the signature.
fn has_label_of_the_form(rows: &[(u32, Vec<Cell<'_>>)]) -> bool {
    rows.iter().any(|(_, cells)| {
        let first = cells.iter().find(|cell| !cell.is_blank()).map(Cell::text);
        first.is_some_and(|label| Section::of(&label).is_some_and(Section::is_of_the_form))
    })
}

/// Whether a text has digits, and either has letters or has no number as long as a telephone
/// number: "614207, 614208".
fn may_be_registration_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let mut numbers = text.split([',', ';', '/', '&', '\n']);
    digits(text) > 0
        && (text.contains(char::is_alphabetic) || numbers.all(|number| digits(number) < 10))
}

impl OrganisationPage {
    /// Reads page 1 from a sheet; `None` if the sheet is not page 1 or has no answer.
    ///
    /// A sheet whose name says that it is about others, such as "Suppliers", must have a label of
    /// the accountable person or of the signature.
    #[must_use]
    pub fn of_sheet(head: &SheetHead<'_>) -> Option<Self> {
        let name = head.name.as_deref().unwrap_or_default();
        if is_of_others(name) && !has_label_of_the_form(&head.rows) {
            return None;
        }
        Self::read(&head.rows)
    }

    /// Reads page 1; `None` if these rows are not page 1 or have no answer.
    ///
    /// Page 1 has at least three different labels. At least one label or section heading occurs
    /// only on the form. No label has more than two different values, except the labels of account
    /// numbers and of the signature. The details of others, such as the address of a court, are not
    /// read.
    #[must_use]
    pub fn read(rows: &[(u32, Vec<Cell<'_>>)]) -> Option<Self> {
        let mut page = Self::default();
        let mut labels: Vec<SeenLabel> = Vec::new();
        let mut section = Section::Organisation;
        let mut of_the_form = false;
        for (_, cells) in rows {
            let mut texts = cells.iter().filter(|cell| !cell.is_blank()).map(Cell::text);
            let Some(words) = texts.next() else {
                continue;
            };
            let values: Vec<_> = texts.collect();
            // A label alone begins a section ("Accountable person"). A label with a value is an
            // answer.
            if values.is_empty() {
                // A label of the form without an answer, such as "Court of first hearing", does not
                // begin a section of others.
                let opened = Section::of(&words).filter(|opened| {
                    *opened != Section::Others || label_of(&words, section).is_none()
                });
                of_the_form |= opened.is_some_and(Section::is_of_the_form);
                section = opened.unwrap_or(section);
            }
            let Some((of, label)) = label_of(&words, section) else {
                continue;
            };
            of_the_form |= is_of_the_form(&words, label, values.first().map(AsRef::as_ref));
            let first: String = values.first().map_or_else(String::new, |value| {
                value.chars().take(LONGEST_CELL).collect()
            });
            match labels
                .iter_mut()
                .find(|seen| (seen.section, seen.label) == (of, label))
            {
                Some(seen) => seen.add(&first),
                None => labels.push(SeenLabel::new(of, label, &first)),
            }
            if !values.is_empty() {
                let value = match label {
                    Label::Field(Field::LaaAccountNumbers) => values.join(", "),
                    _ => first,
                };
                page.take(of, label, &value);
                // The address that follows the name of a court is the court's.
                if label == Label::Field(Field::Court) && !is_own(&words) {
                    section = Section::Others;
                } else if section == Section::Others {
                    section = of;
                }
            }
        }
        let is_page = of_the_form
            && labels.len() >= ENOUGH_LABELS
            && labels.iter().all(|seen| seen.values <= MAX_VALUES);
        (is_page && page != Self::default()).then_some(page)
    }

    /// Creates the page from a draft, valid or not.
    #[must_use]
    pub fn of_draft(draft: &Draft) -> Self {
        FormAnswers::of_draft(draft).into()
    }

    /// Creates the page from a registration.
    #[must_use]
    pub fn of_registration(registration: &Registration) -> Self {
        FormAnswers::of_registration(registration).into()
    }

    /// Returns the answers for each question page that the file answers at least in part.
    #[must_use]
    pub fn answers(&self) -> Vec<PageAnswers> {
        let pages = Page::ALL.iter();
        pages.filter_map(|page| self.0.page(*page)).collect()
    }

    /// Returns the rows of the page, each with its field, its description and its text.
    pub fn rows(&self) -> impl Iterator<Item = (Field, SheetRow, String)> {
        Field::all().filter_map(|field| {
            let row = field.describe().sheet?;
            let text = match field {
                Field::HearingDay => self.0.hearing_date(Language::English),
                Field::LaaAccountNumbers => separated(self.0.get(field)).join(", "),
                _ => self.0.get(field).to_owned(),
            };
            Some((field, row, text))
        })
    }

    /// Returns the answer to a field; empty if the field is not answered.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        self.0.get(field)
    }

    /// Sets the text of a row; splits the date of the hearing.
    fn set(&mut self, field: Field, text: &str) {
        match field {
            Field::HearingDay => self.0.set_hearing_date(text),
            _ => self.0.set(field, text),
        }
    }

    fn take(&mut self, section: Section, label: Label, value: &str) {
        let text = tidy(value).into_owned();
        match label {
            Label::Signature => {}
            Label::FullName => {
                let (first, last) = full_name::split(&text);
                self.0.set(Field::AccountableFirstName, first);
                self.0.set(Field::AccountableLastName, last);
            }
            Label::Address => self.take_address(value),
            Label::Field(field) => {
                // A second telephone number or email address in the organisation's section belongs
                // to the accountable person, whose section follows.
                let field = match field {
                    Field::Telephone if !self.0.get(field).is_empty() => {
                        Field::AccountableTelephone
                    }
                    Field::Email if !self.0.get(field).is_empty() => Field::AccountableEmail,
                    field => field,
                };
                let is_first =
                    section == Section::AccountablePerson || self.0.get(field).is_empty();
                let is_second_hand =
                    matches!(field, Field::AccountableTelephone | Field::AccountableEmail);
                if is_first || !is_second_hand {
                    self.set(field, &tidied(field, value, text));
                }
            }
        }
    }

    /// Stores the lines of an address that is in one cell. The address is split at its line ends;
    /// an address on one line is split at its commas.
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
            self.0.set(Field::Postcode, postcode);
            lines = rest;
        }
        if let [first, .., town] = lines {
            self.0.set(Field::AddressLine1, first);
            self.0.set(Field::Town, town);
            let between = lines.get(1..lines.len() - 1).unwrap_or_default();
            self.0.set(Field::AddressLine2, between.join(", "));
        } else if let [only] = lines {
            self.0.set(Field::AddressLine1, only);
        }
    }
}

impl From<FormAnswers> for OrganisationPage {
    fn from(answers: FormAnswers) -> Self {
        let is_of_page_1 = |field: &Field| {
            let section = field.topic().and_then(Topic::section);
            matches!(
                section,
                Some(FormSection::Organisation | FormSection::AccountablePerson)
            )
        };
        let fields = Field::all().filter(is_of_page_1);
        let mut page: FormAnswers = fields.map(|field| (field, answers.get(field))).collect();
        // A sheet has one cell for the date and one for all account numbers. Both are normalised
        // here.
        page.set_hearing_date(&page.hearing_date(Language::English));
        let numbers = separated(page.get(Field::LaaAccountNumbers));
        page.set(Field::LaaAccountNumbers, numbers.join("\n"));
        Self(page)
    }
}

/// The text or texts of a row in the JSON of the page.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RowTexts {
    /// One text.
    One(String),
    /// A list of account numbers.
    List(Vec<String>),
}

/// Serialises the page as a map from the key of each answered row to the row's text, or to a list
/// of account numbers.
impl Serialize for OrganisationPage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.rows().filter(|(.., text)| !text.is_empty());
        serializer.collect_map(rows.map(|(field, row, text)| {
            let texts = match field {
                Field::LaaAccountNumbers => RowTexts::List(separated(self.get(field))),
                _ => RowTexts::One(text),
            };
            (row.key, texts)
        }))
    }
}

impl<'de> Deserialize<'de> for OrganisationPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = BTreeMap::<String, RowTexts>::deserialize(deserializer)?;
        let mut page = Self::default();
        for field in Field::all() {
            let row = field.describe().sheet;
            match row.and_then(|row| stored.get(row.key)) {
                Some(RowTexts::One(text)) => page.set(field, text),
                Some(RowTexts::List(list)) => page.set(field, &list.join("\n")),
                None => {}
            }
        }
        Ok(page)
    }
}

/// Returns the text as tidied by the rule of its field; unchanged if the rule finds a problem or
/// the field has no rule.
fn tidied(field: Field, value: &str, text: String) -> String {
    let checked = match field {
        Field::OrganisationKind => return kind(text),
        Field::LaaAccountNumbers => return laa(value).join("\n"),
        Field::Postcode => Postcode::check(&text).ok(),
        Field::Email | Field::AccountableEmail => Email::check(&text).ok(),
        Field::SraNumber => SraNumber::check(&text).ok(),
        Field::BarNumber => BarNumber::check(&text).ok(),
        _ => None,
    };
    checked.map_or(text.clone(), Cow::into_owned)
}

/// Splits a list of account numbers at line ends, commas and semicolons.
fn separated(numbers: &str) -> Vec<String> {
    numbers
        .split(['\n', '\r', ',', ';'])
        .map(|number| tidy(number).into_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

fn laa(value: &str) -> Vec<String> {
    let value = &value.replace(['/', '&'], ",");
    match LaaAccount::check_list(value) {
        Ok(accounts) => accounts
            .iter()
            .map(|account| account.as_str().to_owned())
            .collect(),
        Err(_) => separated(value),
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
    use proptest::prelude::*;

    use super::*;
    use crate::date::CalendarDate;
    use crate::organisation::RegistrationNumbers;

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
        let expected: FormAnswers = [
            (Field::OrganisationName, "Hartwell Crane & Co LLP"),
            (Field::OrganisationKind, "solicitors-firm"),
            (Field::Postcode, "WR1 2ND"),
            (Field::Email, "crime@hartwellcrane.example"),
            (Field::LaaAccountNumbers, "1K482L\n2P771M"),
            (Field::SraNumber, "614207"),
            (Field::AccountableFirstName, "Harriet"),
            (Field::AccountableLastName, "Crane"),
            (
                Field::AccountableEmail,
                "harriet.crane@hartwellcrane.example",
            ),
        ]
        .into_iter()
        .collect();
        assert_eq!(page, Some(expected.into()));
    }

    #[test]
    fn an_accountable_person_who_is_the_contact_of_a_court_is_read() {
        let page = OrganisationPage::read(&rows(&[
            ("Name of organisation", "Crane Chambers"),
            ("SRA number", "614207, 614208"),
            ("Accountable person (court contact)", ""),
            ("First name", "Harriet"),
            ("Surname", "Crane"),
            ("Email", "harriet@crane.example"),
        ]))
        .unwrap();
        assert_eq!(page.get(Field::AccountableFirstName), "Harriet");
        assert_eq!(page.get(Field::AccountableEmail), "harriet@crane.example");
        assert!(may_be_registration_number("614207, 614208"));
        assert!(!may_be_registration_number("020 7946 0123"));
        for (name, lines) in [
            (
                "Court registration form",
                [
                    ("Organisation name", "Crane Chambers"),
                    ("Postcode", "WR1 2ND"),
                    ("Accountable person", "Harriet Crane"),
                ],
            ),
            (
                "Client details",
                [
                    ("Organisation name", "Crane Chambers"),
                    ("SRA number", "614207"),
                    ("Signature", "Harriet Crane"),
                ],
            ),
        ] {
            let head = SheetHead {
                name: Some(name.to_owned()),
                hidden: false,
                rows: rows(&lines),
            };
            assert!(OrganisationPage::of_sheet(&head).is_some(), "{name}");
        }
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
                Field::AddressLine1,
                Field::AddressLine2,
                Field::Town,
                Field::Postcode,
                Field::AccountableLastName
            ]
            .map(|field| page.get(field)),
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
        assert_eq!(page.get(Field::Email), "clerks@crane.example");
        assert_eq!(page.get(Field::AccountableEmail), "harriet@crane.example");
        assert_eq!(page.get(Field::AccountableLastName), "Crane");
        assert_eq!(page.get(Field::LaaAccountNumbers), "1K482L\n2P771M");
    }

    #[test]
    fn the_first_hearing_is_read_as_people_write_dates() {
        for (written, read, year) in [
            ("01/12/2026", "1 December 2026", "2026"),
            ("2026-12-01", "1 December 2026", "2026"),
            ("Tuesday 1st December 2026", "1 December 2026", "2026"),
            ("30/2/2027", "30 2 2027", "2027"),
            ("before Christmas", "before Christmas", ""),
        ] {
            let page = OrganisationPage::read(&rows(&[
                ("Organisation name", "Crane Chambers"),
                ("Court of first hearing", "Leeds Crown Court"),
                ("Date of first hearing", written),
            ]))
            .unwrap();
            assert_eq!(page.get(Field::Court), "Leeds Crown Court");
            assert_eq!(page.0.hearing_date(Language::English), read);
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
    fn a_page_that_an_earlier_version_stored_is_read() {
        let stored = r#"{ "name": "Crane Chambers", "line1": "14 Cornmarket", "laa": ["1K482L", "2P771M"],
            "first_hearing": "1 December 2026", "accountable_email": "harriet@crane.example" }"#;
        let page: OrganisationPage = serde_json::from_str(stored).unwrap();
        let expected: FormAnswers = [
            (Field::OrganisationName, "Crane Chambers"),
            (Field::AddressLine1, "14 Cornmarket"),
            (Field::LaaAccountNumbers, "1K482L\n2P771M"),
            (Field::HearingDay, "1"),
            (Field::HearingMonth, "December"),
            (Field::HearingYear, "2026"),
            (Field::AccountableEmail, "harriet@crane.example"),
        ]
        .into_iter()
        .collect();
        assert_eq!(page, expected.into());
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
            OrganisationPage::of_draft(&draft).get(Field::LaaAccountNumbers),
            "1K482L\n2P771M\n1A234B"
        );
    }

    #[test]
    fn an_empty_draft_is_an_empty_page() {
        assert_eq!(
            OrganisationPage::of_draft(&Draft::default()),
            OrganisationPage::default()
        );
    }

    fn any_page() -> impl Strategy<Value = OrganisationPage> {
        let texts = proptest::collection::vec("[ -~é’]{0,12}", Field::ALL.len());
        let hearing = proptest::option::of((1_u8..=28, 1_u8..=12, 1900_u16..3000));
        let laa = proptest::collection::vec("[0-9A-Z]{1,6}", 0..4);
        (texts, hearing, laa).prop_map(|(texts, hearing, laa)| {
            let mut answers: FormAnswers = Field::all().zip(texts).collect();
            let date = hearing.and_then(|(day, month, year)| CalendarDate::new(year, month, day));
            answers.set_hearing_date(&date.map(CalendarDate::in_words).unwrap_or_default());
            answers.set(Field::LaaAccountNumbers, laa.join("\n"));
            answers.into()
        })
    }

    proptest! {
        #[test]
        fn a_page_that_was_taken_into_a_draft_is_shown_as_it_was(page in any_page()) {
            let mut draft = Draft::default();
            for answers in page.answers() {
                draft.keep(answers);
            }
            prop_assert_eq!(OrganisationPage::of_draft(&draft), page);
        }

        #[test]
        fn a_page_that_was_stored_is_read_as_it_was(page in any_page()) {
            let stored = serde_json::to_string(&page).unwrap();
            prop_assert_eq!(serde_json::from_str::<OrganisationPage>(&stored).unwrap(), page);
        }
    }

    #[test]
    fn the_details_of_others_are_no_answers_about_the_organisation() {
        for others in [
            &[
                ("Organisation name", "Dell Ltd"),
                ("Email", "sales@dell.example"),
                ("Telephone", "0113 496 0111"),
                ("Postcode", "LS1 1AA"),
            ][..],
            &[
                ("Court", "Leeds Crown Court"),
                ("Address", "1 Oxford Row"),
                ("Postcode", "LS1 3BG"),
            ],
            &[
                ("Firm name", "Reed Quill LLP"),
                ("Type of organisation", "IT company"),
                ("Address", "9 Quay, Cardiff"),
                ("Telephone", "029 2049 6000"),
            ],
            &[
                ("Legal Aid Agency", "0300 200 2020"),
                ("Email", "help@laa.example"),
                ("Postcode", "LS1 1AA"),
            ],
            &[
                ("Organisations that we instruct", ""),
                ("Name", "Vale Experts Ltd"),
                ("Email", "x@vale.example"),
                ("Postcode", "LS1 1AA"),
            ],
            &[
                ("Name of court", "Truro Combined Court"),
                ("Hearing date", "1 December 2026"),
                ("Telephone", "0113 496 0111"),
                ("Email", "truro@court.example"),
            ],
        ] {
            assert_eq!(OrganisationPage::read(&rows(others)), None, "{others:?}");
        }
    }

    #[test]
    fn a_sheet_that_is_named_after_others_is_no_page_1() {
        let own = [
            ("Firm name", "Reed Quill LLP"),
            ("SRA number", "614207"),
            ("Postcode", "LS1 1AA"),
        ];
        for (name, is_read) in [
            ("Suppliers", false),
            ("Opposing solicitors", false),
            ("Our landlord", false),
            ("Sheet1", true),
            ("Organisation details - input", true),
        ] {
            let head = SheetHead {
                name: Some(name.to_owned()),
                rows: rows(&own),
                ..SheetHead::default()
            };
            assert_eq!(
                OrganisationPage::of_sheet(&head).is_some(),
                is_read,
                "{name}"
            );
        }
    }

    #[test]
    fn the_address_of_a_court_is_not_the_organisations() {
        for heading in [("Suppliers", ""), ("Court", "Leeds Crown Court")] {
            let page = OrganisationPage::read(&rows(&[
                heading,
                ("Address", "1 Oxford Row, Leeds"),
                ("Postcode", "LS1 3BG"),
                ("SRA number", "614207"),
                ("Organisation email", "crime@crane.example"),
                ("Telephone", "01632 960001"),
            ]));
            let page = page.unwrap();
            assert_eq!(page.get(Field::AddressLine1), "", "{heading:?}");
            assert_eq!(page.get(Field::Postcode), "", "{heading:?}");
            assert_eq!(page.get(Field::SraNumber), "614207");
            assert_eq!(page.get(Field::Telephone), "01632 960001");
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
