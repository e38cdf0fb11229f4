//! Importing users from a spreadsheet: the progress of reading a file, the rows that wait for the
//! applicant's confirmation, and what the applicant can do with them.

use async_trait::async_trait;
use registration::journey;
use registration::spreadsheet::{Intake, Mapping, Refusal, RowInputs, Table, TooMany};

use super::{Download, Downloadable};
use crate::fault::Fault;

/// The state of a draft's import.
#[derive(Debug, Clone, Default)]
pub struct Spreadsheets {
    /// The latest file, until its rows have been read.
    pub reading: Option<Reading>,
    /// The rows that wait for confirmation.
    pub waiting: Option<Waiting>,
    /// What the applicant said that column headings mean.
    pub mapping: Mapping,
}

impl Spreadsheets {
    /// Returns the page to show after the person has sent or stopped a file.
    #[must_use]
    pub fn leads_to(&self) -> String {
        let Some(reading) = &self.reading else {
            return self.rows_lead_to().to_owned();
        };
        let asked = match reading.state {
            ReadingState::UnderWay(_) | ReadingState::Lost => return journey::READING.to_owned(),
            ReadingState::Stopped => "?stopped=yes",
            ReadingState::Refused(_) | ReadingState::Both => "?refused=yes",
        };
        let rows = if reading.brings_back {
            "&rows=put-right"
        } else {
            ""
        };
        [journey::UPLOAD, asked, rows].concat()
    }

    /// Returns the page that shows the waiting rows, or the upload page if there are none. While a
    /// file is being read, returns the progress page. A file that was refused, stopped or lost does
    /// not replace the waiting rows.
    #[must_use]
    pub fn rows_lead_to(&self) -> &'static str {
        let under_way = |reading: &Reading| matches!(reading.state, ReadingState::UnderWay(_));
        if self.reading.as_ref().is_some_and(under_way) {
            return journey::READING;
        }
        match self.waiting.as_ref().map(|waiting| &waiting.rows) {
            Some(Rows::Table(..)) => journey::COLUMNS,
            Some(Rows::Intake(_)) => journey::REVIEW,
            None => journey::UPLOAD,
        }
    }
}

/// An attempt to read a file.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The file's name; empty for pasted cells.
    pub file_name: String,
    /// Its progress or outcome.
    pub state: ReadingState,
    /// The pasted cells, which the form shows again if they could not be read.
    pub pasted: String,
    /// Whether the file contains corrected rows of the waiting file.
    pub brings_back: bool,
}

/// The progress or outcome of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingState {
    /// The file is being read; the progress in thousandths.
    UnderWay(u32),
    /// The server that was reading the file no longer reports progress.
    Lost,
    /// The sender stopped the reading.
    Stopped,
    /// The file cannot be read.
    Refused(Refusal),
    /// Both a file and pasted cells were sent, so neither was read.
    Both,
}

/// Rows that wait for the sender's confirmation.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The file's name; empty for pasted cells.
    pub file_name: String,
    /// The rows.
    pub rows: Rows,
    /// The number of changes so far that moved rows to other positions.
    pub round: i64,
    /// A fingerprint of the rows.
    pub mark: String,
}

/// The rows of a file.
#[derive(Debug, Clone)]
pub enum Rows {
    /// The columns are not all known. The flag is true if the sender has already tried to name
    /// them.
    Table(Table, bool),
    /// The columns are known, and the rows have been read.
    Intake(Intake),
}

/// The outcome of adding rows to the list of users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The rows without problems are now users.
    Added {
        /// Whether rows with problems remain.
        rest: bool,
    },
    /// Nothing was added: the registration would have too many users.
    TooMany(TooMany),
    /// There was nothing to add, perhaps because the rows were added before.
    Nothing,
    /// Nothing was added: the waiting rows are not the ones that the person saw.
    Changed,
}

/// A change to the waiting rows. It is applied again if somebody else changes them at the same
/// time.
pub enum RowsChange {
    /// The meaning of each column, as chosen, and any values that apply to everybody.
    Columns(RowInputs),
    /// The cells as typed into the rows of this round. The change is rejected if `Waiting::round`
    /// is now another number.
    Cells(i64, RowInputs),
}

/// The operations of an applicant on the spreadsheets of their draft.
#[async_trait]
pub trait ApplicantSpreadsheets: Send + Sync {
    /// Returns the state of the import.
    async fn spreadsheets(&self) -> Result<Spreadsheets, Fault>;

    /// Returns the links to a file, one for each format.
    fn downloads(&self, what: Downloadable) -> Vec<Download>;

    /// Stops reading the current file.
    async fn stop_reading(&self) -> Result<(), Fault>;

    /// Changes the waiting rows. Returns false if they are no longer the rows that the change is
    /// for.
    async fn change_rows(&self, change: RowsChange) -> Result<bool, Fault>;

    /// Adds the rows without problems to the list of users, all or none, and fills the
    /// organisation's pages that have no answers. If the rows no longer have the fingerprint
    /// `seen`, nothing is added; an empty `seen` is not checked.
    async fn add_rows(&self, seen: &str) -> Result<Added, Fault>;

    /// Discards the waiting rows. If they no longer have the fingerprint `seen`, does nothing and
    /// returns false; an empty `seen` is not checked.
    async fn discard_spreadsheets(&self, seen: &str) -> Result<bool, Fault>;
}
