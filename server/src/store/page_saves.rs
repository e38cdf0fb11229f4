//! Group commit for page saves on SQLite.
//!
//! Most of the cost of a save is the flush to disk, and ten saves in one transaction need only one
//! flush. The first task to get the writing connection therefore saves the pages of all waiting
//! tasks. No task gets its result before the commit.

use std::sync::{Mutex, PoisonError};

use sqlx::{Connection, SqlStr, SqliteConnection};
use tokio::sync::oneshot;

use super::connections::Connections;
use super::error::StoreError;
use super::session_draft::{IN_SQLITE, SessionDraftRow, select_session_draft_after};
use super::statement::joined;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A page to save in a SQLite file, with the hash of the session cookie that gives access to the
/// draft.
#[derive(Debug, Clone)]
pub(super) struct PageSave {
    pub(super) token: TokenHash,
    pub(super) now: Moment,
    pub(super) page: &'static str,
    pub(super) answers: String,
    pub(super) version: i64,
    /// The identifier of the form that saves the page, or the hash of the cookie if the form has
    /// none.
    pub(super) by: String,
}

/// The saves that wait for the writing connection.
#[derive(Debug, Default)]
pub(super) struct PageSaves {
    waiting: Mutex<Vec<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    save: PageSave,
    answer: oneshot::Sender<Option<SessionDraftRow>>,
}

const SAVE: &str = "insert into draft_page (draft_id, page, answers, version, saved_at, saved_by) \
                    select draft.id, $3, $4, 1, $2, $6 from session join draft on draft.id = \
                    session.draft_id where session.token_hash = $1 and session.expires_at > $2 \
                    and draft.submitted_at is null and draft.expires_at > $2 ";

const REPLACE: &str = " on conflict (draft_id, page) do update set answers = excluded.answers, \
                       version = draft_page.version + 1, saved_at = excluded.saved_at, saved_by = \
                       excluded.saved_by where cast($5 as bigint) < 0 or draft_page.version = $5 \
                       or draft_page.saved_by = $6 or draft_page.answers = excluded.answers";

/// Builds the statement that saves a page in the open draft of a session cookie.
///
/// `lock` is the clause that locks the draft's row on PostgreSQL.
pub(super) fn save_statement(lock: &'static str) -> SqlStr {
    joined(&[SAVE, lock, REPLACE])
}

impl PageSave {
    /// Saves the page and returns the resulting draft; `None` if the session or the draft has
    /// expired.
    async fn keep(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<SessionDraftRow>, sqlx::Error> {
        // Both statements are sent as one text, because each trip to the connection's thread costs
        // as much as saving a page. They run on sqlx directly, on the SQLite connection that all
        // waiting saves share.
        sqlx::query_as(select_session_draft_after(
            &[SAVE, REPLACE, "; "],
            IN_SQLITE,
        ))
        .bind(self.token.as_str())
        .bind(self.now.millis())
        .bind(self.page)
        .bind(&self.answers)
        .bind(self.version)
        .bind(&self.by)
        .fetch_optional(connection)
        .await
    }
}

impl PageSaves {
    /// Saves a page and returns the resulting draft.
    ///
    /// Returns `None` if the session or the draft has expired.
    pub(super) async fn keep(
        &self,
        write: &Connections,
        save: PageSave,
    ) -> Result<Option<SessionDraftRow>, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        let waiting = Waiting {
            save: save.clone(),
            answer,
        };
        self.with_waiting(|all| all.push(waiting));
        let mut acquired = tokio::select! {
            biased;
            answer = &mut answered => match answer {
                Ok(row) => return Ok(row),
                // The task that was saving this page failed or was cancelled.
                Err(_) => write.acquire().await?,
            },
            acquired = write.acquire() => {
                let mut acquired = acquired?;
                let all = self.with_waiting(std::mem::take);
                if let Ok(row) = keep_all(&mut acquired, all).await.and_then(|()| {
                    answered.try_recv().map_err(|_| sqlx::Error::WorkerCrashed)
                }) {
                    return Ok(row);
                }
                acquired
            }
        };
        // Save this page alone, so that an error of another page does not affect it.
        Ok(save.keep(&mut acquired).await?)
    }

    fn with_waiting<T>(&self, act: impl FnOnce(&mut Vec<Waiting>) -> T) -> T {
        // The list is consistent even if a task panicked while changing it, so a poisoned lock can
        // be used.
        act(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Saves all pages or none, and sends the results to the waiting tasks.
async fn keep_all(connection: &mut SqliteConnection, all: Vec<Waiting>) -> Result<(), sqlx::Error> {
    let mut rows = Vec::with_capacity(all.len());
    if let [alone] = all.as_slice() {
        rows.push(alone.save.keep(connection).await?);
    } else {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        for waiting in &all {
            rows.push(waiting.save.keep(&mut transaction).await?);
        }
        transaction.commit().await?;
    }
    for (waiting, row) in all.into_iter().zip(rows) {
        // A cancelled task gets no result, but its page is saved.
        let _heard = waiting.answer.send(row);
    }
    Ok(())
}
