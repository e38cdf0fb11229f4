//! A table as csv: UTF-8 with a byte order mark, which Excel needs, and CRLF, which every program
//! takes.
//!
//! Titles and help are left out: the first row is the headings, or the first answer of page 1. Cells that a program would run stand
//! behind an apostrophe.

use csv::{Terminator, WriterBuilder};
use registration::spreadsheet::guarded;

use super::book::{RowKind, Sheet};
use super::fault::WriteFault;

/// The bytes of the table.
pub(super) fn write(book: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for (place, sheet) in book.iter().enumerate() {
        if place > 0 {
            // A row of blank cells parts what would be two sheets.
            writer.write_record(["", ""])?;
        }
        let rows = sheet.rows.iter();
        for row in rows.filter(|row| matches!(row.kind, RowKind::Headings | RowKind::Filled)) {
            writer.write_record(row.cells.iter().map(|cell| guarded(cell).into_owned()))?;
        }
    }
    writer
        .into_inner()
        .map_err(|fault| WriteFault::Bytes(fault.into_error()))
}
