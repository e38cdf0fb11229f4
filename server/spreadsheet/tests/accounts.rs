//! The accounts of a batch are written to a file and read again, with and without results filled
//! in.
#![expect(clippy::unwrap_used, reason = "a panic makes the test fail")]

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use registration::desk::batch::{AccountBatch, BatchOrganisation, OrganisationRecord, UserRecord};
use registration::desk::results::ResultRow;
use spreadsheet::read::{Limits, results, unwatched};
use spreadsheet::write::{Format, accounts};

fn batch() -> AccountBatch {
    let user = |number: usize, first_name: &str| UserRecord {
        user_id: format!("0000000{number}-aaaa-8bbb-8ccc-dddddddddddd"),
        first_name: first_name.to_owned(),
        last_name: "Williams".to_owned(),
        email: format!("wen.{number}@firm.example"),
        user_type: "User".to_owned(),
        organisation_id: "11111111-aaaa-8bbb-8ccc-dddddddddddd".to_owned(),
        groups: vec![
            "Advocates".to_owned(),
            "Organisation administrator".to_owned(),
        ],
        mobile: "+447700900425".to_owned(),
    };
    AccountBatch {
        organisations: vec![BatchOrganisation {
            record: OrganisationRecord {
                organisation_id: "11111111-aaaa-8bbb-8ccc-dddddddddddd".to_owned(),
                organisation_type: "LEGAL_ORGANISATION".to_owned(),
                organisation_name: "=Hartwell & Co, \"LLP\"".to_owned(),
                address_line1: "51 Assize Street".to_owned(),
                address_line2: None,
                address_line3: None,
                address_line4: "Worcester".to_owned(),
                address_postcode: "WR1 2ND".to_owned(),
                phone_number: "01632 960 096".to_owned(),
                email: "clerk@firm.example".to_owned(),
                laa_contract_numbers: vec!["1A234B".to_owned(), "2B345C".to_owned()],
            },
            registration_reference: "CP-7K3M-9QXT".to_owned(),
            users: vec![user(1, "Wen"), user(2, "+Siân"), user(3, "李明")],
        }],
    }
}

fn read(bytes: &[u8]) -> Vec<ResultRow> {
    results(bytes, &Limits::default(), &mut unwatched)
        .unwrap()
        .unwrap()
}

#[test]
fn every_format_is_read_again_with_its_users_and_no_results_yet() {
    for format in Format::ALL {
        let bytes = accounts(format, &batch()).unwrap();
        let rows = read(&bytes);
        let users = &batch().organisations[0].users;
        assert_eq!(rows.len(), users.len(), "{format:?}");
        for (row, user) in rows.iter().zip(users) {
            assert_eq!(row.user, user.user_id, "{format:?}");
            assert_eq!(row.email, user.email, "{format:?}");
            assert_eq!(row.organisation, user.organisation_id, "{format:?}");
            assert_eq!((row.status.as_str(), row.reason.as_str()), ("", ""));
        }
        assert_eq!(bytes, accounts(format, &batch()).unwrap(), "the same bytes");
    }
}

#[test]
fn no_cell_of_the_csv_is_run_as_a_formula_and_numbers_keep_their_zero() {
    let bytes = accounts(Format::Csv, &batch()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{feff}Organisation ID,Organisation,"));
    assert!(text.contains("\"'=Hartwell & Co, \"\"LLP\"\"\""));
    assert!(text.contains(",'+Siân,") && text.contains(",07700 900425,"));
    assert_eq!(text.matches("\r\n").count(), 4);
    assert!(!text.contains("+447700"));
}

#[test]
fn a_workbook_that_was_filled_in_by_hand_is_read_with_its_results() {
    let bytes = accounts(Format::Xlsx, &batch()).unwrap();
    let mut workbook: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("Accounts").unwrap();
    let mut filled = rust_xlsxwriter::Workbook::new();
    let sheet = filled.add_worksheet();
    sheet.write_string(0, 0, "Made in September").unwrap();
    for (row, cells) in (2_u32..).zip(range.rows()) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell.to_string()).unwrap();
        }
    }
    for (row, (status, reason, date)) in (3_u32..).zip([
        ("Sent", "", "2026-09-03"),
        ("Activated", "", "3 September 2026"),
        ("Failed", "Address in use", ""),
    ]) {
        sheet.write_string(row, 17, status).unwrap();
        sheet.write_string(row, 18, reason).unwrap();
        sheet.write_string(row, 19, date).unwrap();
    }
    let rows = read(&filled.save_to_buffer().unwrap());
    let said: Vec<(u32, &str, &str, &str)> = rows
        .iter()
        .map(|row| {
            (
                row.row,
                row.status.as_str(),
                row.reason.as_str(),
                row.date.as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (4, "Sent", "", "2026-09-03"),
            (5, "Activated", "", "3 September 2026"),
            (6, "Failed", "Address in use", ""),
        ]
    );
}

#[test]
fn a_file_without_result_headings_differs_from_an_unreadable_one() {
    let read = |bytes: &[u8]| results(bytes, &Limits::default(), &mut unwatched);
    assert_eq!(read(b"Name,Town\nWen,Worcester\n").unwrap(), None);
    assert!(read(b"").is_err());
    assert!(read(b"%PDF-1.7").is_err());
    assert_eq!(
        read(b"Email;Status\nwen@firm.example;sent\n")
            .unwrap()
            .unwrap()
            .len(),
        1
    );
}
