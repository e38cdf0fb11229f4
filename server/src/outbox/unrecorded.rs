//! The outcomes of claimed messages that could not be stored because the database failed. The
//! worker stores these outcomes before its next batch, so that no sent message is sent again, and
//! no unsent message waits until its claim ends.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Moment;
use crate::store::{Outbox, StoreError};

/// The outcomes that are not recorded yet, the oldest first; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Unrecorded(Arc<Mutex<VecDeque<Outcome>>>);

#[derive(Debug, Clone)]
enum Outcome {
    /// The mail server accepted the message at this moment.
    Sent(String, Moment),
    /// The message was not sent; its claim ends at this moment.
    Unsent(String, Moment),
}

impl Unrecorded {
    /// Adds a message that was sent.
    pub(super) fn sent(&self, id: &str, at: Moment) {
        self.outcomes().push_back(Outcome::Sent(id.to_owned(), at));
    }

    /// Adds a message that was not sent. If the message was added as sent before, it stays sent.
    pub(super) fn unsent(&self, id: &str, claim: Moment) {
        self.outcomes()
            .push_back(Outcome::Unsent(id.to_owned(), claim));
    }

    /// Records the outcomes in the database, oldest first.
    ///
    /// # Errors
    /// When the database fails. The outcomes that are not yet recorded stay for the next call.
    pub(super) async fn record(&self, outbox: &Outbox) -> Result<(), StoreError> {
        loop {
            let Some(outcome) = self.outcomes().front().cloned() else {
                return Ok(());
            };
            match &outcome {
                Outcome::Sent(id, at) => outbox.mark_sent(id, *at).await?,
                Outcome::Unsent(id, claim) => outbox.return_message(id, *claim).await?,
            }
            self.outcomes().pop_front();
        }
    }

    /// Locks the outcomes, even if a thread panicked while it held the lock: no panic can leave the
    /// outcomes half changed.
    fn outcomes(&self) -> MutexGuard<'_, VecDeque<Outcome>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
