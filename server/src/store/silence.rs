//! Registrations whose applicants do not answer the desk's questions: the reminders, and the
//! registrations that the desk is advised to close.
//!
//! The time counts from the latest message with questions. A reminder of earlier questions does not
//! count.

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
use super::statement::{query, query_as};
use super::stored_lifecycle::{StepOutcome, StoredLifecycle};
use super::stores::Casework;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// The maximum number of silent registrations that are examined for closing, the longest silent
/// first.
const MAX_SILENT: i64 = 500;

/// How long an applicant has not answered the desk's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Since when the registration waits for answers.
    pub since: Moment,
    /// When the desk last sent questions.
    pub asked: Moment,
    /// When the applicant was reminded of these questions.
    pub reminded: Option<Moment>,
}

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
}

impl Silence {
    /// Returns the silence of a registration in this state; `None` if it does not wait for answers.
    #[must_use]
    pub(super) fn of(
        state: State,
        since: i64,
        (questions_at, reminded_at): (Option<i64>, Option<i64>),
    ) -> Option<Self> {
        let asked = since.max(questions_at.unwrap_or_default());
        (state == State::MoreInformationNeeded).then(|| Self {
            since: Moment::from_millis(since),
            asked: Moment::from_millis(asked),
            reminded: reminded_at
                .filter(|at| *at >= asked)
                .map(Moment::from_millis),
        })
    }

    /// Returns whether the desk is advised to close the registration.
    #[must_use]
    pub fn suggests_closing(&self, rules: SilenceRules, now: Moment) -> bool {
        let Some(days) = rules.closing else {
            return false;
        };
        let from = match (self.reminded, rules.reminder) {
            (Some(reminded), _) => reminded,
            (None, None) => self.asked,
            (None, Some(_)) => return false,
        };
        from <= days_before(now, days)
    }
}

impl Casework {
    /// Returns the registrations whose applicants have not answered for this number of days and were
    /// not reminded, the longest silent first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn to_remind(&self, now: Moment, days: u16) -> Result<Vec<Reference>, StoreError> {
        let found: Vec<(String,)> = query_as(
            "select reference from registration where state = 'more-information-needed' and \
             state_since <= $1 and erased_at is null and coalesce(questions_at, 0) <= $1 and \
             (reminded_at is null or reminded_at < state_since or reminded_at < questions_at) \
             order by state_since, id",
        )
        .bind(days_before(now, days).millis())
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let references = found.iter().map(|(reference,)| Reference::parse(reference));
        Ok(references.filter_map(Result::ok).collect())
    }

    /// Stores a reminder with its messages. If several servers try, only one stores it.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed meanwhile, or if the
    /// applicant was reminded already.
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
             reminded_at < state_since or reminded_at < questions_at)",
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

    /// Returns the registrations that the desk is advised to close, as reference and name of the
    /// organisation, at most this many, the longest silent first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
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
            "select reference, name, state_since, questions_at, reminded_at from registration where \
             state = 'more-information-needed' and state_since <= $1 and erased_at is null and \
             (reminded_at is null or reminded_at <= $1) order by state_since, id limit $2",
        )
        .bind(days_before(now, days).millis())
        .bind(MAX_SILENT)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let closing = silent.into_iter().filter_map(|row| {
            let times = (row.questions_at, row.reminded_at);
            let silence = Silence::of(State::MoreInformationNeeded, row.state_since, times)?;
            let reference = Reference::parse(&row.reference).ok()?;
            silence
                .suggests_closing(rules, now)
                .then_some((reference, row.name))
        });
        Ok(closing.take(most).collect())
    }
}

fn days_before(now: Moment, days: u16) -> Moment {
    now.plus_hours(-24 * i64::from(days))
}
