//! Group commit for page saves on SQLite: saves that wait for the writing connection are committed
//! together.
//!
//! The cost of a save is the disk flush, and ten saves in one transaction need only one. The first
//! task to get the connection saves the pages of all that wait. No task is answered before the
//! commit.

use std::sync::{Mutex, PoisonError};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::oneshot;

use super::connections::Connections;
use super::db::StoreError;
use super::drafts::{PageSave, Row};

/// The saves that wait for the writing connection.
#[derive(Debug, Default)]
pub(super) struct PageSaves {
    waiting: Mutex<Vec<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    save: PageSave,
    answer: oneshot::Sender<Option<Row>>,
}

impl PageSaves {
    /// Saves a page and returns the draft as it is after that, or `None` if the draft no longer
    /// exists.
    pub(super) async fn keep(
        &self,
        write: &Connections,
        save: PageSave,
    ) -> Result<Option<Row>, StoreError> {
        let (answer, mut answered) = oneshot::channel();
        let waiting = Waiting {
            save: save.clone(),
            answer,
        };
        self.with_waiting(|all| all.push(waiting));
        let mut lent = tokio::select! {
            biased;
            answer = &mut answered => match answer {
                Ok(row) => return Ok(row),
                // The task that saved for everybody failed or was cancelled.
                Err(_) => write.lend().await?,
            },
            lent = write.lend() => {
                let mut lent = lent?;
                let all = self.with_waiting(std::mem::take);
                if let Ok(row) = keep_all(&mut lent, all).await.and_then(|()| {
                    answered.try_recv().map_err(|_| sqlx::Error::WorkerCrashed)
                }) {
                    return Ok(row);
                }
                lent
            }
        };
        // Save this page alone, so that another page's error does not affect it.
        Ok(save.keep(&mut lent).await?)
    }

    fn with_waiting<T>(&self, act: impl FnOnce(&mut Vec<Waiting>) -> T) -> T {
        // Each change to the list is complete even if a task panicked, so a poisoned lock is safe
        // to use.
        act(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Saves all pages or none, and answers the tasks that wait.
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
        // A task that was cancelled gets no answer, but its page is saved.
        let _heard = waiting.answer.send(row);
    }
    Ok(())
}
