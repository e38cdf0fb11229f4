//! A cell as a spreadsheet holds it, before anybody says what it means.
//!
//! What looks like a telephone number may be a number, a date or an error to the program that saved the
//! file; the rules need to know which.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::{may_begin, tidy};

/// The most characters of a cell.
pub const LONGEST_CELL: usize = 500;

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell<'t> {
    /// Nothing.
    Empty,
    /// Text, as it stands there.
    Text(Cow<'t, str>),
    /// A number: `7700900123` where a telephone number lost its zero.
    Number(f64),
    /// A date, as text like `2026-02-01`: what `1/2` becomes when a program thinks it helps.
    Date(Cow<'t, str>),
    /// TRUE or FALSE.
    Logical(bool),
    /// An error such as `#N/A`.
    Error(Cow<'t, str>),
    /// A formula whose result is not in the file: the program that wrote it calculates nothing.
    Uncalculated,
}

impl Cell<'_> {
    /// Whether there is nothing to see in any of them.
    #[must_use]
    pub fn all_blank(cells: &[Cell<'_>]) -> bool {
        // A row ends with a cell that holds something, unless it is blank.
        cells.iter().rev().all(Cell::is_blank)
    }

    /// The same cell, borrowed.
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

    /// What a person sees in the cell: a whole number has neither `.0` nor an exponent.
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

    /// Whether there is nothing to see, nor would be once it is calculated.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => may_begin(text, |_| false) && tidy(text).is_empty(),
            _ => false,
        }
    }

    /// The cell without ties to the file it was read from, its text cut where it is longer than any
    /// rule looks: one character past the limit, which is how the rule sees that it is too long.
    #[must_use]
    pub fn shortened(self) -> Cell<'static> {
        match self {
            Self::Text(text) if text.len() > LONGEST_CELL => {
                Cell::Text(Cow::Owned(text.chars().take(LONGEST_CELL + 1).collect()))
            }
            cell => cell.into_owned(),
        }
    }

    /// The cell without ties to the file it was read from.
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
    // Beyond 15 digits a spreadsheet keeps no more of them.
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
