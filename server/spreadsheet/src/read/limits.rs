//! The limits on reading a file, and the callback that can stop it.
//!
//! There is no clock here: the caller's callback measures the time and stops the reading when it is
//! up.

use registration::spreadsheet::{MOST_BYTES, MOST_CELLS, MOST_INFLATED, MOST_ROWS, Refusal};
use registration::users::MOST_USERS;

use crate::read::reading::ReadError;

/// The limits on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The size of the file in bytes.
    pub bytes: usize,
    /// The size of its content in bytes when unpacked.
    pub inflated: u64,
    /// The number of cells with content, over all sheets of a workbook.
    pub cells: usize,
    /// The number of rows with content.
    pub rows: u32,
    /// The number of users; `None` for no limit, to measure the reader itself.
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

/// The most sheets of a workbook that are read.
pub(super) const MOST_SHEETS: usize = 200;

/// How much of a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of the row that was just read.
    pub rows: u32,
    /// The number of the last row, if the file gives it; it may be an estimate.
    pub of: Option<u32>,
}

/// Why a watch stops a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The time limit has passed.
    TimeIsUp,
    /// Nobody is waiting for the result any more.
    Abandoned,
}

/// A callback that is called from time to time and can stop the reading.
pub type Watch<'w> = dyn FnMut(Progress) -> Result<(), Stop> + 'w;

/// A watch that never stops a reading.
///
/// # Errors
/// None.
pub fn unwatched(_: Progress) -> Result<(), Stop> {
    Ok(())
}

impl From<Stop> for ReadError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::TimeIsUp => Self::Refused(Refusal::TooSlow),
            Stop::Abandoned => Self::Stopped,
        }
    }
}
