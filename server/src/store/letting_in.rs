//! How a browser is let in by a link or a code, whichever table it stands in: it is used up, its address is confirmed
//! where it confirms one, and the browser's cookie leads to the draft.

use crate::clock::Moment;
use crate::randomness::TokenHash;

/// What came of a link or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The browser leads to the draft now.
    Open,
    /// The link or the code is not one that works.
    Wrong,
    /// Too many codes were tried.
    TooOften,
}

/// What a browser gets when a way in was right.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The hash of its cookie.
    pub token: TokenHash,
    /// When the cookie ends.
    pub ends: Moment,
    /// When the draft ends if this confirms its address.
    pub draft_ends: Moment,
}

/// A link or a code that was right, with whom it lets in where.
#[derive(sqlx::FromRow)]
pub(super) struct Entrance {
    pub(super) id: String,
    pub(super) draft_id: String,
    pub(super) mailbox: String,
    pub(super) email: String,
    /// The language that the address has of its own once it is confirmed, if any.
    pub(super) language: Option<String>,
    pub(super) confirms: bool,
}

/// Uses a link or a code up by the statement that deletes it, and lets a browser in; `Wrong` where somebody else was
/// quicker.
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

/// Gives a link its secret until a moment, in place of the one before; whether the link is wanted.
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

/// Lets a browser lead to the draft of a link, once, and confirms the address it was sent to. The joins bring the draft.
macro_rules! open_by_link {
    ($store:expr, $table:literal, $joins:literal, $secret:expr, $session:expr, $now:expr) => {
        transaction!($store, |transaction| {
            // An address that was confirmed before keeps the language that it has.
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
