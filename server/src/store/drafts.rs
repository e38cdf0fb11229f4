//! Drafts: the registration forms that people fill in. A session cookie leads to a draft; the
//! answers are stored page by page.

use registration::draft::{Draft, PageAnswers};
use registration::more_information::Question;
use registration::page::Page;

use sqlx::SqliteConnection;

use super::daily_counts::count_begun;
use super::db::{Db, Store, StoreError, read, transaction, write};
use super::desk::OfficerId;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A draft as read by its session cookie.
#[derive(Debug, Clone)]
pub struct HeldDraft {
    /// Its identifier.
    pub id: String,
    /// The answers, without the users.
    pub draft: Draft,
    /// When the session expires if it is not used.
    pub session_ends: Moment,
    /// When the draft expires.
    pub draft_ends: Moment,
    /// Whether it was submitted.
    pub is_submitted: bool,
    /// The last search in the list of users.
    pub user_search: String,
    /// The officer whose session this is, who works on behalf of an organisation and may not sign.
    pub on_behalf: Option<OfficerId>,
}

/// The result of saving answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// They were stored.
    Kept,
    /// The draft was submitted or has expired; nothing was changed.
    Refused,
    /// Somebody else has saved other answers since (an edit conflict); nothing was changed.
    TwoAnswers,
}

/// A draft as read from the database.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    users: i64,
    submit_tried: bool,
    submitted_at: Option<i64>,
    draft_ends: i64,
    session_ends: i64,
    user_search: String,
    officer_id: Option<String>,
    was_sent: bool,
    asked: String,
    pages: String,
}

/// Builds the statement that saves a page of an open draft; `$lock` locks the draft's row on
/// PostgreSQL.
macro_rules! save_page {
    ($lock:literal) => {
        concat!(
            "insert into draft_page (draft_id, page, answers, version, saved_at) ",
            "select id, $2, $3, 1, $4 from draft ",
            "where id = $1 and submitted_at is null and expires_at > $4 ",
            $lock,
            " on conflict (draft_id, page) do update set answers = excluded.answers, ",
            "version = draft_page.version + 1, saved_at = excluded.saved_at, saved_by = ''"
        )
    };
}

/// Builds the query for the draft of a cookie and its pages.
///
/// The database returns the pages as one JSON list, `[[page, answers, version], …]`: one row per
/// page would repeat the rest of the draft.
macro_rules! held_draft {
    ($list_of_pages:literal) => {
        concat!(
            "select draft.id, draft.users, draft.submit_tried, draft.submitted_at, ",
            "draft.expires_at as draft_ends, session.expires_at as session_ends, ",
            "session.user_search, session.officer_id, draft.was_sent, draft.asked, (select ",
            $list_of_pages,
            " from draft_page where draft_page.draft_id = draft.id) as pages ",
            "from session join draft on draft.id = session.draft_id ",
            "where session.token_hash = $1 and session.expires_at > $2 and draft.expires_at > $2"
        )
    };
}

/// Builds that query for SQLite.
macro_rules! held_in_sqlite {
    () => {
        held_draft!("json_group_array(json_array(page, answers, version))")
    };
}

/// Builds that query for PostgreSQL.
macro_rules! held_in_postgres {
    () => {
        held_draft!(
            "coalesce(cast(json_agg(json_build_array(page, answers, version)) as text), '[]')"
        )
    };
}

/// The version for a save that does not name one, and is never an edit conflict.
const ANY_VERSION: i64 = -1;

/// Builds the statement that saves a page of the open draft of a cookie; `$lock` locks the draft's
/// row on PostgreSQL.
macro_rules! save_page_of_session {
    ($lock:literal) => {
        concat!(
            "insert into draft_page (draft_id, page, answers, version, saved_at, saved_by) ",
            "select draft.id, $3, $4, 1, $2, $1 ",
            "from session join draft on draft.id = session.draft_id ",
            "where session.token_hash = $1 and session.expires_at > $2 ",
            "and draft.submitted_at is null and draft.expires_at > $2 ",
            $lock,
            " on conflict (draft_id, page) do update set answers = excluded.answers, ",
            "version = draft_page.version + 1, saved_at = excluded.saved_at, ",
            "saved_by = excluded.saved_by ",
            "where cast($5 as bigint) < 0 or draft_page.version = $5 ",
            "or draft_page.saved_by = $1 or draft_page.answers = excluded.answers"
        )
    };
}

/// A page to be saved to a SQLite file, with the cookie of its draft.
#[derive(Debug, Clone)]
pub(super) struct PageSave {
    token: TokenHash,
    now: Moment,
    page: &'static str,
    answers: String,
    version: i64,
}

impl PageSave {
    /// Saves the page and returns the draft as it is after that.
    pub(super) async fn keep(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Row>, sqlx::Error> {
        // One text for both statements: each trip to the connection's thread costs as much as
        // saving a page.
        sqlx::query_as(concat!(save_page_of_session!(""), "; ", held_in_sqlite!()))
            .bind(self.token.as_str())
            .bind(self.now.millis())
            .bind(self.page)
            .bind(&self.answers)
            .bind(self.version)
            .fetch_optional(connection)
            .await
    }
}

impl Store {
    /// Returns the draft of a cookie, unless the session or the draft has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn held_draft(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<HeldDraft>, StoreError> {
        let statement = match &self.db {
            Db::Sqlite { .. } => held_in_sqlite!(),
            Db::Postgres(_) => held_in_postgres!(),
        };
        let row: Option<Row> = read!(self, |connection| {
            sqlx::query_as(statement)
                .bind(token.as_str())
                .bind(now.millis())
                .fetch_optional(connection)
                .await
        })?;
        row.map(|row| row.held(now)).transpose()
    }

    /// Begins a draft and a session that leads to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_draft(
        &self,
        id: &str,
        token: &TokenHash,
        now: Moment,
        draft_ends: Moment,
        session_ends: Moment,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            sqlx::query("insert into draft (id, created_at, expires_at) values ($1, $2, $3)")
                .bind(id)
                .bind(now.millis())
                .bind(draft_ends.millis())
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "insert into session (token_hash, draft_id, expires_at) values ($1, $2, $3)",
            )
            .bind(token.as_str())
            .bind(id)
            .bind(session_ends.millis())
            .execute(&mut *transaction)
            .await?;
            count_begun!(transaction, now)?;
        });
        Ok(())
    }

    /// Saves the answers of a page, in place of earlier ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_page(
        &self,
        draft: &str,
        answers: &PageAnswers,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let page = answers.page().path();
        let answers = as_json(answers)?;
        let statement = match &self.db {
            Db::Sqlite { .. } => save_page!(""),
            // The share lock stops another transaction from closing the draft before this one ends.
            Db::Postgres(_) => save_page!("for share"),
        };
        let changed = write!(self, |connection| {
            sqlx::query(statement)
                .bind(draft)
                .bind(page)
                .bind(answers)
                .bind(now.millis())
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(if changed == 1 {
            SaveOutcome::Kept
        } else {
            SaveOutcome::Refused
        })
    }

    /// Saves the answers of a page of a cookie's draft, unless it was submitted, and returns the
    /// draft.
    ///
    /// Returns `None` if the session or the draft has expired. If another session saved different
    /// answers after `version` (an edit conflict), these are not saved: the returned draft has the
    /// other answers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_page_of_session(
        &self,
        token: &TokenHash,
        answers: &PageAnswers,
        version: Option<i64>,
        now: Moment,
    ) -> Result<Option<HeldDraft>, StoreError> {
        let page = answers.page().path();
        let answers = as_json(answers)?;
        let version = version.unwrap_or(ANY_VERSION);
        match &self.db {
            Db::Sqlite { write, saves, .. } => {
                let save = PageSave {
                    token: token.clone(),
                    now,
                    page,
                    answers,
                    version,
                };
                let row = saves.keep(write, save).await?;
                row.map(|row| row.held(now)).transpose()
            }
            Db::Postgres(pool) => {
                // The share lock stops another transaction from closing the draft before this one
                // ends.
                sqlx::query(save_page_of_session!("for share of draft"))
                    .bind(token.as_str())
                    .bind(now.millis())
                    .bind(page)
                    .bind(answers)
                    .bind(version)
                    .execute(pool)
                    .await?;
                self.held_draft(token, now).await
            }
        }
    }

    /// Records that the person has tried to submit the draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_submit_tried(&self, draft: &str) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("update draft set submit_tried = true where id = $1")
                .bind(draft)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Sets when a session expires.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn extend_session(&self, token: &TokenHash, ends: Moment) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("update session set expires_at = $2 where token_hash = $1")
                .bind(token.as_str())
                .bind(ends.millis())
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Stores the search in the list of users, to show it again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember_search(&self, token: &TokenHash, words: &str) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("update session set user_search = $2 where token_hash = $1")
                .bind(token.as_str())
                .bind(words)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, token: &TokenHash) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("delete from session where token_hash = $1")
                .bind(token.as_str())
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Deletes expired sessions and drafts, and drafts that neither a session nor a confirmed
    /// address leads to.
    ///
    /// Registrations are stored elsewhere. A draft that was sent is kept until it expires, because
    /// the desk may open it again. A draft that the desk fills in is kept too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired(&self, now: Moment) -> Result<u64, StoreError> {
        let deleted = transaction!(self, |transaction| {
            sqlx::query("delete from session where expires_at <= $1")
                .bind(now.millis())
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "delete from draft where expires_at <= $1 \
                 or not (draft.was_sent or draft.taken_in_by is not null \
                 or exists (select 1 from session where session.draft_id = draft.id) \
                 or exists (select 1 from draft_address where draft_address.draft_id = draft.id))",
            )
            .bind(now.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected()
        });
        Ok(deleted)
    }
}

pub(super) fn as_json(answers: &PageAnswers) -> Result<String, StoreError> {
    answers.to_json().map_err(|_| StoreError::Row {
        table: "draft_page",
        column: "answers",
    })
}

/// Parses the desk's questions from their column.
pub(super) fn questions(kept: &str) -> Result<Vec<Question>, StoreError> {
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(kept).map_err(|_| StoreError::Row {
        table: "draft",
        column: "asked",
    })
}

impl Row {
    fn held(self, now: Moment) -> Result<HeldDraft, StoreError> {
        let unread = |column| StoreError::Row {
            table: "draft_page",
            column,
        };
        let mut draft = Draft {
            users: usize::try_from(self.users).unwrap_or_default(),
            submit_tried: self.submit_tried,
            was_sent: self.was_sent,
            on_behalf: self.officer_id.is_some(),
            asked: questions(&self.asked)?,
            today: now.calendar_date(),
            ..Draft::default()
        };
        let pages: Vec<(String, String, i64)> =
            serde_json::from_str(&self.pages).map_err(|_| unread("answers"))?;
        for (path, answers, version) in pages {
            let page = Page::from_path(&path).ok_or_else(|| unread("page"))?;
            draft.versions.insert(page, version);
            draft.keep(PageAnswers::from_json(page, &answers).map_err(|_| unread("answers"))?);
        }
        Ok(HeldDraft {
            id: self.id,
            draft,
            session_ends: Moment::from_millis(self.session_ends),
            draft_ends: Moment::from_millis(self.draft_ends),
            is_submitted: self.submitted_at.is_some(),
            user_search: self.user_search,
            on_behalf: self.officer_id.map(OfficerId::named),
        })
    }
}
