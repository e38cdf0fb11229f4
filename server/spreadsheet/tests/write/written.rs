//! Checks the content of the written files, for the people who open them and for other programs.

use crate::seen::{Seen, read, unpacked, user};
use registration::form::{Field, FormAnswers};
use registration::registration::Registration;
use registration::spreadsheet::{Cell, Column, OrganisationPage, Refusal, RowDecision};
use registration::users::User;
use serde_json::json;
use spreadsheet::write::{self, Format};

const TABS: [&str; 5] = [
    "Organisation details - input",
    "User details - input",
    "Terms and Conditions",
    "Office use only (1)",
    "Office use only (2)",
];

fn registration() -> Registration {
    serde_json::from_value(json!({
        "organisation": {
            "kind": "solicitors-firm",
            "name": "Hartwell Crane & Co LLP",
            "address_line_1": "2nd Floor, Assize House",
            "address_line_2": "14 Cornmarket",
            "town": "Worcester",
            "county": null,
            "postcode": "WR1 2ND",
            "telephone": "01632 960 114",
            "email": "crime@hartwellcrane.example",
            "laa_account_numbers": ["1K482L", "2P771M"],
            "sra_number": "614207",
            "bar_number": null,
            "first_court": "Worcester Crown Court",
            "first_hearing": "2026-12-01"
        },
        "accountable_person": {
            "first_name": "Harriet",
            "last_name": "Crane",
            "job_title": "Partner",
            "email": "harriet.crane@hartwellcrane.example",
            "telephone": "07700 900451"
        },
        "people": [{
            "first_name": "Siân",
            "last_name": "O’Dowd",
            "email": "sian.odowd@hartwellcrane.example",
            "mobile": "07700 900452",
            "role": "chambers-clerk",
            "administrator": true
        }],
        "signature": {
            "full_name": "Harriet Crane",
            "capacity": "Accountable person",
            "terms_version": "29 September 2020"
        }
    }))
    .unwrap()
}

fn texts(seen: &Seen) -> Vec<String> {
    let rows = seen.sheets.iter().flat_map(|sheet| &sheet.rows);
    rows.flat_map(|(_, cells)| cells.iter().map(|cell| cell.text().into_owned()))
        .collect()
}

fn every_file(format: Format) -> Vec<Vec<u8>> {
    let users = [user("=1+1", "07700900123"), user("Siân", "+447700900124")];
    let page = OrganisationPage::of_registration(&registration());
    vec![
        write::template(format).unwrap(),
        write::users(format, &users).unwrap(),
        write::draft(format, Some(&page), &users).unwrap(),
        write::registration(format, &registration()).unwrap(),
        with_problems(format).0,
    ]
}

/// Writes the file of rows with problems for four users. The file contains the second and the third
/// user.
///
/// The fourth user has a wrong number too, but the decision about that row is to leave it out.
/// Returns the file and all four users.
fn with_problems(format: Format) -> (Vec<u8>, Vec<User>) {
    let mut users: Vec<User> = ["07700900123", "0770", "07700900125", "07700900126"]
        .map(|mobile| user("Siân", mobile))
        .to_vec();
    "Judge".clone_into(&mut users[2].role);
    "sian".clone_into(&mut users[2].email);
    "0770".clone_into(&mut users[3].mobile);
    let bytes = write::users(Format::Xlsx, &users).unwrap();
    let mut intake = read(&bytes).unwrap();
    intake.rows[3].decision = RowDecision::LeaveOut;
    let problems = intake.problems(&[]);
    let file = write::rows_with_problems(format, &intake, &problems).unwrap();
    (file, users)
}

#[test]
fn the_template_has_the_five_tabs_of_the_old_form() {
    for format in [Format::Xlsx, Format::Ods] {
        let seen = Seen::of(format, &write::template(format).unwrap());
        assert_eq!(seen.names(), TABS);
        for office in &seen.sheets[3..] {
            assert_eq!(office.rows[0].1[0].text(), "Office use only");
        }
        let terms = registration::terms::CURRENT;
        let words = texts(&seen);
        for clause in terms.clauses {
            let text = format!("{}. {}", clause.number, clause.text);
            assert!(words.contains(&text), "{text}");
        }
    }
}

#[test]
fn the_headings_of_the_template_are_found_and_help_is_nobody() {
    for format in Format::ALL {
        for bytes in [write::template(format), write::users(format, &[])] {
            assert_eq!(read(&bytes.unwrap()), Err(Refusal::NoRows), "{format:?}");
        }
        let bytes = write::users(format, &[user("Siân", "07700900123")]).unwrap();
        let intake = read(&bytes).unwrap();
        let row = if format == Format::Csv { 2 } else { 3 };
        assert_eq!(intake.rows[0].row, row);
        assert_eq!(intake.rows.len(), 1);
        assert_eq!(intake.notes, []);
        assert_eq!(intake.organisation, None);
    }
}

#[test]
fn every_column_has_a_line_of_help() {
    for format in [Format::Xlsx, Format::Ods] {
        let seen = Seen::of(format, &write::template(format).unwrap());
        let (number, help) = &seen.sheets[1].rows[0];
        assert_eq!(*number, 1);
        let help: Vec<_> = help.iter().map(Cell::text).collect();
        assert_eq!(help, Column::ALL.map(Column::help));
    }
}

#[test]
fn every_cell_of_every_file_is_text() {
    for format in [Format::Xlsx, Format::Ods] {
        for bytes in every_file(format) {
            for sheet in Seen::of(format, &bytes).sheets {
                for (row, cells) in sheet.rows {
                    assert!(
                        cells
                            .iter()
                            .all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty)),
                        "row {row} of {:?}",
                        sheet.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_template_keeps_answers_as_text_and_offers_lists_and_holds_its_headings() {
    let xlsx = write::template(Format::Xlsx).unwrap();
    let styles = unpacked(&xlsx, "xl/styles.xml");
    let organisation = unpacked(&xlsx, "xl/worksheets/sheet1.xml");
    let users = unpacked(&xlsx, "xl/worksheets/sheet2.xml");
    // Number format 49 is Excel's built-in format for text.
    assert!(styles.contains(r#"numFmtId="49""#));
    let columns: Vec<&str> = users.split("<col ").skip(1).collect();
    assert!(columns.iter().all(|column| {
        let (column, _) = column.split_once("/>").unwrap();
        column.contains(" style=\"")
    }));
    assert!(columns.last().unwrap().contains(r#"max="6""#));
    assert!(users.contains(r#"state="frozen""#) && users.contains(r#"ySplit="2""#));
    assert!(users.contains("Defence lawyer,Advocate,Chambers admin,Chambers clerk"));
    assert!(users.contains(r#"sqref="E3:E1002""#));
    assert!(users.contains(r#"sqref="F3:F1002""#));
    assert!(organisation.contains("Solicitors’ firm,Barristers’ chambers"));

    let ods = write::template(Format::Ods).unwrap();
    let content = unpacked(&ods, "content.xml");
    let settings = unpacked(&ods, "settings.xml");
    assert!(content.contains("<number:text-content/>"));
    assert!(content.contains(r#"table:content-validation-name="list-1-4""#));
    assert!(content.contains("&quot;Defence lawyer&quot;;&quot;Advocate&quot;"));
    assert!(settings.contains("User details - input"));
}

#[test]
fn the_same_answers_make_the_same_bytes() {
    for format in Format::ALL {
        assert!(every_file(format) == every_file(format), "{format:?}");
    }
}

#[test]
fn csv_is_what_excel_opens_without_harm() {
    let users = [
        user("=HYPERLINK(\"http://a.example\")", "+447700900123"),
        user("＝1", "+33639981234"),
        user("Siân, \"Sian\"", "07700900124"),
    ];
    let bytes = write::users(Format::Csv, &users).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let expected = "\u{feff}First name,Last name,Email address,Mobile number,Role,Organisation administrator\r\n\
        \"'=HYPERLINK(\"\"http://a.example\"\")\",O’Dowd,447700900123@firm.example,07700 900123,Advocate,No\r\n\
        '＝1,O’Dowd,33639981234@firm.example,'+33639981234,Advocate,No\r\n\
        \"Siân, \"\"Sian\"\"\",O’Dowd,07700900124@firm.example,07700 900124,Advocate,No\r\n";
    assert_eq!(text, expected);
}

#[test]
fn a_registration_comes_back_whole() {
    let registration = registration();
    for format in [Format::Xlsx, Format::Ods] {
        let bytes = write::registration(format, &registration).unwrap();
        let seen = Seen::of(format, &bytes);
        assert_eq!(seen.names(), TABS);
        let words = texts(&seen);
        for shown in [
            "Harriet Crane",
            "Accountable person",
            "29 September 2020",
            "Version of 29 September 2020",
            "Worcester Crown Court",
            "1 December 2026",
        ] {
            assert!(words.iter().any(|text| text == shown), "{shown}");
        }
        let intake = read(&bytes).unwrap();
        assert_eq!(
            intake.organisation,
            Some(OrganisationPage::of_registration(&registration))
        );
        assert_eq!(
            intake.rows[0].user.email,
            registration.people[0].email.as_str()
        );
        assert_eq!(intake.problems(&[]), []);
    }
    // A csv has no sheets, so the organisation page is above the users.
    let bytes = write::registration(Format::Csv, &registration).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("\u{feff}Organisation name,") && text.contains("Harriet Crane"));
    let intake = read(&bytes).unwrap();
    assert_eq!(
        intake.organisation,
        Some(OrganisationPage::of_registration(&registration))
    );
    assert_eq!(intake.rows.len(), 1);
    assert_eq!(intake.problems(&[]), []);
}

#[test]
fn answers_given_so_far_come_back_valid_or_not() {
    let answers: FormAnswers = [
        (Field::OrganisationName, "Crane Chambers"),
        (Field::OrganisationKind, "barristers-chambers"),
        (Field::Postcode, "nowhere"),
    ]
    .into_iter()
    .collect();
    let page = OrganisationPage::from(answers);
    let users = [user("", "0770")];
    for format in Format::ALL {
        let bytes = write::draft(format, Some(&page), &users).unwrap();
        let intake = read(&bytes).unwrap();
        assert_eq!(intake.organisation.as_ref(), Some(&page));
        assert_eq!(intake.rows[0].user, users[0]);
        let nobody = write::draft(format, Some(&page), &[]).unwrap();
        assert_eq!(read(&nobody).unwrap().organisation, Some(page.clone()));
    }
}

#[test]
fn rows_with_problems_say_what_to_put_right_and_come_back() {
    for format in Format::ALL {
        let (bytes, users) = with_problems(format);
        let seen = Seen::of(format, &bytes);
        let rows = &seen.sheets[0].rows;
        let (_, headings) = &rows[rows.len() - 3];
        assert_eq!(headings.first().unwrap().text(), "Row");
        assert_eq!(headings.last().unwrap().text(), "What to put right");
        let (_, first) = &rows[rows.len() - 2];
        let (_, second) = &rows[rows.len() - 1];
        assert_eq!(first[0].text(), "4");
        assert_eq!(second[0].text(), "5");
        let words = second[7].text();
        assert!(
            words.contains("; ") && words.contains("“Judge” is not one"),
            "{words}"
        );

        let intake = read(&bytes).unwrap();
        assert_eq!(intake.notes, []);
        let back: Vec<&User> = intake.rows.iter().map(|row| &row.user).collect();
        assert_eq!(back[0], &users[1]);
        assert_eq!(back[1].role, "Judge");
        assert_eq!(back[1].email, "sian");
    }
}

#[test]
fn any_character_can_be_written() {
    let odd = user(
        "A\u{0}\u{b}\u{1b}\u{fffe}\u{ffff}e]]>&<\u{7f}",
        "07700900123",
    );
    for format in Format::ALL {
        let bytes = write::users(format, std::slice::from_ref(&odd)).unwrap();
        let intake = read(&bytes).unwrap();
        assert_eq!(intake.rows[0].user.first_name, "A e]]>&<");
    }
}
