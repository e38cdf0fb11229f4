//! The result of reading a file, and the reason why a file was not read.

use registration::spreadsheet::{Intake, Note, Refusal, Table};

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// The columns are known.
    Read(Intake),
    /// The sender must say what the columns contain. Holds the unchanged rows, and the reason why the columns could not
    /// be matched.
    Unmapped(Table, Refusal),
}

impl Reading {
    /// Adds a note before the other notes.
    pub(super) fn with(mut self, note: Note) -> Self {
        match &mut self {
            Self::Read(intake) => intake.notes.insert(0, note),
            Self::Unmapped(table, _) => table.notes.insert(0, note),
        }
        self
    }
}

/// The reason why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file is refused.
    Refused(Refusal),
    /// The watch stopped the reading, because nobody is waiting for the result.
    Stopped,
}

impl From<Refusal> for ReadError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
