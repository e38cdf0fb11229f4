//! The template, filled in and saved by LibreOffice 7.4. Its answer cells are text, so the leading
//! zeros of telephone numbers and the plus signs of foreign numbers are preserved.
//!
//! `libreoffice-changed` has other changes that people make: a title in merged cells, a hidden row,
//! a number and a date in place of text, and formulas.

use registration::form::{Field, FormAnswers};
use registration::spreadsheet::{Intake, OrganisationPage};
use registration::users::User;

use crate::seen::read;

const XLSX: &[u8] = include_bytes!("../files/libreoffice-from-template.xlsx");
const ODS: &[u8] = include_bytes!("../files/libreoffice-from-template.ods");
const XLS: &[u8] = include_bytes!("../files/libreoffice-from-template.xls");
const CHANGED_XLSX: &[u8] = include_bytes!("../files/libreoffice-changed.xlsx");
const CHANGED_ODS: &[u8] = include_bytes!("../files/libreoffice-changed.ods");

fn typed() -> Vec<User> {
    [
        [
            "Harriet",
            "Crane",
            "harriet.crane",
            "07700900451",
            "defence-lawyer",
            "yes",
        ],
        [
            "Siân",
            "O’Dowd",
            "sian.odowd",
            "07700 900452",
            "advocate",
            "no",
        ],
        [
            "Wen",
            "李",
            "wen.li",
            "+44 7700 900453",
            "chambers-admin",
            "no",
        ],
        [
            "Łukasz",
            "Zając-Smith",
            "lukasz.zajac-smith",
            "(07700) 900454",
            "chambers-clerk",
            "no",
        ],
        [
            "D'Arcy",
            "van der Berg, KC",
            "darcy.berg",
            "07700 900455",
            "advocate",
            "yes",
        ],
    ]
    .map(
        |[first_name, last_name, mailbox, mobile, role, administrator]| User {
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: format!("{mailbox}@hartwellcrane.example"),
            mobile: mobile.to_owned(),
            role: role.to_owned(),
            administrator: administrator.to_owned(),
        },
    )
    .to_vec()
}

fn page() -> OrganisationPage {
    let answers: FormAnswers = [
        (Field::OrganisationName, "Hartwell Crane & Co LLP"),
        (Field::OrganisationKind, "solicitors-firm"),
        (Field::AddressLine1, "2nd Floor, Assize House"),
        (Field::AddressLine2, "14 Cornmarket"),
        (Field::Town, "Worcester"),
        (Field::Postcode, "WR1 2ND"),
        (Field::Telephone, "01632 960 114"),
        (Field::Email, "crime@hartwellcrane.example"),
        (Field::LaaAccountNumbers, "1K482L\n2P771M"),
        (Field::SraNumber, "061420"),
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

fn users(intake: &Intake) -> Vec<User> {
    intake.rows.iter().map(|row| row.user.clone()).collect()
}

#[test]
fn answers_typed_into_the_template_are_read_back() {
    for (name, file) in [("xlsx", XLSX), ("ods", ODS), ("xls", XLS)] {
        let intake = read(file).unwrap();
        let mut expected = typed();
        "van der Berg".clone_into(&mut expected[4].last_name);
        assert_eq!(users(&intake), expected, "{name}");
        assert_eq!(intake.organisation, Some(page()), "{name}");
        assert_eq!(intake.problems(&[]), [], "{name}");
        let notes = intake.all_notes();
        let codes: Vec<&str> = notes.iter().map(|note| note.code.as_ref()).collect();
        assert_eq!(codes, ["name-read-as"], "{name}");
    }
}

#[test]
fn changes_to_the_template_are_read_or_reported() {
    for (name, file) in [("xlsx", CHANGED_XLSX), ("ods", CHANGED_ODS)] {
        let mut expected = typed();
        expected[0].mobile = "07700 900451".to_owned();
        let intake = read(file).unwrap();
        assert!(
            intake
                .rows
                .iter()
                .all(|read| read.hidden == (read.row == 5)),
            "{name}"
        );
        let found: Vec<(u32, String)> = intake
            .problems(&[])
            .into_iter()
            .map(|found| (found.row, found.problem.field.into_owned()))
            .collect();
        let expected_problems = [(5, "mobile".to_owned()), (8, "role".to_owned())];
        assert_eq!(found, expected_problems, "{name}");
        let found = users(&intake);
        for right in [0, 2, 3] {
            assert_eq!(found[right], expected[right], "{name}");
        }
        let codes: Vec<&str> = intake
            .all_notes()
            .iter()
            .map(|note| note.code.as_ref())
            .collect();
        assert_eq!(
            codes,
            ["rows-hidden", "mobile-read-as", "name-read-as"],
            "{name}"
        );
    }
}
