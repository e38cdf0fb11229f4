//! What a browser has begun and not finished: signing in between two factors, setting an account up. It hangs on the
//! hash of the browser's cookie.

use super::officers::OfficerId;
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::db::{Store, StoreError, read, write};

/// What was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUnderway {
    /// Who it is, where that is known.
    pub officer: Option<OfficerId>,
    /// What is known of it, as JSON.
    pub kept: String,
}

impl Store {
    /// Keeps what a browser has begun, in place of anything before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_underway(
        &self,
        token: &TokenHash,
        underway: &KeptUnderway,
        until: Moment,
    ) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "insert into officer_underway (token_hash, officer_id, kept, expires_at) values ($1, $2, $3, $4) \
                 on conflict (token_hash) do update set officer_id = excluded.officer_id, \
                 kept = excluded.kept, expires_at = excluded.expires_at",
            )
            .bind(token.as_str())
            .bind(underway.officer.as_ref().map(OfficerId::as_str))
            .bind(&underway.kept)
            .bind(until.millis())
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// What a browser has begun, unless its time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn underway(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<KeptUnderway>, StoreError> {
        let row: Option<(Option<String>, String)> = read!(self, |connection| {
            sqlx::query_as(
                "select officer_id, kept from officer_underway where token_hash = $1 and expires_at > $2",
            )
            .bind(token.as_str())
            .bind(now.millis())
            .fetch_optional(connection)
            .await
        })?;
        Ok(row.map(|(officer, kept)| KeptUnderway {
            officer: officer.map(OfficerId::named),
            kept,
        }))
    }

    /// Takes what a browser has begun away, once: of two who do so at once one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_underway(&self, token: &TokenHash) -> Result<bool, StoreError> {
        let ended = write!(self, |connection| {
            sqlx::query("delete from officer_underway where token_hash = $1")
                .bind(token.as_str())
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(ended == 1)
    }
}
