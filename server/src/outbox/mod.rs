//! The worker that sends the messages in the outbox. It runs in every process that serves.

mod backoff;
mod worker;

pub use worker::{Round, Worker};

use crate::clock::Moment;
use crate::store::{AccessLinks, Outbox, StoreError};

/// How long a message that was sent keeps its row, in hours: 28 days.
const KEPT_HOURS: i64 = 28 * 24;

/// Deletes messages that were sent long ago, and returns how many. Also deletes old requests for
/// access messages.
///
/// Messages whose next attempt is too far ahead, because a clock was wrong, become due now.
///
/// # Errors
/// When the database fails.
pub async fn tidy(
    outbox: &Outbox,
    access_links: &AccessLinks,
    now: Moment,
) -> Result<u64, StoreError> {
    access_links.forget_requests(now).await?;
    let longest = now.plus(backoff::LONGEST);
    outbox.release_messages_after(longest, now).await?;
    outbox.delete_sent_before(now.plus_hours(-KEPT_HOURS)).await
}
