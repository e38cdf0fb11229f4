//! What empties the outbox: a worker in every process that serves.

mod backoff;
mod worker;

pub use worker::{Round, Worker};

use crate::clock::Moment;
use crate::store::{Store, StoreError};

/// For how many hours a message that was sent keeps its row: 28 days.
const KEPT_HOURS: i64 = 28 * 24;

/// Deletes the rows of messages that were sent long ago, forgets who asked for a way in, and frees messages that a
/// clock which was ahead would hold back.
///
/// # Errors
/// When the database fails.
pub async fn tidy(store: &Store, now: Moment) -> Result<u64, StoreError> {
    store.forget_requests(now).await?;
    let longest = now.plus(backoff::LONGEST);
    store.free_messages_after(longest, now).await?;
    store.delete_sent_before(now.plus_hours(-KEPT_HOURS)).await
}
