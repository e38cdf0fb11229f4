//! Assisted digital: forms that officers fill in on behalf of an organisation.
//!
//! Each form is a draft. Officers work on the draft in sessions that may not sign. At the end, the
//! accountable person gets a link to sign the form.

use registration::channel::Channel;
use registration::desk::audit::Action;
use registration::draft::{Draft, PageAnswers};
use registration::identifiers::Email;
use registration::page::Page;
use sqlx::SqlStr;

use super::sessions::{USE_RECORDED_EVERY, expire_work_sessions, note_use};
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::randomness::TokenHash;
use crate::store::audit::{NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::outbox::{NewMessage, post};
use crate::store::redeem::{LinkTable, NewSession, RedeemOutcome, issue_link, redeem_link};
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Assisted;

/// A session in which an officer works on a draft on behalf of an organisation.
#[derive(Debug, Clone)]
pub struct WorkOnBehalf {
    /// The draft to work on.
    pub draft: String,
    /// The officer who works on the draft.
    pub officer: OfficerId,
    /// The identifier of the officer's own session, which also limits the work session.
    pub officer_session: String,
    /// The new session, which gives access to the draft.
    pub session: NewSession,
    /// When the session starts.
    pub at: Moment,
}

/// The way in which a form came to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormOrigin {
    /// The channel, such as a paper form.
    pub channel: Channel,
    /// The SHA-256 of the file; `None` for a form on paper.
    pub sha256: Option<String>,
}

/// A form that was taken in from a file before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormOfFile {
    /// The identifier of the form's draft.
    pub draft: String,
    /// The name of the officer who took the file in.
    pub by: String,
    /// When the file was taken in.
    pub at: Moment,
    /// Whether the form can still be filled in; `false` once it was submitted or has expired.
    pub is_open: bool,
}

/// A form that an officer fills in and that is not yet submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistedForm {
    /// The identifier of the draft.
    pub draft: String,
    /// The name of the organisation; empty if it is not yet known.
    pub organisation: String,
    /// The channel through which the registration came, such as a paper form.
    pub channel: Channel,
    /// The name of the officer who started the form.
    pub by: String,
    /// When the officer started the form.
    pub at: Moment,
    /// When the draft expires.
    pub ends: Moment,
    /// When the accountable person was last asked to sign, and at which address; `None` if never.
    pub sent_for_signature: Option<(Moment, String)>,
    /// Whether the last message to the accountable person did not arrive.
    pub is_undelivered: bool,
}

/// A request to the accountable person to sign a form.
#[derive(Debug, Clone)]
pub struct SignatureRequest {
    /// The identifier of the draft.
    pub draft: String,
    /// The officer who sends the request.
    pub officer: OfficerId,
    /// The email address of the accountable person.
    pub to: Email,
    /// The identifier of the new signing link.
    pub link: String,
    /// The message that contains the link.
    pub message: NewMessage,
    /// When the request is sent.
    pub at: Moment,
    /// The new expiry time of the draft.
    pub draft_ends: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    title: Option<String>,
    came_by: String,
    taken_in_by: String,
    taken_in_at: i64,
    expires_at: i64,
    sent_to_sign_at: Option<i64>,
    sent_to_sign_to: Option<String>,
    undelivered: i64,
}

fn select_forms(rest: &'static str) -> SqlStr {
    joined(&[
        "select draft.id, draft_page.answers as title, draft.came_by, ",
        "officer.name as taken_in_by, draft.taken_in_at, draft.expires_at, ",
        "draft.sent_to_sign_at, draft.sent_to_sign_to, ",
        "(select count(*) from outbox where subject = 'draft/' || draft.id and kind = 'to-sign' ",
        "and state = 'dead' and created_at >= draft.sent_to_sign_at) as undelivered from draft ",
        "join officer on officer.id = draft.taken_in_by ",
        "left join draft_page on draft_page.draft_id = draft.id ",
        "and draft_page.page = '/organisation/name' ",
        "where draft.taken_in_by is not null and draft.submitted_at is null ",
        "and not draft.was_sent and draft.expires_at > $1 ",
        rest,
    ])
}

/// Inserts the session in which an officer works on a draft.
///
/// The new session expires no later than the officer's own session.
async fn new_work(connection: &mut Connection<'_>, work: &WorkOnBehalf) -> Result<(), StoreError> {
    query(
        "insert into session (token_hash, draft_id, expires_at, officer_id, officer_session) \
         values ($1, $2, $3, $4, $5) on conflict (token_hash) do nothing",
    )
    .bind(work.session.token.as_str())
    .bind(&work.draft)
    .bind(work.session.ends.millis())
    .bind(work.officer.as_str())
    .bind(&work.officer_session)
    .execute(connection)
    .await?;
    expire_work_sessions(connection, &work.officer_session).await
}

impl Assisted {
    /// Starts a draft that an officer fills in on behalf of an organisation, and the officer's
    /// session in it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_form(
        &self,
        work: &WorkOnBehalf,
        origin: &FormOrigin,
    ) -> Result<(), StoreError> {
        let details = serde_json::json!({ "came_by": origin.channel.key() });
        let entry = entry(
            &work.draft,
            &work.officer,
            Action::TakenIn,
            &details,
            work.at,
        );
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query(
            "insert into draft (id, created_at, expires_at, came_by, taken_in_by, taken_in_at, \
             taken_in_sha256) values ($1, $2, $3, $4, $5, $2, $6)",
        )
        .bind(&work.draft)
        .bind(work.at.millis())
        .bind(work.session.draft_ends.millis())
        .bind(origin.channel.key())
        .bind(work.officer.as_str())
        .bind(&origin.sha256)
        .execute(&mut transaction)
        .await?;
        new_work(&mut transaction, work).await?;
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Adds a session in which an officer works on a form that the desk fills in.
    ///
    /// Returns `false` and changes nothing if there is no such form, or if the form was submitted
    /// or has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn work_on_behalf(&self, work: &WorkOnBehalf) -> Result<bool, StoreError> {
        let details = serde_json::json!({});
        let entry = entry(
            &work.draft,
            &work.officer,
            Action::Opened,
            &details,
            work.at,
        );
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let is_open = query(
            "update draft set users = users where id = $1 and taken_in_by is not null and \
             submitted_at is null and not was_sent and expires_at > $2",
        )
        .bind(&work.draft)
        .bind(work.at.millis())
        .execute(&mut transaction)
        .await?
            == 1;
        if is_open {
            new_work(&mut transaction, work).await?;
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(is_open)
    }

    /// Returns the newest form that was taken in from a file with this SHA-256 and was not deleted;
    /// `None` if there is none.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn form_of_file(
        &self,
        sha256: &str,
        now: Moment,
    ) -> Result<Option<FormOfFile>, StoreError> {
        let row: Option<(String, String, i64, bool)> = query_as(
            "select draft.id, officer.name, draft.taken_in_at, draft.submitted_at is null and not \
             draft.was_sent and draft.expires_at > $2 from draft join officer on officer.id = \
             draft.taken_in_by where draft.taken_in_sha256 = $1 order by draft.taken_in_at desc, \
             draft.id limit 1",
        )
        .bind(sha256)
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(row.map(|(draft, by, at, is_open)| FormOfFile {
            draft,
            by,
            at: Moment::from_millis(at),
            is_open,
        }))
    }

    /// Records a use of the desk session of an officer who works on a draft.
    ///
    /// `token` is the hash of the cookie with which the officer works on the draft. Nothing changes
    /// if the cookie belongs to an applicant, or if a use was recorded within the last
    /// `USE_RECORDED_EVERY` seconds.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn extend_work(&self, token: &TokenHash, now: Moment) -> Result<(), StoreError> {
        let noted_before = now.millis() - USE_RECORDED_EVERY * 1_000;
        let to_note: Option<String> = query_scalar(
            "select officer_session.id from session join officer_session on officer_session.id = \
             session.officer_session where session.token_hash = $1 and (used_at <= $2 or used_at > \
             $3)",
        )
        .bind(token.as_str())
        .bind(noted_before)
        .bind(now.plus(CLOCKS_DIFFER).millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        match to_note {
            Some(session) => note_use(&mut self.database.write().await?, &session, now).await,
            None => Ok(()),
        }
    }

    /// Returns the forms that the desk fills in, newest first, at most `most`.
    ///
    /// Submitted and expired forms are left out.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forms(&self, most: i64, now: Moment) -> Result<Vec<AssistedForm>, StoreError> {
        let rows: Vec<Row> = query_as(select_forms(
            "order by draft.taken_in_at desc, draft.id limit $2",
        ))
        .bind(now.millis())
        .bind(most)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(AssistedForm::try_from).collect()
    }

    /// Returns a form that the desk fills in, by the identifier of its draft.
    ///
    /// Returns `None` if there is no such form, or if the form was submitted or has expired.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn form(&self, draft: &str, now: Moment) -> Result<Option<AssistedForm>, StoreError> {
        let row: Option<Row> = query_as(select_forms("and draft.id = $2"))
            .bind(now.millis())
            .bind(draft)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(AssistedForm::try_from).transpose()
    }

    /// Queues the message with a link to sign a form.
    ///
    /// Earlier signing links of the form stop working. Returns `false` and changes nothing if there
    /// is no such form, or if the form was submitted or has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn send_for_signature(&self, send: &SignatureRequest) -> Result<bool, StoreError> {
        let details = serde_json::json!({ "to": send.to.as_str() });
        let entry = entry(
            &send.draft,
            &send.officer,
            Action::SentToSign,
            &details,
            send.at,
        );
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let is_open = query(
            "update draft set sent_to_sign_at = $2, sent_to_sign_to = $3, expires_at = $4, \
             reminded_at = null, submit_tried = false where id = $1 and taken_in_by is not null \
             and submitted_at is null and not was_sent and expires_at > $2",
        )
        .bind(&send.draft)
        .bind(send.at.millis())
        .bind(send.to.as_str())
        .bind(send.draft_ends.millis())
        .execute(&mut transaction)
        .await?
            == 1;
        if is_open {
            query("delete from signing_link where draft_id = $1")
                .bind(&send.draft)
                .execute(&mut transaction)
                .await?;
            query(
                "insert into signing_link (id, draft_id, mailbox, email) values ($1, $2, $3, $4)",
            )
            .bind(&send.link)
            .bind(&send.draft)
            .bind(Email::mailbox(send.to.as_str()))
            .bind(send.to.as_str())
            .execute(&mut transaction)
            .await?;
            append_next(&mut transaction, entry).await?;
            post(&mut transaction, &send.message).await?;
        }
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(is_open)
    }

    /// Deletes a form that the desk fills in, with its answers and sessions, unless it was
    /// submitted.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_form(
        &self,
        draft: &str,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let details = serde_json::json!({});
        let entry = entry(draft, officer, Action::ThrownAway, &details, at);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let deleted = query(
            "delete from draft where id = $1 and taken_in_by is not null and submitted_at is null \
             and not was_sent",
        )
        .bind(draft)
        .execute(&mut transaction)
        .await?;
        if deleted == 1 {
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Stores the hash of a new secret for a signing link; the link's earlier secret stops working.
    ///
    /// Returns `false` if the link no longer exists.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn issue_signing_link(
        &self,
        id: &str,
        secret: &TokenHash,
        until: Moment,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        issue_link(&mut connection, LinkTable::Signing, id, secret, until).await
    }

    /// Redeems a signing link, opens its form, and confirms the address to which the link was sent.
    ///
    /// A link works once.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_signing_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<RedeemOutcome, StoreError> {
        redeem_link(&self.database, LinkTable::Signing, secret, session, now).await
    }
}

fn entry(
    draft: &str,
    officer: &OfficerId,
    action: Action,
    details: &serde_json::Value,
    at: Moment,
) -> NewEntry {
    NewEntry {
        subject: Subject::Draft(draft.to_owned()),
        at,
        actor: officer.actor(),
        action,
        details: details.to_string(),
    }
}

impl TryFrom<Row> for AssistedForm {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "draft",
            column,
        };
        let mut draft = Draft::default();
        let title = row
            .title
            .and_then(|answers| PageAnswers::from_json(Page::OrganisationName, &answers).ok());
        if let Some(title) = title {
            draft.keep(title);
        }
        let organisation = draft.organisation_name.unwrap_or_default().name;
        Ok(Self {
            organisation,
            channel: Channel::from_key(&row.came_by).ok_or_else(|| unread("came_by"))?,
            by: row.taken_in_by,
            at: Moment::from_millis(row.taken_in_at),
            ends: Moment::from_millis(row.expires_at),
            sent_for_signature: row
                .sent_to_sign_at
                .map(Moment::from_millis)
                .zip(row.sent_to_sign_to),
            is_undelivered: row.undelivered > 0,
            draft: row.id,
        })
    }
}
