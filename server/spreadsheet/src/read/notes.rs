//! Notes for the sender about a workbook: merged cells, hidden or struck-through rows and hidden
//! sheets that were read, and other sheets that were not read.

use std::collections::HashMap;

use registration::spreadsheet::{
    Cell, Column, Heading, Intake, Layout, Mapping, Meaning, Note, RowReader, SheetHead,
};
use registration::text::tidy;

use crate::read::sink::HEAD_ROWS;

/// Makes the notes on sheets: one if a hidden sheet was read, and one for each other sheet that
/// looks like a list of users, because only one sheet is read.
pub(super) fn on_sheets(
    heads: &[SheetHead<'_>],
    layouts: &[Layout],
    chosen: usize,
    mapping: &Mapping,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for (place, (head, layout)) in heads.iter().zip(layouts).enumerate() {
        let Some(name) = &head.name else { continue };
        let name: String = name.chars().take(60).collect();
        if place == chosen && head.hidden {
            let words =
                format!("We read the hidden sheet “{name}”: no other has headings for users");
            notes.push(Note::on_file("sheet-hidden", words));
        }
        if place != chosen && may_be_users(head, layout) {
            notes.extend(not_read(&name, head, layout, mapping));
        }
    }
    notes
}

/// Whether a sheet may be a list of users: it is a list of people with a column for email addresses
/// and one for mobile numbers, roles or administrators.
fn may_be_users(head: &SheetHead<'_>, layout: &Layout) -> bool {
    let has = |column| !layout.places(column).is_empty();
    let others = [Column::Mobile, Column::Role, Column::Administrator];
    layout.is_list(head) && has(Column::Email) && others.into_iter().any(has)
}

/// Makes the note on a sheet that was not read, with the names of the people in it; `None` if it
/// has no users. A hidden list may be out of date, so it is not read; but it may also be hidden by
/// mistake, so the sender is told.
fn not_read(name: &str, head: &SheetHead<'_>, layout: &Layout, mapping: &Mapping) -> Option<Note> {
    let mut names: Vec<String> = Vec::new();
    let mut reader = RowReader::new(layout, mapping);
    let heading_row = layout.heading_row.unwrap_or(0);
    for (row, cells) in head.rows.iter().filter(|(row, _)| *row > heading_row) {
        let cell_at = |place: usize| cells.get(place).map_or(Cell::Empty, Cell::borrowed);
        reader.read(*row, cells.len(), cell_at, &mut |read| {
            if read.is_user() {
                names.push(read.user.full_name());
            }
        });
    }
    let count = names.len();
    if count == 0 {
        return None;
    }
    let users = match count {
        1 => "1 user".to_owned(),
        count if head.rows.len() < HEAD_ROWS => format!("{count} users"),
        count => format!("{count} users or more"),
    };
    names.retain(|name| !name.is_empty());
    names.truncate(MAX_PEOPLE);
    let others = if count > names.len() {
        " and others"
    } else {
        ""
    };
    for name in &mut names {
        *name = name.chars().take(60).collect();
    }
    let people = match names.as_slice() {
        [] => String::new(),
        [most @ .., last] if others.is_empty() && !most.is_empty() => {
            format!(" ({} and {last})", most.join(", "))
        }
        names => format!(" ({}{others})", names.join(", ")),
    };
    Some(if head.hidden {
        let words = format!(
            "We did not read the hidden sheet “{name}”, which has {users} too{people}: if they need accounts, \
             upload it in a file of its own"
        );
        Note::on_file("sheet-hidden-not-read", words)
    } else {
        let words = format!(
            "We did not read the sheet “{name}”, which has {users} too{people}: upload it in a file of its own"
        );
        Note::on_file("sheet-not-read", words)
    })
}

/// The maximum number of people whom the note on a sheet names.
const MAX_PEOPLE: usize = 5;

/// Makes a note for each blank cell in a user's row that gets its value from the merged cell above.
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

/// The maximum number of rows whose numbers a note lists. A note on more rows gives only their
/// count.
const MAX_NAMED: usize = 10;

/// Makes the note on hidden or filtered rows: they are read too, and the sender may have forgotten
/// them. Returns `None` if there are no such rows.
pub(super) fn on_hidden_rows(intake: &Intake) -> Option<Note> {
    let hidden = intake.rows.iter().filter(|read| read.hidden);
    let words = rows_read_too(&hidden.map(|read| read.row).collect::<Vec<_>>(), "hidden")?;
    Some(Note::on_file("rows-hidden", words))
}

/// Makes the note on struck-through rows: they are read too, and the people in them may have left.
/// Returns `None` if there are no such rows.
pub(super) fn on_struck_rows(intake: &Intake) -> Option<Note> {
    let struck = intake.rows.iter().filter(|read| read.struck);
    let words = rows_read_too(
        &struck.map(|read| read.row).collect::<Vec<_>>(),
        "struck through",
    )?;
    Some(Note::on_file("rows-struck-through", words))
}

/// Makes the note on a row with a cell of which a part is struck through. The whole cell is read.
pub(super) fn on_partly_struck_row(row: u32) -> Note {
    let words = "A part of this row is struck through in your file: we read all of it";
    Note::on_row(row, "partly-struck-through", words)
}

fn rows_read_too(rows: &[u32], how: &str) -> Option<String> {
    let count = rows.len();
    Some(match rows {
        [] => return None,
        [row] => format!("We read row {row} too, which is {how} in your file"),
        rows if count <= MAX_NAMED => {
            let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
            let rows = rows.join(", ");
            format!("We read {count} rows too that are {how} in your file: rows {rows}")
        }
        _ => format!("We read {count} rows too that are {how} in your file"),
    })
}
