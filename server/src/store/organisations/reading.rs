//! Reads organisations with their members and events.

use std::collections::BTreeMap;

use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::membership::{
    Change, Event, History, MemberAccount, MemberDetails, MemberId, People,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query_as, query_scalar};
use crate::store::stores::Organisations;

/// An organisation that was opened, with everybody who is, was or will be a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrganisation {
    /// The identifier of the organisation.
    pub id: String,
    /// The identifier of its registration.
    pub registration: String,
    /// The reference of its registration.
    pub reference: Reference,
    /// The name of the organisation.
    pub name: String,
    /// The first day of the organisation.
    pub opened_on: CalendarDate,
    /// The day on which it closed, if it did.
    pub closed_on: Option<CalendarDate>,
    /// The members, by their identifiers.
    pub members: BTreeMap<MemberId, StoredMember>,
    /// What was reported, in order.
    pub events: Vec<StoredEvent>,
    /// The events as the rules read them.
    pub history: History,
}

/// A member as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMember {
    /// The details of the member; `None` if they were erased.
    pub details: Option<MemberDetails>,
    /// The place of the member's account among those of the registration.
    pub place: Option<i64>,
}

/// An event as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// The event as the rules read it.
    pub event: Event,
    /// The step that reported it.
    pub step: i64,
    /// Who reported it, as an actor of the audit.
    pub reported_by: String,
    /// When it was reported.
    pub reported_at: Moment,
    /// The new details of the member, if the event has any.
    pub details: Option<MemberDetails>,
    /// When its day had come and the desk got its tasks.
    pub due_done_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct OrganisationRow {
    id: String,
    registration_id: String,
    reference: String,
    name: String,
    opened_on: i64,
    closed_on: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: String,
    place: Option<i64>,
    first_name: String,
    last_name: String,
    email: String,
    telephone: Option<String>,
    job_title: Option<String>,
    mobile: Option<String>,
    role: Option<String>,
    engagement: String,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    number: i64,
    step: i64,
    member_id: String,
    change: String,
    reported_by: String,
    reported_at: i64,
    reported_on: i64,
    effective_on: i64,
    details: Option<String>,
    cancelled_at: Option<i64>,
    due_done_at: Option<i64>,
}

/// The words for a member whose details were erased.
const ERASED: &str = "Erased person";

impl OpenOrganisation {
    /// Returns the people at the end of a day.
    #[must_use]
    pub fn on(&self, day: CalendarDate) -> People {
        self.history.on(day)
    }

    /// Returns the details of a member; `None` if they were erased or the member is unknown.
    #[must_use]
    pub fn details_of(&self, member: &MemberId) -> Option<&MemberDetails> {
        self.members.get(member)?.details.as_ref()
    }

    /// Returns the name of a member, or words for a member whose details were erased.
    #[must_use]
    pub fn name_of(&self, member: &MemberId) -> String {
        self.details_of(member)
            .map_or_else(|| ERASED.to_owned(), MemberDetails::full_name)
    }
}

impl Organisations {
    /// Returns an organisation that was opened.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn organisation(&self, id: &str) -> Result<Option<OpenOrganisation>, StoreError> {
        read(&mut self.database.read().await?, id).await
    }

    /// Returns the identifier of the organisation that a registration began, if it was opened.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn of_registration(&self, registration: &str) -> Result<Option<String>, StoreError> {
        query_scalar(
            "select id from organisation where registration_id = $1 and opened_on is not null",
        )
        .bind(registration)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Returns the open organisations that a person with this mailbox may manage on a day, as an
    /// administrator or as the accountable person: the organisation, its name, and the member.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn managed_by(
        &self,
        mailbox: &str,
        day: CalendarDate,
    ) -> Result<Vec<(String, String, MemberId)>, StoreError> {
        let rows: Vec<(String, String, String)> = query_as(
            "select organisation.id, registration.name, member.id from member join organisation \
             on organisation.id = member.organisation_id join registration on registration.id = \
             organisation.registration_id where member.mailbox = $1 and organisation.closed_on is \
             null and organisation.opened_on is not null and member.from_day <= $2 and \
             (member.until_day is null or member.until_day > $2) and (exists (select 1 from \
             administrator_term as term where term.member_id = member.id and term.from_day <= $2 \
             and (term.until_day is null or term.until_day > $2)) or member.id = (select \
             turn.member_id from accountable_turn as turn where turn.organisation_id = \
             organisation.id and turn.from_day <= $2 order by turn.from_day desc limit 1)) order \
             by registration.name, organisation.id",
        )
        .bind(mailbox)
        .bind(day.day_number())
        .fetch_all(&mut self.database.read().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(organisation, name, member)| (organisation, name, MemberId::named(member)))
            .collect())
    }
}

/// Reads an organisation that was opened; returns `None` if there is none.
pub(in crate::store) async fn read(
    connection: &mut Connection<'_>,
    id: &str,
) -> Result<Option<OpenOrganisation>, StoreError> {
    let row: Option<OrganisationRow> = query_as(
        "select organisation.id, registration_id, reference, name, opened_on, closed_on from \
         organisation join registration on registration.id = registration_id where \
         organisation.id = $1 and opened_on is not null",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let rows: Vec<MemberRow> = query_as(
        "select id, place, first_name, last_name, email, telephone, job_title, mobile, role, \
         engagement from member where organisation_id = $1 order by id",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    let members = rows
        .into_iter()
        .map(|row| Ok((MemberId::named(row.id.clone()), row.try_into()?)))
        .collect::<Result<_, StoreError>>()?;
    let events = events_of(connection, id).await?;
    let history = History::new(events.iter().map(|stored| stored.event.clone()).collect());
    Ok(Some(OpenOrganisation {
        id: row.id,
        registration: row.registration_id,
        reference: Reference::parse(&row.reference).map_err(|_| StoreError::Row {
            table: "registration",
            column: "reference",
        })?,
        name: row.name,
        opened_on: day("organisation", "opened_on", row.opened_on)?,
        closed_on: row
            .closed_on
            .map(|number| day("organisation", "closed_on", number))
            .transpose()?,
        members,
        events,
        history,
    }))
}

/// Reads the events of an organisation, in order.
pub(in crate::store) async fn events_of(
    connection: &mut Connection<'_>,
    organisation: &str,
) -> Result<Vec<StoredEvent>, StoreError> {
    let rows: Vec<EventRow> = query_as(
        "select number, step, member_id, change, reported_by, reported_at, reported_on, \
         effective_on, details, cancelled_at, due_done_at from member_event where \
         organisation_id = $1 order by number",
    )
    .bind(organisation)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(StoredEvent::try_from).collect()
}

/// Returns the SHA-256 of events as they were reported, which the audit keeps: it does not change
/// when an event is cancelled or its personal data is erased.
pub(in crate::store) fn event_digest<'e>(events: impl IntoIterator<Item = &'e Event>) -> String {
    let lines: Vec<String> = events
        .into_iter()
        .map(|event| {
            format!(
                "{} {} {} {} {}\n",
                event.number,
                event.member,
                event.change.key(),
                event.reported_on,
                event.effective_on
            )
        })
        .collect();
    sha256(lines.concat().as_bytes())
}

impl TryFrom<MemberRow> for StoredMember {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self, StoreError> {
        if row.email.is_empty() {
            return Ok(Self {
                details: None,
                place: row.place,
            });
        }
        let account = match (row.mobile, row.role) {
            (Some(mobile), Some(role)) => Some(MemberAccount {
                mobile: stored("mobile", mobile)?,
                role: stored("role", role)?,
            }),
            _ => None,
        };
        let engagement = serde_json::from_str(&row.engagement);
        Ok(Self {
            details: Some(MemberDetails {
                first_name: stored("first_name", row.first_name)?,
                last_name: stored("last_name", row.last_name)?,
                email: stored("email", row.email)?,
                job_title: row
                    .job_title
                    .map(|title| stored("job_title", title))
                    .transpose()?,
                telephone: row
                    .telephone
                    .map(|number| stored("telephone", number))
                    .transpose()?,
                account,
                engagement: engagement.map_err(|_| unread("engagement"))?,
            }),
            place: row.place,
        })
    }
}

/// Reads a value that was valid when it was stored.
fn stored<T: DeserializeOwned>(column: &'static str, text: String) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(text)).map_err(|_| unread(column))
}

const fn unread(column: &'static str) -> StoreError {
    StoreError::Row {
        table: "member",
        column,
    }
}

impl TryFrom<EventRow> for StoredEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let table = "member_event";
        let unread = |column| StoreError::Row { table, column };
        Ok(Self {
            event: Event {
                number: row.number,
                member: MemberId::named(row.member_id),
                change: Change::from_key(&row.change).ok_or_else(|| unread("change"))?,
                reported_on: day(table, "reported_on", row.reported_on)?,
                effective_on: day(table, "effective_on", row.effective_on)?,
                cancelled: row.cancelled_at.is_some(),
            },
            step: row.step,
            reported_by: row.reported_by,
            reported_at: Moment::from_millis(row.reported_at),
            details: row
                .details
                .map(|details| serde_json::from_str(&details).map_err(|_| unread("details")))
                .transpose()?,
            due_done_at: row.due_done_at.map(Moment::from_millis),
        })
    }
}

fn day(table: &'static str, column: &'static str, number: i64) -> Result<CalendarDate, StoreError> {
    CalendarDate::of_day_number(number).ok_or(StoreError::Row { table, column })
}
