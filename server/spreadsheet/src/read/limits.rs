//! How much of a file is read, and who may stop it.
//!
//! The clock is the caller's: a watch that says "time is up" ends the reading.

use registration::spreadsheet::{MOST_BYTES, MOST_CELLS, MOST_INFLATED, MOST_ROWS, Refusal};
use registration::users::MOST_USERS;

use crate::read::Unread;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of what is packed in it.
    pub inflated: u64,
    /// Cells with something in them, of all sheets of a workbook together.
    pub cells: usize,
    /// Rows with something in them.
    pub rows: u32,
    /// Users; `None` to measure the reader itself.
    pub users: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MOST_BYTES,
            inflated: MOST_INFLATED as u64,
            cells: MOST_CELLS,
            rows: MOST_ROWS,
            users: Some(MOST_USERS),
        }
    }
}

/// How far a reading has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of the row that was just read.
    pub rows: u32,
    /// The number of the last row, if the file says it.
    pub of: Option<u32>,
}

/// Why a watch ends a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// It has had its time.
    TimeIsUp,
    /// Nobody waits for it any more.
    Wanted,
}

/// Asked from time to time whether to go on.
pub type Watch<'w> = dyn FnMut(Progress) -> Result<(), Stop> + 'w;

/// A watch that lets every reading end by itself.
///
/// # Errors
/// None.
pub fn unwatched(_: Progress) -> Result<(), Stop> {
    Ok(())
}

impl From<Stop> for Unread {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::TimeIsUp => Self::Refused(Refusal::TooSlow),
            Stop::Wanted => Self::Stopped,
        }
    }
}
