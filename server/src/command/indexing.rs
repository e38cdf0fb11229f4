//! Brings the search index up to date after an upgrade, while the service runs.

use tokio::time::{Duration, Instant, sleep};

use crate::store::{Casework, StoreError};

/// The number of registrations that are indexed in one transaction. During the transaction, nobody
/// else can change a registration (SQLite) or the words of the search index (PostgreSQL).
const AT_ONCE: u32 = 20;
/// The wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_mins(1);
/// The wait when nothing is left to index. During an upgrade, a server of the earlier version may
/// still write rows with the old index.
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
        // Wait as long as the transaction took, so that others can write half of the time.
        sleep(began.elapsed()).await;
    }
}
