//! Rate limits for operations that need no sign-in, such as starting a draft, by network address.
//!
//! Each address has one row for each kind of operation. The row contains a time, `counts_until`,
//! which each start moves forward by the limit's spacing (the generic cell rate algorithm). The
//! number of rows therefore does not depend on the number of attempts, and one statement counts
//! exactly even if several servers count at once.

use registration::limited_operation::LimitedOperation;

use super::error::StoreError;
use super::statement::query;
use super::stores::OperationLimits;
use crate::clock::Moment;
use crate::randomness::sha256;

impl OperationLimits {
    /// Counts one start of an operation, such as a draft, from a network address.
    ///
    /// Returns `false` if there were too many starts from the address; the caller must then reject
    /// this start.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn count(
        &self,
        what: LimitedOperation,
        place: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let (now, spacing) = (at.millis(), what.spacing());
        let whole_window = now + what.most() * spacing;
        let counted = query(
            "insert into begun_by_place (what, place_hash, counts_until) values ($1, $2, $3) on \
             conflict (what, place_hash) do update set counts_until = case when \
             begun_by_place.counts_until > $4 and begun_by_place.counts_until <= $5 then \
             begun_by_place.counts_until + $6 else $7 end where begun_by_place.counts_until <= $8 \
             or begun_by_place.counts_until > $9",
        )
        .bind(what.key())
        .bind(sha256(place.as_bytes()))
        .bind(now + spacing)
        .bind(now)
        .bind(whole_window)
        .bind(spacing)
        .bind(now + spacing)
        .bind(whole_window - spacing)
        // A time beyond the whole window was written before a clock was set back. Such a time must
        // not lock anybody out.
        .bind(whole_window)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(counted == 1)
    }

    /// Deletes rows whose starts no longer count towards a limit; returns how many.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn tidy(&self, now: Moment) -> Result<u64, StoreError> {
        query("delete from begun_by_place where counts_until < $1")
            .bind(now.millis())
            .execute(&mut self.database.write().await?)
            .await
    }
}
