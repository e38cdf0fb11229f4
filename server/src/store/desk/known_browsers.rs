//! Browsers in which officers have signed in.
//!
//! The throttle counts attempts in these browsers separately, so attempts in other browsers cannot
//! lock an officer out of a known browser.

use registration::identifiers::Email;
use registration::lifetimes::KNOWN_BROWSER_DAYS;

use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Officers;

/// Returns the time since which a browser must have been used to count as known.
pub(super) fn oldest(now: Moment) -> Moment {
    now.plus_hours(-KNOWN_BROWSER_DAYS * 24)
}

impl Officers {
    /// Returns whether an officer's browser is known, by its cookie and the officer's email
    /// address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn is_known_browser(
        &self,
        token: &TokenHash,
        mailbox: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let known: i64 = query_scalar(
            "select count(*) from officer_browser join officer on officer.id = officer_id where \
             token_hash = $1 and mailbox = $2 and used_at > $3",
        )
        .bind(token.as_str())
        .bind(Email::mailbox(mailbox))
        .bind(oldest(now).millis())
        .fetch_one(&mut self.database.read().await?)
        .await?;
        Ok(known > 0)
    }

    /// Returns whether an officer's browser is known, by its cookie.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn has_browser(
        &self,
        token: &TokenHash,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let known: i64 = query_scalar(
            "select count(*) from officer_browser where token_hash = $1 and officer_id = $2 and \
             used_at > $3",
        )
        .bind(token.as_str())
        .bind(officer.as_str())
        .bind(oldest(now).millis())
        .fetch_one(&mut self.database.read().await?)
        .await?;
        Ok(known > 0)
    }

    /// Records a sign-in, which makes the browser known for this officer.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remember_browser(
        &self,
        token: &TokenHash,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        query(
            "insert into officer_browser (token_hash, officer_id, used_at) values ($1, $2, $3) on \
             conflict (token_hash, officer_id) do update set used_at = excluded.used_at",
        )
        .bind(token.as_str())
        .bind(officer.as_str())
        .bind(at.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }
}
