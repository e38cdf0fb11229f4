//! Requests for another format, as the desk assigns and answers them.
//!
//! Each change and its audit row are written in one transaction. A change names the version on
//! which it was based (optimistic locking).

use registration::desk::audit::Action;
use registration::desk::queue::ItemStatus;
use registration::language::Language;
use serde_json::json;

use super::queue_rows::clock_of_request;
use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject};
use crate::store::error::StoreError;
use crate::store::guarded_change::commit_if_changed;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stored_lifecycle::StepOutcome;
use crate::store::stores::FormatRequests;

/// A request for another format, with its assignment and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskFormatRequest {
    /// The request's identifier.
    pub id: String,
    /// When the request was sent.
    pub asked_at: Moment,
    /// The key of the requested format.
    pub format: String,
    /// A description of the person's needs, in their own words.
    pub details: String,
    /// The assistive technology that the person uses.
    pub technology: String,
    /// The name of the person who sent the request.
    pub name: String,
    /// The person's email address, if given.
    pub email: Option<String>,
    /// The person's telephone number, if given.
    pub telephone: Option<String>,
    /// The language in which to write to the person.
    pub language: Language,
    /// The officer to whom the request is assigned, or was assigned when it was answered, and the
    /// officer's name; `None` if it is unassigned.
    pub assignee: Option<(OfficerId, String)>,
    /// When the request was answered, and the name of the officer who answered it; `None` while it
    /// waits.
    pub answered: Option<(Moment, String)>,
    /// The request's version, which every change increments.
    pub version: i64,
}

/// An action on a request for another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatRequestStep {
    /// Assigns the request to an officer, or to nobody.
    Assign(Option<OfficerId>),
    /// Marks the request as answered.
    Answer,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    asked_at: i64,
    format: String,
    details: String,
    technology: String,
    name: String,
    email: Option<String>,
    telephone: Option<String>,
    language: String,
    officer_id: Option<String>,
    officer_name: Option<String>,
    answered_at: Option<i64>,
    answered_by: Option<String>,
    version: i64,
}

impl DeskFormatRequest {
    /// Returns the status of the request in the queue.
    #[must_use]
    pub const fn status(&self) -> ItemStatus {
        if self.answered.is_some() {
            return ItemStatus::Answered;
        }
        ItemStatus::of_open_request(self.assignee.is_some())
    }

    /// Returns the clock that measures the desk's target for the request.
    #[must_use]
    pub fn clock(&self) -> registration::desk::TargetClock {
        clock_of_request(self.asked_at, self.answered.as_ref().map(|(at, _)| *at))
    }
}

impl FormatRequests {
    /// Returns the request with this identifier, if the request exists.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn request_for_desk(
        &self,
        id: &str,
    ) -> Result<Option<DeskFormatRequest>, StoreError> {
        let row: Option<Row> = query_as(
            "select format_request.id, asked_at, format, details, technology, \
             format_request.name, format_request.email, telephone, language, officer_id, \
             holder.name as officer_name, answered_at, answerer.name as answered_by, \
             format_request.version from format_request left join officer as holder on holder.id \
             = officer_id left join officer as answerer on answerer.id = answered_by where \
             format_request.id = $1",
        )
        .bind(id)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(row.map(DeskFormatRequest::from))
    }

    /// Applies an action to a request.
    ///
    /// An answer to an unassigned request also assigns the request to `officer`. Returns `Stale`
    /// and changes nothing if the request was answered already, or was changed since `from` was
    /// read.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn apply_format_request_step(
        &self,
        from: &DeskFormatRequest,
        step: &FormatRequestStep,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let before = from.assignee.as_ref().map(|(id, _)| id.as_str());
        let answers = *step == FormatRequestStep::Answer;
        let after = match step {
            FormatRequestStep::Assign(assignee) => assignee.as_ref().map(OfficerId::as_str),
            FormatRequestStep::Answer => Some(before.unwrap_or(officer.as_str())),
        };
        let entry = NewEntry {
            subject: Subject::FormatRequest(from.id.clone()),
            at,
            actor: officer.actor(),
            action: if answers {
                Action::Answered
            } else {
                Action::Assigned
            },
            details: json!({ "holder_before": before, "holder_after": after }).to_string(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = query(
            "update format_request set officer_id = $3, version = version + 1, state = case when \
             $4 = 1 then 'answered' else state end, answered_at = case when $4 = 1 then $5 else \
             answered_at end, answered_by = case when $4 = 1 then $6 else answered_by end where \
             id = $1 and version = $2 and state = 'waiting'",
        )
        .bind(&from.id)
        .bind(from.version)
        .bind(after)
        .bind(i64::from(answers))
        .bind(at.millis())
        .bind(officer.as_str())
        .execute(&mut transaction)
        .await?;
        commit_if_changed(transaction, changed, entry).await
    }
}

impl From<Row> for DeskFormatRequest {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            asked_at: Moment::from_millis(row.asked_at),
            format: row.format,
            details: row.details,
            technology: row.technology,
            name: row.name,
            email: row.email,
            telephone: row.telephone,
            language: Language::from_code(&row.language).unwrap_or_default(),
            assignee: row
                .officer_id
                .map(|id| (OfficerId::named(id), row.officer_name.unwrap_or_default())),
            answered: row
                .answered_at
                .map(|at| (Moment::from_millis(at), row.answered_by.unwrap_or_default())),
            version: row.version,
        }
    }
}
