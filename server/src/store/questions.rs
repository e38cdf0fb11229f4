//! The desk's questions while an applicant answers them: the applicant's answers in words, and
//! changes by the desk.
//!
//! The questions are stored with the draft, where the applicant answers them, and with the
//! registration. The applicant's answers are copied to the registration when it is sent again or
//! the desk takes another step. Until then, the registration has only the answers that the desk has
//! recorded.

use registration::desk::audit::Action;
use registration::more_information::Question;
use serde_json::json;

use super::audit::{NewEntry, append_next};
use super::connection::Connection;
use super::error::StoreError;
use super::outbox::{NewMessage, post};
use super::registration_links::{NewLink, new_link};
use super::session_draft::questions;
use super::statement::{query, query_scalar};
use super::stored_lifecycle::{StepOutcome, StoredLifecycle};
use super::stores::Casework;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// Questions as the desk has changed them.
#[derive(Debug, Clone)]
pub struct ChangedQuestions {
    /// The stored lifecycle of the registration on which the change was based.
    pub from: StoredLifecycle,
    /// All questions, with the answers that the desk has recorded.
    pub questions: Vec<Question>,
    /// The actor for the audit.
    pub actor: Actor,
    /// When the questions are changed.
    pub at: Moment,
    /// The messages about added questions, each with its link.
    pub messages: Vec<(NewMessage, NewLink)>,
}

impl Casework {
    /// Returns the questions of a draft, with the answers so far; empty if the draft has no open
    /// questions.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open_questions(&self, draft: &str) -> Result<Vec<Question>, StoreError> {
        of_draft(&mut self.database.read().await?, draft).await
    }

    /// Stores the applicant's answers to open questions: pairs of question and answer.
    ///
    /// An answer to a question that the desk has withdrawn meanwhile is dropped. Returns `false` if
    /// the draft has no open questions.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn answer_questions(
        &self,
        draft: &str,
        answers: &[(String, String)],
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Updating the row first locks it, so that no change by the desk is lost.
        query("update draft set users = users where id = $1")
            .bind(draft)
            .execute(&mut transaction)
            .await?;
        let mut open = of_draft(&mut transaction, draft).await?;
        for question in &mut open {
            let mut answers = answers.iter();
            if let Some((_, answer)) = answers.find(|(asked, _)| *asked == question.asked) {
                question.answer.clone_from(answer);
            }
        }
        if open.is_empty() {
            transaction.rollback().await?;
            return Ok(false);
        }
        save(&mut transaction, draft, &open).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Changes the open questions of a registration.
    ///
    /// Answers that the applicant has typed stay in the draft, unless the desk records another
    /// answer. Returns `Stale` and changes nothing if the registration was changed since the change
    /// was prepared, or does not wait for answers.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_questions(
        &self,
        new: &ChangedQuestions,
    ) -> Result<StepOutcome, StoreError> {
        let from = &new.from;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Lock the draft before the registration, as a submission does; the opposite order could
        // deadlock.
        query("update draft set users = users where id = $1")
            .bind(&from.draft)
            .execute(&mut transaction)
            .await?;
        let typed = of_draft(&mut transaction, &from.draft).await?;
        let of_draft = new.questions.iter().map(|question| Question {
            answer: shown_to_applicant(question, &from.asked, &typed),
            ..question.clone()
        });
        let of_draft: Vec<Question> = of_draft.collect();
        let stored = serde_json::to_string(&new.questions).map_err(|_| unread())?;
        let is_written_to = !new.messages.is_empty();
        let taken = query(
            "update registration set asked = $3, version = version + 1, questions_at = coalesce($4, \
             questions_at) where id = $1 and version = $2 and state = 'more-information-needed'",
        )
        .bind(&from.id)
        .bind(from.version)
        .bind(stored)
        .bind(is_written_to.then(|| new.at.millis()))
        .execute(&mut transaction)
        .await?;
        if taken != 1 {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        }
        save(&mut transaction, &from.draft, &of_draft).await?;
        let entry = NewEntry {
            subject: Subject::Registration(from.reference),
            at: new.at,
            actor: new.actor.clone(),
            action: Action::QuestionsChanged,
            details: json!({
                "questions_before": from.asked,
                "questions_after": new.questions,
                "applicant_written_to": is_written_to,
            })
            .to_string(),
        };
        append_next(&mut transaction, entry).await?;
        for (message, link) in &new.messages {
            new_link(&mut transaction, link).await?;
            post(&mut transaction, message).await?;
        }
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(StepOutcome::Applied)
    }
}

/// Returns the answer that the applicant sees after the desk has changed the questions.
///
/// This is the desk's new answer if the desk has recorded one, otherwise the answer in the draft.
/// If the desk has removed its answer, the answer in the draft stays only if the applicant has
/// changed it. `recorded` has the questions as stored with the registration before the change,
/// `typed` as stored with the draft.
fn shown_to_applicant(question: &Question, recorded: &[Question], typed: &[Question]) -> String {
    let of = |questions: &[Question]| {
        let mut questions = questions.iter();
        let known = questions.find(|known| known.is_same(question));
        known.map_or_else(String::new, |known| known.answer.clone())
    };
    let (before, typed) = (of(recorded), of(typed));
    let is_removed = question.answer.is_empty() && typed == before;
    if question.answer != before && (is_removed || !question.answer.is_empty()) {
        question.answer.clone()
    } else {
        typed
    }
}

/// Copies the questions of a draft, with their answers, to its registration. Call this before the
/// draft is closed, in the same transaction.
pub(super) async fn keep_answers(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<(), StoreError> {
    query(
        "update registration set asked = coalesce((select nullif(asked, '') from draft where \
         draft.id = $1), asked) where draft_id = $1 and state = 'more-information-needed'",
    )
    .bind(draft)
    .execute(connection)
    .await?;
    Ok(())
}

async fn of_draft(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<Vec<Question>, StoreError> {
    let stored: Option<String> = query_scalar("select asked from draft where id = $1")
        .bind(draft)
        .fetch_optional(connection)
        .await?;
    questions(&stored.unwrap_or_default())
}

async fn save(
    connection: &mut Connection<'_>,
    draft: &str,
    open: &[Question],
) -> Result<(), StoreError> {
    let stored = serde_json::to_string(open).map_err(|_| unread())?;
    query("update draft set asked = $2 where id = $1 and asked <> ''")
        .bind(draft)
        .bind(stored)
        .execute(connection)
        .await?;
    Ok(())
}

const fn unread() -> StoreError {
    StoreError::Row {
        table: "draft",
        column: "asked",
    }
}
