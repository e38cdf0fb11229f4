//! What a sheet has besides its cells: the rows that are hidden from the sender, and the merged
//! cells.

use crate::read::merged::Area;

/// The hidden rows, the rows that are struck through and the merged cells of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SheetMetadata {
    /// The numbers of the hidden rows, in the order of the file.
    pub hidden_rows: Vec<u32>,
    /// The numbers of the rows with a cell that is struck through, in the order of the file.
    pub struck_rows: Vec<u32>,
    /// The cells that are merged over several rows.
    pub merged: Vec<Area>,
}

/// The most hidden rows, and rows that are struck through, of a sheet that are remembered.
const MOST_HIDDEN: usize = 200_000;
/// The most merged areas of a sheet that are remembered.
const MOST_AREAS: usize = 1_000;

impl SheetMetadata {
    /// Records a hidden row, up to the limit.
    pub(super) fn hide(&mut self, row: u32) {
        if self.hidden_rows.len() < MOST_HIDDEN && self.hidden_rows.last() != Some(&row) {
            self.hidden_rows.push(row);
        }
    }

    /// Records a row that is struck through, up to the limit.
    pub(super) fn strike(&mut self, row: u32) {
        if self.struck_rows.len() < MOST_HIDDEN && self.struck_rows.last() != Some(&row) {
            self.struck_rows.push(row);
        }
    }

    /// Records a merged area, up to the limit.
    pub(super) fn merge(&mut self, area: Area) {
        if self.merged.len() < MOST_AREAS {
            self.merged.push(area);
        }
    }
}
