//! Files of a list of the queue, up to the whole register: CSV in pieces while the list is read, or
//! a workbook of Excel at once.

use axum::body::Bytes;
use registration::date::CalendarDate;
use registration::desk::queue::{ItemKind, QueueList};
use registration::format_request::Format;
use spreadsheet::write::Format as FileFormat;
use tokio::sync::mpsc::Sender;

use crate::clock::Moment;
use crate::csv::{Csv, CsvFault};
use crate::store::{ExportPlace, OfficerId, QueueItem, QueueQuery, Store, StoreError};

/// The headings of the columns, each with its width in characters.
pub const HEADINGS: [(&str, u8); 9] = [
    ("Reference", 16),
    ("Organisation", 40),
    ("Kind", 28),
    ("Entry", 24),
    ("Users", 8),
    ("Arrived", 20),
    ("Status", 26),
    ("Assigned to", 28),
    ("First hearing", 20),
];

/// The maximum number of rows of a workbook, which is made in memory. CSV has no limit.
pub const MAX_WORKBOOK_ROWS: usize = 20_000;

/// A list of the queue to write into a file.
#[derive(Debug, Clone)]
pub struct ListExport {
    /// The list, with its filters and search.
    pub list: QueueList,
    /// The officer who asks for the file.
    pub officer: OfficerId,
    /// The time of the request.
    pub now: Moment,
    /// The current day in London.
    pub today: CalendarDate,
    /// The target of the desk for a decision, in working days.
    pub target: u32,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The CSV writer failed.
    #[error(transparent)]
    Csv(#[from] CsvFault),
}

impl ListExport {
    fn asked(&self) -> QueueQuery<'_> {
        QueueQuery {
            list: &self.list,
            officer: &self.officer,
            now: self.now,
            today: self.today,
            target: self.target,
        }
    }

    /// Sends the list as CSV, piece by piece. Ends when the receiver is gone.
    ///
    /// # Errors
    /// When the store or the writer fails.
    pub async fn send_csv<E>(
        &self,
        store: &Store,
        to: &Sender<Result<Bytes, E>>,
    ) -> Result<(), ExportFault> {
        let headings = HEADINGS.map(|(heading, _)| heading);
        let mut table = Csv::new(&headings)?;
        let mut place = Some(ExportPlace::first());
        while let Some(at) = place {
            let (items, next) = store.casework().export_piece(&self.asked(), &at).await?;
            for item in &items {
                table.row(&cells(item))?;
            }
            let piece = std::mem::replace(&mut table, Csv::more()).into_bytes()?;
            if !piece.is_empty() && to.send(Ok(piece.into())).await.is_err() {
                return Ok(());
            }
            place = next;
        }
        Ok(())
    }

    /// Returns the rows of a workbook; `None` if the list has more than `MAX_WORKBOOK_ROWS`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn rows(&self, store: &Store) -> Result<Option<Vec<Vec<String>>>, StoreError> {
        let mut rows = Vec::new();
        let mut place = Some(ExportPlace::first());
        while let Some(at) = place {
            let (items, next) = store.casework().export_piece(&self.asked(), &at).await?;
            rows.extend(items.iter().map(|item| cells(item).to_vec()));
            if rows.len() > MAX_WORKBOOK_ROWS {
                return Ok(None);
            }
            place = next;
        }
        Ok(Some(rows))
    }
}

/// Writes a workbook. Takes processor time, so it belongs on a thread of its own.
///
/// # Errors
/// When the writer fails.
pub fn workbook(rows: &[Vec<String>]) -> Result<Vec<u8>, spreadsheet::write::WriteFault> {
    spreadsheet::write::list(FileFormat::Xlsx, &HEADINGS, rows)
}

fn cells(item: &QueueItem) -> [String; 9] {
    let format = item.format.as_deref().and_then(Format::from_key);
    let kind = match (item.organisation, format) {
        (Some(kind), _) => kind.words(),
        (None, Some(format)) => format.words(),
        (None, None) => "",
    };
    let entry = match item.kind {
        ItemKind::New => "Registration",
        ItemKind::SentAgain | ItemKind::FormatRequest => item.kind.words(),
    };
    let given = |value: Option<String>| value.unwrap_or_default();
    [
        given(item.reference.map(|reference| reference.to_string())),
        item.name.clone(),
        kind.to_owned(),
        entry.to_owned(),
        given(item.users.map(|users| users.to_string())),
        item.arrived.in_words(),
        item.status.words().to_owned(),
        given(item.assignee.as_ref().map(|(_, name)| name.clone())),
        given(item.first_hearing.map(CalendarDate::in_words)),
    ]
}
