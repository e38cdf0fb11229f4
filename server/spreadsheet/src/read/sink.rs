//! The types that receive the rows of a sheet: a callback for each row, and the head of the sheet,
//! which is searched for headings.

use std::ops::ControlFlow;

use registration::spreadsheet::{Cell, SheetHead};

/// The maximum number of rows with content that are searched for headings in a sheet.
pub(super) const HEAD_ROWS: usize = 1_000;

/// The maximum number of columns that are searched for headings in the first rows, where nearly
/// every list has its headings. Fewer columns are searched further down.
const HEAD_COLUMNS: usize = 1_000;
const FIRST_ROWS: usize = 60;
const COLUMNS_FURTHER_DOWN: usize = 50;

/// A callback for each row of a sheet: the row number, which counts from 1, and the cells from the
/// first column on.
pub(super) type RowSink<'s> = dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()> + 's;

/// The memory left for the heads of all sheets together, in bytes.
pub(super) struct HeadRoom {
    bytes: usize,
}

impl Default for HeadRoom {
    fn default() -> Self {
        Self { bytes: 10_000_000 }
    }
}

impl HeadRoom {
    pub(super) const fn is_left(&self) -> bool {
        self.bytes > 0
    }

    /// Adds a row to the head of a sheet, unless the row is blank. Stops when the head or the
    /// memory is full.
    pub(super) fn take(
        &mut self,
        head: &mut SheetHead<'static>,
        row: u32,
        cells: &[Cell<'_>],
    ) -> ControlFlow<()> {
        if !Cell::all_blank(cells) {
            let cells: Vec<Cell<'static>> = cells
                .iter()
                .take(if head.rows.len() < FIRST_ROWS {
                    HEAD_COLUMNS
                } else {
                    COLUMNS_FURTHER_DOWN
                })
                .map(|cell| cell.borrowed().shortened())
                .collect();
            let text = |cell: &Cell<'_>| match cell {
                Cell::Text(text) => text.len(),
                _ => 0,
            };
            let size = size_of_val(cells.as_slice()) + cells.iter().map(text).sum::<usize>();
            self.bytes = self.bytes.saturating_sub(size);
            head.rows.push((row, cells));
        }
        if head.rows.len() < HEAD_ROWS && self.is_left() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}
