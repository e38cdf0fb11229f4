//! The worker that sends the messages in the outbox, the recording of messages that were not
//! delivered, and the deletion of old messages. A worker runs in every server process.

mod backoff;
mod failed_deliveries;
mod unrecorded;
mod worker;

pub use failed_deliveries::record_failed_deliveries;
pub use unrecorded::Unrecorded;
pub use worker::{Pace, Round, Worker};

use registration::retention::{Periods, PersonalData};

use crate::clock::Moment;
use crate::store::{AccessLinks, Outbox, StoreError};

/// Deletes messages that were sent or marked as dead long ago, and returns the number of deleted
/// messages. Of a message about a registration, only the address and the contents are deleted. Also
/// deletes old requests for access messages.
///
/// A wrong clock may have put a message's next attempt too far ahead. Such messages become due now.
///
/// # Errors
/// When the database fails.
pub async fn tidy(
    outbox: &Outbox,
    access_links: &AccessLinks,
    periods: &Periods,
    now: Moment,
) -> Result<u64, StoreError> {
    access_links.forget_requests(now).await?;
    let longest = now.plus(backoff::LONGEST);
    outbox.release_messages_after(longest, now).await?;
    let kept_hours = periods.days(PersonalData::Messages) * 24;
    outbox
        .delete_finished_before(now.plus_hours(-kept_hours))
        .await
}
