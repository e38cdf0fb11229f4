//! The end of a transaction whose statement changes one row, but only if the row still has the
//! version that was read (optimistic locking).

use super::audit::{NewEntry, append_next};
use super::connection::Transaction;
use super::error::StoreError;
use super::stored_lifecycle::StepOutcome;

/// Commits a change with its audit entry if the statement changed its row (`changed` is 1).
/// Otherwise rolls everything back and returns `Stale`.
pub(super) async fn commit_if_changed(
    mut transaction: Transaction<'_>,
    changed: u64,
    entry: NewEntry,
) -> Result<StepOutcome, StoreError> {
    if changed == 1 {
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(StepOutcome::Applied)
    } else {
        transaction.rollback().await?;
        Ok(StepOutcome::Stale)
    }
}
