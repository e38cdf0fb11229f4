//! Writes csv: UTF-8 with a byte order mark, which Excel needs, and CRLF, which every program
//! accepts.
//!
//! Titles and help are left out, so the first row has the headings or the first answer of the
//! organisation page. A cell that a program would run as a formula gets an apostrophe in front.

use csv::{Terminator, WriterBuilder};
use registration::spreadsheet::escaped;

use super::book::{RowKind, Sheet};
use super::fault::WriteFault;

/// Writes the sheets as one table.
pub(super) fn write(book: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for (place, sheet) in book.iter().enumerate() {
        if place > 0 {
            // A row of blank cells separates tables that are separate sheets in the other formats.
            writer.write_record(["", ""])?;
        }
        let rows = sheet.rows.iter();
        for row in rows.filter(|row| matches!(row.kind, RowKind::Headings | RowKind::Filled)) {
            writer.write_record(row.cells.iter().map(|cell| escaped(cell).into_owned()))?;
        }
    }
    writer
        .into_inner()
        .map_err(|fault| WriteFault::Bytes(fault.into_error()))
}
