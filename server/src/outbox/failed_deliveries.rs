//! Asks the mail service which messages it accepted but could not deliver, and records the failures
//! of messages about registrations.

use mail::{FailedDelivery, Mailer};

use crate::clock::{Clock, Moment};
use crate::store::{DeliveryReport, Outbox, StoreError};

/// The maximum number of pages that are read at once.
const MAX_PAGES: usize = 40;

/// Records the messages that were not delivered; returns the number of new failures.
///
/// The mail service lists failures newest first, so reading ends after a page without a new
/// failure.
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
        let mut new = 0;
        for failed in page.messages {
            if let Some(report) = report(failed, now)
                && outbox.record_failed_delivery(&report).await?
            {
                new += 1;
            }
        }
        all += new;
        after = page.next;
        if new == 0 || after.is_none() {
            break;
        }
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
