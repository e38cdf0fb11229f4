//! How often each place has begun something lately.
//!
//! A row has the moment until which the place's beginnings count, which each moves on by an equal
//! part of the window (the generic cell rate algorithm). So there is one row for each place, however
//! often it tries, and one statement counts exactly even if several servers ask at once.

use registration::beginning::Beginning;

use super::error::StoreError;
use super::statement::query;
use super::stores::Beginnings;
use crate::clock::Moment;
use crate::randomness::sha256;

impl Beginnings {
    /// Counts that a place begins something. Returns `false` if it has done so too often; then it
    /// must not begin.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn count(
        &self,
        what: Beginning,
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
        // Only a clock that was put back since has left such a moment: it locks nobody out.
        .bind(whole_window)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(counted == 1)
    }

    /// Deletes what no longer counts; returns how many rows that were.
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
