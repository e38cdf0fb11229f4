//! The browsers in which officers are signed in: for how long, and who.

use std::time::Duration;

use serde_json::json;

use super::officers::{Officer, OfficerId, Row};
use super::people::{append_for, lock_officer};
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::db::{Store, StoreError, read, transaction, write};

/// After so many minutes without a request an officer is signed out.
pub const IDLE_MINUTES: u64 = 60;
/// After so many hours an officer signs in again in any case.
pub const SESSION_HOURS: i64 = 12;
/// That a session was used is written down at most once in so many seconds.
const NOTED_EVERY: i64 = 60;

/// A browser in which an officer is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerSession {
    /// By this a page names it; it opens nothing.
    pub id: String,
    /// When the officer signed in.
    pub begun_at: Moment,
    /// When it was last used, to the minute.
    pub used_at: Moment,
}

/// A browser in which an officer signs in.
#[derive(Debug, Clone)]
pub struct NewOfficerSession {
    /// The hash of its cookie.
    pub token: TokenHash,
    /// A new identifier.
    pub id: String,
    /// Who.
    pub officer: OfficerId,
    /// When.
    pub at: Moment,
    /// From where.
    pub source: Option<String>,
    /// What the browser calls itself.
    pub browser: String,
}

/// A browser in which somebody is signed in, as their account page lists it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedOfficerSession {
    /// By this a page names it; it opens nothing.
    pub id: String,
    /// When they signed in, in milliseconds.
    pub begun_at: i64,
    /// When it was last used, in milliseconds, to the minute.
    pub used_at: i64,
    /// From where.
    pub source: Option<String>,
    /// What the browser calls itself.
    pub browser: String,
}

/// Which sessions of somebody are ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedSessions<'id> {
    /// The one of this identifier.
    One(&'id str),
    /// All but that of this identifier.
    AllBut(&'id str),
}

macro_rules! insert_session {
    ($transaction:expr, $new:expr) => {{
        let new: &crate::store::NewOfficerSession = $new;
        sqlx::query(
            "insert into officer_session (token_hash, id, officer_id, begun_at, used_at, source, browser) \
             values ($1, $2, $3, $4, $4, $5, $6)",
        )
        .bind(new.token.as_str())
        .bind(&new.id)
        .bind(new.officer.as_str())
        .bind(new.at.millis())
        .bind(&new.source)
        .bind(&new.browser)
        .execute(&mut *$transaction)
        .await
        .map(drop)
    }};
}

pub(super) use insert_session;

#[derive(sqlx::FromRow)]
struct SignedInRow {
    session: String,
    begun_at: i64,
    used_at: i64,
    #[sqlx(flatten)]
    officer: Row,
}

impl OfficerSession {
    /// When it ends unless it is used before.
    #[must_use]
    pub fn idle_end(&self) -> Moment {
        let idle = self.used_at.plus(Duration::from_mins(IDLE_MINUTES));
        idle.min(self.last_end())
    }

    /// When it ends however much it is used.
    #[must_use]
    pub fn last_end(&self) -> Moment {
        self.begun_at.plus_hours(SESSION_HOURS)
    }
}

impl Store {
    /// Signs an officer in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_officer_session(&self, new: &NewOfficerSession) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            insert_session!(transaction, new)?;
        });
        Ok(())
    }

    /// Signs an officer in who has proved who they are, and writes it to the audit: by what, and from where.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_officer_in(
        &self,
        new: &NewOfficerSession,
        by: &str,
    ) -> Result<bool, StoreError> {
        let done = transaction!(self, |transaction| {
            let there = lock_officer!(transaction, &new.officer)?;
            if there {
                insert_session!(transaction, new)?;
                let actor = new.officer.actor();
                let details = json!({ "by": by, "from": new.source });
                append_for!(
                    transaction,
                    &new.officer,
                    new.at,
                    actor,
                    "signed-in",
                    details
                )?;
            }
            there
        });
        Ok(done)
    }

    /// Who is signed in with a cookie, if anybody is; that they are there is noted.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn signed_in(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<(Officer, OfficerSession)>, StoreError> {
        let row: Option<SignedInRow> = read!(self, |connection| {
            sqlx::query_as(
                "select officer_session.id as session, begun_at, used_at, \
                 officer.id, name, email, role, ended_at \
                 from officer_session join officer on officer.id = officer_id \
                 where token_hash = $1 and ended_at is null",
            )
            .bind(token.as_str())
            .fetch_optional(connection)
            .await
        })?;
        let Some(row) = row else {
            return Ok(None);
        };
        let mut session = OfficerSession {
            id: row.session,
            begun_at: Moment::from_millis(row.begun_at),
            used_at: Moment::from_millis(row.used_at),
        };
        if session.idle_end() <= now {
            return Ok(None);
        }
        if now.millis() - row.used_at >= NOTED_EVERY * 1_000 {
            write!(self, |connection| {
                sqlx::query("update officer_session set used_at = $2 where token_hash = $1")
                    .bind(token.as_str())
                    .bind(now.millis())
                    .execute(connection)
                    .await
                    .map(drop)
            })?;
            session.used_at = now;
        }
        Ok(Some((row.officer.try_into()?, session)))
    }

    /// Signs an officer out in one browser.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_officer_session(&self, token: &TokenHash) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("delete from officer_session where token_hash = $1")
                .bind(token.as_str())
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// The browsers in which somebody is signed in, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn officer_sessions(
        &self,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<Vec<ListedOfficerSession>, StoreError> {
        let mut rows: Vec<ListedOfficerSession> = read!(self, |connection| {
            sqlx::query_as(
                "select id, begun_at, used_at, source, browser from officer_session \
                 where officer_id = $1 order by used_at desc, id",
            )
            .bind(officer.as_str())
            .fetch_all(connection)
            .await
        })?;
        rows.retain(|row| {
            let session = OfficerSession {
                id: String::new(),
                begun_at: Moment::from_millis(row.begun_at),
                used_at: Moment::from_millis(row.used_at),
            };
            session.idle_end() > now
        });
        Ok(rows)
    }

    /// Ends sessions of somebody: the one of this identifier, or all but the one of `except`. Gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_officer_sessions(
        &self,
        officer: &OfficerId,
        which: EndedSessions<'_>,
        at: Moment,
    ) -> Result<u64, StoreError> {
        let (statement, id) = match which {
            EndedSessions::One(id) => (
                "delete from officer_session where officer_id = $1 and id = $2",
                id,
            ),
            EndedSessions::AllBut(id) => (
                "delete from officer_session where officer_id = $1 and id <> $2",
                id,
            ),
        };
        let ended = transaction!(self, |transaction| {
            let there = lock_officer!(transaction, officer)?;
            let ended = sqlx::query(statement)
                .bind(officer.as_str())
                .bind(id)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if there && ended > 0 {
                let actor = officer.actor();
                let details = json!({ "sessions": ended });
                append_for!(transaction, officer, at, actor, "signed-out", details)?;
            }
            ended
        });
        Ok(ended)
    }
}
