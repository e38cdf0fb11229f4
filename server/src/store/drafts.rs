//! Drafts: the registration forms that applicants fill in.
//!
//! A session cookie gives access to a draft. The answers are stored page by page.

use registration::draft::PageAnswers;
use registration::sent::Shown;
use registration::submitted_answers::SubmittedAnswers;
use registration::users::User;
use sqlx::SqlStr;

use super::daily_counts::count_begun;
use super::database::Engine;
use super::draft_users::users_of;
use super::draft_version::{DraftVersion, version};
use super::error::StoreError;
use super::last_end::last_end;
use super::page_saves::{PageSave, save_statement};
use super::redeem::NewSession;
use super::save_outcome::SaveOutcome;
use super::session_draft::{
    IN_POSTGRES, IN_SQLITE, SessionDraft, SessionDraftRow, select_session_draft,
};
use super::statement::{joined, query, query_as, query_scalar};
use super::stores::Drafts;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// Builds the statement that saves a page of an open draft.
///
/// `lock` is the clause that locks the draft's row on PostgreSQL.
fn save_page(lock: &'static str) -> SqlStr {
    joined(&[
        "insert into draft_page (draft_id, page, answers, version, saved_at) ",
        "select id, $2, $3, 1, $4 from draft ",
        "where id = $1 and submitted_at is null and expires_at > $4 ",
        lock,
        " on conflict (draft_id, page) do update set answers = excluded.answers, ",
        "version = draft_page.version + 1, saved_at = excluded.saved_at, saved_by = ''",
    ])
}

/// The version to bind if a save names no version; such a save never causes an edit conflict.
const ANY_VERSION: i64 = -1;

/// Returns the identifier that is stored with a save: that of the form that sent the answers, or
/// the hash of the cookie if the form has none. A later save with the same identifier replaces an
/// earlier one without asking the person.
#[must_use]
pub fn saved_by<'s>(shown: &'s Shown, token: &'s TokenHash) -> &'s str {
    shown.form.as_deref().unwrap_or(token.as_str())
}

impl Drafts {
    /// Returns the answers of the last submission of a draft that the desk has opened again.
    ///
    /// Returns `None` unless the draft is open again.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn submitted_answers(
        &self,
        draft: &str,
    ) -> Result<Option<SubmittedAnswers>, StoreError> {
        let stored: Option<String> =
            query_scalar("select as_sent from draft where id = $1 and as_sent <> ''")
                .bind(draft)
                .fetch_optional(&mut self.database.read().await?)
                .await?;
        stored
            .map(|stored| {
                serde_json::from_str(&stored).map_err(|_| StoreError::Row {
                    table: "draft",
                    column: "as_sent",
                })
            })
            .transpose()
    }

    /// Returns the current pages and users of a draft.
    ///
    /// The pages and users of a closed draft are as submitted, except for later corrections by the
    /// desk.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn pages_and_users(&self, draft: &str) -> Result<SubmittedAnswers, StoreError> {
        let pages =
            query_as("select page, answers from draft_page where draft_id = $1 order by page")
                .bind(draft)
                .fetch_all(&mut self.database.read().await?)
                .await?;
        let users: Vec<User> = users_of(&mut self.database.read().await?, draft)
            .await?
            .into_iter()
            .map(|listed| listed.user)
            .collect();
        Ok(SubmittedAnswers { pages, users })
    }

    /// Returns the version of a draft.
    ///
    /// Read the version before the answers, so that a later change is noticed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn draft_version(&self, draft: &str) -> Result<DraftVersion, StoreError> {
        version(&mut self.database.read().await?, draft).await
    }

    /// Returns the draft of a session cookie, unless the session or the draft has expired.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn session_draft(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<SessionDraft>, StoreError> {
        let statement = match self.database.engine() {
            Engine::Sqlite { .. } => select_session_draft(IN_SQLITE),
            Engine::Postgres(..) => select_session_draft(IN_POSTGRES),
        };
        let row: Option<SessionDraftRow> = query_as(statement)
            .bind(token.as_str())
            .bind(now.millis())
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(|row| row.read(now)).transpose()
    }

    /// Starts a draft and a session that gives access to it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_draft(
        &self,
        id: &str,
        session: &NewSession,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query("insert into draft (id, created_at, expires_at) values ($1, $2, $3)")
            .bind(id)
            .bind(now.millis())
            .bind(session.draft_ends.millis())
            .execute(&mut transaction)
            .await?;
        query(
            "insert into session (token_hash, draft_id, expires_at, last_end) values ($1, $2, $3, \
             $4)",
        )
        .bind(session.token.as_str())
        .bind(id)
        .bind(session.ends.millis())
        .bind(last_end(now).millis())
        .execute(&mut transaction)
        .await?;
        count_begun(&mut transaction, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Saves the answers of a page, in place of earlier answers.
    ///
    /// Returns `Refused` if the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_page(
        &self,
        draft: &str,
        answers: &PageAnswers,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let page = answers.page().path();
        let answers = as_json(answers)?;
        let statement = match self.database.engine() {
            Engine::Sqlite { .. } => save_page(""),
            // The share lock prevents another transaction from closing the draft before this one
            // ends.
            Engine::Postgres(..) => save_page("for share"),
        };
        let changed = query(statement)
            .bind(draft)
            .bind(page)
            .bind(answers)
            .bind(now.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(if changed == 1 {
            SaveOutcome::Saved
        } else {
            SaveOutcome::Refused
        })
    }

    /// Saves the answers of a page in the draft of a session cookie, and returns the draft.
    ///
    /// Returns `None` if the session or the draft has expired. Nothing is saved if the draft was
    /// submitted, or if another form has saved different answers since the version in `shown` (an
    /// edit conflict). The returned draft then has the stored answers. If `shown` has neither a
    /// version nor the identifier of a form, there is no edit conflict.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_page_of_session(
        &self,
        token: &TokenHash,
        answers: &PageAnswers,
        shown: &Shown,
        now: Moment,
    ) -> Result<Option<SessionDraft>, StoreError> {
        let page = answers.page().path();
        let answers = as_json(answers)?;
        let version = shown.compared().unwrap_or(ANY_VERSION);
        let by = saved_by(shown, token).to_owned();
        match self.database.engine() {
            Engine::Sqlite { write, saves, .. } => {
                let save = PageSave {
                    token: token.clone(),
                    now,
                    page,
                    answers,
                    version,
                    by,
                };
                let row = saves.keep(write, save).await?;
                row.map(|row| row.read(now)).transpose()
            }
            Engine::Postgres(..) => {
                // The share lock prevents another transaction from closing the draft before this
                // one ends.
                query(save_statement("for share of draft"))
                    .bind(token.as_str())
                    .bind(now.millis())
                    .bind(page)
                    .bind(answers)
                    .bind(version)
                    .bind(by)
                    .execute(&mut self.database.write().await?)
                    .await?;
                self.session_draft(token, now).await
            }
        }
    }

    /// Records that the applicant has tried to submit the draft.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mark_submit_tried(&self, draft: &str) -> Result<(), StoreError> {
        query("update draft set submit_tried = true where id = $1")
            .bind(draft)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Sets when a session expires, but no later than the session's latest end.
    ///
    /// Sessions of officers are not changed; they expire with the officer's own session.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn extend_session(&self, token: &TokenHash, ends: Moment) -> Result<(), StoreError> {
        query(
            "update session set expires_at = case when last_end < $2 then last_end else $2 end \
             where token_hash = $1 and last_end is not null",
        )
        .bind(token.as_str())
        .bind(ends.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Stores the words of the last search in the list of users, so that the page can show them
    /// again.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remember_search(&self, token: &TokenHash, words: &str) -> Result<(), StoreError> {
        query("update session set user_search = $2 where token_hash = $1")
            .bind(token.as_str())
            .bind(words)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Stores the name of a user who was removed, until the list of users has shown it. An empty
    /// name clears it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remember_removed_user(
        &self,
        token: &TokenHash,
        name: &str,
    ) -> Result<(), StoreError> {
        query("update session set removed_user = $2 where token_hash = $1")
            .bind(token.as_str())
            .bind(name)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_session(&self, token: &TokenHash) -> Result<(), StoreError> {
        query("delete from session where token_hash = $1")
            .bind(token.as_str())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Deletes expired sessions and drafts, and drafts that nobody can open; returns the number of
    /// deleted drafts.
    ///
    /// Nobody can open a draft without a session or a confirmed address. A submitted draft is kept
    /// until it expires, because the desk may open it again. A draft that the desk fills in is kept
    /// until it expires, too. Registrations have tables of their own and are not deleted.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_expired(&self, now: Moment) -> Result<u64, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query("delete from session where expires_at <= $1")
            .bind(now.millis())
            .execute(&mut transaction)
            .await?;
        let deleted = query(
            "delete from draft where expires_at <= $1 or not (draft.was_sent or draft.taken_in_by \
             is not null or exists (select 1 from session where session.draft_id = draft.id) or \
             exists (select 1 from draft_address where draft_address.draft_id = draft.id))",
        )
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(deleted)
    }
}

pub(super) fn as_json(answers: &PageAnswers) -> Result<String, StoreError> {
    answers.to_json().map_err(|_| StoreError::Row {
        table: "draft_page",
        column: "answers",
    })
}
