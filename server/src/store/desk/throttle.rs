//! The throttle for signing in. Each attempt is counted before the credentials are checked, and
//! deleted if they were correct.

use registration::desk::throttle::{DAY_MINUTES, again_at};

use super::people::take_lock;
use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Officers;

/// An attempt to sign in.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// A new identifier.
    pub id: String,
    /// The mailbox of the account, whether the account exists or not.
    pub mailbox: String,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// When the attempt was made.
    pub at: Moment,
}

impl Officers {
    /// Counts an attempt, unless there were too many.
    ///
    /// Returns `None` if it was counted and may proceed. Otherwise it was not counted and must not
    /// proceed; the result is the time from which another attempt is allowed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_attempt(&self, new: &NewAttempt) -> Result<Option<Moment>, StoreError> {
        let account = sha256(new.mailbox.as_bytes());
        let source = new.source.as_deref().map(|from| sha256(from.as_bytes()));
        let now = new.at.millis();
        let since = now - DAY_MINUTES * 60_000;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_lock(&mut transaction, &format!("account/{account}"), now).await?;
        let of_account: Vec<i64> = query_scalar(
            "select tried_at from officer_try where account_hash = $1 and tried_at > $2",
        )
        .bind(&account)
        .bind(since)
        .fetch_all(&mut transaction)
        .await?;
        let from_source: Vec<i64> = if let Some(source) = &source {
            take_lock(&mut transaction, &format!("source/{source}"), now).await?;
            query_scalar(
                "select tried_at from officer_try where source_hash = $1 and tried_at > $2",
            )
            .bind(source)
            .bind(since)
            .fetch_all(&mut transaction)
            .await?
        } else {
            Vec::new()
        };
        let again = again_at(&of_account, &from_source, now);
        if again.is_none() {
            query(
                "insert into officer_try (id, account_hash, source_hash, tried_at) values ($1, \
                 $2, $3, $4)",
            )
            .bind(&new.id)
            .bind(&account)
            .bind(&source)
            .bind(now)
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(again.map(Moment::from_millis))
    }

    /// Deletes an attempt whose credentials were correct.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_attempt(&self, id: &str) -> Result<(), StoreError> {
        query("delete from officer_try where id = $1")
            .bind(id)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Deletes the attempts of an account whose owner has just signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_attempts(&self, mailbox: &str) -> Result<(), StoreError> {
        query("delete from officer_try where account_hash = $1")
            .bind(sha256(mailbox.as_bytes()))
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Deletes expired enrolment links and unfinished sign-ins, attempts older than a day, and
    /// sessions not used for a day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy_signing_in(&self, now: Moment) -> Result<(), StoreError> {
        let day_ago = now.millis() - DAY_MINUTES * 60_000;
        for (statement, before) in [
            ("delete from officer_try where tried_at < $1", day_ago),
            ("delete from officer_gate where passed_at < $1", day_ago),
            (
                "delete from officer_underway where expires_at < $1",
                now.millis(),
            ),
            ("delete from officer_session where used_at < $1", day_ago),
            (
                "delete from officer_link where expires_at < $1",
                now.millis(),
            ),
        ] {
            query(statement)
                .bind(before)
                .execute(&mut self.database.write().await?)
                .await?;
        }
        Ok(())
    }
}
