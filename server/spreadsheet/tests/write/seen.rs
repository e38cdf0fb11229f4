//! Helpers for the tests of written files: a view of a file as other programs see it, the service's
//! reader, and invented users.
//!
//! `Seen` does not use the service's reader, because a file must be right for other programs too.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader};
use registration::spreadsheet::{Cell, Intake, Mapping, Refusal, SheetHead};
use registration::users::User;
use spreadsheet::read::{self, Limits, ReadError, Reading, unwatched};
use spreadsheet::write::Format;

/// The content of a file as another program sees it.
pub struct Seen {
    pub sheets: Vec<SheetHead<'static>>,
}

/// Reads a file with the service's reader.
pub fn read(bytes: &[u8]) -> Result<Intake, Refusal> {
    match read::read(
        bytes,
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    ) {
        Ok(Reading::Read(intake)) => Ok(intake),
        Ok(Reading::Unmapped(_, refusal)) | Err(ReadError::Refused(refusal)) => Err(refusal),
        Err(ReadError::Stopped) => panic!("nobody said stop"),
    }
}

impl Seen {
    pub fn of_csv(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap();
        let rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
            .into_records()
            .zip(1..)
            .map(|(row, number)| {
                let cells = row.unwrap();
                let cells = cells.iter().map(|cell| text_cell(cell.to_owned()));
                (number, cells.collect())
            })
            .collect();
        Self {
            sheets: vec![SheetHead {
                name: None,
                hidden: false,
                rows,
            }],
        }
    }

    pub fn of_workbook(bytes: &[u8]) -> Self {
        let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap();
        let sheets = book
            .sheet_names()
            .into_iter()
            .map(|name| {
                let range = book.worksheet_range(&name).unwrap();
                let (top, left) = range.start().unwrap_or_default();
                let rows = (top + 1..)
                    .zip(range.rows())
                    .map(|(number, row)| {
                        let before = (0..left).map(|_| Cell::Empty);
                        (number, before.chain(row.iter().map(cell)).collect())
                    })
                    .filter(|(_, cells): &(u32, Vec<Cell<'_>>)| {
                        cells.iter().any(|cell| !cell.is_blank())
                    })
                    .collect();
                SheetHead {
                    name: Some(name),
                    hidden: false,
                    rows,
                }
            })
            .collect();
        Self { sheets }
    }

    pub fn of(format: Format, bytes: &[u8]) -> Self {
        match format {
            Format::Csv => Self::of_csv(bytes),
            Format::Xlsx | Format::Ods => Self::of_workbook(bytes),
        }
    }

    pub fn names(&self) -> Vec<&str> {
        let names = self.sheets.iter().map(|sheet| sheet.name.as_deref());
        names.map(Option::unwrap_or_default).collect()
    }
}

/// Returns the text of one file in a zip archive.
pub fn unpacked(package: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    package
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Creates an invented user.
pub fn user(first_name: &str, mobile: &str) -> User {
    User {
        first_name: first_name.to_owned(),
        last_name: "O’Dowd".to_owned(),
        email: format!("{}@firm.example", mobile.replace(['+', ' '], "")),
        mobile: mobile.to_owned(),
        role: "advocate".to_owned(),
        administrator: "no".to_owned(),
    }
}

fn text_cell(text: String) -> Cell<'static> {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(Cow::Owned(text))
    }
}

fn cell(data: &Data) -> Cell<'static> {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) => text_cell(text.clone()),
        Data::Bool(logical) => Cell::Logical(*logical),
        Data::Error(error) => Cell::Error(Cow::Owned(error.to_string())),
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            Cell::Date(Cow::Owned(data.as_string().unwrap_or_default()))
        }
        number => Cell::Number(number.as_f64().unwrap()),
    }
}
