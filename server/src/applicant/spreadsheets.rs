//! The spreadsheets of an applicant's draft: reading a file or pasted cells, correcting the rows,
//! and adding them to the draft.

use std::sync::Arc;
use std::time::Duration;

use app::backend::{
    AddRowsOutcome, Applicant, ApplicantSpreadsheets, Download, Downloadable, ImportAttempt,
    ImportState, Rows, RowsChange, Spreadsheets, WaitingRows,
};
use app::fault::Fault;
use async_trait::async_trait;
use registration::limited_operation::LimitedOperation;
use registration::spreadsheet::{Intake, Mapping, Refusal, Table};
use registration::users::User;
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use tracing::Instrument;

use super::{MAX_ATTEMPTS, RequestApplicant, fault};
use crate::applicant::downloads;
use crate::applicant::import_job::{self, LOST_AFTER_MS, Task};
use crate::bytes_in_flight::Share;
use crate::clock::CLOCKS_DIFFER;
use crate::randomness::{SessionToken, new_id, sha256};
use crate::store::{
    ImportChangeOutcome, ImportRow, NewUsers, NewWaiting, SaveOutcome, SeenWaiting, SessionDraft,
    StoreError, WaitingRow,
};

/// The time that an upload waits for its outcome. After this time the person sees the progress
/// instead.
const AT_ONCE: Duration = Duration::from_millis(400);
/// The largest pasted text that is shown again if it cannot be read, in bytes: ten times as much as
/// a thousand users need.
const MAX_PASTED: usize = 1_000_000;

/// An upload as the browser sent it: a file, or pasted cells.
#[derive(Debug, Default)]
pub struct SentSpreadsheet {
    /// The name and the bytes of the file; `None` if no file was sent. The bytes are `None` if the
    /// file is too large.
    pub file: Option<(String, Option<Vec<u8>>)>,
    /// The pasted cells, empty if there are none; `None` if they are too large.
    pub cells: Option<String>,
    /// Whether the upload contains corrected rows of the file under review.
    pub brings_back: bool,
    /// Whether the officer wants to enter a file that was entered before.
    pub is_again: bool,
    /// The memory that the upload occupies, as counted against the limit; `None` if it is not
    /// counted.
    pub share: Option<Arc<Share>>,
}

/// Outcome of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadOutcome {
    /// Neither a file nor cells were sent.
    Nothing,
    /// The draft was already submitted, so nothing was read.
    Submitted,
    /// The import has begun in a new draft, because the draft of the cookie has expired. The import
    /// may already have ended or been refused.
    InNewDraft,
    /// The import has begun in the draft of the cookie or in the person's first draft. The import
    /// may already have ended or been refused.
    InDraft,
}

impl RequestApplicant {
    /// Starts to read a file or pasted cells, and begins a draft if there is none. If both a file
    /// and cells were sent, or the upload is too large, stores a refusal instead.
    ///
    /// Returns when the import has ended, or after `AT_ONCE` while the import goes on.
    ///
    /// # Errors
    /// When the store fails, or the client has begun too many imports or drafts.
    pub async fn receive_spreadsheet(&self, sent: SentSpreadsheet) -> Result<UploadOutcome, Fault> {
        let SentSpreadsheet {
            file,
            cells,
            brings_back,
            is_again: _,
            share,
        } = sent;
        let pasted = cells.as_ref().is_none_or(|cells| !cells.trim().is_empty());
        if file.is_none() && !pasted {
            return Ok(UploadOutcome::Nothing);
        }
        let may_begin = self.context.may_begin(LimitedOperation::Import).await;
        if !may_begin.map_err(fault)? {
            return Err(Fault::TooMany);
        }
        let Some(writable) = self.draft_to_change().await? else {
            return Ok(UploadOutcome::Submitted);
        };
        let both = file.is_some() && pasted;
        let id = new_id(self.context.randomness.as_ref())
            .map_err(|error| fault(StoreError::from(error)))?;
        let kept_cells = cells
            .as_ref()
            .filter(|cells| cells.len() <= MAX_PASTED)
            .cloned()
            .unwrap_or_default();
        let (file_name, bytes) = match file {
            Some(file) => file,
            None => (String::new(), cells.map(String::into_bytes)),
        };
        let state = match bytes {
            _ if both => "both",
            Some(_) => "reading",
            None => "refused",
        };
        let now = self.context.clock.now();
        let row = ImportRow {
            id: id.clone(),
            file_name: file_name.clone(),
            state: state.to_owned(),
            thousandths: 0,
            refusal: json(&Refusal::TooLarge)?,
            // PostgreSQL cannot store NUL.
            pasted: kept_cells.replace('\0', "\u{fffd}"),
            brings_back,
            seen_at: now.millis(),
        };
        let store = &self.context.store;
        let begun = store
            .spreadsheets()
            .begin_import(&writable.id, &row, now)
            .await;
        if begun.map_err(fault)? == SaveOutcome::Refused {
            return Ok(UploadOutcome::Submitted);
        }
        if let Some(bytes) = bytes.filter(|_| !both) {
            let task = Task {
                mapping: self.mapping_of(&writable.id).await?,
                draft: writable.id,
                id,
                file_name,
                bytes,
                brings_back,
                share,
            };
            let reading =
                tokio::spawn(import_job::run(Arc::clone(&self.context), task).in_current_span());
            // The import job goes on after the timeout.
            let _ended = timeout(AT_ONCE, reading).await;
        }
        Ok(if writable.had_expired {
            UploadOutcome::InNewDraft
        } else {
            UploadOutcome::InDraft
        })
    }

    /// Returns the draft of the cookie; `None` if the cookie opens no draft, or the draft was
    /// submitted.
    async fn open_draft(&self) -> Result<Option<SessionDraft>, Fault> {
        Ok(self
            .find()
            .await?
            .filter(|session_draft| !session_draft.is_submitted))
    }

    async fn mapping_of(&self, draft: &str) -> Result<Mapping, Fault> {
        let kept = self
            .context
            .store
            .spreadsheets()
            .mapping(draft)
            .await
            .map_err(fault)?;
        kept.map_or_else(|| Ok(Mapping::default()), |kept| from_json(&kept))
    }

    async fn listed(&self, draft: &str) -> Result<Vec<(String, User)>, Fault> {
        let listed = self
            .context
            .store
            .draft_users()
            .users(draft)
            .await
            .map_err(fault)?;
        Ok(listed
            .into_iter()
            .map(|listed| (listed.id, listed.user))
            .collect())
    }

    fn reading(&self, row: ImportRow) -> Result<ImportAttempt, Fault> {
        let now = self.context.clock.now();
        let silent = now.millis() - row.seen_at;
        // A time too far ahead was written while a clock was wrong, so it does not show that the
        // job is still running.
        let is_lost = silent > LOST_AFTER_MS || row.seen_at > now.plus(CLOCKS_DIFFER).millis();
        let state = match row.state.as_str() {
            "reading" if is_lost => ImportState::Lost,
            "reading" => ImportState::Running(u32::try_from(row.thousandths).unwrap_or_default()),
            "stopped" => ImportState::Stopped,
            "both" => ImportState::Both,
            _ => ImportState::Refused(from_json(&row.refusal)?),
        };
        Ok(ImportAttempt {
            file_name: row.file_name,
            state,
            pasted: row.pasted,
            brings_back: row.brings_back,
        })
    }
}

#[async_trait]
impl ApplicantSpreadsheets for RequestApplicant {
    async fn spreadsheets(&self) -> Result<Spreadsheets, Fault> {
        let Some(session_draft) = self.open_draft().await? else {
            return Ok(Spreadsheets::default());
        };
        let store = &self.context.store;
        let reading = store
            .spreadsheets()
            .import(&session_draft.id)
            .await
            .map_err(fault)?;
        let waiting = store
            .spreadsheets()
            .waiting_rows(&session_draft.id)
            .await
            .map_err(fault)?;
        Ok(Spreadsheets {
            reading: reading.map(|row| self.reading(row)).transpose()?,
            waiting: waiting.map(waiting_of).transpose()?,
            mapping: self.mapping_of(&session_draft.id).await?,
        })
    }

    fn downloads(&self, what: Downloadable) -> Vec<Download> {
        downloads::links(what)
    }

    async fn stop_reading(&self) -> Result<(), Fault> {
        match self.open_draft().await? {
            Some(session_draft) => self
                .context
                .store
                .spreadsheets()
                .stop_import(&session_draft.id)
                .await
                .map_err(fault),
            None => Ok(()),
        }
    }

    async fn change_rows(&self, change: RowsChange) -> Result<bool, Fault> {
        let store = &self.context.store;
        for _ in 0..MAX_ATTEMPTS {
            let Some(session_draft) = self.open_draft().await? else {
                return Ok(false);
            };
            let Some(row) = store
                .spreadsheets()
                .waiting_rows(&session_draft.id)
                .await
                .map_err(fault)?
            else {
                return Ok(false);
            };
            let version = row.version;
            let file_name = row.file_name.clone();
            let listed: Vec<User> = {
                let listed = self.listed(&session_draft.id).await?;
                listed.into_iter().map(|(_, user)| user).collect()
            };
            let mut mapping = self.mapping_of(&session_draft.id).await?;
            let waiting = waiting_of(row)?;
            let round = waiting.round;
            let Some((rows, is_new_round)) =
                changed(waiting.rows, round, &change, &listed, &mut mapping)
            else {
                return Ok(false);
            };
            let (kind, content, is_answered) = match &rows {
                Rows::Table(table, is_answered) => ("table", json(table)?, *is_answered),
                Rows::Intake(intake) => ("intake", json(intake)?, false),
            };
            let new = NewWaiting {
                file_name,
                kind,
                content,
                is_answered,
                is_new_round,
            };
            let mapping = matches!(change, RowsChange::Columns(_))
                .then(|| json(&mapping))
                .transpose()?;
            let now = self.context.clock.now();
            let outcome = store
                .spreadsheets()
                .change_waiting(
                    SeenWaiting {
                        draft: &session_draft.id,
                        version,
                    },
                    &new,
                    mapping.as_deref(),
                    now,
                )
                .await
                .map_err(fault)?;
            match outcome {
                ImportChangeOutcome::Saved => return Ok(true),
                ImportChangeOutcome::Refused => return Ok(false),
                ImportChangeOutcome::Changed => {}
            }
        }
        Err(Fault::Unavailable)
    }

    async fn add_rows(&self, seen: &str) -> Result<AddRowsOutcome, Fault> {
        let store = &self.context.store;
        let Some(by) = self.cookie().map(SessionToken::hash) else {
            return Ok(AddRowsOutcome::Nothing);
        };
        for _ in 0..MAX_ATTEMPTS {
            let Some(id) = self
                .open_draft()
                .await?
                .map(|session_draft| session_draft.id)
            else {
                return Ok(AddRowsOutcome::Nothing);
            };
            let draft_version = store.drafts().draft_version(&id).await.map_err(fault)?;
            // Read the draft after its version, so that a save between the two reads counts as a
            // change.
            let Some(session_draft) = self.open_draft().await? else {
                return Ok(AddRowsOutcome::Nothing);
            };
            let Some(row) = store
                .spreadsheets()
                .waiting_rows(&id)
                .await
                .map_err(fault)?
            else {
                return Ok(AddRowsOutcome::Nothing);
            };
            let version = row.version;
            if !is_seen(&row, seen) {
                return Ok(AddRowsOutcome::Changed);
            }
            let Rows::Intake(intake) = waiting_of(row)?.rows else {
                return Ok(AddRowsOutcome::Nothing);
            };
            let (ids, listed): (Vec<String>, Vec<User>) =
                self.listed(&id).await?.into_iter().unzip();
            let addition = match intake.addition(&listed) {
                Ok(addition) => addition,
                Err(too_many) => return Ok(AddRowsOutcome::TooMany(too_many)),
            };
            let pages = intake
                .organisation
                .as_ref()
                .map(|page| page.split_answered(&session_draft.draft).0)
                .unwrap_or_default();
            let is_done = addition.new.is_empty() && addition.replaced.is_empty();
            if is_done && pages.is_empty() && addition.rest.is_some() {
                return Ok(AddRowsOutcome::Nothing);
            }
            let rest = addition.rest.is_some();
            let new_id = || {
                new_id(self.context.randomness.as_ref())
                    .map_err(|error| fault(StoreError::from(error)))
            };
            let users = NewUsers {
                version,
                draft_version,
                new: addition
                    .new
                    .into_iter()
                    .map(|user| Ok((new_id()?, user)))
                    .collect::<Result<_, Fault>>()?,
                replaced: addition
                    .replaced
                    .into_iter()
                    .filter_map(|(place, user)| Some((ids.get(place)?.clone(), user)))
                    .collect(),
                by: by.clone(),
                pages,
                rest: addition.rest.as_ref().map(json).transpose()?,
            };
            let now = self.context.clock.now();
            let outcome = store
                .spreadsheets()
                .add_from_spreadsheet(&id, &users, now)
                .await;
            match outcome.map_err(fault)? {
                ImportChangeOutcome::Saved => {
                    self.clear_user_search().await?;
                    return Ok(AddRowsOutcome::Added { rest });
                }
                ImportChangeOutcome::Refused => return Ok(AddRowsOutcome::Nothing),
                ImportChangeOutcome::Changed => {}
            }
        }
        Err(Fault::Unavailable)
    }

    async fn discard_spreadsheets(&self, seen: &str) -> Result<bool, Fault> {
        let store = &self.context.store;
        for _ in 0..MAX_ATTEMPTS {
            let Some(session_draft) = self.open_draft().await? else {
                return Ok(true);
            };
            let row = store
                .spreadsheets()
                .waiting_rows(&session_draft.id)
                .await
                .map_err(fault)?;
            if row.as_ref().is_some_and(|row| !is_seen(row, seen)) {
                return Ok(false);
            }
            let version = row.map_or(0, |row| row.version);
            let now = self.context.clock.now();
            let outcome = store
                .spreadsheets()
                .discard_spreadsheet(&session_draft.id, version, now)
                .await;
            if outcome.map_err(fault)? != ImportChangeOutcome::Changed {
                return Ok(true);
            }
        }
        Err(Fault::Unavailable)
    }
}

/// Applies a change to the rows under review.
///
/// Returns the new rows, and whether the rows now have other positions. Returns `None` if the
/// change does not fit these rows, because the rows that the person saw have been replaced since.
fn changed(
    rows: Rows,
    round: i64,
    change: &RowsChange,
    listed: &[User],
    mapping: &mut Mapping,
) -> Option<(Rows, bool)> {
    match (rows, change) {
        (Rows::Table(mut table, _), RowsChange::Columns(typed)) => {
            table.name_columns(typed, mapping);
            Some(match table.read(mapping) {
                Ok(mut intake) => {
                    intake.leave_out_listed(listed);
                    (Rows::Intake(intake), true)
                }
                Err(_) => (Rows::Table(table, true), false),
            })
        }
        (Rows::Intake(mut intake), RowsChange::Cells(of_round, typed)) if *of_round == round => {
            intake.apply_inputs(typed, listed);
            Some((Rows::Intake(intake), false))
        }
        _ => None,
    }
}

/// Returns whether the rows still have this fingerprint. An empty fingerprint matches all rows.
fn is_seen(row: &WaitingRow, fingerprint: &str) -> bool {
    fingerprint.is_empty() || fingerprint_of(row) == fingerprint
}

/// Returns the fingerprint of the rows, which changes with their content.
fn fingerprint_of(row: &WaitingRow) -> String {
    sha256(row.content.as_bytes())
}

fn waiting_of(row: WaitingRow) -> Result<WaitingRows, Fault> {
    let fingerprint = fingerprint_of(&row);
    let rows = match row.kind.as_str() {
        "table" => Rows::Table(from_json::<Table>(&row.content)?, row.is_answered),
        _ => Rows::Intake(from_json::<Intake>(&row.content)?),
    };
    Ok(WaitingRows {
        file_name: row.file_name,
        rows,
        round: row.round,
        fingerprint,
    })
}

fn json(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|_| unread())
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|_| unread())
}

fn unread() -> Fault {
    fault(StoreError::Row {
        table: "spreadsheet_waiting",
        column: "content",
    })
}
