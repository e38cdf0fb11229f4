//! A cell of a spreadsheet, before it is interpreted.
//!
//! A telephone number may be stored as text, a number, a date or an error, and the rules treat each
//! type differently.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::{may_begin, tidy};

/// The maximum length of the text of a cell, in characters.
pub const LONGEST_CELL: usize = 500;

/// The content of a cell, by its type in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell<'t> {
    /// An empty cell.
    Empty,
    /// Text, unchanged.
    Text(Cow<'t, str>),
    /// A number, such as `7700900123` for a telephone number that has lost its zero.
    Number(f64),
    /// A date, as text like `2026-02-01`. Spreadsheet programs turn `1/2` into a date.
    Date(Cow<'t, str>),
    /// TRUE or FALSE.
    Logical(bool),
    /// An error such as `#N/A`.
    Error(Cow<'t, str>),
    /// A formula without a result, because the program that wrote the file does not calculate.
    Uncalculated,
}

impl Cell<'_> {
    /// Whether all cells are blank.
    #[must_use]
    pub fn all_blank(cells: &[Cell<'_>]) -> bool {
        // Starts at the end, because a row that is not blank usually ends with a filled cell.
        cells.iter().rev().all(Cell::is_blank)
    }

    /// Returns the same cell with borrowed text.
    #[must_use]
    pub fn borrowed(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Self::Number(number) => Cell::Number(*number),
            Self::Date(text) => Cell::Date(Cow::Borrowed(text)),
            Self::Logical(logical) => Cell::Logical(*logical),
            Self::Error(text) => Cell::Error(Cow::Borrowed(text)),
            Self::Uncalculated => Cell::Uncalculated,
        }
    }

    /// Returns the text that a person sees in the cell. A whole number below 10¹⁵ has neither `.0`
    /// nor an exponent. The text of a formula without a result is empty.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty | Self::Uncalculated => Cow::Borrowed(""),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number_as_text(*number)),
            Self::Logical(true) => Cow::Borrowed("TRUE"),
            Self::Logical(false) => Cow::Borrowed("FALSE"),
        }
    }

    /// Whether the cell is empty or has only white space. A formula without a result is not blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => may_begin(text, |_| false) && tidy(text).is_empty(),
            _ => false,
        }
    }

    /// Converts the cell to an owned one, and cuts a text that is longer than the rules allow.
    ///
    /// One character past the limit stays, so that the rule detects that the text is too long.
    #[must_use]
    pub fn shortened(self) -> Cell<'static> {
        match self {
            Self::Text(text) if text.len() > LONGEST_CELL => {
                Cell::Text(Cow::Owned(text.chars().take(LONGEST_CELL + 1).collect()))
            }
            cell => cell.into_owned(),
        }
    }

    /// Converts the cell to one that owns its text.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Cell::Number(number),
            Self::Date(text) => Cell::Date(Cow::Owned(text.into_owned())),
            Self::Logical(logical) => Cell::Logical(logical),
            Self::Error(text) => Cell::Error(Cow::Owned(text.into_owned())),
            Self::Uncalculated => Cell::Uncalculated,
        }
    }
}

fn number_as_text(number: f64) -> String {
    // Spreadsheets store 15 digits of a number. The other digits of a longer number are lost, so
    // such a number is shown with an exponent.
    if number.abs() < 1e15 {
        format!("{number}")
    } else {
        format!("{number:E}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_a_person_sees_it() {
        for (number, text) in [
            (7_700_900_123.0, "7700900123"),
            (447_700_900_123.0, "447700900123"),
            (-0.5, "-0.5"),
            (1e20, "1E20"),
        ] {
            assert_eq!(Cell::Number(number).text(), text);
        }
    }

    #[test]
    fn white_space_alone_is_blank() {
        assert!(Cell::Text(Cow::Borrowed(" \u{a0}\u{200b}\t")).is_blank());
        assert!(!Cell::Number(0.0).is_blank());
        assert!(!Cell::Uncalculated.is_blank());
    }
}
