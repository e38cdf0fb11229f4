//! Page 1 of the form, the organisation page: a label and an answer in each row.
//!
//! The labels are those of the old form. Each label names the organisation or person that it is
//! about, because a reader may find the rows in any order. A signature is written if there is one,
//! but is never read from a file.

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
    let kind =
        OrganisationKind::from_key(&page.kind).map_or(page.kind.as_str(), |kind| kind.words());
    let head = [
        Row::new(RowKind::Title, ["Organisation details"]),
        Row::new(
            RowKind::Help,
            ["Type each answer beside its label; choose the type of organisation from the list"],
        ),
    ];
    let answers = [
        ("Organisation name", page.name.as_str()),
        (KIND, kind),
        ("Head office address line 1", &page.line1),
        ("Head office address line 2", &page.line2),
        ("Town or city", &page.town),
        ("County", &page.county),
        ("Postcode", &page.postcode),
        ("Telephone", &page.telephone),
        ("Email", &page.email),
        ("LAA account numbers", &page.laa.join(", ")),
        ("SRA number", &page.sra),
        ("Bar number", &page.bar),
        ("First hearing: court", &page.first_court),
        ("First hearing: date", &page.first_hearing),
        (
            "Accountable person: first name",
            &page.accountable_first_name,
        ),
        ("Accountable person: last name", &page.accountable_last_name),
        ("Accountable person: job title", &page.accountable_job_title),
        ("Accountable person: email", &page.accountable_email),
        ("Accountable person: telephone", &page.accountable_telephone),
    ];
    let rows: Vec<Row> = head
        .into_iter()
        .chain(answers.map(|(label, answer)| answered(label, answer)))
        .collect();
    let choices = (0..)
        .zip(&rows)
        .filter(|(_, row)| row.cells.first().is_some_and(|label| label == KIND))
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

const KIND: &str = "Organisation type";

fn answered(label: &str, answer: &str) -> Row {
    Row::new(RowKind::Filled, [label, answer])
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

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
        let text = |text: &str| text.to_owned();
        OrganisationPage {
            name: text("Hartwell Crane & Co LLP"),
            kind: text("self-employed-barrister"),
            line1: text("2nd Floor, Assize House"),
            line2: text("14 Cornmarket"),
            town: text("Worcester"),
            county: text("Worcestershire"),
            postcode: text("WR1 2ND"),
            telephone: text("01632 960 114"),
            email: text("crime@hartwellcrane.example"),
            laa: vec![text("1K482L"), text("2P771M")],
            sra: text("614207"),
            bar: text("12345"),
            first_court: text("Leeds Crown Court"),
            first_hearing: text("1 December 2026"),
            accountable_first_name: text("Harriet"),
            accountable_last_name: text("Crane"),
            accountable_job_title: text("Partner"),
            accountable_email: text("harriet.crane@hartwellcrane.example"),
            accountable_telephone: text("07700 900451"),
        }
    }

    #[test]
    fn every_answer_is_read_back() {
        assert_eq!(read(&organisation(&page())), Some(page()));
    }

    #[test]
    fn every_answer_is_read_back_where_it_stands_alone() {
        let empty = OrganisationPage::default();
        let whole = page();
        for alone in [
            OrganisationPage {
                name: whole.name.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                kind: whole.kind.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                email: whole.email.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                telephone: whole.telephone.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                county: whole.county.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                laa: whole.laa.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                bar: whole.bar.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                accountable_email: whole.accountable_email.clone(),
                ..empty.clone()
            },
            OrganisationPage {
                accountable_last_name: whole.accountable_last_name.clone(),
                ..empty.clone()
            },
        ] {
            assert_eq!(read(&organisation(&alone)), Some(alone));
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
        assert_eq!(label, KIND);
        for kind in OrganisationKind::ALL {
            assert!(choice.options.contains(&kind.words()));
            let page = OrganisationPage {
                kind: kind.key().to_owned(),
                ..OrganisationPage::default()
            };
            assert_eq!(read(&organisation(&page)), Some(page));
        }
    }
}
