//! Turns the bytes of a file into rows: detects the format, finds the users and reads each row.
//!
//! The upload page, the command line and the desk all use this reader. It reads a file completely,
//! returns the unchanged rows if it cannot match the columns, or refuses the file.

mod archive;
mod compound;
mod encoding;
mod excel_xml;
mod far_cells;
mod html;
mod ignored_records;
mod job;
mod kind;
mod languages;
mod letters;
mod limits;
mod lock_file;
mod markup;
mod merged;
mod notes;
mod ods;
mod part_names;
mod quiet;
mod quoted;
mod reading;
mod records;
mod repaired;
mod results;
mod rows;
mod rows_in_order;
mod separator;
mod sheet_metadata;
mod sheet_scan;
mod sheets;
mod sink;
mod styles;
mod text;
mod unclosed;
mod workbook;
mod wrapped;
mod xls;
mod xls_format;
mod xls_records;
mod xls_texts;
mod xlsx;
mod xml_sheets;

use registration::spreadsheet::{Mapping, Note, ReadOutcome, Refusal};

use job::ReadInputs;
use kind::kind;
pub use limits::{Limits, Progress, Stop, Watch, unwatched};
use quiet::quietly;
pub use reading::{ReadError, Reading};
pub use results::results;
use sheets::{FoundSheets, read_sheets};
use text::Text;
use workbook::Workbook;

/// Reads a file of any supported format, detected from its content.
///
/// Calls `watch` from time to time with the progress; `watch` can stop the reading.
///
/// # Errors
/// [`ReadError::Refused`] if the file is refused or the time is up, [`ReadError::Stopped`] if
/// `watch` stopped the reading because nobody is waiting for the result.
pub fn read(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Reading, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge.into());
    }
    // The libraries that parse the formats are well tested, but if a malicious file makes a library
    // panic, only this file must fail.
    let mut job = ReadInputs {
        mapping,
        limits,
        watch,
    };
    quietly(|| read_any(bytes, &mut job)).unwrap_or(Err(ReadError::Refused(Refusal::Unreadable)))
}

/// Reads a file for a caller that cannot ask anybody what the columns contain. Refuses the file if its columns are not
/// clear.
///
/// # Errors
/// [`Stop::Abandoned`], if `watch` stopped the reading because nobody is waiting for the result.
pub fn outcome(
    bytes: &[u8],
    mapping: &Mapping,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<ReadOutcome, Stop> {
    match read(bytes, mapping, limits, watch) {
        Ok(Reading::Read(intake)) => Ok(ReadOutcome::of(Ok(&intake))),
        Ok(Reading::Unmapped(_, refusal)) | Err(ReadError::Refused(refusal)) => {
            Ok(ReadOutcome::of(Err(&refusal)))
        }
        Err(ReadError::Stopped) => Err(Stop::Abandoned),
    }
}

fn read_any(bytes: &[u8], job: &mut ReadInputs<'_, '_>) -> Result<Reading, ReadError> {
    if kind(bytes) != Err(Refusal::Archive) {
        return read_bytes(bytes, job);
    }
    let (name, bytes) = wrapped::only_spreadsheet_of_archive(bytes, job.limits)?;
    let note = Note::on_file(
        "archive-opened",
        format!("We read “{name}”, which is in the archive"),
    );
    read_bytes(&bytes, job).map(|reading| reading.with(note))
}

fn read_bytes(bytes: &[u8], job: &mut ReadInputs<'_, '_>) -> Result<Reading, ReadError> {
    let workbook = Workbook::open(bytes, job.limits, job.watch)?;
    match read_workbook(workbook, job) {
        // calamine opened the workbook but could not read a later row, for example because the rows
        // are out of order. A rewritten copy may be readable.
        Err(ReadError::Refused(Refusal::Damaged)) => {
            let repaired = Workbook::open_repaired(bytes, job.limits, job.watch)?;
            read_workbook(repaired, job)
        }
        read => read,
    }
}

fn read_workbook(
    mut workbook: Workbook<'_>,
    job: &mut ReadInputs<'_, '_>,
) -> Result<Reading, ReadError> {
    let sheets = FoundSheets::of(workbook.heads(), job)?;
    if sheets.chosen.is_none()
        && let Some(text) =
            wrapped::lines_in_single_cells(&mut workbook, &sheets.heads, job.limits)?
    {
        let mut apart = Workbook::Text(Text::open(text.as_bytes())?);
        let apart_sheets = FoundSheets::of(apart.heads(), job)?;
        // Split only once: the result may again have whole rows in single cells.
        if let Ok(Reading::Read(intake)) = read_sheets(apart, apart_sheets, job) {
            let note = Note::on_file(
                "rows-taken-apart",
                "Each row of the file stands in one cell: we took it apart",
            );
            return Ok(Reading::Read(intake).with(note));
        }
    }
    read_sheets(workbook, sheets, job)
}
