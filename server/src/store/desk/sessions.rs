//! Sessions of officers. A session is a browser in which an officer is signed in, until the officer
//! signs out or the session expires.

use std::time::Duration;

use registration::desk::audit::Action;
use registration::lifetimes::{CONFIRMATION_MINUTES, DESK_IDLE_MINUTES, DESK_SESSION_HOURS};
use serde_json::json;

use super::officers::{Officer, Row};
use super::people::{lock_officer, officer_entry};
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::randomness::TokenHash;
use crate::store::audit::append_next;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// The shortest time between two updates of a session's last use, in seconds.
pub(super) const USE_RECORDED_EVERY: i64 = 60;

/// A session: a browser in which an officer is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerSession {
    /// The identifier of the session on pages; unlike the cookie, it gives no access.
    pub id: String,
    /// When the officer signed in.
    pub begun_at: Moment,
    /// When the session was last used, accurate to a minute.
    pub used_at: Moment,
    /// When the officer confirmed their identity for a change; `None` if the officer has not, or
    /// once the change is made.
    pub confirmed_at: Option<Moment>,
}

/// A session to be stored.
#[derive(Debug, Clone)]
pub struct NewOfficerSession {
    /// The hash of the session cookie.
    pub token: TokenHash,
    /// A new identifier for the session.
    pub id: String,
    /// The officer who signs in.
    pub officer: OfficerId,
    /// When the officer signs in.
    pub at: Moment,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// The browser's user agent.
    pub browser: String,
}

/// A session in the list on an officer's account page.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedOfficerSession {
    /// The identifier of the session on pages; unlike the cookie, it gives no access.
    pub id: String,
    /// When the officer signed in, in milliseconds since 1970.
    pub begun_at: i64,
    /// When the session was last used, in milliseconds since 1970, accurate to a minute.
    pub used_at: i64,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// The browser's user agent.
    pub browser: String,
}

/// A selection of an officer's sessions, to end them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedSessions<'id> {
    /// The session with this identifier.
    One(&'id str),
    /// All sessions except the one with this identifier.
    AllBut(&'id str),
}

pub(super) async fn insert_session(
    connection: &mut Connection<'_>,
    new: &NewOfficerSession,
) -> Result<(), StoreError> {
    query(
        "insert into officer_session (token_hash, id, officer_id, begun_at, used_at, source, \
         browser) values ($1, $2, $3, $4, $4, $5, $6)",
    )
    .bind(new.token.as_str())
    .bind(&new.id)
    .bind(new.officer.as_str())
    .bind(new.at.millis())
    .bind(&new.source)
    .bind(&new.browser)
    .execute(connection)
    .await?;
    Ok(())
}

/// Records the use of an officer's session.
///
/// This also extends the sessions in which the officer works on behalf of organisations.
pub(super) async fn note_use(
    connection: &mut Connection<'_>,
    session: &str,
    now: Moment,
) -> Result<(), StoreError> {
    query("update officer_session set used_at = $2 where id = $1")
        .bind(session)
        .bind(now.millis())
        .execute(connection)
        .await?;
    expire_work_sessions(connection, session).await
}

/// Sets the expiry of sessions in which an officer works on behalf of organisations.
///
/// These sessions expire with the officer's own session, whose identifier is `session`. Nothing
/// changes if that session does not exist.
pub(super) async fn expire_work_sessions(
    connection: &mut Connection<'_>,
    session: &str,
) -> Result<(), StoreError> {
    let times: Option<(i64, i64)> =
        query_as("select begun_at, used_at from officer_session where id = $1")
            .bind(session)
            .fetch_optional(connection)
            .await?;
    let Some((begun_at, used_at)) = times else {
        return Ok(());
    };
    let session_of_officer = OfficerSession {
        id: session.to_owned(),
        begun_at: Moment::from_millis(begun_at),
        used_at: Moment::from_millis(used_at),
        confirmed_at: None,
    };
    query("update session set expires_at = $2 where officer_session = $1")
        .bind(session)
        .bind(session_of_officer.idle_end().millis())
        .execute(connection)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SignedInRow {
    session: String,
    begun_at: i64,
    used_at: i64,
    confirmed_at: Option<i64>,
    #[sqlx(flatten)]
    officer: Row,
}

fn confirmed_since(now: Moment) -> Moment {
    Moment::from_millis(now.millis() - CONFIRMATION_MINUTES * 60_000)
}

impl OfficerSession {
    /// Returns when the session expires if it is not used again.
    #[must_use]
    pub fn idle_end(&self) -> Moment {
        let idle = self.used_at.plus(Duration::from_mins(DESK_IDLE_MINUTES));
        idle.min(self.last_end())
    }

    /// Returns whether the officer has confirmed their identity for a change that is not yet made.
    ///
    /// A confirmation is valid for `CONFIRMATION_MINUTES`.
    #[must_use]
    pub fn is_confirmed(&self, now: Moment) -> bool {
        self.confirmed_at
            .is_some_and(|at| at > confirmed_since(now) && at <= now)
    }

    /// Returns when the session expires even if it is in use.
    #[must_use]
    pub fn last_end(&self) -> Moment {
        self.begun_at.plus_hours(DESK_SESSION_HOURS)
    }
}

impl Officers {
    /// Starts a session without an audit entry.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_officer_session(&self, new: &NewOfficerSession) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        insert_session(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Starts a session for an officer who has proved their identity.
    ///
    /// `by` is the method of sign-in for the audit entry. Returns `false` if the officer has no
    /// access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn sign_officer_in(
        &self,
        new: &NewOfficerSession,
        by: &str,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let there = lock_officer(&mut transaction, &new.officer).await?;
        if there {
            insert_session(&mut transaction, new).await?;
            let actor = new.officer.actor();
            let details = json!({ "by": by, "from": new.source });
            append_next(
                &mut transaction,
                officer_entry(&new.officer, new.at, &actor, Action::SignedIn, &details),
            )
            .await?;
        }
        let done = there;
        transaction.commit().await?;
        Ok(done)
    }

    /// Returns the officer and the session of a cookie, and records the use of the session.
    ///
    /// A use is recorded at most once in `USE_RECORDED_EVERY` seconds. Returns `None` if the cookie
    /// has no session, the session has expired or the officer has no access.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn signed_in(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<(Officer, OfficerSession)>, StoreError> {
        let row: Option<SignedInRow> = query_as(
            "select officer_session.id as session, begun_at, used_at, confirmed_at, officer.id, name, email, \
             role, has_shortcuts, ended_at from officer_session join officer on officer.id = officer_id where \
             token_hash = $1 and ended_at is null",
        )
        .bind(token.as_str())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let mut session = OfficerSession {
            id: row.session,
            begun_at: Moment::from_millis(row.begun_at),
            used_at: Moment::from_millis(row.used_at),
            confirmed_at: row.confirmed_at.map(Moment::from_millis),
        };
        if session.idle_end() <= now {
            return Ok(None);
        }
        // A use in the future was recorded while the clock was wrong.
        let since_use = now.millis() - row.used_at;
        if since_use >= USE_RECORDED_EVERY * 1_000 || row.used_at > now.plus(CLOCKS_DIFFER).millis()
        {
            note_use(&mut self.database.write().await?, &session.id, now).await?;
            session.used_at = now;
        }
        Ok(Some((row.officer.try_into()?, session)))
    }

    /// Records that the officer of a session has confirmed their identity.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn confirm_session(&self, id: &str, at: Moment) -> Result<(), StoreError> {
        query("update officer_session set confirmed_at = $2 where id = $1")
            .bind(id)
            .bind(at.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Uses up the confirmation of a session; returns whether there was a valid confirmation.
    ///
    /// If two requests use the same confirmation at once, only one of them gets `true`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn use_confirmation(&self, id: &str, now: Moment) -> Result<bool, StoreError> {
        let used = query(
            "update officer_session set confirmed_at = null where id = $1 and confirmed_at > $2 \
             and confirmed_at <= $3",
        )
        .bind(id)
        .bind(confirmed_since(now).millis())
        .bind(now.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(used == 1)
    }

    /// Ends the session with this cookie.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_officer_session(&self, token: &TokenHash) -> Result<(), StoreError> {
        query("delete from officer_session where token_hash = $1")
            .bind(token.as_str())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Returns the sessions of an officer that have not expired, most recently used first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_sessions(
        &self,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<Vec<ListedOfficerSession>, StoreError> {
        let mut rows: Vec<ListedOfficerSession> = query_as(
            "select id, begun_at, used_at, source, browser from officer_session where officer_id \
             = $1 order by used_at desc, id",
        )
        .bind(officer.as_str())
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.retain(|row| {
            let session = OfficerSession {
                id: String::new(),
                begun_at: Moment::from_millis(row.begun_at),
                used_at: Moment::from_millis(row.used_at),
                confirmed_at: None,
            };
            session.idle_end() > now
        });
        Ok(rows)
    }

    /// Ends one session of an officer, or all but one; returns the number of ended sessions.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
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
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let there = lock_officer(&mut transaction, officer).await?;
        let ended = query(statement)
            .bind(officer.as_str())
            .bind(id)
            .execute(&mut transaction)
            .await?;
        if there && ended > 0 {
            let actor = officer.actor();
            let details = json!({ "sessions": ended });
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::SignedOut, &details),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(ended)
    }
}
