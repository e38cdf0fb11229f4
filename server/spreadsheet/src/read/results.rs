//! Reads a file with the results of account set-up: the rows of the first sheet that has a heading
//! for the status and one for the user.

use registration::desk::results::{ResultLayout, ResultRow};
use registration::spreadsheet::{Cell, Refusal};

use super::kind::kind;
use super::limits::{Limits, Watch};
use super::quiet::quietly;
use super::reading::ReadError;
use super::rows::each_row;
use super::workbook::Workbook;
use super::wrapped;

/// Reads the results from a file of any supported format; returns `None` if no sheet has the
/// headings of results.
///
/// # Errors
/// [`ReadError::Refused`] if the file is refused or the time is up, [`ReadError::Stopped`] if
/// `watch` stopped the reading because nobody is waiting for the result.
pub fn results(
    bytes: &[u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge.into());
    }
    // As in `read`: if a malicious file makes a parser panic, only this file must fail.
    quietly(|| opened(bytes, limits, watch)).unwrap_or(Err(ReadError::Refused(Refusal::Unreadable)))
}

fn opened(
    bytes: &[u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, ReadError> {
    if kind(bytes) == Err(Refusal::Archive) {
        let (_, bytes) = wrapped::only_spreadsheet_of_archive(bytes, limits)?;
        return of_workbook(Workbook::open(&bytes, limits, watch)?, limits, watch);
    }
    of_workbook(Workbook::open(bytes, limits, watch)?, limits, watch)
}

fn of_workbook(
    mut workbook: Workbook<'_>,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, ReadError> {
    let heads = workbook.heads();
    if heads.iter().all(|head| head.rows.is_empty()) {
        return Err(Refusal::Empty.into());
    }
    let found = heads.iter().enumerate().find_map(|(sheet, head)| {
        let rows = head.rows.iter();
        let layout = ResultLayout::of(rows.map(|(row, cells)| (*row, cells.as_slice())))?;
        Some((sheet, layout))
    });
    drop(heads);
    let Some((sheet, layout)) = found else {
        return Ok(None);
    };
    let mut rows = Vec::new();
    each_row(
        &mut workbook,
        sheet,
        limits,
        watch,
        |row, cells: &[Cell<'_>]| {
            if row > layout.heading_row {
                rows.extend(ResultRow::read(row, cells, &layout));
            }
        },
    )?;
    Ok(Some(rows))
}
