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
    pub reading: Option<ImportAttempt>,
    /// The rows that wait for confirmation.
    pub waiting: Option<WaitingRows>,
    /// What the applicant said that column headings mean.
    pub mapping: Mapping,
}

impl Spreadsheets {
    /// Returns the page to show after the person has sent or stopped a file.
    #[must_use]
    pub fn leads_to(&self) -> String {
        let Some(reading) = &self.reading else {
            return self.waiting_rows_page().to_owned();
        };
        let asked = match reading.state {
            ImportState::Running(_) | ImportState::Lost => return journey::READING.to_owned(),
            ImportState::Stopped => "?stopped=yes",
            ImportState::Refused(_) | ImportState::Both => "?refused=yes",
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
    pub fn waiting_rows_page(&self) -> &'static str {
        let is_running = |reading: &ImportAttempt| matches!(reading.state, ImportState::Running(_));
        if self.reading.as_ref().is_some_and(is_running) {
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
pub struct ImportAttempt {
    /// The file's name; empty for pasted cells.
    pub file_name: String,
    /// Its progress or outcome.
    pub state: ImportState,
    /// The pasted cells, which the form shows again if they could not be read.
    pub pasted: String,
    /// Whether the file contains corrected rows of the waiting file.
    pub brings_back: bool,
}

/// The progress or outcome of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportState {
    /// The file is being read; the progress in thousandths.
    Running(u32),
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
pub struct WaitingRows {
    /// The file's name; empty for pasted cells.
    pub file_name: String,
    /// The rows.
    pub rows: Rows,
    /// The number of changes so far that moved rows to other positions.
    pub round: i64,
    /// A fingerprint of the rows.
    pub fingerprint: String,
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
pub enum AddRowsOutcome {
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
    /// The cells as typed into the rows of this round. The change is rejected if `WaitingRows::round`
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
    async fn add_rows(&self, seen: &str) -> Result<AddRowsOutcome, Fault>;

    /// Discards the waiting rows. If they no longer have the fingerprint `seen`, does nothing and
    /// returns false; an empty `seen` is not checked.
    async fn discard_spreadsheets(&self, seen: &str) -> Result<bool, Fault>;
}
