//! Unfinished sign-ins and enrolments, each stored under the hash of the browser's cookie.
//!
//! A sign-in is unfinished between its two factors.

use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// An unfinished sign-in or enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSignIn {
    /// The officer, if already known.
    pub officer: Option<OfficerId>,
    /// The data needed to continue, as JSON.
    pub kept: String,
}

impl Officers {
    /// Stores a browser's unfinished sign-in or enrolment, in place of an earlier one.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_pending_sign_in(
        &self,
        token: &TokenHash,
        underway: &PendingSignIn,
        until: Moment,
    ) -> Result<(), StoreError> {
        query(
            "insert into officer_underway (token_hash, officer_id, kept, expires_at) values ($1, \
             $2, $3, $4) on conflict (token_hash) do update set officer_id = excluded.officer_id, \
             kept = excluded.kept, expires_at = excluded.expires_at",
        )
        .bind(token.as_str())
        .bind(underway.officer.as_ref().map(OfficerId::as_str))
        .bind(&underway.kept)
        .bind(until.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns a browser's unfinished sign-in or enrolment, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn pending_sign_in(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<PendingSignIn>, StoreError> {
        let row: Option<(Option<String>, String)> = query_as(
            "select officer_id, kept from officer_underway where token_hash = $1 and expires_at > \
             $2",
        )
        .bind(token.as_str())
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(row.map(|(officer, kept)| PendingSignIn {
            officer: officer.map(OfficerId::named),
            kept,
        }))
    }

    /// Deletes a browser's unfinished sign-in or enrolment, and returns whether there was one.
    ///
    /// If two requests delete the same sign-in at once, only one of them gets `true`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_pending_sign_in(&self, token: &TokenHash) -> Result<bool, StoreError> {
        let ended = query("delete from officer_underway where token_hash = $1")
            .bind(token.as_str())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(ended == 1)
    }
}
