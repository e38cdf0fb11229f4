//! Access links and codes for resuming a draft, and the email addresses confirmed for each draft.

use std::time::Duration;

use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::{ACCESS_CODE_MINUTES, LIMITS_DAYS};
use registration::rate_limit::limited_until;
use registration::resume::{
    DAY_MINUTES, MAX_ACCESS_MESSAGES_FROM_CLIENT, MAX_DRAFTS, MAX_TO_ADDRESS, MAX_TO_ADDRESS_A_DAY,
    MAX_TRIES, WINDOW_MINUTES,
};
use subtle::ConstantTimeEq;

use super::connection::Connection;
use super::desk::people::take_lock;
use super::error::StoreError;
use super::languages::known;
use super::member_sessions::forget_member_sessions;
use super::outbox::{MessageContent, NewMessage, post_with_link};
use super::redeem::{AccessGrant, NewSession, RedeemOutcome, redeem};
use super::statement::{query, query_as, query_scalar};
use super::stores::AccessLinks;
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::randomness::{TokenHash, sha256};
use crate::store::audit::Subject;

/// A request for a message with an access link and code.
#[derive(Debug, Clone)]
pub struct NewAccessRequest {
    /// The identifier of the request, needed again to redeem the code.
    pub id: String,
    /// The address to which the messages go.
    pub email: Email,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// The time of the request.
    pub at: Moment,
    /// The drafts to open.
    ///
    /// A draft that does not exist gets no message, but costs the same work. The response time
    /// therefore does not reveal whether an address is known.
    pub drafts: Vec<RequestedDraft>,
    /// Whether opening a draft also confirms the address.
    pub confirms: AddressConfirmation,
}

/// Whether an access link or code also confirms the email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressConfirmation {
    /// Confirms nothing, because the address was confirmed before.
    Nothing,
    /// Confirms the address; messages to it use the draft's current language.
    Address,
    /// Confirms the address; messages to it use the language of this message, even if the draft has
    /// another language.
    AddressWithLanguage,
}

/// The address for which somebody asked for a link and a code.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AskedAddress {
    /// The address, as typed.
    pub email: String,
    /// Whether the request came from an open draft, so that the message is certainly sent.
    /// Otherwise, the message is sent only if a draft is saved with the address.
    pub confirms: bool,
}

/// A draft to open with an access link or code.
#[derive(Debug, Clone)]
pub struct RequestedDraft {
    /// The identifier of the draft.
    pub draft: String,
    /// The identifier of the access link.
    pub access_link: String,
    /// The identifier of the message.
    pub message: String,
    /// The language of the message.
    pub language: Language,
}

/// The result of a request for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessRequestOutcome {
    /// The request was accepted. Messages are sent only for drafts that exist.
    Posted,
    /// There were too many requests; the next is accepted from this time.
    TooMany(Moment),
}

/// The hashes of an access link and its code, issued when their message is sent.
#[derive(Debug, Clone)]
pub struct AccessSecrets {
    /// The hash of the secret in the link.
    pub link: TokenHash,
    /// The hash of the code.
    pub code: String,
    /// When the link and its code expire.
    pub until: Moment,
}

/// The data for the message with an access link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct IssuedAccessLink {
    /// Whether the link also confirms the address.
    pub confirms: bool,
    /// When the draft expires, in milliseconds since 1970.
    pub draft_ends: i64,
}

const DELETE: &str = "delete from way_in where id = $1";

/// An access link with the hash of its code.
#[derive(sqlx::FromRow)]
struct GrantWithCode {
    #[sqlx(flatten)]
    grant: AccessGrant,
    code_hash: Option<String>,
}

/// Hashes a code together with the identifier of its access link.
#[must_use]
pub fn code_hash(access_link: &str, code: &str) -> String {
    sha256(format!("{access_link}:{code}").as_bytes())
}

/// Returns the latest valid expiry time of an access link, in milliseconds since 1970.
///
/// A later expiry time means that a clock was set back after the link was issued. Such a link would
/// be valid for too long.
pub(super) fn latest_end(now: Moment) -> i64 {
    let works = Duration::from_mins(ACCESS_CODE_MINUTES.into());
    now.plus(works).plus(CLOCKS_DIFFER).millis()
}

fn hashed(text: &str) -> String {
    sha256(text.as_bytes())
}

async fn times(
    connection: &mut Connection<'_>,
    statement: &'static str,
    hash: &str,
    since: i64,
) -> Result<Vec<i64>, StoreError> {
    query_scalar::<i64>(statement)
        .bind(hash)
        .bind(since)
        .fetch_all(connection)
        .await
}

/// Counts a request for a message to an address, and stores it with the identifier `id`. Returns the
/// time from which the next request is accepted, if there were too many; then nothing is stored.
pub(super) async fn count_request(
    connection: &mut Connection<'_>,
    (id, (email, source), confirms): (&str, (&Email, Option<&str>), bool),
    at: Moment,
) -> Result<Option<Moment>, StoreError> {
    let mailbox_hash = hashed(&Email::mailbox(email.as_str()));
    let source_hash = source.map(hashed);
    let now = at.millis();
    let since = now - DAY_MINUTES * 60_000;
    take_lock(connection, &format!("asked-for/{mailbox_hash}"), now).await?;
    if let Some(source) = &source_hash {
        take_lock(connection, &format!("asked-from/{source}"), now).await?;
    }
    let to_address = times(
        connection,
        "select asked_at from way_in_request where mailbox_hash = $1 and asked_at > $2",
        &mailbox_hash,
        since,
    )
    .await?;
    let from_source = match &source_hash {
        Some(source) => {
            times(
                connection,
                "select asked_at from way_in_request where source_hash = $1 and asked_at > $2",
                source,
                since,
            )
            .await?
        }
        None => Vec::new(),
    };
    let again = [
        limited_until(&to_address, MAX_TO_ADDRESS, WINDOW_MINUTES, now),
        limited_until(&to_address, MAX_TO_ADDRESS_A_DAY, DAY_MINUTES, now),
        limited_until(
            &from_source,
            MAX_ACCESS_MESSAGES_FROM_CLIENT,
            WINDOW_MINUTES,
            now,
        ),
    ]
    .into_iter()
    .flatten()
    .max();
    if again.is_none() {
        query(
            "insert into way_in_request (id, mailbox_hash, source_hash, asked_at, email, \
             confirms) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(&mailbox_hash)
        .bind(&source_hash)
        .bind(now)
        .bind(email.as_str())
        .bind(confirms)
        .execute(connection)
        .await?;
    }
    Ok(again.map(Moment::from_millis))
}

impl AccessLinks {
    /// Queues the messages of a request, unless there were too many requests.
    ///
    /// If the request is accepted, earlier links and codes for the same drafts and address are
    /// deleted.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn request_access_links(
        &self,
        request: &NewAccessRequest,
    ) -> Result<AccessRequestOutcome, StoreError> {
        let mailbox = Email::mailbox(request.email.as_str());
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let who = (&request.email, request.source.as_deref());
        let confirms = request.confirms != AddressConfirmation::Nothing;
        let counted =
            count_request(&mut transaction, (&request.id, who, confirms), request.at).await?;
        let outcome = if let Some(again) = counted {
            AccessRequestOutcome::TooMany(again)
        } else {
            for asked in &request.drafts {
                query("delete from way_in where draft_id = $1 and mailbox = $2")
                    .bind(&asked.draft)
                    .bind(&mailbox)
                    .execute(&mut transaction)
                    .await?;
                query(
                    "insert into way_in (id, request_id, draft_id, mailbox, email, confirms, \
                     language) select $1, $2, id, $4, $5, $6, $7 from draft where id = $3",
                )
                .bind(&asked.access_link)
                .bind(&request.id)
                .bind(&asked.draft)
                .bind(&mailbox)
                .bind(request.email.as_str())
                .bind(request.confirms != AddressConfirmation::Nothing)
                .bind(
                    (request.confirms == AddressConfirmation::AddressWithLanguage)
                        .then_some(asked.language.code()),
                )
                .execute(&mut transaction)
                .await?;
                let message = NewMessage {
                    id: asked.message.clone(),
                    subject: Subject::Draft(asked.draft.clone()),
                    recipient: request.email.clone(),
                    language: asked.language,
                    message: MessageContent::AccessLink {
                        id: asked.access_link.clone(),
                    },
                    at: request.at,
                };
                // If the draft does not exist, no access link was inserted, so no message is
                // queued.
                post_with_link(&mut transaction, &message, &asked.access_link).await?;
            }
            AccessRequestOutcome::Posted
        };
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(outcome)
    }

    /// Returns the address of a request, as it was typed; `None` if the request is unknown.
    ///
    /// The answer does not depend on whether a draft is saved with the address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn asked_address(&self, request: &str) -> Result<Option<AskedAddress>, StoreError> {
        query_as("select email, confirms from way_in_request where id = $1 and email <> ''")
            .bind(request)
            .fetch_optional(&mut self.database.read().await?)
            .await
    }

    /// Stores the hashes of a new link and code, which replace the earlier link and code.
    ///
    /// Returns `None` if the access link no longer exists or its draft has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn issue_access_link(
        &self,
        id: &str,
        secrets: &AccessSecrets,
        now: Moment,
    ) -> Result<Option<IssuedAccessLink>, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query("update way_in set secret_hash = $2, code_hash = $3, expires_at = $4 where id = $1")
            .bind(id)
            .bind(secrets.link.as_str())
            .bind(&secrets.code)
            .bind(secrets.until.millis())
            .execute(&mut transaction)
            .await?;
        let issued = query_as(
            "select way_in.confirms, draft.expires_at as draft_ends from way_in join draft on \
             draft.id = way_in.draft_id where way_in.id = $1 and draft.expires_at > $2",
        )
        .bind(id)
        .bind(now.millis())
        .fetch_optional(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(issued)
    }

    /// Redeems an access link and opens its draft.
    ///
    /// A link works once: it is deleted together with its code. Returns `Invalid` if there is no
    /// such link, or if it has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<RedeemOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let found: Option<AccessGrant> = query_as(
            "select id, draft_id, mailbox, email, language, confirms from way_in where \
             secret_hash = $1 and expires_at > $2 and expires_at <= $3",
        )
        .bind(secret.as_str())
        .bind(now.millis())
        .bind(latest_end(now))
        .fetch_optional(&mut transaction)
        .await?;
        let outcome = match &found {
            Some(grant) => redeem(&mut transaction, DELETE, grant, session, now).await?,
            None => RedeemOutcome::Invalid,
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Redeems a code that was sent for a request and opens the draft of the code.
    ///
    /// A code works once: it is deleted together with its link. Returns `Invalid` if the code is
    /// wrong or has expired.
    ///
    /// The attempt is counted before the code is checked. Returns `TooManyAttempts` if `MAX_TRIES`
    /// codes were tried for the request before, or if there is no such request.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_code(
        &self,
        request: &str,
        code: &str,
        session: &NewSession,
        now: Moment,
    ) -> Result<RedeemOutcome, StoreError> {
        let counted =
            query("update way_in_request set tries = tries + 1 where id = $1 and tries < $2")
                .bind(request)
                .bind(MAX_TRIES)
                .execute(&mut self.database.write().await?)
                .await?;
        if counted == 0 {
            return Ok(RedeemOutcome::TooManyAttempts);
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let found: Vec<GrantWithCode> = query_as(
            "select id, draft_id, mailbox, email, language, confirms, code_hash from way_in where \
             request_id = $1 and expires_at > $2 and expires_at <= $3",
        )
        .bind(request)
        .bind(now.millis())
        .bind(latest_end(now))
        .fetch_all(&mut transaction)
        .await?;
        let right = found.iter().find(|grant| {
            let typed = code_hash(&grant.grant.id, code);
            let kept = grant.code_hash.as_deref().unwrap_or_default();
            typed.as_bytes().ct_eq(kept.as_bytes()).into()
        });
        let outcome = match right {
            Some(grant) => redeem(&mut transaction, DELETE, &grant.grant, session, now).await?,
            None => RedeemOutcome::Invalid,
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Returns the unexpired drafts for which an address is confirmed, newest first.
    ///
    /// At most `MAX_DRAFTS` are returned: the identifier of each draft, and the language of the
    /// draft's messages to this address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn drafts_of_address(
        &self,
        email: &Email,
        now: Moment,
    ) -> Result<Vec<(String, Language)>, StoreError> {
        let rows: Vec<(String, String)> = query_as(
            "select draft.id, coalesce(draft_address.language, draft.language) from draft_address \
             join draft on draft.id = draft_address.draft_id where draft_address.mailbox = $1 and \
             draft.expires_at > $2 order by draft.created_at desc, draft.id limit $3",
        )
        .bind(Email::mailbox(email.as_str()))
        .bind(now.millis())
        .bind(MAX_DRAFTS)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(draft, code)| (draft, known(&code)))
            .collect())
    }

    /// Returns the addresses that were confirmed for a draft, earliest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn addresses_of_draft(&self, draft: &str) -> Result<Vec<String>, StoreError> {
        query_scalar(
            "select email from draft_address where draft_id = $1 order by confirmed_at, mailbox",
        )
        .bind(draft)
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns whether a session belongs to an owner of the draft.
    ///
    /// Owners started the draft or resumed it through the address that was confirmed first. People
    /// who resumed it through another address only share it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn owns(&self, draft: &str, token: &TokenHash) -> Result<bool, StoreError> {
        let first: Option<(Option<String>, Option<String>)> = query_as(
            "select mailbox, (select mailbox from draft_address where draft_id = $1 order by \
             confirmed_at, mailbox limit 1) from session where token_hash = $2 and draft_id = $1",
        )
        .bind(draft)
        .bind(token.as_str())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(first.is_some_and(|(own, first)| own.is_none() || first.is_none() || own == first))
    }

    /// Deletes a draft with its users, sessions, messages and other rows.
    ///
    /// Returns `false` and changes nothing if there is no such draft, or if it was ever submitted.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_draft(&self, draft: &str) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let deleted =
            query("delete from draft where id = $1 and submitted_at is null and not was_sent")
                .bind(draft)
                .execute(&mut transaction)
                .await?;
        if deleted == 1 {
            query("delete from outbox where subject = $1")
                .bind(Subject::Draft(draft.to_owned()).to_string())
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(deleted == 1)
    }

    /// Deletes access requests that are more than a day old, and sessions of members that have ended;
    /// returns how many requests.
    ///
    /// The rate limits no longer count these requests.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget_requests(&self, now: Moment) -> Result<u64, StoreError> {
        let before = now.plus_hours(-LIMITS_DAYS * 24).millis();
        forget_member_sessions(&mut self.database.write().await?, now).await?;
        query("delete from way_in_request where asked_at < $1")
            .bind(before)
            .execute(&mut self.database.write().await?)
            .await
    }
}
