//! Notes for the sender of a file. Most notes report a change or a guess that was made to read the
//! file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::spreadsheet::Column;

/// A message to a file's sender about a change, a guess or an omission. Unlike a problem, it needs
/// no correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The number of the row in the sender's own spreadsheet; `None` for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row: Option<u32>,
    /// The column that the note is about; `None` for a whole row or file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<Column>,
    /// A stable code, such as `mobile-read-as`.
    pub code: Cow<'static, str>,
    /// The message: one sentence without a full stop.
    pub message: Cow<'static, str>,
}

/// The codes of notes that report more than a tidied cell: something in the file was not read, may
/// be read wrongly, or may be out of date.
const TO_CHECK: [&str; 11] = [
    "encoding-guessed",
    "encoding-mixed",
    "name-left",
    "name-or-honour",
    "partly-struck-through",
    "rows-hidden",
    "rows-struck-through",
    "section-left",
    "sheet-hidden",
    "sheet-hidden-not-read",
    "sheet-not-read",
];

impl Note {
    /// Whether the sender must check this before the users are added.
    #[must_use]
    pub fn is_to_check(&self) -> bool {
        TO_CHECK.contains(&self.code.as_ref())
    }

    /// Creates a note on a cell.
    pub fn on_cell(
        row: u32,
        column: Column,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            row: Some(row),
            column: Some(column),
            code: Cow::Borrowed(code),
            message: message.into(),
        }
    }

    /// Creates a note on a whole row.
    pub fn on_row(row: u32, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            row: Some(row),
            column: None,
            code: Cow::Borrowed(code),
            message: message.into(),
        }
    }

    /// Creates a note on the file.
    pub fn on_file(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            row: None,
            column: None,
            code: Cow::Borrowed(code),
            message: message.into(),
        }
    }
}
