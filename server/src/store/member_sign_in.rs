//! How the people who manage an organisation sign in: a link and a code to their own address, and a
//! session. A session says whose it is; what the person may do is looked up for each request, so it
//! ends at once when somebody is no longer an administrator or the accountable person.

use std::time::Duration;

use registration::desk::audit::Action;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::{MEMBER_IDLE_MINUTES, MEMBER_SESSION_HOURS};
use registration::membership::MemberId;
use registration::resume::MAX_TRIES;
use subtle::ConstantTimeEq;

use super::access_links::{
    AccessRequestOutcome, AccessSecrets, code_hash, count_request, latest_end,
};
use super::audit::{Actor, NewEntry, Subject, append_next};
use super::connection::Connection;
use super::error::StoreError;
use super::outbox::{MessageContent, NewMessage, post};
use super::redeem::RedeemOutcome;
use super::statement::{query, query_as, query_scalar};
use super::stores::AccessLinks;
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::randomness::TokenHash;

/// How long a session is used before its row says so again.
const NOTE_USE_AFTER: Duration = Duration::from_mins(1);

/// A request for a message with which somebody signs in to manage an organisation.
#[derive(Debug, Clone)]
pub struct NewMemberSignIn {
    /// The identifier of the request, needed again with the code.
    pub id: String,
    /// The address that was typed.
    pub email: Email,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// When it was requested.
    pub at: Moment,
    /// The identifier of the link and the code.
    pub link: String,
    /// The identifier of the message.
    pub message: String,
    /// An organisation that the person manages; `None` if there is none, and so no message.
    pub organisation: Option<String>,
}

/// The session of somebody who manages an organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberSession {
    /// The mailbox of the person.
    pub mailbox: String,
    /// The organisation that the person has chosen.
    pub organisation_id: Option<String>,
    used_at: i64,
}

#[derive(sqlx::FromRow)]
struct Grant {
    id: String,
    mailbox: String,
    code_hash: Option<String>,
}

impl AccessLinks {
    /// Queues the message with which somebody signs in, unless there were too many requests. The
    /// limits are those of saved drafts, and count together with them.
    ///
    /// An unknown address gets no message, but the same answer for the same work.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn request_member_sign_in(
        &self,
        request: &NewMemberSignIn,
    ) -> Result<AccessRequestOutcome, StoreError> {
        let mailbox = Email::mailbox(request.email.as_str());
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let who = (&request.email, request.source.as_deref());
        if let Some(again) =
            count_request(&mut transaction, (&request.id, who, false), request.at).await?
        {
            transaction.commit().await?;
            return Ok(AccessRequestOutcome::TooMany(again));
        }
        query("delete from member_way_in where mailbox = $1")
            .bind(&mailbox)
            .execute(&mut transaction)
            .await?;
        query("insert into member_way_in (id, request_id, mailbox) values ($1, $2, $3)")
            .bind(&request.link)
            .bind(&request.id)
            .bind(&mailbox)
            .execute(&mut transaction)
            .await?;
        if let Some(organisation) = &request.organisation {
            let message = NewMessage {
                id: request.message.clone(),
                subject: Subject::Organisation(organisation.clone()),
                recipient: request.email.clone(),
                language: Language::default(),
                message: MessageContent::MemberSignIn {
                    id: request.link.clone(),
                },
                at: request.at,
            };
            post(&mut transaction, &message).await?;
        }
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(AccessRequestOutcome::Posted)
    }

    /// Stores the hashes of a new link and code. Returns `false` if they are no longer needed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn issue_member_sign_in(
        &self,
        id: &str,
        secrets: &AccessSecrets,
    ) -> Result<bool, StoreError> {
        let issued = query(
            "update member_way_in set secret_hash = $2, code_hash = $3, expires_at = $4 where id = \
             $1",
        )
        .bind(id)
        .bind(secrets.link.as_str())
        .bind(&secrets.code)
        .bind(secrets.until.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(issued == 1)
    }

    /// Redeems a link and starts a session. A link works once, and its code stops working.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_member_link(
        &self,
        secret: &TokenHash,
        session: &TokenHash,
        now: Moment,
    ) -> Result<RedeemOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let found: Option<Grant> = query_as(
            "select id, mailbox, code_hash from member_way_in where secret_hash = $1 and \
             expires_at > $2 and expires_at <= $3",
        )
        .bind(secret.as_str())
        .bind(now.millis())
        .bind(latest_end(now))
        .fetch_optional(&mut transaction)
        .await?;
        let outcome = begin_session(&mut transaction, found.as_ref(), session, now).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Redeems a code that was sent for a request and starts a session. A code works once. The
    /// attempt is counted before the code is checked.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_member_code(
        &self,
        request: &str,
        code: &str,
        session: &TokenHash,
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
        let found: Vec<Grant> = query_as(
            "select id, mailbox, code_hash from member_way_in where request_id = $1 and \
             expires_at > $2 and expires_at <= $3",
        )
        .bind(request)
        .bind(now.millis())
        .bind(latest_end(now))
        .fetch_all(&mut transaction)
        .await?;
        let right = found.iter().find(|grant| {
            let typed = code_hash(&grant.id, code);
            let kept = grant.code_hash.as_deref().unwrap_or_default();
            typed.as_bytes().ct_eq(kept.as_bytes()).into()
        });
        let outcome = begin_session(&mut transaction, right, session, now).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Returns a session that is in use: it began less than `MEMBER_SESSION_HOURS` ago and was used
    /// less than `MEMBER_IDLE_MINUTES` ago. Notes the use.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn member_session(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<MemberSession>, StoreError> {
        let idle = now.millis() - i64::from(MEMBER_IDLE_MINUTES) * 60_000;
        let session: Option<MemberSession> = query_as(
            "select mailbox, organisation_id, used_at from member_session where token_hash = $1 \
             and ends_at > $2 and used_at > $3 and began_at <= $4",
        )
        .bind(token.as_str())
        .bind(now.millis())
        .bind(idle)
        .bind(now.plus(CLOCKS_DIFFER).millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        if let Some(session) = &session
            && Moment::from_millis(session.used_at).plus(NOTE_USE_AFTER) <= now
        {
            query("update member_session set used_at = $2 where token_hash = $1 and used_at < $2")
                .bind(token.as_str())
                .bind(now.millis())
                .execute(&mut self.database.write().await?)
                .await?;
        }
        Ok(session)
    }

    /// Stores which organisation a session is about, with an audit row that the member signed in.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn choose_organisation(
        &self,
        token: &TokenHash,
        (organisation, member): (&str, &MemberId),
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // The chain of the organisation has one writer at a time.
        query("update organisation set steps = steps where id = $1")
            .bind(organisation)
            .execute(&mut transaction)
            .await?;
        let chosen = query("update member_session set organisation_id = $2 where token_hash = $1")
            .bind(token.as_str())
            .bind(organisation)
            .execute(&mut transaction)
            .await?;
        if chosen == 1 {
            let entry = NewEntry {
                subject: Subject::Organisation(organisation.to_owned()),
                at: now,
                actor: Actor::Member(member.clone()),
                action: Action::SignedIn,
                details: "{}".to_owned(),
            };
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_member_session(&self, token: &TokenHash) -> Result<(), StoreError> {
        query("delete from member_session where token_hash = $1")
            .bind(token.as_str())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Returns the address to which the code of a request was sent, as it was typed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn member_sign_in_address(
        &self,
        request: &str,
    ) -> Result<Option<String>, StoreError> {
        query_scalar("select email from way_in_request where id = $1 and email <> ''")
            .bind(request)
            .fetch_optional(&mut self.database.read().await?)
            .await
    }
}

/// Deletes the link with its code and starts a session, if the link or the code was right and no
/// other request has used it.
async fn begin_session(
    connection: &mut Connection<'_>,
    grant: Option<&Grant>,
    session: &TokenHash,
    now: Moment,
) -> Result<RedeemOutcome, StoreError> {
    let Some(grant) = grant else {
        return Ok(RedeemOutcome::Invalid);
    };
    let used = query("delete from member_way_in where id = $1")
        .bind(&grant.id)
        .execute(connection)
        .await?;
    if used == 0 {
        return Ok(RedeemOutcome::Invalid);
    }
    query(
        "insert into member_session (token_hash, mailbox, began_at, used_at, ends_at) values ($1, \
         $2, $3, $3, $4)",
    )
    .bind(session.as_str())
    .bind(&grant.mailbox)
    .bind(now.millis())
    .bind(now.plus_hours(MEMBER_SESSION_HOURS).millis())
    .execute(connection)
    .await?;
    Ok(RedeemOutcome::Redeemed)
}
