//! What there is to say of a workbook beyond its cells: sheets that were not read, rows that were and are
//! hidden, cells that were read as another.

use std::collections::HashMap;

use registration::spreadsheet::{
    Cell, Column, Heading, Intake, Layout, Mapping, Meaning, Note, SheetHead,
};
use registration::text::tidy;

/// Other sheets that look like lists of users are told of: only one is read.
pub(super) fn on_sheets(heads: &[SheetHead<'_>], chosen: usize, mapping: &Mapping) -> Vec<Note> {
    let mut notes = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let Some(name) = &head.name else { continue };
        let name: String = name.chars().take(60).collect();
        if place == chosen && head.hidden {
            let words =
                format!("We read the hidden sheet “{name}”: no other has headings for users");
            notes.push(Note::on_file("sheet-hidden", words));
        }
        let users = || {
            let layout = Layout::of(head, mapping);
            layout.missing(mapping).is_empty() && head.rows.len() > 1
        };
        if place != chosen && users() {
            notes.push(not_read(&name, head.hidden));
        }
    }
    notes
}

/// People hide a list because it is the old one, or by mistake: nothing in it is taken, but its sender hears
/// of it.
fn not_read(name: &str, hidden: bool) -> Note {
    if hidden {
        let words = format!(
            "We did not read the hidden sheet “{name}”, which has users too: if they need accounts, upload it \
             in a file of its own"
        );
        return Note::on_file("sheet-hidden-not-read", words);
    }
    let words = format!(
        "We did not read the sheet “{name}”, which has users too: upload it in a file of its own"
    );
    Note::on_file("sheet-not-read", words)
}

/// Cells of a user that stand empty below another, which counts for them.
pub(super) fn on_merged(row: u32, filled: &HashMap<usize, Cell<'_>>, layout: &Layout) -> Vec<Note> {
    let on_cell = |heading: &Heading| {
        let column = match heading.meaning? {
            Meaning::Column(column) => column,
            Meaning::FullName => Column::FirstName,
        };
        let cell = filled.get(&heading.place).filter(|cell| !cell.is_blank())?;
        let text: String = tidy(&cell.text()).chars().take(60).collect();
        let words = format!(
            "We read the cell under “{}” as “{text}”: it is merged with the one above",
            heading.text
        );
        Some(Note::on_cell(row, column, "merged-read-as", words))
    };
    layout.headings.iter().filter_map(on_cell).collect()
}

/// The most rows that a note names.
const MOST_NAMED: usize = 10;

/// Rows that are hidden or filtered out are read too, and told: their sender may have forgotten them.
pub(super) fn on_hidden_rows(intake: &Intake) -> Option<Note> {
    let hidden: Vec<String> = intake
        .rows
        .iter()
        .filter(|read| read.hidden)
        .map(|read| read.row.to_string())
        .collect();
    let words = match hidden.as_slice() {
        [] => return None,
        [row] => format!("We read row {row} too, which is hidden in your file"),
        rows if rows.len() <= MOST_NAMED => format!(
            "We read {} rows too that are hidden in your file: rows {}",
            rows.len(),
            rows.join(", ")
        ),
        rows => format!(
            "We read {} rows too that are hidden in your file",
            rows.len()
        ),
    };
    Some(Note::on_file("rows-hidden", words))
}
