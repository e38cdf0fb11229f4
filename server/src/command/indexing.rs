//! Brings the search index up to date after an upgrade, while the service runs.

use tokio::time::{Duration, Instant, sleep};

use crate::store::{Casework, StoreError};

/// How many registrations are indexed in one transaction. Nobody else can change a registration on
/// SQLite, or the words of the search on PostgreSQL, while the transaction runs.
const AT_ONCE: u32 = 20;
/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_mins(1);
/// How long to wait when nothing is left. A server of the earlier version may still write entries of
/// its version.
const WHEN_DONE: Duration = Duration::from_hours(1);

/// Indexes registrations and requests whose index is missing or old, until the task is aborted.
pub(super) async fn index_old(casework: Casework) {
    loop {
        let wait = match index_all(&casework).await {
            Ok(0) => WHEN_DONE,
            Ok(indexed) => {
                tracing::info!(indexed, "brought the search up to date");
                WHEN_DONE
            }
            Err(error) => {
                tracing::error!(%error, "the search could not be brought up to date");
                AFTER_FAILURE
            }
        };
        sleep(wait).await;
    }
}

/// Indexes until nothing is left; returns how many registrations and requests it indexed.
async fn index_all(casework: &Casework) -> Result<u64, StoreError> {
    let mut all = 0;
    loop {
        let began = Instant::now();
        let indexed = casework.index_old(AT_ONCE).await?;
        if indexed == 0 {
            return Ok(all);
        }
        all += indexed;
        // Half of the time is for those who wait to write.
        sleep(began.elapsed()).await;
    }
}
