//! The registrations whose applicants do not answer the desk's questions: those to remind, their
//! reminders, and those that the desk is advised to close.

use registration::desk::audit::Action;
use registration::desk::silence::SilenceRules;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use serde_json::json;

use super::audit::NewEntry;
use super::error::StoreError;
use super::guarded_change::commit_if_changed;
use super::outbox::{NewMessage, post};
use super::registration_links::{NewLink, new_link};
use super::session_draft::questions;
use super::silence::{Silence, days_before};
use super::statement::{query, query_as};
use super::stored_lifecycle::{StepOutcome, StoredLifecycle};
use super::stores::Casework;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// The maximum number of registrations that are examined for closing, the longest wait first.
const MAX_SILENT: i64 = 500;

/// A reminder to be stored.
#[derive(Debug, Clone)]
pub struct NewReminder {
    /// The stored lifecycle of the registration.
    pub from: StoredLifecycle,
    /// The number of days without an answer.
    pub days: u16,
    /// When the reminder is sent.
    pub at: Moment,
    /// The messages, each with its link.
    pub messages: Vec<(NewMessage, NewLink)>,
}

#[derive(sqlx::FromRow)]
struct SilentRow {
    reference: String,
    name: String,
    state_since: i64,
    questions_at: Option<i64>,
    reminded_at: Option<i64>,
    asked: String,
}

impl Casework {
    /// Returns the registrations that have waited for answers for at least `days` days, without a
    /// reminder since the latest questions; the longest wait first. Registrations with a decision that waits for a second
    /// officer are left out.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn to_remind(&self, now: Moment, days: u16) -> Result<Vec<Reference>, StoreError> {
        let found: Vec<(String,)> = query_as(
            "select reference from registration where state = 'more-information-needed' and \
             state_since <= $1 and erased_at is null and coalesce(questions_at, 0) <= $1 and \
             (reminded_at is null or reminded_at < state_since or reminded_at < questions_at) and \
             id not in (select registration_id from proposed_decision) order by case when \
             questions_at > state_since then questions_at else state_since end, id",
        )
        .bind(days_before(now, days).millis())
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let references = found.iter().map(|(reference,)| Reference::parse(reference));
        Ok(references.filter_map(Result::ok).collect())
    }

    /// Stores a reminder with its messages. If several servers try, only one stores it.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed meanwhile, if the applicant was already
    /// reminded of the latest questions, or if a decision waits for a second officer.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_reminder(&self, new: &NewReminder) -> Result<StepOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = query(
            "update registration set reminded_at = $3 where id = $1 and version = $2 and state = \
             'more-information-needed' and erased_at is null and (reminded_at is null or \
             reminded_at < state_since or reminded_at < questions_at) and id not in (select \
             registration_id from proposed_decision)",
        )
        .bind(&new.from.id)
        .bind(new.from.version)
        .bind(new.at.millis())
        .execute(&mut transaction)
        .await?;
        if changed == 1 {
            for (message, link) in &new.messages {
                new_link(&mut transaction, link).await?;
                post(&mut transaction, message).await?;
            }
        }
        let entry = NewEntry {
            subject: Subject::Registration(new.from.reference),
            at: new.at,
            actor: Actor::Service,
            action: Action::Reminded,
            details: json!({ "days_without_an_answer": new.days }).to_string(),
        };
        let outcome = commit_if_changed(transaction, changed, entry).await?;
        self.database.wake_outbox();
        Ok(outcome)
    }

    /// Returns at most `most` registrations that the desk is advised to close: the reference and
    /// the name of the organisation of each, the longest wait first.
    ///
    /// Registrations with a decision that waits for a second officer are left out, and registrations with a message that
    /// did not arrive: the applicant may not know of the questions.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn to_close(
        &self,
        rules: SilenceRules,
        now: Moment,
        most: usize,
    ) -> Result<Vec<(Reference, String)>, StoreError> {
        let Some(days) = rules.closing else {
            return Ok(Vec::new());
        };
        let silent: Vec<SilentRow> = query_as(
            "select reference, name, state_since, questions_at, reminded_at, asked from registration \
             where state = 'more-information-needed' and state_since <= $1 and erased_at is null and \
             (reminded_at is null or reminded_at <= $1) and id not in (select registration_id from \
             proposed_decision) and not exists (select 1 from outbox where subject = \
             'registration/' || reference and state = 'dead') order by case when questions_at > \
             state_since then questions_at else state_since end, id limit $2",
        )
        .bind(days_before(now, days).millis())
        .bind(MAX_SILENT)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        // Leave out a row that cannot be read, so that the other rows are still returned.
        let closing = silent.into_iter().filter_map(|row| {
            let times = (row.questions_at, row.reminded_at);
            let state = (State::MoreInformationNeeded, row.state_since);
            let silence = Silence::of(state, times, &questions(&row.asked).ok()?)?;
            let reference = Reference::parse(&row.reference).ok()?;
            silence
                .suggests_closing(rules, now)
                .then_some((reference, row.name))
        });
        Ok(closing.take(most).collect())
    }
}
