//! The limits on reading a file, and the callback that can stop the reading.
//!
//! There is no clock here: the caller's callback measures the time and stops the reading at the
//! time limit.

use registration::spreadsheet::{MAX_BYTES, MAX_CELLS, MAX_INFLATED, MAX_ROWS, Refusal};
use registration::users::MAX_USERS;

use crate::read::reading::ReadError;

/// The limits on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub bytes: usize,
    /// The maximum size of all parts of a zipped file together when unpacked, in bytes.
    pub inflated: u64,
    /// The maximum number of cells with content, over all sheets of a workbook.
    pub cells: usize,
    /// The maximum number of rows with content in the sheet that is read.
    pub rows: u32,
    /// The maximum number of users; `None` for no limit, to measure the reader itself.
    pub users: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MAX_BYTES,
            inflated: MAX_INFLATED as u64,
            cells: MAX_CELLS,
            rows: MAX_ROWS,
            users: Some(MAX_USERS),
        }
    }
}

/// The maximum number of sheets of a workbook that are read.
pub(super) const MAX_SHEETS: usize = 200;

/// The progress of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of the row that was just read.
    pub rows: u32,
    /// The number of the last row, which may be an estimate; `None` if it is not known.
    pub of: Option<u32>,
}

/// The reason why a watch stops the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The time limit has passed.
    TimeIsUp,
    /// Nobody is waiting for the result any more.
    Abandoned,
}

/// A callback that receives the progress from time to time and can stop the reading.
pub type Watch<'w> = dyn FnMut(Progress) -> Result<(), Stop> + 'w;

/// Never stops the reading; a watch for callers that need no progress.
///
/// # Errors
/// Never.
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
