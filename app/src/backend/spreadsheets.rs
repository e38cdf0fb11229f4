//! Importing users from a spreadsheet: the progress of reading a file, the rows that wait for
//! confirmation, and the operations of an applicant on them.

use async_trait::async_trait;
use registration::journey;
use registration::spreadsheet::{Intake, Mapping, Refusal, RowInputs, Table, TooMany};

use super::{Download, Downloadable};
use crate::fault::Fault;

/// The state of the spreadsheet import of a draft.
#[derive(Debug, Clone, Default)]
pub struct Spreadsheets {
    /// The attempt to read the latest file; `None` once all its rows have been read.
    pub reading: Option<ImportAttempt>,
    /// The rows that wait for the applicant's confirmation.
    pub waiting: Option<WaitingRows>,
    /// The meanings of column headings, as the applicant chose them.
    pub mapping: Mapping,
}

impl Spreadsheets {
    /// Returns the address of the next page after the person has uploaded a file or stopped the
    /// import.
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

    /// Returns the path of the page with the waiting rows, or of the upload page if no rows wait.
    ///
    /// While a file is being read, returns the path of the progress page. A file that was refused,
    /// stopped or lost does not replace the waiting rows.
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
    /// The name of the file; empty for pasted cells.
    pub file_name: String,
    /// The progress or outcome of the attempt.
    pub state: ImportState,
    /// The pasted cells; empty for a file. The upload form shows them again if they were refused or
    /// the import was stopped.
    pub pasted: String,
    /// Whether the file contains corrected rows of the waiting spreadsheet.
    pub brings_back: bool,
}

/// The progress or outcome of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportState {
    /// The file is being read. Holds the progress in thousandths.
    Running(u32),
    /// The server that was reading the file no longer reports progress.
    Lost,
    /// The applicant stopped the import.
    Stopped,
    /// The file cannot be read, for this reason.
    Refused(Refusal),
    /// Both a file and pasted cells were sent, so neither was read.
    Both,
}

/// Rows that wait for the applicant's confirmation.
#[derive(Debug, Clone)]
pub struct WaitingRows {
    /// The name of the file; empty for pasted cells.
    pub file_name: String,
    /// The rows of the file, or its table while the meaning of some columns is unknown.
    pub rows: Rows,
    /// A counter that increases when the rows are replaced, or when some of them become users. The position of a row
    /// never changes otherwise.
    pub round: i64,
    /// A fingerprint of the rows. A form sends it back, so that the server notices if the rows have
    /// changed.
    pub fingerprint: String,
}

/// The rows of a file.
#[derive(Debug, Clone)]
pub enum Rows {
    /// The meaning of some columns is unknown. The flag is true if the applicant has already tried
    /// to name the columns.
    Table(Table, bool),
    /// The meaning of all columns is known, and the rows have been read.
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
    /// Nothing was added, because the registration would have too many users.
    TooMany(TooMany),
    /// No rows were ready to add, perhaps because they had been added before.
    Nothing,
    /// Nothing was added, because the waiting rows have changed since the person saw them.
    Changed,
}

/// A change to the waiting rows. The store applies the change again if somebody else changes the
/// rows at the same time.
pub enum RowsChange {
    /// The chosen meaning of each column, and any values that apply to every row.
    Columns(RowInputs),
    /// The value of `WaitingRows::round` when the page was loaded, and the typed cells of the rows.
    /// The change is rejected if the current round differs.
    Cells(i64, RowInputs),
}

/// The operations of an applicant on the spreadsheets of one draft.
#[async_trait]
pub trait ApplicantSpreadsheets: Send + Sync {
    /// Returns the state of the import.
    async fn spreadsheets(&self) -> Result<Spreadsheets, Fault>;

    /// Returns the links that download a file, one for each format.
    fn downloads(&self, what: Downloadable) -> Vec<Download>;

    /// Stops reading the latest file. Does nothing if no file is being read.
    async fn stop_reading(&self) -> Result<(), Fault>;

    /// Changes the waiting rows. Returns false and changes nothing if no rows wait, or if the
    /// waiting rows are not those that the person saw.
    async fn change_rows(&self, change: RowsChange) -> Result<bool, Fault>;

    /// Adds all rows without problems to the list of users, or none of them. A row that the
    /// applicant has ticked to replace a listed user replaces that user. Also fills in the pages
    /// about the organisation that have no answers.
    ///
    /// Adds nothing if the rows no longer have the fingerprint `seen`. An empty `seen` is not
    /// compared.
    async fn add_rows(&self, seen: &str) -> Result<AddRowsOutcome, Fault>;

    /// Discards the waiting rows.
    ///
    /// Returns false and does nothing if the rows no longer have the fingerprint `seen`. An empty
    /// `seen` is not compared. Returns true if no rows wait.
    async fn discard_spreadsheets(&self, seen: &str) -> Result<bool, Fault>;
}
