//! What stands in a file, before it is put into the bytes of a format.
//!
//! Only what the form needs: rows of text, a look for each, columns with a width, lists to choose
//! from, rows that stay in view.

use registration::text::tidy;

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The name on its tab.
    pub name: &'static str,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from the first on.
    pub rows: Vec<Row>,
    /// How many rows stay in view.
    pub frozen: u32,
    /// The lists to choose from.
    pub choices: Vec<Choice>,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its width, in characters.
    pub width: u8,
    /// What its cells are.
    pub holds: Holds,
}

/// What the cells of a column are, below titles and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// What is asked, in the first column of a page of questions.
    Labels,
    /// What people type: text, whatever it looks like.
    Answers,
    /// Sentences, broken into lines.
    Prose,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// What it is.
    pub kind: RowKind,
    /// The texts of its cells; the empty ones are cells all the same.
    pub cells: Vec<String>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The title of the sheet.
    Title,
    /// Help for whoever fills it in.
    Help,
    /// The headings of a table.
    Headings,
    /// What the columns hold.
    Filled,
}

/// Cells of a column in which a list opens to choose from.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// The place of the column, from 0.
    pub column: u16,
    /// The place of the first row, from 0.
    pub first: u32,
    /// The place of the last row, from 0.
    pub last: u32,
    /// What can be chosen.
    pub options: Vec<&'static str>,
    /// What is said to a person who typed something else.
    pub words: &'static str,
}

impl Sheet {
    /// How many lines a row needs, where its texts are broken at the width of their columns.
    pub fn lines(&self, row: &Row) -> usize {
        if row.kind == RowKind::Title {
            return 1;
        }
        row.cells
            .iter()
            .zip(&self.columns)
            .filter(|(_, column)| row.kind != RowKind::Filled || column.holds != Holds::Answers)
            // Bold letters and words that do not fit a line's end take room of their own.
            .map(|(text, column)| (text.chars().count() * 6 / 5).div_ceil(column.width.into()))
            .fold(1, usize::max)
    }
}

impl Row {
    /// A row of these texts, tidied and without characters that no cell can hold.
    pub fn new<T: AsRef<str>>(kind: RowKind, texts: impl IntoIterator<Item = T>) -> Self {
        Self {
            kind,
            cells: texts.into_iter().map(|text| held(text.as_ref())).collect(),
        }
    }
}

/// As many characters as a cell of Excel holds.
const LONGEST: usize = 32_767;

fn held(text: &str) -> String {
    // Excel counts the halves of characters that UTF-16 writes in two.
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
