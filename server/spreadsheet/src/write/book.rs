//! The content of a file, independent of its format.
//!
//! The content has only what the form needs: rows of text with a style each, column widths,
//! drop-down lists, and rows that stay in view.

use registration::text::tidy;

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The name on the sheet's tab.
    pub name: &'static str,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The number of rows at the top that stay in view when a person scrolls.
    pub frozen: u32,
    /// The drop-down lists.
    pub choices: Vec<Choice>,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The width of the column, in characters.
    pub width: u8,
    /// The kind of text in the column's cells.
    pub holds: Holds,
}

/// The kind of text in a column, below its title and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The questions, in the first column of the organisation page.
    Labels,
    /// The answers that people type: always text, even if an answer looks like a number.
    Answers,
    /// Sentences, which are wrapped.
    Prose,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The kind of row.
    pub kind: RowKind,
    /// The texts of the row's cells; an empty text still makes a cell.
    pub cells: Vec<String>,
}

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The title of the sheet.
    Title,
    /// Instructions for the person who fills in the file.
    Help,
    /// The headings of a table.
    Headings,
    /// Content, such as a user, a question with its answer, or a line of the Terms.
    Filled,
}

/// Cells of a column that have a drop-down list.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// The index of the column, from 0.
    pub column: u16,
    /// The index of the first row, from 0.
    pub first: u32,
    /// The index of the last row, from 0.
    pub last: u32,
    /// The options of the list.
    pub options: Vec<&'static str>,
    /// The error message for a person who types something else.
    pub words: &'static str,
}

impl Sheet {
    /// Counts the lines that a row needs if its texts are wrapped at the width of their columns.
    /// Titles and answers are not wrapped.
    pub fn lines(&self, row: &Row) -> usize {
        if row.kind == RowKind::Title {
            return 1;
        }
        row.cells
            .iter()
            .zip(&self.columns)
            .filter(|(_, column)| row.kind != RowKind::Filled || column.holds != Holds::Answers)
            // Add a fifth, because bold letters are wider and lines break before the edge.
            .map(|(text, column)| (text.chars().count() * 6 / 5).div_ceil(column.width.into()))
            .fold(1, usize::max)
    }
}

impl Row {
    /// Creates a row of texts, tidied, without characters that a cell cannot contain, and cut to
    /// the length that a cell can contain.
    pub fn new<T: AsRef<str>>(kind: RowKind, texts: impl IntoIterator<Item = T>) -> Self {
        Self {
            kind,
            cells: texts.into_iter().map(|text| held(text.as_ref())).collect(),
        }
    }
}

/// The maximum number of characters that a cell of Excel can contain.
const LONGEST: usize = 32_767;

fn held(text: &str) -> String {
    // Excel counts a character outside the basic plane as two, as UTF-16 does.
    let mut room = LONGEST;
    tidy(text)
        .chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}'))
        .take_while(|letter| {
            let left = room.checked_sub(letter.len_utf16());
            room = left.unwrap_or(0);
            left.is_some()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let column = |holds| Column { width: 10, holds };
        let sheet = Sheet {
            name: "Users",
            columns: vec![column(Holds::Answers), column(Holds::Prose)],
            rows: Vec::new(),
            frozen: 0,
            choices: Vec::new(),
        };
        let long = "x".repeat(25);
        for (kind, texts, lines) in [
            (RowKind::Filled, ["", ""], 1),
            (RowKind::Filled, [&long, "short"], 1),
            (RowKind::Filled, ["short", &long], 3),
            (RowKind::Headings, [&long, "short"], 3),
            (RowKind::Title, [&long, ""], 1),
        ] {
            assert_eq!(sheet.lines(&Row::new(kind, texts)), lines);
        }
    }

    #[test]
    fn a_cell_holds_what_can_be_seen_of_a_text() {
        for (typed, text) in [
            (" Siân  Rees\r\n", "Siân Rees"),
            ("A\u{0}b\u{1b}\u{fffe}e\u{85}l", "Abe l"),
            ("李明 🙂", "李明 🙂"),
        ] {
            assert_eq!(held(typed), text);
        }
        assert_eq!(held(&"x".repeat(LONGEST + 1)).len(), LONGEST);
        assert_eq!(held(&"🙂".repeat(LONGEST)).chars().count(), LONGEST / 2);
    }
}
