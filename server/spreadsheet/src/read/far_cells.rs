//! Finds the stray cells of an old workbook: a few cells far from all others, such as a space in
//! the last row.
//!
//! calamine lays out each sheet as a rectangle up to its furthest cell, so one stray cell can cost
//! as much memory as millions of cells. If a sheet spans too many cells, `xls` removes its stray
//! cells in a copy of the file, and a note tells the sender.

use registration::spreadsheet::Note;

/// A cell record of a sheet: its row, its first and last column, and its offset in the workbook
/// stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellRecord {
    pub row: u16,
    pub first: u16,
    pub last: u16,
    pub at: usize,
}

/// The maximum number of cells that can be stray, in each direction.
const MAX_STRAY_CELLS: usize = 20;
/// The minimum number of empty rows between stray cells and the cells above them.
const ROWS_BETWEEN: u16 = 500;
/// The minimum number of empty columns between stray cells and the cells to their left.
const COLUMNS_BETWEEN: u16 = 10;

/// Returns the stray cells of a sheet: a few cells far below or far to the right of all others.
pub(super) fn alone(cells: &[CellRecord]) -> Vec<CellRecord> {
    let mut near = cells.to_vec();
    near.sort_by_key(|cell| cell.row);
    let below = cut(&near, |cell| cell.row, |cell| cell.row, ROWS_BETWEEN);
    let mut far = near.split_off(below);
    near.sort_by_key(|cell| cell.first);
    let right = cut(&near, |cell| cell.first, |cell| cell.last, COLUMNS_BETWEEN);
    far.extend(near.split_off(right));
    far
}

/// Returns the index of the first stray cell in sorted cells: the first cell, among the last
/// `MAX_STRAY_CELLS`, after at least `gap` empty rows or columns. Returns the number of cells if
/// none is stray.
fn cut(
    cells: &[CellRecord],
    start: impl Fn(&CellRecord) -> u16,
    end: impl Fn(&CellRecord) -> u16,
    gap: u16,
) -> usize {
    let from = cells.len().saturating_sub(MAX_STRAY_CELLS).max(1);
    let is_cut = |place: &usize| {
        let (Some(before), Some(behind)) = (cells.get(place - 1), cells.get(*place)) else {
            return false;
        };
        start(behind).saturating_sub(end(before)) > gap
    };
    (from..cells.len()).find(is_cut).unwrap_or(cells.len())
}

/// Returns the note for the sender on cells that were left out; `None` if there are none.
pub(super) fn note(cells: &[CellRecord]) -> Option<Note> {
    let row = |cell: &CellRecord| u32::from(cell.row) + 1;
    let words = match cells {
        [] => return None,
        [cell] => format!(
            "We left out a cell in row {}, far from all others",
            row(cell)
        ),
        [first, ..] => format!(
            "We left out {} cells from row {} on, far from all others",
            cells.len(),
            cells.iter().map(row).min().unwrap_or(row(first))
        ),
    };
    Some(Note::on_file("cells-left-out", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_stand_alone_are_told_from_a_long_list() {
        let cell = |row: u16, column: u16| CellRecord {
            row,
            first: column,
            last: column,
            at: 0,
        };
        let list: Vec<CellRecord> = (0..100).map(|row| cell(row, row % 6)).collect();
        assert!(alone(&list).is_empty());
        let with = |more: &[CellRecord]| alone(&[&list, more].concat()).len();
        assert_eq!(with(&[cell(65_535, 0)]), 1);
        assert_eq!(with(&[cell(65_535, 255), cell(65_534, 255)]), 2);
        assert_eq!(with(&[cell(3, 255)]), 1);
        assert_eq!(with(&[cell(101, 8)]), 0);
        let scattered: Vec<CellRecord> = (0..60).map(|row| cell(row * 1_000, 0)).collect();
        assert!(alone(&scattered).len() < 21);
        assert!(alone(&[]).is_empty());
    }
}
