//! What an applicant may ask about their spreadsheets: how far the reading of a file has got, which rows
//! wait for their word, and what becomes of them.

use async_trait::async_trait;
use registration::journey;
use registration::spreadsheet::{Intake, Mapping, Refusal, Table, TooMany, Typed};

use super::{Download, Downloadable};
use crate::fault::Fault;

/// The latest spreadsheets of a draft.
#[derive(Debug, Clone, Default)]
pub struct Spreadsheets {
    /// The latest file, unless its rows wait already.
    pub reading: Option<Reading>,
    /// The rows that wait.
    pub waiting: Option<Waiting>,
    /// What was said about headings.
    pub mapping: Mapping,
}

impl Spreadsheets {
    /// Where the person is led who has sent or stopped a file.
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

    /// Where the rows are that wait, or how far the file has got that takes their place. A file that was
    /// refused, stopped or lost leaves them where they are.
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

/// The reading of a file.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The file's name; empty for cells that were pasted.
    pub file_name: String,
    /// How far it has got.
    pub state: ReadingState,
    /// The cells that were pasted and not read.
    pub pasted: String,
    /// Whether it holds the rows of the waiting file that were put right.
    pub brings_back: bool,
}

/// How far a reading has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingState {
    /// It is being read: so many thousandths.
    UnderWay(u32),
    /// Its server no longer says that it goes on.
    Lost,
    /// Its sender stopped it.
    Stopped,
    /// It cannot be read.
    Refused(Refusal),
    /// Both a file and cells were sent.
    Both,
}

/// Rows that wait for their sender's word.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The file's name; empty for cells that were pasted.
    pub file_name: String,
    /// The rows.
    pub rows: Rows,
    /// Counts the changes after which a row stands in another place.
    pub round: i64,
    /// A mark that changes with them.
    pub mark: String,
}

/// Rows of a file.
#[derive(Debug, Clone)]
pub enum Rows {
    /// Their columns wait for their names; whether their sender has tried to give them.
    Table(Table, bool),
    /// They are read.
    Intake(Intake),
}

/// What became of the rows that were to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// They are users of the list now; whether rows stay behind.
    Added {
        /// Whether rows with problems stay behind.
        rest: bool,
    },
    /// There are more than a registration may have.
    TooMany(TooMany),
    /// There was nothing to add: it was done before, perhaps.
    Nothing,
    /// Other rows wait than those that were seen: nothing was done.
    Changed,
}

/// A change of rows, made again when somebody else has changed them in the meantime.
pub enum RowsChange {
    /// The headings of a table get their meaning: the place of each column with the key of its choice, and
    /// what holds for everybody.
    Columns(Typed),
    /// What was typed into the rows of this round.
    Cells(i64, Typed),
}

/// What an applicant may ask about the spreadsheets of their draft.
#[async_trait]
pub trait ApplicantSpreadsheets: Send + Sync {
    /// The latest ones.
    async fn spreadsheets(&self) -> Result<Spreadsheets, Fault>;

    /// The links to a file in every format.
    fn downloads(&self, what: Downloadable) -> Vec<Download>;

    /// Stops the reading that is under way.
    async fn stop_reading(&self) -> Result<(), Fault>;

    /// Changes the rows that wait; false when they are others than those that the change was made of.
    async fn change_rows(&self, change: RowsChange) -> Result<bool, Fault>;

    /// Adds the rows without problems to the list, all or none, and fills the pages of the organisation
    /// that have no answers; nothing where they have not the mark `seen` any more. An empty mark is no question.
    async fn add_rows(&self, seen: &str) -> Result<Added, Fault>;

    /// Throws the rows that wait away; false, and nothing done, where they have not the mark `seen` any more. An empty
    /// mark is no question.
    async fn discard_spreadsheets(&self, seen: &str) -> Result<bool, Fault>;
}
