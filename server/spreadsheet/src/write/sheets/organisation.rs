//! Page 1 of the form, the organisation page: a label and an answer in each row.
//!
//! The description of each field defines its label. Each label names the organisation or person
//! that it is about, because the rows of an uploaded file may be in any order. A signature is
//! written if there is one, but is never read from a file.

use registration::form::Field;
use registration::organisation::OrganisationKind;
use registration::registration::Registration;
use registration::spreadsheet::OrganisationPage;

use crate::write::book::{Choice, Column, Holds, Row, RowKind, Sheet};

/// Builds the sheet of the answers about the organisation and its accountable person.
pub(in crate::write) fn organisation(page: &OrganisationPage) -> Sheet {
    let mut sheet = sheet_of(page);
    sheet.rows.push(Row::new(
        RowKind::Help,
        ["The Terms and Conditions are signed in the service, not in this file"],
    ));
    sheet
}

/// Builds the sheet of a registration, with the signature.
pub(in crate::write) fn organisation_of(registration: &Registration) -> Sheet {
    let mut sheet = sheet_of(&OrganisationPage::of_registration(registration));
    let signature = &registration.signature;
    for (label, answer) in [
        (
            "Terms and conditions accepted by (digital signature)",
            &signature.full_name.to_string(),
        ),
        ("Signed as", &signature.capacity.to_string()),
        (
            "Version of the Terms and Conditions that was signed",
            &signature.terms_version,
        ),
    ] {
        sheet.rows.push(answered(label, answer));
    }
    sheet
}

fn sheet_of(page: &OrganisationPage) -> Sheet {
    let head = [
        Row::new(RowKind::Title, ["Organisation details"]),
        Row::new(
            RowKind::Help,
            ["Type each answer beside its label; choose the type of organisation from the list"],
        ),
    ];
    let rows: Vec<Row> = head
        .into_iter()
        .chain(page.rows().map(|(field, row, text)| match field {
            Field::OrganisationKind => answered(row.label, kind_in_words(&text)),
            _ => answered(row.label, &text),
        }))
        .collect();
    let kind = Field::OrganisationKind.describe().sheet;
    let choices = (0..)
        .zip(&rows)
        .filter(|(_, row)| row.cells.first().map(String::as_str) == kind.map(|row| row.label))
        .map(|(place, _)| Choice {
            column: 1,
            first: place,
            last: place,
            options: OrganisationKind::ALL.map(OrganisationKind::words).to_vec(),
            words: "Choose the type of your organisation from the list",
        })
        .collect();
    Sheet {
        name: "Organisation details - input",
        columns: vec![
            Column {
                width: 50,
                holds: Holds::Labels,
            },
            Column {
                width: 60,
                holds: Holds::Answers,
            },
        ],
        rows,
        frozen: 0,
        choices,
    }
}

fn kind_in_words(key: &str) -> &str {
    OrganisationKind::from_key(key).map_or(key, |kind| kind.words())
}

fn answered(label: &str, answer: &str) -> Row {
    Row::new(RowKind::Filled, [label, answer])
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use registration::form::FormAnswers;
    use registration::spreadsheet::Cell;

    use super::*;

    /// Reads the rows with the rules for uploaded files.
    fn read(sheet: &Sheet) -> Option<OrganisationPage> {
        let cells = |row: &Row| {
            row.cells
                .iter()
                .map(|text| Cell::Text(Cow::Owned(text.clone())))
                .collect()
        };
        let rows: Vec<(u32, Vec<Cell<'_>>)> = (1..)
            .zip(&sheet.rows)
            .map(|(place, row)| (place, cells(row)))
            .collect();
        OrganisationPage::read(&rows)
    }

    fn page() -> OrganisationPage {
        let answers: FormAnswers = [
            (Field::OrganisationName, "Hartwell Crane & Co LLP"),
            (Field::OrganisationKind, "self-employed-barrister"),
            (Field::AddressLine1, "2nd Floor, Assize House"),
            (Field::AddressLine2, "14 Cornmarket"),
            (Field::Town, "Worcester"),
            (Field::Postcode, "WR1 2ND"),
            (Field::Telephone, "01632 960 114"),
            (Field::Email, "crime@hartwellcrane.example"),
            (Field::LaaAccountNumbers, "1K482L\n2P771M"),
            (Field::SraNumber, "614207"),
            (Field::BarNumber, "12345"),
            (Field::County, "Worcestershire"),
            (Field::Court, "Leeds Crown Court"),
            (Field::HearingDay, "1"),
            (Field::HearingMonth, "December"),
            (Field::HearingYear, "2026"),
            (Field::AccountableFirstName, "Harriet"),
            (Field::AccountableLastName, "Crane"),
            (Field::JobTitle, "Partner"),
            (
                Field::AccountableEmail,
                "harriet.crane@hartwellcrane.example",
            ),
            (Field::AccountableTelephone, "07700 900451"),
        ]
        .into_iter()
        .collect();
        answers.into()
    }

    #[test]
    fn every_answer_is_read_back() {
        assert_eq!(read(&organisation(&page())), Some(page()));
    }

    #[test]
    fn every_answer_is_read_back_where_it_stands_alone() {
        let empty = OrganisationPage::default();
        let whole = page();
        for (field, ..) in whole.rows() {
            let alone: FormAnswers = Field::all()
                .filter(|other| other.topic() == field.topic())
                .map(|field| (field, whole.get(field)))
                .collect();
            let alone = OrganisationPage::from(alone);
            assert_eq!(read(&organisation(&alone)), Some(alone), "{field:?}");
        }
        assert_eq!(read(&organisation(&empty)), None);
    }

    #[test]
    fn each_kind_is_chosen_from_the_list_in_its_cell() {
        let sheet = organisation(&OrganisationPage::default());
        let [choice] = sheet.choices.as_slice() else {
            panic!("one list");
        };
        let label = &sheet.rows[usize::try_from(choice.first).unwrap()].cells[0];
        assert_eq!(
            label,
            Field::OrganisationKind.describe().sheet.unwrap().label
        );
        for kind in OrganisationKind::ALL {
            assert!(choice.options.contains(&kind.words()));
            let answers: FormAnswers = [(Field::OrganisationKind, kind.key())]
                .into_iter()
                .collect();
            let page = OrganisationPage::from(answers);
            assert_eq!(read(&organisation(&page)), Some(page));
        }
    }
}
