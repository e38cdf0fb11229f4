//! Reads the rows of one sheet: the users, or the cells unchanged if the columns are not known.

use std::ops::ControlFlow;

use registration::spreadsheet::{Cell, Intake, Layout, Refusal, RowReader, Table};
use registration::users::MAX_USERS;

use crate::read::job::ReadInputs;
use crate::read::limits::{Limits, Progress, Watch};
use crate::read::merged::Merged;
use crate::read::notes;
use crate::read::reading::ReadError;
use crate::read::workbook::Workbook;

/// Reads the users of a sheet into `intake`. Fails as [`each_row`] does. Also fails if the sheet has too many users, if
/// the file has neither users nor an organisation page, or if two columns have different values for the same field of a
/// user.
pub(super) fn read_users(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    layout: &Layout,
    mut intake: Intake,
    job: &mut ReadInputs<'_, '_>,
) -> Result<Intake, ReadError> {
    let mut metadata = workbook.metadata(sheet);
    metadata.hidden_rows.sort_unstable();
    metadata.struck_rows.sort_unstable();
    metadata.partly_struck_rows.sort_unstable();
    let mut merged = Merged::new(metadata.merged);
    let mut reader = RowReader::new(layout, job.mapping);
    let heading_row = layout.heading_row.unwrap_or(0);
    let most = job.limits.users.unwrap_or(usize::MAX);
    let mut users = 0_usize;
    each_row(workbook, sheet, job.limits, job.watch, |row, cells| {
        let filled = merged.fill(row, cells);
        if row <= heading_row {
            return;
        }
        let cell_at = |place: usize| {
            let cell = filled.get(&place).or_else(|| cells.get(place));
            cell.map_or(Cell::Empty, Cell::borrowed)
        };
        let width = filled
            .keys()
            .fold(cells.len(), |width, place| width.max(place + 1));
        reader.read(row, width, cell_at, &mut |mut read| {
            read.hidden = metadata.hidden_rows.binary_search(&row).is_ok();
            read.struck = metadata.struck_rows.binary_search(&row).is_ok();
            if read.is_user() {
                users += 1;
                read.notes.extend(notes::on_merged(row, &filled, layout));
                if !read.struck && metadata.partly_struck_rows.binary_search(&row).is_ok() {
                    read.notes.push(notes::on_partly_struck_row(row));
                }
            }
            // Users beyond the limit are only counted, because the error message gives the number
            // of all users.
            if users <= most {
                intake.push(read);
            }
        });
    })?;
    if let Some(refusal) = reader.repeated() {
        return Err(refusal.into());
    }
    if users > most {
        return Err(Refusal::TooMany(users).into());
    }
    if intake.rows.is_empty() && intake.organisation.is_none() {
        return Err(Refusal::NoRows.into());
    }
    intake.notes.extend(reader.notes());
    intake.finish();
    let marked = [
        notes::on_hidden_rows(&intake),
        notes::on_struck_rows(&intake),
    ];
    intake.notes.extend(marked.into_iter().flatten());
    Ok(intake)
}

/// Reads the rows below the headings of a sheet into `table`. Leaves out blank rows and cuts overlong texts. Fails as
/// [`each_row`] does, and if the table has no rows or more rows than a list may have users.
pub(super) fn read_table(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    mut table: Table,
    job: &mut ReadInputs<'_, '_>,
) -> Result<Table, ReadError> {
    let heading_row = table.layout.heading_row.unwrap_or(0);
    let width = table
        .layout
        .headings
        .iter()
        .map(|heading| heading.place + 1)
        .max()
        .unwrap_or(0);
    let most = job.limits.users.unwrap_or(MAX_USERS);
    let mut rows = 0_usize;
    each_row(workbook, sheet, job.limits, job.watch, |row, cells| {
        if row <= heading_row || cells.iter().take(width).all(Cell::is_blank) {
            return;
        }
        rows += 1;
        if rows <= most {
            let cells = cells.iter().take(width);
            table
                .rows
                .push((row, cells.map(|cell| cell.borrowed().shortened()).collect()));
        }
    })?;
    if rows > most {
        return Err(Refusal::TooMany(rows).into());
    }
    if rows == 0 {
        return Err(Refusal::NoRows.into());
    }
    Ok(table)
}

/// Passes each row of a sheet to `take`. Fails if the sheet has too many rows, or if `watch` stops
/// the reading.
pub(super) fn each_row(
    workbook: &mut Workbook<'_>,
    sheet: usize,
    limits: &Limits,
    watch: &mut Watch<'_>,
    mut take: impl FnMut(u32, &[Cell<'_>]),
) -> Result<(), ReadError> {
    let of = workbook.rows_expected(sheet);
    let mut count = 0_u32;
    let mut unwatched = 0_usize;
    let mut ended = Ok(());
    workbook.rows(sheet, &mut |row, cells| {
        if !Cell::all_blank(cells) {
            count += 1;
        }
        if count > limits.rows {
            ended = Err(ReadError::Refused(Refusal::TooManyRows));
            return ControlFlow::Break(());
        }
        // Reading even a short row takes as long as reading a few cells.
        unwatched += cells.len().max(CELLS_OF_ROW);
        if unwatched >= STRIDE {
            unwatched = 0;
            if let Err(stop) = watch(Progress { rows: row, of }) {
                ended = Err(stop.into());
                return ControlFlow::Break(());
            }
        }
        take(row, cells);
        ControlFlow::Continue(())
    })?;
    ended
}

/// The number of cells between two calls of the watch.
const STRIDE: usize = 2_048;
/// The minimum number of cells that a row counts as.
const CELLS_OF_ROW: usize = 8;
