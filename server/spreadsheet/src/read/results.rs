//! The rows of a file of results: of the first sheet that has a heading for the status and one for the user.

use std::panic::{AssertUnwindSafe, catch_unwind};

use registration::desk::results::{ResultLayout, ResultRow};
use registration::spreadsheet::{Cell, Refusal};

use super::kind::kind;
use super::workbook::Workbook;
use super::{Limits, Unread, Watch, each_row, wrapped};

/// Reads the results of a file of any supported format; `None` where no sheet has the headings.
///
/// # Errors
/// [`Unread::Refused`] with the kind of the refusal, [`Unread::Stopped`] if `watch` said so.
pub fn results(
    bytes: &[u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, Unread> {
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge.into());
    }
    // As for a list of users: a file made to break a reader takes no more down than itself.
    catch_unwind(AssertUnwindSafe(|| opened(bytes, limits, watch)))
        .unwrap_or(Err(Unread::Refused(Refusal::Damaged)))
}

fn opened(
    bytes: &[u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, Unread> {
    if kind(bytes) == Err(Refusal::Archive) {
        let (_, bytes) = wrapped::spreadsheet_within(bytes, limits)?;
        return of_workbook(Workbook::open(&bytes, limits, watch)?, limits, watch);
    }
    of_workbook(Workbook::open(bytes, limits, watch)?, limits, watch)
}

fn of_workbook(
    mut workbook: Workbook<'_>,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Option<Vec<ResultRow>>, Unread> {
    let heads = workbook.heads()?;
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
