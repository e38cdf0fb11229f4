//! The lifecycle of registrations: reads and changes their states.
//!
//! Each step is one transaction: it changes the state, opens or closes the draft, appends the audit
//! row and posts the messages. A step names the version that it was based on (optimistic lock): if
//! two people decide at once, one gets a refusal.

use registration::as_sent::AsSent;
use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::identifiers::Reference;
use registration::lifecycle::{ApplicantStatus, State};
use registration::lifetimes::ANSWERS_DAYS;
use registration::more_information::Question;
use sqlx::SqlStr;

use super::audit::{NewEntry, append_next};
use super::connection::Connection;
use super::desk::proposals::end_proposal;
use super::desk::{begin_set_up, end_set_up, waits_since};
use super::error::StoreError;
use super::held_draft::questions;
use super::officer_id::OfficerId;
use super::outbox::{NewMessage, post};
use super::registration_links::{NewLink, new_link};
use super::statement::{joined, query, query_as};
use super::stores::Casework;
use crate::clock::Moment;

/// The lifecycle state of a registration, with what a step needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStanding {
    /// The identifier of the registration.
    pub id: String,
    /// Its reference.
    pub reference: Reference,
    /// The identifier of the draft.
    pub draft: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The email address of the accountable person.
    pub accountable_email: String,
    /// Its state.
    pub state: State,
    /// Since when it has been in this state.
    pub since: Moment,
    /// The version, which every change increments.
    pub version: i64,
    /// How many times it was sent.
    pub revision: i64,
    /// When it was first sent.
    pub submitted_at: Moment,
    /// When it was last sent.
    pub sent_at: Moment,
    /// The questions that the desk asked last.
    pub asked: Vec<Question>,
    /// Why it was not approved, if it was not.
    pub told: Option<String>,
    /// How many users it has.
    pub users: u32,
    /// How many of the users' accounts were begun.
    pub begun: u32,
    /// How many of the users' accounts are activated.
    pub activated: u32,
    /// The officer who has it or had it last.
    pub officer: Option<OfficerId>,
    /// The clock of the desk's target.
    pub clock: TargetClock,
}

/// A lifecycle step to be stored.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The state of the registration that the step was based on.
    pub from: KeptStanding,
    /// The new state.
    pub to: State,
    /// Who takes it, such as `applicant`.
    pub actor: String,
    /// The audit's action, such as `approved`.
    pub action: String,
    /// The audit's details, as JSON.
    pub details: String,
    /// When the step is taken.
    pub at: Moment,
    /// The desk's questions, if it asks any, and the draft as sent.
    ///
    /// The draft is opened again, and the sent answers are stored with it to show what the
    /// applicant changes.
    pub asked: Option<(Vec<Question>, AsSent)>,
    /// Why the registration is not approved, if it is not.
    pub told: Option<String>,
    /// The new assignment; `None` if it stays the same.
    pub holder: Option<Holder>,
    /// The messages about it, each with its link.
    pub messages: Vec<(NewMessage, NewLink)>,
}

/// The assignment of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Assigned to this officer.
    Officer(OfficerId),
    /// Unassigned.
    Nobody,
}

/// The result of a lifecycle step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// It was stored.
    Taken,
    /// Somebody else has changed the registration since; nothing was changed.
    Stale,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reference: String,
    draft_id: String,
    name: String,
    accountable_email: String,
    state: String,
    state_since: i64,
    version: i64,
    revision: i64,
    submitted_at: i64,
    sent_at: i64,
    asked: String,
    told: Option<String>,
    users: i64,
    begun: i64,
    activated: i64,
    officer_id: Option<String>,
    clock_days: i64,
    clock_since: Option<i64>,
}

fn standing(condition: &'static str) -> SqlStr {
    joined(&[
        "select id, reference, draft_id, name, accountable_email, state, state_since, version, ",
        "revision, submitted_at, sent_at, asked, told, officer_id, clock_days, clock_since, ",
        "(select count(*) from registration_user where registration_id = registration.id) as users, ",
        "(select count(*) from registration_user where registration_id = registration.id ",
        "and account <> 'to-be-made') as begun, ",
        "(select count(*) from registration_user where registration_id = registration.id ",
        "and account = 'activated') as activated ",
        "from registration where ",
        condition,
        " = $1",
    ])
}

impl Casework {
    /// Returns the lifecycle state of the registration with this reference.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn standing(
        &self,
        reference: &Reference,
    ) -> Result<Option<KeptStanding>, StoreError> {
        standing_of(&mut self.database.read().await?, reference).await
    }

    /// Returns the lifecycle state of the registration that was made from a draft.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn standing_of_draft(&self, draft: &str) -> Result<Option<KeptStanding>, StoreError> {
        let row: Option<Row> = query_as(standing("draft_id"))
            .bind(draft)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(KeptStanding::try_from).transpose()
    }

    /// Takes a lifecycle step, unless somebody else has changed the registration since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_step(&self, step: &NewStep) -> Result<StepOutcome, StoreError> {
        let from = &step.from;
        let entry = NewEntry {
            subject: format!("registration/{}", from.reference),
            at: step.at,
            actor: step.actor.clone(),
            action: step.action.clone(),
            details: step.details.clone(),
        };
        let asked = step
            .asked
            .as_ref()
            .map(|(asked, _)| as_json(asked))
            .transpose()?;
        let as_sent = step
            .asked
            .as_ref()
            .map(|(_, as_sent)| as_json(as_sent))
            .transpose()?;
        let kept_until = step.at.plus_hours(ANSWERS_DAYS * 24);
        let clock = match step.at.calendar_date() {
            Some(today) => from.clock.entering(step.to, today),
            None => from.clock,
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Lock the draft first, as a submission does; the opposite order could deadlock.
        query("update draft set users = users where id = $1")
            .bind(&from.draft)
            .execute(&mut transaction)
            .await?;
        let changed = query(
            "update registration set state = $3, state_since = $4, version = version + 1, \
                 asked = coalesce($5, asked), told = $6, clock_days = $7, clock_since = $8, \
                 officer_id = case when $9 = 1 then $10 else officer_id end, waits_since = $11 \
                 where id = $1 and version = $2",
        )
        .bind(&from.id)
        .bind(from.version)
        .bind(step.to.key())
        .bind(step.at.millis())
        .bind(&asked)
        .bind(&step.told)
        .bind(i64::from(clock.used))
        .bind(clock.runs_since.map(CalendarDate::day_number))
        .bind(i64::from(step.holder.is_some()))
        .bind(step.holder.as_ref().and_then(Holder::officer))
        .bind(waits_since(clock))
        .execute(&mut transaction)
        .await?;
        let outcome = if changed == 1 {
            // The draft is open while the desk waits for answers, and closed in every other
            // state.
            query(
                "update draft set was_sent = true, expires_at = $2, asked = coalesce($3, ''), \
                     as_sent = coalesce($4, ''), submit_tried = false, \
                     submitted_at = case when $3 is null then coalesce(submitted_at, $5) end \
                     where id = $1",
            )
            .bind(&from.draft)
            .bind(kept_until.millis())
            .bind(&asked)
            .bind(&as_sent)
            .bind(step.at.millis())
            .execute(&mut transaction)
            .await?;
            end_proposal(&mut transaction, &from.id).await?;
            if step.to == State::Approved {
                begin_set_up(&mut transaction, &from.id, step.at).await?;
            } else if from.state == State::Approved {
                end_set_up(&mut transaction, &from.id).await?;
            }
            append_next(&mut transaction, entry).await?;
            for (message, link) in &step.messages {
                new_link(&mut transaction, link).await?;
                post(&mut transaction, message).await?;
            }
            StepOutcome::Taken
        } else {
            StepOutcome::Stale
        };
        transaction.commit().await?;
        self.database.ring();
        Ok(outcome)
    }
}

/// Returns the lifecycle state of the registration with this reference.
pub(super) async fn standing_of(
    connection: &mut Connection<'_>,
    reference: &Reference,
) -> Result<Option<KeptStanding>, StoreError> {
    let row: Option<Row> = query_as(standing("reference"))
        .bind(reference.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(KeptStanding::try_from).transpose()
}

impl Holder {
    fn officer(&self) -> Option<&str> {
        match self {
            Self::Officer(officer) => Some(officer.as_str()),
            Self::Nobody => None,
        }
    }
}

impl KeptStanding {
    /// Returns the progress that the applicant sees.
    #[must_use]
    pub const fn standing(&self) -> ApplicantStatus {
        ApplicantStatus::of(self.state, self.users, self.begun, self.activated)
    }
}

impl TryFrom<Row> for KeptStanding {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration",
            column,
        };
        let count = |number: i64| u32::try_from(number).unwrap_or_default();
        Ok(Self {
            reference: Reference::parse(&row.reference).map_err(|_| unread("reference"))?,
            state: State::from_key(&row.state).ok_or_else(|| unread("state"))?,
            asked: questions(&row.asked)?,
            since: Moment::from_millis(row.state_since),
            submitted_at: Moment::from_millis(row.submitted_at),
            sent_at: Moment::from_millis(row.sent_at),
            id: row.id,
            draft: row.draft_id,
            organisation: row.name,
            accountable_email: row.accountable_email,
            version: row.version,
            revision: row.revision,
            told: row.told,
            users: count(row.users),
            begun: count(row.begun),
            activated: count(row.activated),
            officer: row.officer_id.map(OfficerId::named),
            clock: TargetClock {
                used: count(row.clock_days),
                runs_since: row.clock_since.and_then(CalendarDate::of_day_number),
            },
        })
    }
}

fn as_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Row {
        table: "draft",
        column: "asked",
    })
}
