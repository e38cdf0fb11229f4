//! The data of a sheet besides its cells: its hidden rows, struck-through rows and merged cells.

use crate::read::merged::Area;

/// The hidden rows, the struck-through rows and cells, and the merged cells of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SheetMetadata {
    /// The numbers of the hidden rows, in the order of the file.
    pub hidden_rows: Vec<u32>,
    /// The numbers of the rows with a struck-through cell, in the order of the file.
    pub struck_rows: Vec<u32>,
    /// The numbers of the rows with a cell of which a part is struck through, in the order of the
    /// file.
    pub partly_struck_rows: Vec<u32>,
    /// The cells that are merged over several rows.
    pub merged: Vec<Area>,
}

/// The maximum number of hidden rows, and also of struck-through rows, that are recorded for a
/// sheet.
const MAX_HIDDEN: usize = 200_000;
/// The maximum number of merged areas that are recorded for a sheet.
const MAX_AREAS: usize = 1_000;

impl SheetMetadata {
    /// Records a hidden row, up to the limit.
    pub(super) fn hide(&mut self, row: u32) {
        if self.hidden_rows.len() < MAX_HIDDEN && self.hidden_rows.last() != Some(&row) {
            self.hidden_rows.push(row);
        }
    }

    /// Records a struck-through row, up to the limit.
    pub(super) fn strike(&mut self, row: u32) {
        if self.struck_rows.len() < MAX_HIDDEN && self.struck_rows.last() != Some(&row) {
            self.struck_rows.push(row);
        }
    }

    /// Records a row with a cell of which a part is struck through, up to the limit.
    pub(super) fn strike_part(&mut self, row: u32) {
        let rows = &mut self.partly_struck_rows;
        if rows.len() < MAX_HIDDEN && rows.last() != Some(&row) {
            rows.push(row);
        }
    }

    /// Records a merged area, up to the limit.
    pub(super) fn merge(&mut self, area: Area) {
        if self.merged.len() < MAX_AREAS {
            self.merged.push(area);
        }
    }
}
