//! The throttle for signing in.
//!
//! Each attempt that is not rejected is stored before the credentials are checked, and deleted if
//! the credentials were correct.

use registration::desk::throttle::{DAY_MINUTES, FailedAttempts, Guessed, again_at};
use registration::lifetimes::LIMITS_DAYS;

use super::people::take_lock;
use crate::clock::Moment;
use crate::randomness::{TokenHash, sha256};
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Officers;

/// An attempt to sign in or, while signed in, to confirm one's identity.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// A new identifier for the attempt.
    pub id: String,
    /// The kind of credential that the attempt uses.
    pub guessed: Guessed,
    /// The mailbox of the account, which may not exist.
    pub mailbox: String,
    /// The source of the attempt.
    pub from: AttemptSource,
    /// When the attempt was made.
    pub at: Moment,
}

/// The source of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptSource {
    /// The network address of an unknown browser; `None` if the address is unknown.
    Client(Option<String>),
    /// A browser in which the officer has signed in before.
    KnownBrowser(TokenHash),
    /// The session of an officer who is signed in, by its identifier.
    Session(String),
}

impl AttemptSource {
    const fn is_known(&self) -> bool {
        !matches!(self, Self::Client(_))
    }

    fn hash(&self) -> String {
        let text = match self {
            Self::Client(place) => ["place/", place.as_deref().unwrap_or_default()].concat(),
            Self::KnownBrowser(token) => ["browser/", token.as_str()].concat(),
            Self::Session(id) => ["session/", id].concat(),
        };
        sha256(text.as_bytes())
    }
}

fn account_hash(guessed: Guessed, mailbox: &str) -> String {
    sha256([guessed.key(), "/", mailbox].concat().as_bytes())
}

impl Officers {
    /// Stores an attempt, unless it came too soon after earlier attempts.
    ///
    /// Returns `None` if the attempt was stored and may proceed. Otherwise, the caller must reject
    /// the attempt; the result is the time from which another attempt is allowed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn count_attempt(&self, new: &NewAttempt) -> Result<Option<Moment>, StoreError> {
        let account = account_hash(new.guessed, &new.mailbox);
        let (source, is_known) = (new.from.hash(), new.from.is_known());
        let now = new.at.millis();
        let since = now - DAY_MINUTES * 60_000;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_lock(&mut transaction, &format!("account/{account}"), now).await?;
        take_lock(&mut transaction, &format!("source/{source}"), now).await?;
        let of_account: Vec<(i64, String, bool)> = query_as(
            "select tried_at, source_hash, is_known from officer_try where account_hash = $1 and \
             tried_at > $2 and source_hash is not null",
        )
        .bind(&account)
        .bind(since)
        .fetch_all(&mut transaction)
        .await?;
        let mut failed = FailedAttempts::default();
        for (tried_at, from, known) in of_account {
            if from == source {
                failed.own.push(tried_at);
            }
            if !is_known && !known {
                failed.account.push(tried_at);
            }
        }
        if !is_known {
            failed.place = query_scalar(
                "select tried_at from officer_try where source_hash = $1 and tried_at > $2",
            )
            .bind(&source)
            .bind(since)
            .fetch_all(&mut transaction)
            .await?;
        }
        let again = again_at(new.guessed, &failed, now);
        // A rejected attempt is not stored, whatever account it is for.
        if let Some(again) = again {
            transaction.rollback().await?;
            return Ok(Some(Moment::from_millis(again)));
        }
        query(
            "insert into officer_try (id, account_hash, source_hash, is_known, tried_at) values \
             ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(&account)
        .bind(&source)
        .bind(is_known)
        .bind(now)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(None)
    }

    /// Deletes an attempt whose credentials were correct.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget_attempt(&self, id: &str) -> Result<(), StoreError> {
        query("delete from officer_try where id = $1")
            .bind(id)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Deletes the attempts on an account from the source of a successful sign-in.
    ///
    /// Attempts from other sources still count, so an attacker elsewhere gains no further attempts.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget_attempts(
        &self,
        mailbox: &str,
        from: &AttemptSource,
    ) -> Result<(), StoreError> {
        for guessed in [Guessed::Password, Guessed::Code] {
            query("delete from officer_try where account_hash = $1 and source_hash = $2")
                .bind(account_hash(guessed, mailbox))
                .bind(from.hash())
                .execute(&mut self.database.write().await?)
                .await?;
        }
        Ok(())
    }

    /// Deletes expired rows of the tables for sign-in.
    ///
    /// These are expired enrolment links, unfinished sign-ins, searches and unsent forms, attempts,
    /// locks and jobs of the queue older than a day, sessions not used for a day, and browsers that are no longer
    /// known.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn tidy_signing_in(&self, now: Moment) -> Result<(), StoreError> {
        let day_ago = now.plus_hours(-LIMITS_DAYS * 24).millis();
        for (statement, before) in [
            ("delete from officer_try where tried_at < $1", day_ago),
            ("delete from officer_gate where passed_at < $1", day_ago),
            (
                "delete from officer_underway where expires_at < $1",
                now.millis(),
            ),
            ("delete from bulk_job where asked_at < $1", day_ago),
            ("delete from officer_session where used_at < $1", day_ago),
            (
                "delete from officer_browser where used_at < $1",
                super::known_browsers::oldest(now).millis(),
            ),
            (
                "delete from officer_search where expires_at < $1",
                now.millis(),
            ),
            ("delete from desk_form where expires_at < $1", now.millis()),
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
