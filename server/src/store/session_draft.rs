//! A draft with its answers, found by a session cookie.

use registration::draft::{Draft, PageAnswers};
use registration::more_information::Question;
use registration::page::Page;
use sqlx::SqlStr;

use super::error::StoreError;
use super::officer_id::OfficerId;
use super::statement::joined;
use crate::clock::Moment;

/// A draft as read through a session cookie.
#[derive(Debug, Clone)]
pub struct SessionDraft {
    /// The draft's identifier.
    pub id: String,
    /// The answers, without the users.
    pub draft: Draft,
    /// When the session expires if it is not used again.
    pub session_ends: Moment,
    /// When the session expires even if it is in use.
    pub last_end: Moment,
    /// When the draft expires.
    pub draft_ends: Moment,
    /// Whether the draft was submitted.
    pub is_submitted: bool,
    /// The last search in the list of users.
    pub user_search: String,
    /// The name of the user who was removed last; empty after the list of users has shown it.
    pub removed_user: String,
    /// The officer of the session, who works on behalf of an organisation and may not sign.
    ///
    /// `None` for an applicant's session.
    pub on_behalf: Option<OfficerId>,
}

/// A draft as read from the database.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct SessionDraftRow {
    id: String,
    users: i64,
    submit_tried: bool,
    submitted_at: Option<i64>,
    draft_ends: i64,
    session_ends: i64,
    last_end: i64,
    user_search: String,
    removed_user: String,
    officer_id: Option<String>,
    was_sent: bool,
    asked: String,
    pages: String,
}

const SELECT: &str = "select draft.id, draft.users, draft.submit_tried, draft.submitted_at, \
                      draft.expires_at as draft_ends, session.expires_at as session_ends, \
                      coalesce(session.last_end, session.expires_at) as last_end, \
                      session.user_search, session.removed_user, session.officer_id, draft.was_sent, draft.asked, \
                      (select ";

const FROM: &str = " from draft_page where draft_page.draft_id = draft.id) as pages from session \
                    join draft on draft.id = session.draft_id where session.token_hash = $1 and \
                    session.expires_at > $2 and draft.expires_at > $2";

/// The SQLite expression for the pages of a draft, as a JSON list.
pub(super) const IN_SQLITE: &str = "json_group_array(json_array(page, answers, version))";

/// The PostgreSQL expression for the pages of a draft, as a JSON list.
pub(super) const IN_POSTGRES: &str =
    "coalesce(cast(json_agg(json_build_array(page, answers, version)) as text), '[]')";

/// Builds the query for the draft of a session cookie and its pages.
///
/// The database returns the pages as one JSON list, `[[page, answers, version], …]`. With one row
/// per page, each row would repeat the rest of the draft.
pub(super) fn select_session_draft(pages: &'static str) -> SqlStr {
    select_session_draft_after(&[], pages)
}

/// Builds the query of `select_session_draft`, preceded by other statements.
pub(super) fn select_session_draft_after(before: &[&'static str], pages: &'static str) -> SqlStr {
    joined(&[before, &[SELECT, pages, FROM]].concat())
}

/// Parses the stored questions from the desk to the applicant.
pub(super) fn questions(stored: &str) -> Result<Vec<Question>, StoreError> {
    if stored.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(stored).map_err(|_| StoreError::Row {
        table: "draft",
        column: "asked",
    })
}

impl SessionDraftRow {
    /// Parses the answers and returns the draft.
    pub(super) fn read(self, now: Moment) -> Result<SessionDraft, StoreError> {
        let unread = |column| StoreError::Row {
            table: "draft_page",
            column,
        };
        let mut draft = Draft {
            users: usize::try_from(self.users).unwrap_or_default(),
            submit_tried: self.submit_tried,
            is_reopened: self.was_sent,
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
        Ok(SessionDraft {
            id: self.id,
            draft,
            session_ends: Moment::from_millis(self.session_ends),
            last_end: Moment::from_millis(self.last_end),
            draft_ends: Moment::from_millis(self.draft_ends),
            is_submitted: self.submitted_at.is_some(),
            user_search: self.user_search,
            removed_user: self.removed_user,
            on_behalf: self.officer_id.map(OfficerId::named),
        })
    }
}
