//! Redeems access links and codes, whichever table they are in.
//!
//! Redeeming one deletes it, confirms its address if it confirms one, and begins a session that
//! leads to the draft.

use crate::clock::Moment;
use crate::randomness::TokenHash;

/// The result of trying a link or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It was valid; the session leads to the draft.
    Open,
    /// It is not valid.
    Wrong,
    /// Too many codes were tried.
    TooOften,
}

/// The session that a valid link or code begins.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The hash of the session cookie.
    pub token: TokenHash,
    /// When the session expires.
    pub ends: Moment,
    /// When the draft expires, if this confirms an address for it.
    pub draft_ends: Moment,
}

/// A valid link or code: whom it admits, and to which draft.
#[derive(sqlx::FromRow)]
pub(super) struct Entrance {
    pub(super) id: String,
    pub(super) draft_id: String,
    pub(super) mailbox: String,
    pub(super) email: String,
    /// The language to store for the address when it is confirmed, if it has one of its own.
    pub(super) language: Option<String>,
    pub(super) confirms: bool,
}

/// Redeems a link or a code and begins the session.
///
/// `$delete` is the statement that deletes it. The result is `Wrong` if another request redeemed it
/// first.
macro_rules! let_in {
    ($transaction:expr, $delete:expr, $entrance:expr, $session:expr, $now:expr) => {{
        let entrance: &crate::store::letting_in::Entrance = $entrance;
        let session: &crate::store::letting_in::NewSession = $session;
        let used = sqlx::query($delete)
            .bind(&entrance.id)
            .execute(&mut *$transaction)
            .await?
            .rows_affected();
        if used == 1 {
            if entrance.confirms {
                sqlx::query(
                    "insert into draft_address (draft_id, mailbox, email, confirmed_at, language) \
                     values ($1, $2, $3, $4, $5) on conflict (draft_id, mailbox) \
                     do update set language = excluded.language",
                )
                .bind(&entrance.draft_id)
                .bind(&entrance.mailbox)
                .bind(&entrance.email)
                .bind($now.millis())
                .bind(&entrance.language)
                .execute(&mut *$transaction)
                .await?;
                sqlx::query(
                    "update draft set expires_at = $2, reminded_at = null \
                     where id = $1 and submitted_at is null and expires_at < $2",
                )
                .bind(&entrance.draft_id)
                .bind(session.draft_ends.millis())
                .execute(&mut *$transaction)
                .await?;
            }
            sqlx::query(
                "insert into session (token_hash, draft_id, expires_at, mailbox) \
                 values ($1, $2, $3, $4)",
            )
            .bind(session.token.as_str())
            .bind(&entrance.draft_id)
            .bind(session.ends.millis())
            .bind(&entrance.mailbox)
            .execute(&mut *$transaction)
            .await?;
            crate::store::letting_in::Opened::Open
        } else {
            crate::store::letting_in::Opened::Wrong
        }
    }};
}

/// Issues the secret of a link, which replaces an earlier one; returns `false` if the link no
/// longer exists.
macro_rules! arm_link {
    ($store:expr, $table:literal, $id:expr, $secret:expr, $until:expr) => {
        transaction!($store, |transaction| {
            sqlx::query(concat!(
                "update ",
                $table,
                " set secret_hash = $2, expires_at = $3 where id = $1"
            ))
            .bind($id)
            .bind($secret.as_str())
            .bind($until.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected()
        }) == 1
    };
}

/// Redeems a link from `$table`, once, and confirms the address to which it was sent.
///
/// `$joins` joins the link to its draft.
macro_rules! open_by_link {
    ($store:expr, $table:literal, $joins:literal, $secret:expr, $session:expr, $now:expr) => {
        transaction!($store, |transaction| {
            // An address that was confirmed before keeps its language.
            let found: Option<crate::store::letting_in::Entrance> = sqlx::query_as(concat!(
                "select link.id, draft.id as draft_id, link.mailbox, link.email, \
                 draft_address.language, true as confirms from ",
                $table,
                " as link ",
                $joins,
                " left join draft_address on draft_address.draft_id = draft.id \
                 and draft_address.mailbox = link.mailbox \
                 where link.secret_hash = $1 and link.expires_at > $2 and draft.expires_at > $2",
            ))
            .bind($secret.as_str())
            .bind($now.millis())
            .fetch_optional(&mut *transaction)
            .await?;
            match &found {
                Some(entrance) => crate::store::letting_in::let_in!(
                    transaction,
                    concat!("delete from ", $table, " where id = $1"),
                    entrance,
                    $session,
                    $now
                ),
                None => crate::store::letting_in::Opened::Wrong,
            }
        })
    };
}

pub(super) use {arm_link, let_in, open_by_link};
