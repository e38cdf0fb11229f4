//! Redeems links and codes that open a draft; each kind of link has its own table.
//!
//! Redeeming a link or code deletes it, confirms its email address if required, and starts a
//! session that gives access to the draft.

use sqlx::SqlSafeStr;

use super::connection::Connection;
use super::database::Database;
use super::error::StoreError;
use super::last_end::last_end;
use super::statement::{joined, query, query_as};
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// The result of redeeming a link or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedeemOutcome {
    /// The link or code was valid; the session gives access to the draft.
    Redeemed,
    /// The link or code is not valid.
    Invalid,
    /// Too many codes were tried for the request, or there is no such request.
    TooManyAttempts,
}

/// A session to be stored; it gives access to a draft.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The hash of the session cookie.
    pub token: TokenHash,
    /// When the session expires.
    pub ends: Moment,
    /// The new expiry time of the draft; used only if the draft is new or an address is confirmed
    /// for the draft.
    pub draft_ends: Moment,
}

/// A valid link or code: the address that it was sent to, and the draft that it opens.
#[derive(sqlx::FromRow)]
pub(super) struct AccessGrant {
    pub(super) id: String,
    pub(super) draft_id: String,
    pub(super) mailbox: String,
    pub(super) email: String,
    /// The language to store when the address is confirmed; `None` to use the draft's language.
    pub(super) language: Option<String>,
    pub(super) confirms: bool,
}

/// The tables of links that are redeemed in the same way.
#[derive(Debug, Clone, Copy)]
pub(super) enum LinkTable {
    /// Links to the progress of a registration.
    Registration,
    /// Links to forms to sign.
    Signing,
}

impl LinkTable {
    const fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration_link",
            Self::Signing => "signing_link",
        }
    }

    /// Returns the SQL that joins a link to its draft.
    const fn joins(self) -> &'static str {
        match self {
            Self::Registration => {
                "join registration on registration.id = link.registration_id \
                 join draft on draft.id = registration.draft_id"
            }
            Self::Signing => "join draft on draft.id = link.draft_id",
        }
    }
}

/// Redeems a link or a code and starts the session.
///
/// `delete` is the statement that deletes the link or code. Returns `Invalid` if another request
/// redeemed the link or code first.
pub(super) async fn redeem(
    connection: &mut Connection<'_>,
    delete: impl SqlSafeStr,
    grant: &AccessGrant,
    session: &NewSession,
    now: Moment,
) -> Result<RedeemOutcome, StoreError> {
    let used = query(delete).bind(&grant.id).execute(connection).await?;
    Ok(if used == 1 {
        if grant.confirms {
            query(
                "insert into draft_address (draft_id, mailbox, email, confirmed_at, language) \
                 values ($1, $2, $3, $4, $5) on conflict (draft_id, mailbox) do update set \
                 language = excluded.language",
            )
            .bind(&grant.draft_id)
            .bind(&grant.mailbox)
            .bind(&grant.email)
            .bind(now.millis())
            .bind(&grant.language)
            .execute(connection)
            .await?;
            query(
                "update draft set expires_at = $2, reminded_at = null where id = $1 and \
                 submitted_at is null and expires_at < $2",
            )
            .bind(&grant.draft_id)
            .bind(session.draft_ends.millis())
            .execute(connection)
            .await?;
        }
        query(
            "insert into session (token_hash, draft_id, expires_at, mailbox, last_end) values \
             ($1, $2, $3, $4, $5)",
        )
        .bind(session.token.as_str())
        .bind(&grant.draft_id)
        .bind(session.ends.millis())
        .bind(&grant.mailbox)
        .bind(last_end(now).millis())
        .execute(connection)
        .await?;
        RedeemOutcome::Redeemed
    } else {
        RedeemOutcome::Invalid
    })
}

/// Stores the hash of a new secret for a link; the link's earlier secret stops working.
///
/// Returns `false` if the link no longer exists.
pub(super) async fn issue_link(
    connection: &mut Connection<'_>,
    table: LinkTable,
    id: &str,
    secret: &TokenHash,
    until: Moment,
) -> Result<bool, StoreError> {
    let end = " set secret_hash = $2, expires_at = $3 where id = $1";
    let issued = query(joined(&["update ", table.name(), end]))
        .bind(id)
        .bind(secret.as_str())
        .bind(until.millis())
        .execute(connection)
        .await?;
    Ok(issued == 1)
}

/// Redeems a link and confirms the address to which it was sent. A link works once. Returns
/// `Invalid` if there is no such link, or if the link or its draft has expired.
pub(super) async fn redeem_link(
    database: &Database,
    table: LinkTable,
    secret: &TokenHash,
    session: &NewSession,
    now: Moment,
) -> Result<RedeemOutcome, StoreError> {
    let mut connection = database.write().await?;
    let mut transaction = connection.begin().await?;
    // The language of an address that was confirmed before does not change.
    let found: Option<AccessGrant> = query_as(joined(&[
        "select link.id, draft.id as draft_id, link.mailbox, link.email, draft_address.language, \
         true as confirms from ",
        table.name(),
        " as link ",
        table.joins(),
        " left join draft_address on draft_address.draft_id = draft.id \
         and draft_address.mailbox = link.mailbox \
         where link.secret_hash = $1 and link.expires_at > $2 and draft.expires_at > $2",
    ]))
    .bind(secret.as_str())
    .bind(now.millis())
    .fetch_optional(&mut transaction)
    .await?;
    let outcome = match &found {
        Some(grant) => {
            let delete = joined(&["delete from ", table.name(), " where id = $1"]);
            redeem(&mut transaction, delete, grant, session, now).await?
        }
        None => RedeemOutcome::Invalid,
    };
    transaction.commit().await?;
    Ok(outcome)
}
