//! The sheet for the accounts of a batch: one account per row, with the data to create it and
//! columns for the result.
//!
//! An officer uploads the file again once the last three columns are filled in.

use registration::desk::account::Account;
use registration::desk::batch::{AccountBatch, BatchOrganisation, UserRecord};
use registration::identifiers::Mobile;
use registration::spreadsheet::escaped_as_text;
use registration::text::tidy;

use crate::write::Format;
use crate::write::book::{Choice, Column, Holds, Row, RowKind, Sheet};

/// The headings, each with the width of its column in characters.
const HEADINGS: [(&str, u8); 20] = [
    ("Organisation ID", 38),
    ("Organisation", 34),
    ("Registration reference", 20),
    ("Address line 1", 26),
    ("Address line 2", 22),
    ("Address line 3", 18),
    ("Town", 18),
    ("Postcode", 12),
    ("Telephone", 18),
    ("Organisation email", 32),
    ("LAA account numbers", 20),
    ("User ID", 38),
    ("First name", 18),
    ("Last name", 18),
    ("Email address", 36),
    ("Mobile number", 18),
    ("User groups", 34),
    ("Status", 14),
    ("Reason if it failed", 34),
    ("Date", 14),
];

/// The index of the status column.
const STATUS: u16 = 17;

/// Builds the sheet of a batch.
pub(in crate::write) fn accounts(format: Format, batch: &AccountBatch) -> Sheet {
    let mut rows = vec![Row::new(
        RowKind::Headings,
        HEADINGS.map(|(heading, _)| heading),
    )];
    for organisation in &batch.organisations {
        let users = organisation.users.iter();
        rows.extend(users.map(|user| Row::new(RowKind::Filled, texts(format, organisation, user))));
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX >> 12).max(2) - 1;
    Sheet {
        name: "Accounts",
        columns: HEADINGS
            .map(|(_, width)| Column {
                width,
                holds: Holds::Answers,
            })
            .to_vec(),
        rows,
        frozen: 1,
        choices: vec![Choice {
            column: STATUS,
            first: 1,
            last,
            options: [Account::Sent, Account::Activated, Account::Failed]
                .map(Account::words)
                .to_vec(),
            words: "Choose Sent, Activated or Failed from the list",
        }],
    }
}

fn texts(format: Format, organisation: &BatchOrganisation, user: &UserRecord) -> Vec<String> {
    let record = &organisation.record;
    let some = |line: &Option<String>| line.clone().unwrap_or_default();
    let texts = [
        record.organisation_id.clone(),
        record.organisation_name.clone(),
        organisation.registration_reference.clone(),
        record.address_line1.clone(),
        some(&record.address_line2),
        some(&record.address_line3),
        record.address_line4.clone(),
        record.address_postcode.clone(),
        spaced(&record.phone_number),
        record.email.clone(),
        record.laa_contract_numbers.join("; "),
        user.user_id.clone(),
        user.first_name.clone(),
        user.last_name.clone(),
        user.email.clone(),
        spaced(&user.mobile),
        user.groups.join("; "),
        String::new(),
        String::new(),
        String::new(),
    ];
    match format {
        Format::Csv => texts.to_vec(),
        Format::Xlsx | Format::Ods => texts
            .iter()
            .map(|text| escaped_as_text(&tidy(text)).into_owned())
            .collect(),
    }
}

/// Formats a UK mobile number with a space, so that no program reads it as a number and drops its
/// leading zero. A text that is not a mobile number stays as it is.
fn spaced(number: &str) -> String {
    Mobile::check(number).map_or_else(|_| number.to_owned(), |read| read.national())
}
