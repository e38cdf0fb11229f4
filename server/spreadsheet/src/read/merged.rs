//! Cells that are merged over several rows: the value of the first row counts for the rows below.
//!
//! Cells that are merged only across columns are not filled: otherwise a title over all columns
//! would look like a user.

use std::collections::HashMap;

use registration::spreadsheet::Cell;

/// An area of merged cells: its first and last row, which count from 1, and its first column, which
/// counts from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub first_row: u32,
    pub last_row: u32,
    pub column: usize,
}

impl Area {
    /// Creates an area from two corners whose rows and columns count from 0; `None` if the area is
    /// only one row high.
    pub(super) fn of(start: (u32, u32), end: (u32, u32)) -> Option<Self> {
        (end.0 > start.0).then_some(Self {
            first_row: start.0.saturating_add(1),
            last_row: end.0.saturating_add(1),
            column: usize::try_from(start.1).ok()?,
        })
    }

    /// Parses a reference such as `B2:B7`; `None` if it is malformed or the area is only one row
    /// high.
    pub(super) fn parse(reference: &str) -> Option<Self> {
        let (start, end) = reference.split_once(':')?;
        Self::of(corner(start)?, corner(end)?)
    }
}

/// The merged cells of a sheet, filled in while its rows are read in order.
#[derive(Debug)]
pub(super) struct Merged {
    areas: Vec<Area>,
    /// The value of the first cell of each area.
    first: Vec<Cell<'static>>,
}

impl Merged {
    pub(super) fn new(areas: Vec<Area>) -> Self {
        let first = vec![Cell::Empty; areas.len()];
        Self { areas, first }
    }

    /// Returns the values for the blank cells of this row that are merged with a cell above, by
    /// column.
    pub(super) fn fill(&mut self, row: u32, cells: &[Cell<'_>]) -> HashMap<usize, Cell<'static>> {
        let mut filled = HashMap::new();
        for (area, first) in self.areas.iter().zip(&mut self.first) {
            if row == area.first_row {
                if let Some(cell) = cells.get(area.column) {
                    *first = cell.borrowed().into_owned();
                }
            } else if row > area.first_row
                && row <= area.last_row
                && cells.get(area.column).is_none_or(Cell::is_blank)
            {
                filled.insert(area.column, first.clone());
            }
        }
        filled
    }
}

fn corner(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim().replace('$', "");
    let digits = reference.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let place = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|place| *place < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(place) + 1)
    })?;
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_an_area_where_it_goes_downwards() {
        let area = Area {
            first_row: 2,
            last_row: 7,
            column: 1,
        };
        assert_eq!(Area::parse("B2:B7"), Some(area));
        assert_eq!(Area::parse("$B$2:$D$7"), Some(area));
        for other in ["B2:F2", "B2", "", "2:7", "B0:B4", "ÄA1:B2", "ZZZZZZZZZ1:B2"] {
            assert_eq!(Area::parse(other), None, "{other}");
        }
    }
}
