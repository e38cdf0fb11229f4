//! The sheet for a list of the desk's queue: one entry per row.

use registration::spreadsheet::escaped_as_text;

use crate::write::book::{Column, Holds, Row, RowKind, Sheet};

/// Builds the sheet of a list.
pub(in crate::write) fn list(headings: &[(&'static str, u8)], rows: &[Vec<String>]) -> Sheet {
    let titles = headings.iter().map(|(heading, _)| *heading);
    let mut all = vec![Row::new(RowKind::Headings, titles)];
    all.extend(rows.iter().map(|row| {
        let cells = row.iter().map(|cell| escaped_as_text(cell));
        Row::new(RowKind::Filled, cells)
    }));
    Sheet {
        name: "List",
        columns: headings
            .iter()
            .map(|(_, width)| Column {
                width: *width,
                holds: Holds::Answers,
            })
            .collect(),
        rows: all,
        frozen: 1,
        choices: Vec::new(),
    }
}
