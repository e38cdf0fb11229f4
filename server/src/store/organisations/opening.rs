//! Opens the organisation of a registration that is approved: each user and the accountable person
//! become members, as events of the first day. Closes it if the approval is undone.

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::identifiers::{Email, Reference};
use registration::lifecycle::State;
use registration::membership::{Change, Event, History, MemberDetails, MemberId};
use registration::registration::Registration;
use serde_json::json;

use super::reading::event_digest;
use super::steps::{EventSource, insert_events, insert_member};
use super::terms;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::desk::{member_uuid, organisation_id};
use crate::store::error::StoreError;
use crate::store::registrations::registration_of;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Organisations;

/// How many organisations of earlier versions are opened in one transaction.
const AT_ONCE: i64 = 100;

/// A person with whom an organisation begins.
struct FirstMember {
    id: MemberId,
    place: Option<i64>,
    details: MemberDetails,
    is_administrator: bool,
    is_accountable: bool,
}

#[derive(sqlx::FromRow)]
struct Waiting {
    id: String,
    registration_id: String,
    reference: String,
    state_since: i64,
}

impl Organisations {
    /// Opens the organisations of registrations that an earlier version of the service approved;
    /// returns how many.
    ///
    /// An organisation without an administrator stays as it is, and so does one whose registration
    /// was stored under an older rule and cannot be read; the log names both.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open_waiting(&self, at: Moment) -> Result<u64, StoreError> {
        let (mut opened, mut after) = (0, String::new());
        loop {
            let waiting: Vec<Waiting> = query_as(
                "select organisation.id, registration_id, reference, state_since from \
                 organisation join registration on registration.id = registration_id where \
                 opened_on is null and organisation.id > $1 and state = $2 and erased_at is null \
                 order by organisation.id limit $3",
            )
            .bind(&after)
            .bind(State::Approved.key())
            .bind(AT_ONCE)
            .fetch_all(&mut self.database.read().await?)
            .await?;
            let Some(last) = waiting.last() else {
                return Ok(opened);
            };
            after.clone_from(&last.id);
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            for organisation in &waiting {
                match open_earlier(&mut transaction, organisation, at).await {
                    Ok(is_open) => opened += u64::from(is_open),
                    // One unreadable registration must not stop the service from starting.
                    Err(error @ StoreError::Row { .. }) => tracing::warn!(
                        %error,
                        reference = organisation.reference,
                        "the organisation was not opened"
                    ),
                    Err(error) => return Err(error),
                }
            }
            transaction.commit().await?;
        }
    }
}

/// Opens the organisation of a registration that was approved earlier.
async fn open_earlier(
    connection: &mut Connection<'_>,
    waiting: &Waiting,
    at: Moment,
) -> Result<bool, StoreError> {
    let approved_at = Moment::from_millis(waiting.state_since);
    let reference = Reference::parse(&waiting.reference).map_err(|_| UNREAD)?;
    let which = (waiting.registration_id.as_str(), &reference);
    open(connection, which, &Actor::Service, (approved_at, at)).await
}

const UNREAD: StoreError = StoreError::Row {
    table: "registration",
    column: "reference",
};

/// Opens the organisation of a registration, which was approved at `approved_at`, with its people as
/// members.
///
/// Returns `false` if it is open, another server opens it now, or the registration has no
/// administrator.
pub(in crate::store) async fn open(
    connection: &mut Connection<'_>,
    (registration, reference): (&str, &Reference),
    actor: &Actor,
    (approved_at, at): (Moment, Moment),
) -> Result<bool, StoreError> {
    let id = organisation_of(connection, registration).await?;
    // Wait for whoever opens it at the same time.
    let waits = query("update organisation set steps = steps where id = $1 and opened_on is null")
        .bind(&id)
        .execute(connection)
        .await?;
    let stored = registration_of(connection, reference).await?;
    let (Some(stored), Some(day), 1) = (stored, approved_at.calendar_date(), waits) else {
        return Ok(false);
    };
    let places = places_of(connection, registration).await?;
    let members = first_members(registration, &stored.registration, &places);
    if !members.iter().any(|member| member.is_administrator) {
        tracing::warn!(%reference, "the organisation has no administrator, so it was not opened");
        return Ok(false);
    }
    let reported = Reported {
        on: day,
        at: approved_at,
    };
    add_members(connection, &id, &members, (reported, actor, at)).await?;
    query("update organisation set opened_on = $2, closed_on = null where id = $1")
        .bind(&id)
        .bind(day.day_number())
        .execute(connection)
        .await?;
    Ok(true)
}

/// Closes the organisation of a registration whose approval is undone. Its members stay.
pub(in crate::store) async fn close(
    connection: &mut Connection<'_>,
    registration: &str,
    at: Moment,
) -> Result<(), StoreError> {
    query("update organisation set closed_on = $2 where registration_id = $1 and opened_on is not null")
        .bind(registration)
        .bind(at.calendar_date().map(CalendarDate::day_number))
        .execute(connection)
        .await?;
    Ok(())
}

/// Opens an organisation again whose registration is approved again.
///
/// If its people never took a step, its members are those of the registration as it is now.
/// Otherwise they are as the last step left them.
pub(in crate::store) async fn open_again(
    connection: &mut Connection<'_>,
    (registration, reference): (&str, &Reference),
    actor: &Actor,
    at: Moment,
) -> Result<(), StoreError> {
    let closed: Option<(String, i64, i64)> = query_as(
        "select id, opened_on, steps from organisation where registration_id = $1 and closed_on \
         is not null and opened_on is not null",
    )
    .bind(registration)
    .fetch_optional(connection)
    .await?;
    let Some((id, opened_on, steps)) = closed else {
        return Ok(());
    };
    if steps == 0
        && let Some(stored) = registration_of(connection, reference).await?
        && let Some(day) = CalendarDate::of_day_number(opened_on)
    {
        let places = places_of(connection, registration).await?;
        let members = first_members(registration, &stored.registration, &places);
        delete_members(connection, &id).await?;
        let reported = Reported { on: day, at };
        add_members(connection, &id, &members, (reported, actor, at)).await?;
    }
    query("update organisation set closed_on = null where id = $1")
        .bind(&id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes the members of an organisation that is closed, with their terms and events; returns how
/// many there were.
pub(in crate::store) async fn delete_members(
    connection: &mut Connection<'_>,
    organisation: &str,
) -> Result<u64, StoreError> {
    let mut members = 0;
    for statement in [
        "delete from account_change where organisation_id = $1",
        "delete from administrator_term where organisation_id = $1",
        "delete from accountable_turn where organisation_id = $1",
        "delete from member_event where organisation_id = $1",
        "delete from member where organisation_id = $1",
    ] {
        members = query(statement)
            .bind(organisation)
            .execute(connection)
            .await?;
    }
    Ok(members)
}

async fn organisation_of(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<String, StoreError> {
    // Organisations of old versions have identifiers that were made in another way.
    let id: Option<(String,)> = query_as("select id from organisation where registration_id = $1")
        .bind(registration)
        .fetch_optional(connection)
        .await?;
    Ok(id.map_or_else(|| organisation_id(registration), |(id,)| id))
}

/// Returns the positions of the users of a registration, in the order of its people. A person who
/// was erased leaves a gap.
async fn places_of(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<Vec<i64>, StoreError> {
    let places: Vec<i64> = query_scalar(
        "select position from registration_user where registration_id = $1 and not joined_later \
         order by position",
    )
    .bind(registration)
    .fetch_all(connection)
    .await?;
    Ok(places)
}

/// Returns the people of a registration as members, each at their position. The accountable person is the user with the
/// same mailbox, or else a member without an account.
fn first_members(
    registration_id: &str,
    registration: &Registration,
    places: &[i64],
) -> Vec<FirstMember> {
    let accountable = &registration.accountable_person;
    let mailbox = Email::mailbox(accountable.email.as_str());
    let mut members: Vec<FirstMember> = places
        .iter()
        .zip(&registration.people)
        .map(|(&place, person)| FirstMember {
            id: member_uuid(registration_id, &place.to_string()),
            place: Some(place),
            details: person.into(),
            is_administrator: person.administrator,
            is_accountable: false,
        })
        .collect();
    let own = members
        .iter_mut()
        .find(|member| member.details.mailbox() == mailbox);
    if let Some(own) = own {
        own.is_accountable = true;
        own.details.job_title = Some(accountable.job_title.clone());
        own.details.telephone = Some(accountable.telephone.clone());
    } else {
        members.push(FirstMember {
            id: member_uuid(registration_id, "accountable"),
            place: None,
            details: accountable.into(),
            is_administrator: false,
            is_accountable: true,
        });
    }
    members
}

/// The day on which the first members were approved, and the time at which that was known.
struct Reported {
    on: CalendarDate,
    at: Moment,
}

/// Adds the first members of an organisation that is not open, with their events.
async fn add_members(
    connection: &mut Connection<'_>,
    id: &str,
    members: &[FirstMember],
    (reported, actor, at): (Reported, &Actor, Moment),
) -> Result<(), StoreError> {
    let day = reported.on;
    let mut events: Vec<Event> = Vec::new();
    for member in members {
        let changes = [
            Some(Change::Join),
            member
                .is_administrator
                .then_some(Change::BecomeAdministrator),
            member.is_accountable.then_some(Change::TakeOver),
        ];
        for change in changes.into_iter().flatten() {
            events.push(Event {
                number: i64::try_from(events.len()).unwrap_or(i64::MAX) + 1,
                member: member.id.clone(),
                change,
                reported_on: day,
                effective_on: day,
                cancelled: false,
            });
        }
        insert_member(connection, id, (&member.id, &member.details), (day, None)).await?;
        query("update member set place = $2, administrator = $3 where id = $1")
            .bind(member.id.as_str())
            .bind(member.place)
            .bind(member.is_administrator)
            .execute(connection)
            .await?;
    }
    let source = EventSource {
        step: 0,
        by: actor,
        at: reported.at,
        due_done_at: Some(at),
    };
    insert_events(connection, id, &events, &source).await?;
    let entry = NewEntry {
        subject: Subject::Organisation(id.to_owned()),
        at,
        actor: actor.clone(),
        action: Action::OrganisationBegan,
        details: json!({
            "opened_on": day,
            "members": members.len(),
            "first_event": 1,
            "last_event": events.len(),
            "events_sha256": event_digest(&events),
        })
        .to_string(),
    };
    let after = History::new(events);
    terms::write(connection, id, (&History::default(), &after)).await?;
    append_next(connection, entry).await
}
