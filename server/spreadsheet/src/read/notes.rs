//! What there is to say of a workbook beyond its cells: sheets that were not read, rows that were and are
//! hidden.

use registration::spreadsheet::{Intake, Layout, Mapping, Note, SheetHead};

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
        if place != chosen && !head.hidden && users() {
            let words = format!(
                "We did not read the sheet “{name}”, which has users too: upload it in a file of its own"
            );
            notes.push(Note::on_file("sheet-not-read", words));
        }
    }
    notes
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
