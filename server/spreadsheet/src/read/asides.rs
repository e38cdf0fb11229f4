//! What a sheet says besides its cells: which rows its sender does not see, which cells were made one.

use crate::read::merged::Area;

/// What a sheet says besides its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asides {
    /// The numbers of the hidden rows, in the order of the file.
    pub hidden_rows: Vec<u32>,
    /// The cells that were made one downwards.
    pub merged: Vec<Area>,
}

/// The most hidden rows of a sheet that are told.
const MOST_HIDDEN: usize = 200_000;
/// The most areas of a sheet that are filled.
const MOST_AREAS: usize = 1_000;

impl Asides {
    /// Notes a row that is hidden, as far as there is room.
    pub(super) fn hide(&mut self, row: u32) {
        if self.hidden_rows.len() < MOST_HIDDEN {
            self.hidden_rows.push(row);
        }
    }

    /// Notes cells that were made one, as far as there is room.
    pub(super) fn merge(&mut self, area: Area) {
        if self.merged.len() < MOST_AREAS {
            self.merged.push(area);
        }
    }
}
