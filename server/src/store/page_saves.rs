//! Saves of pages in a SQLite file that wait for the one writer go to disk together.
//!
//! What costs is the disk's word that it has written, and it costs the same for one save as for ten.
//! Whoever gets the connection first does the work of all who wait for it, in one transaction, and
//! nobody is answered before it is committed.

use std::sync::{Mutex, PoisonError};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::oneshot;

use super::connections::Connections;
use super::db::StoreError;
use super::drafts::{PageSave, Row};

/// The saves that wait.
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
    /// Keeps a page and gives the draft as it then is; nothing when there is no such draft any more.
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
                // Whoever did the work for all has failed or was called off.
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
        // Alone, so that nobody bears another's fault.
        Ok(save.keep(&mut lent).await?)
    }

    fn with_waiting<T>(&self, act: impl FnOnce(&mut Vec<Waiting>) -> T) -> T {
        // A list of saves is whole whenever its lock is free.
        act(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps all or none, and answers those who wait.
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
        // Somebody who has hung up hears nothing; what they sent is kept.
        let _heard = waiting.answer.send(row);
    }
    Ok(())
}
