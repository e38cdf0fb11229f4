//! Steps in the lifecycle of registrations.
//!
//! Each step is one transaction: it changes the state, opens or closes the draft, appends the audit
//! row and queues the messages. A step names the version on which it was based (optimistic
//! locking): if two people decide at once, one decision is rejected.

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::lifecycle::State;
use registration::lifetimes::ANSWERS_DAYS;
use registration::more_information::Question;
use registration::submitted_answers::SubmittedAnswers;

use super::audit::NewEntry;
use super::connection::Connection;
use super::desk::proposals::end_proposal;
use super::desk::{begin_set_up, end_set_up, list_endings, take_endings_back, waits_since};
use super::error::StoreError;
use super::guarded_change::commit_if_changed;
use super::officer_id::OfficerId;
use super::organisations;
use super::outbox::{NewMessage, post};
use super::questions::keep_answers;
use super::registration_links::{NewLink, new_link};
use super::statement::query;
use super::stored_lifecycle::{StepOutcome, StoredLifecycle};
use super::stores::Casework;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// A lifecycle step to be stored.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The stored lifecycle of the registration on which the step was based.
    pub from: StoredLifecycle,
    /// The new state.
    pub to: State,
    /// The actor for the audit.
    pub actor: Actor,
    /// The action for the audit.
    pub action: Action,
    /// The details for the audit, as JSON.
    pub details: String,
    /// When the step is taken.
    pub at: Moment,
    /// The desk's questions to the applicant, if any, and the draft as submitted.
    ///
    /// If there are questions, the draft is opened again. The submitted answers are stored with the
    /// draft, to show what the applicant changes.
    pub asked: Option<(Vec<Question>, SubmittedAnswers)>,
    /// Why the registration is not approved, as told to the applicant; `None` if the step does not
    /// refuse the registration.
    pub told: Option<String>,
    /// The new assignment; `None` if it stays the same.
    pub assignee: Option<Assignee>,
    /// The messages about the step, each with its link.
    pub messages: Vec<(NewMessage, NewLink)>,
}

/// The assignment of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// Assigned to this officer.
    Officer(OfficerId),
    /// Unassigned.
    Nobody,
}

impl Casework {
    /// Takes a lifecycle step.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since the step was
    /// prepared.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn apply_step(&self, step: &NewStep) -> Result<StepOutcome, StoreError> {
        let from = &step.from;
        let entry = NewEntry {
            subject: Subject::Registration(from.reference),
            at: step.at,
            actor: step.actor.clone(),
            action: step.action,
            details: step.details.clone(),
        };
        let asked = step
            .asked
            .as_ref()
            .map(|(asked, _)| as_json(asked))
            .transpose()?;
        let submitted_answers = step
            .asked
            .as_ref()
            .map(|(_, submitted_answers)| as_json(submitted_answers))
            .transpose()?;
        let kept_until = step.at.plus_hours(ANSWERS_DAYS * 24);
        let clock = match step.at.calendar_date() {
            Some(today) => from.clock.entering(step.to, today),
            None => from.clock,
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Lock the draft before the registration, as a submission does; the opposite order could
        // deadlock.
        query("update draft set users = users where id = $1")
            .bind(&from.draft)
            .execute(&mut transaction)
            .await?;
        keep_answers(&mut transaction, &from.draft).await?;
        let changed = query(
            "update registration set state = $3, state_since = $4, version = version + 1, \
             sent_back_at = case when $3 = 'being-checked' then sent_back_at end, asked = \
             coalesce($5, asked), told = $6, clock_days = $7, clock_since = $8, officer_id = case \
             when $9 = 1 then $10 else officer_id end, waits_since = $11 where id = $1 and \
             version = $2 and erased_at is null",
        )
        .bind(&from.id)
        .bind(from.version)
        .bind(step.to.key())
        .bind(step.at.millis())
        .bind(&asked)
        .bind(&step.told)
        .bind(i64::from(clock.used))
        .bind(clock.runs_since.map(CalendarDate::day_number))
        .bind(i64::from(step.assignee.is_some()))
        .bind(step.assignee.as_ref().and_then(Assignee::officer))
        .bind(waits_since(clock))
        .execute(&mut transaction)
        .await?;
        if changed == 1 {
            // The draft is open while the applicant has questions to answer, and closed in every
            // other state.
            query(
                "update draft set was_sent = true, expires_at = $2, asked = coalesce($3, ''), \
                 as_sent = coalesce($4, ''), submit_tried = false, submitted_at = case when $3 is \
                 null then coalesce(submitted_at, $5) end where id = $1",
            )
            .bind(&from.draft)
            .bind(kept_until.millis())
            .bind(&asked)
            .bind(&submitted_answers)
            .bind(step.at.millis())
            .execute(&mut transaction)
            .await?;
            end_proposal(&mut transaction, &from.id).await?;
            if step.to == State::Approved {
                begin_set_up(&mut transaction, &from.id, step.at).await?;
                let (id, reference) = (&from.id, from.reference);
                take_endings_back(&mut transaction, id, reference, &step.actor, step.at).await?;
                let which = (id.as_str(), &reference);
                organisations::open(&mut transaction, which, &step.actor, (step.at, step.at))
                    .await?;
                organisations::open_again(&mut transaction, which, &step.actor, step.at).await?;
            } else if from.state == State::Approved {
                list_endings(&mut transaction, &from.id, step.at).await?;
                end_set_up(&mut transaction, &from.id).await?;
                organisations::close(&mut transaction, &from.id, step.at).await?;
            }
            if matches!(from.state, State::Approved | State::NotApproved) {
                undone_decision(&mut transaction, step).await?;
            }
            for (message, link) in &step.messages {
                new_link(&mut transaction, link).await?;
                post(&mut transaction, message).await?;
            }
        }
        let outcome = commit_if_changed(transaction, changed, entry).await?;
        self.database.wake_outbox();
        Ok(outcome)
    }
}

/// Stores the decision that a step undoes, so that figures still count it.
async fn undone_decision(
    connection: &mut Connection<'_>,
    step: &NewStep,
) -> Result<(), StoreError> {
    let from = &step.from;
    query(
        "insert into undone_decision (registration_id, decided_at, state, clock_days, undone_at) \
         values ($1, $2, $3, $4, $5) on conflict (registration_id, decided_at) do nothing",
    )
    .bind(&from.id)
    .bind(from.since.millis())
    .bind(from.state.key())
    .bind(i64::from(from.clock.used))
    .bind(step.at.millis())
    .execute(connection)
    .await?;
    Ok(())
}

impl Assignee {
    fn officer(&self) -> Option<&str> {
        match self {
            Self::Officer(officer) => Some(officer.as_str()),
            Self::Nobody => None,
        }
    }
}

fn as_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Row {
        table: "draft",
        column: "asked",
    })
}
