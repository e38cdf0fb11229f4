//! Asks the mail service which messages it accepted but could not deliver, and records the failures
//! of messages about registrations.

use std::time::Duration;

use mail::{FailedDelivery, Mailer};

use crate::clock::{Clock, Moment};
use crate::store::{DeliveryReport, Outbox, StoreError};

/// The maximum number of pages that are read at once.
const MAX_PAGES: usize = 40;
/// The time in which the mail service tries to deliver a message, and one day more: it reports a failure up to three
/// days after it accepted the message.
const REPORTED_WITHIN: Duration = Duration::from_hours(4 * 24);

/// Records the messages that were not delivered; returns the number of new failures.
///
/// The mail service lists failures by the time at which it accepted the message, newest first. A new failure can be
/// anywhere in the list, so reading ends only at messages that were accepted more than `REPORTED_WITHIN` ago.
///
/// # Errors
/// When the database fails. If the mail service does not answer, the failure is only logged.
pub async fn record_failed_deliveries(
    outbox: &Outbox,
    mailer: &dyn Mailer,
    clock: &dyn Clock,
) -> Result<u64, StoreError> {
    let mut all = 0;
    let mut after = None;
    for _ in 0..MAX_PAGES {
        let now = clock.now();
        let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
        let page = match mailer.failed_deliveries(after.as_deref(), seconds).await {
            Ok(page) => page,
            Err(failure) => {
                let kind = failure.kind();
                tracing::warn!(
                    kind,
                    "the mail service did not say what it could not deliver"
                );
                return Ok(all);
            }
        };
        let mut is_last = page.next.is_none();
        for failed in page.messages {
            let Some(report) = report(failed, now) else {
                continue;
            };
            is_last |= report.accepted.plus(REPORTED_WITHIN) < now;
            if outbox.record_failed_delivery(&report).await? {
                all += 1;
            }
        }
        if is_last {
            break;
        }
        after = page.next;
    }
    Ok(all)
}

fn report(failed: FailedDelivery, at: Moment) -> Option<DeliveryReport> {
    Some(DeliveryReport {
        message: failed.id,
        accepted: Moment::of_rfc3339(&failed.accepted)?,
        came_back: failed.came_back,
        reason: failed.reason,
        at,
    })
}
