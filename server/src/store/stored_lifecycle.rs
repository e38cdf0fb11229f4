//! The stored lifecycle state of a registration.

use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::identifiers::Reference;
use registration::lifecycle::{ApplicantStatus, State};
use registration::more_information::Question;
use sqlx::SqlStr;

use super::connection::Connection;
use super::error::StoreError;
use super::officer_id::OfficerId;
use super::session_draft::questions;
use super::silence::Silence;
use super::statement::{joined, query_as};
use super::stores::Casework;
use crate::clock::Moment;

/// The lifecycle state of a registration, with the data that a step needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLifecycle {
    /// The identifier of the registration.
    pub id: String,
    /// The registration's reference.
    pub reference: Reference,
    /// The identifier of the registration's draft.
    pub draft: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The email address of the accountable person.
    pub accountable_email: String,
    /// The state of the registration.
    pub state: State,
    /// When the registration entered this state.
    pub since: Moment,
    /// The registration's version, which every change increments.
    pub version: i64,
    /// The number of times that the registration was submitted.
    pub revision: i64,
    /// When the registration was first submitted.
    pub submitted_at: Moment,
    /// When the registration was last submitted.
    pub sent_at: Moment,
    /// The desk's most recent questions to the applicant.
    pub asked: Vec<Question>,
    /// Why the registration was not approved, as told to the applicant; `None` unless the state is
    /// “not approved”.
    pub told: Option<String>,
    /// The number of users.
    pub users: u32,
    /// The number of users whose accounts are no longer waiting to be made.
    pub begun: u32,
    /// The number of users whose accounts are activated.
    pub activated: u32,
    /// The officer to whom the registration is assigned, or was assigned when it was closed; `None`
    /// if it is unassigned.
    pub officer: Option<OfficerId>,
    /// The clock that measures the desk's target.
    pub clock: TargetClock,
    /// How long the applicant has not answered; `None` if the registration does not wait for
    /// answers, or the desk has recorded all answers.
    pub silence: Option<Silence>,
}

/// The result of a step or another change that names a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// The change was stored.
    Applied,
    /// The data were changed meanwhile; nothing was stored.
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
    questions_at: Option<i64>,
    reminded_at: Option<i64>,
}

fn lifecycle(condition: &'static str) -> SqlStr {
    joined(&[
        "select id, reference, draft_id, name, accountable_email, state, state_since, version, ",
        "revision, submitted_at, sent_at, asked, told, officer_id, clock_days, clock_since, ",
        "questions_at, reminded_at, ",
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
    /// Returns the lifecycle state of the registration with this reference, if there is one.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn lifecycle(
        &self,
        reference: &Reference,
    ) -> Result<Option<StoredLifecycle>, StoreError> {
        lifecycle_of(&mut self.database.read().await?, reference).await
    }

    /// Returns the lifecycle state of the registration that was made from a draft, if there is one.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn lifecycle_of_draft(
        &self,
        draft: &str,
    ) -> Result<Option<StoredLifecycle>, StoreError> {
        let row: Option<Row> = query_as(lifecycle("draft_id"))
            .bind(draft)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(StoredLifecycle::try_from).transpose()
    }
}

impl StoredLifecycle {
    /// Returns the status that the applicant sees.
    #[must_use]
    pub const fn applicant_status(&self) -> ApplicantStatus {
        ApplicantStatus::of(self.state, self.users, self.begun, self.activated)
    }
}

/// Returns the lifecycle state of the registration with this reference, if there is one.
pub(super) async fn lifecycle_of(
    connection: &mut Connection<'_>,
    reference: &Reference,
) -> Result<Option<StoredLifecycle>, StoreError> {
    let row: Option<Row> = query_as(lifecycle("reference"))
        .bind(reference.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(StoredLifecycle::try_from).transpose()
}

impl TryFrom<Row> for StoredLifecycle {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration",
            column,
        };
        let count = |number: i64| u32::try_from(number).unwrap_or_default();
        let state = State::from_key(&row.state).ok_or_else(|| unread("state"))?;
        let asked = questions(&row.asked)?;
        Ok(Self {
            reference: Reference::parse(&row.reference).map_err(|_| unread("reference"))?,
            silence: Silence::of(
                (state, row.state_since),
                (row.questions_at, row.reminded_at),
                &asked,
            ),
            state,
            asked,
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
