//! Forms that the desk takes in on behalf of an organisation: drafts on which officers work, in browsers that may not
//! sign, until their accountable person gets a link and signs.

use registration::came_by::CameBy;
use registration::draft::{Draft, Page, PageAnswers};
use registration::identifiers::Email;

use super::officers::OfficerId;
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::audit::{NewEntry, TAKEN_IN, append};
use crate::store::db::{Store, StoreError, read, transaction};
use crate::store::letting_in::{NewSession, Opened, arm_link, open_by_link};
use crate::store::outbox::{NewMessage, post};
use crate::store::standing::append_next;

/// An officer's browser that works on a form on behalf of an organisation.
#[derive(Debug, Clone)]
pub struct WorkOnBehalf {
    /// The draft.
    pub draft: String,
    /// Who works.
    pub officer: OfficerId,
    /// The identifier of the session in which they are signed in: the work ends with it.
    pub officer_session: String,
    /// What the browser gets.
    pub session: NewSession,
    /// When.
    pub at: Moment,
}

/// A form that was taken in and is not submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// Its draft.
    pub draft: String,
    /// What the organisation is called, if that is known.
    pub organisation: String,
    /// How it came.
    pub came_by: CameBy,
    /// Who took it in.
    pub by: String,
    /// When.
    pub at: Moment,
    /// When it is thrown away.
    pub ends: Moment,
    /// When its accountable person was asked to sign, at which address.
    pub sent_to_sign: Option<(Moment, String)>,
}

/// A form that goes to its accountable person.
#[derive(Debug, Clone)]
pub struct SendToSign {
    /// The draft.
    pub draft: String,
    /// Who sends it.
    pub officer: OfficerId,
    /// The address of the accountable person.
    pub to: Email,
    /// The identifier of the link.
    pub link: String,
    /// The message that carries it.
    pub message: NewMessage,
    /// When.
    pub at: Moment,
    /// Until when the draft is kept from now on.
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
}

macro_rules! taken_in {
    ($rest:literal) => {
        concat!(
            "select draft.id, draft_page.answers as title, draft.came_by, ",
            "officer.name as taken_in_by, draft.taken_in_at, draft.expires_at, ",
            "draft.sent_to_sign_at, draft.sent_to_sign_to from draft ",
            "join officer on officer.id = draft.taken_in_by ",
            "left join draft_page on draft_page.draft_id = draft.id ",
            "and draft_page.page = '/organisation/name' ",
            "where draft.taken_in_by is not null and draft.submitted_at is null ",
            "and not draft.was_sent and draft.expires_at > $1 ",
            $rest
        )
    };
}

/// Lets an officer's browser lead to a draft.
macro_rules! new_work {
    ($transaction:expr, $work:expr) => {{
        let work: &WorkOnBehalf = $work;
        sqlx::query(
            "insert into session (token_hash, draft_id, expires_at, officer_id, officer_session) \
             values ($1, $2, $3, $4, $5)",
        )
        .bind(work.session.token.as_str())
        .bind(&work.draft)
        .bind(work.session.ends.millis())
        .bind(work.officer.as_str())
        .bind(&work.officer_session)
        .execute(&mut *$transaction)
        .await?;
    }};
}

impl Store {
    /// Begins a draft on behalf of an organisation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_in(&self, work: &WorkOnBehalf, came_by: CameBy) -> Result<(), StoreError> {
        let details = serde_json::json!({ "came_by": came_by.key() });
        let entry = entry(&work.draft, &work.officer, TAKEN_IN, &details, work.at);
        transaction!(self, |transaction| {
            sqlx::query(
                "insert into draft (id, created_at, expires_at, came_by, taken_in_by, taken_in_at) \
                 values ($1, $2, $3, $4, $5, $2)",
            )
            .bind(&work.draft)
            .bind(work.at.millis())
            .bind(work.session.draft_ends.millis())
            .bind(came_by.key())
            .bind(work.officer.as_str())
            .execute(&mut *transaction)
            .await?;
            new_work!(transaction, work);
            append_next!(transaction, entry)?;
        });
        Ok(())
    }

    /// Lets another browser of an officer work on a form that was taken in; whether there is such a one that is not
    /// submitted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work_on_behalf(&self, work: &WorkOnBehalf) -> Result<bool, StoreError> {
        let details = serde_json::json!({});
        let entry = entry(&work.draft, &work.officer, "opened", &details, work.at);
        let is_open = transaction!(self, |transaction| {
            let is_open = sqlx::query(
                "update draft set users = users where id = $1 and taken_in_by is not null \
                 and submitted_at is null and not was_sent and expires_at > $2",
            )
            .bind(&work.draft)
            .bind(work.at.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected()
                == 1;
            if is_open {
                new_work!(transaction, work);
                append_next!(transaction, entry)?;
            }
            is_open
        });
        Ok(is_open)
    }

    /// The forms that were taken in and are not submitted, the newest first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn taken_in(&self, most: i64, now: Moment) -> Result<Vec<TakenIn>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(taken_in!(
                "order by draft.taken_in_at desc, draft.id limit $2"
            ))
            .bind(now.millis())
            .bind(most)
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(TakenIn::try_from).collect()
    }

    /// The form of this draft, if it was taken in and is not submitted.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    pub async fn taken_in_of(
        &self,
        draft: &str,
        now: Moment,
    ) -> Result<Option<TakenIn>, StoreError> {
        let row: Option<Row> = read!(self, |connection| {
            sqlx::query_as(taken_in!("and draft.id = $2"))
                .bind(now.millis())
                .bind(draft)
                .fetch_optional(connection)
                .await
        })?;
        row.map(TakenIn::try_from).transpose()
    }

    /// Posts the link by which the accountable person signs, in place of those before; whether the form is open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn send_to_sign(&self, send: &SendToSign) -> Result<bool, StoreError> {
        let details = serde_json::json!({ "to": send.to.as_str() });
        let entry = entry(
            &send.draft,
            &send.officer,
            "sent-to-sign",
            &details,
            send.at,
        );
        let is_open = transaction!(self, |transaction| {
            let is_open = sqlx::query(
                "update draft set sent_to_sign_at = $2, sent_to_sign_to = $3, expires_at = $4, \
                 reminded_at = null, submit_tried = false where id = $1 and taken_in_by is not null \
                 and submitted_at is null and not was_sent and expires_at > $2",
            )
            .bind(&send.draft)
            .bind(send.at.millis())
            .bind(send.to.as_str())
            .bind(send.draft_ends.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected()
                == 1;
            if is_open {
                sqlx::query("delete from signing_link where draft_id = $1")
                    .bind(&send.draft)
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query(
                    "insert into signing_link (id, draft_id, mailbox, email) \
                     values ($1, $2, $3, $4)",
                )
                .bind(&send.link)
                .bind(&send.draft)
                .bind(Email::mailbox(send.to.as_str()))
                .bind(send.to.as_str())
                .execute(&mut *transaction)
                .await?;
                append_next!(transaction, entry)?;
                post!(transaction, &send.message)?;
            }
            is_open
        });
        self.ring();
        Ok(is_open)
    }

    /// Throws a form away that was taken in, with everything of its.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn throw_form_away(
        &self,
        draft: &str,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let details = serde_json::json!({});
        let entry = entry(draft, officer, "thrown-away", &details, at);
        transaction!(self, |transaction| {
            let deleted = sqlx::query(
                "delete from draft where id = $1 and taken_in_by is not null \
                 and submitted_at is null and not was_sent",
            )
            .bind(draft)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if deleted == 1 {
                append_next!(transaction, entry)?;
            }
        });
        Ok(())
    }

    /// Gives a link its secret until a moment, in place of the one before; whether the link is wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn arm_signing_link(
        &self,
        id: &str,
        secret: &TokenHash,
        until: Moment,
    ) -> Result<bool, StoreError> {
        Ok(arm_link!(self, "signing_link", id, secret, until))
    }

    /// Lets a browser lead to the form of a link, once, and confirms the address it was sent to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_by_signing_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<Opened, StoreError> {
        Ok(open_by_link!(
            self,
            "signing_link",
            "join draft on draft.id = link.draft_id",
            secret,
            session,
            now
        ))
    }
}

fn entry(
    draft: &str,
    officer: &OfficerId,
    action: &str,
    details: &serde_json::Value,
    at: Moment,
) -> NewEntry {
    NewEntry {
        subject: format!("draft/{draft}"),
        at,
        actor: officer.actor(),
        action: action.to_owned(),
        details: details.to_string(),
    }
}

impl TryFrom<Row> for TakenIn {
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
            came_by: CameBy::from_key(&row.came_by).ok_or_else(|| unread("came_by"))?,
            by: row.taken_in_by,
            at: Moment::from_millis(row.taken_in_at),
            ends: Moment::from_millis(row.expires_at),
            sent_to_sign: row
                .sent_to_sign_at
                .map(Moment::from_millis)
                .zip(row.sent_to_sign_to),
            draft: row.id,
        })
    }
}
