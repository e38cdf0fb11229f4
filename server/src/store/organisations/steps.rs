//! Takes a step with the members of an organisation, in one transaction: checks it against what is
//! true then, stores its events and the rows that follow, gives the desk its tasks if the day has
//! come, and appends the audit row.

use std::collections::BTreeMap;

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::membership::{
    Change, Event, History, MemberDetails, MemberId, Refusal, Step, days_late,
};
use serde_json::{Value, json};

use super::lock::lock;
use super::member_columns::{as_json, columns};
use super::reading::{OpenOrganisation, event_digest, read};
use super::{due, terms};
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::query;
use crate::store::stores::Organisations;

/// A person who joins an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// A new identifier, a UUID.
    pub id: MemberId,
    /// The details of the person.
    pub details: MemberDetails,
}

/// A step to be taken with the members of an organisation.
#[derive(Debug, Clone)]
pub struct NewMemberStep {
    /// The identifier of the organisation.
    pub organisation: String,
    /// The step.
    pub step: Step,
    /// The people who join with the step.
    pub people: Vec<NewMember>,
    /// The new details of members whom the step edits.
    pub edits: BTreeMap<MemberId, MemberDetails>,
    /// Who reports the step. A member must be an administrator or the accountable person today.
    pub by: Actor,
    /// When the step is reported.
    pub at: Moment,
}

/// The outcome of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberStepOutcome {
    /// The step was taken.
    Taken {
        /// How many days late the change was reported.
        days_late: u32,
    },
    /// The step was refused, and nothing was changed.
    Refused(Refusal),
    /// The person who reports it may not change the members, and nothing was changed.
    NotAllowed,
    /// The organisation is not open, and nothing was changed.
    NotOpen,
}

/// From where events come.
pub(super) struct EventSource<'a> {
    /// The step that reports the events.
    pub(super) step: i64,
    /// Who reports them.
    pub(super) by: &'a Actor,
    /// When they are reported.
    pub(super) at: Moment,
    /// When the desk got its tasks, if it has them already.
    pub(super) due_done_at: Option<Moment>,
}

impl Organisations {
    /// Takes a step with the members of an organisation.
    ///
    /// The rules are applied to the members as they are in this transaction, so of two steps at
    /// once that do not fit together, the second is refused.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn take_step(&self, new: &NewMemberStep) -> Result<MemberStepOutcome, StoreError> {
        let Some(today) = new.at.calendar_date() else {
            return Ok(MemberStepOutcome::NotOpen);
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let outcome = take(&mut transaction, new, today).await?;
        if matches!(outcome, MemberStepOutcome::Taken { .. }) {
            transaction.commit().await?;
            self.database.wake_outbox();
        } else {
            transaction.rollback().await?;
        }
        Ok(outcome)
    }
}

pub(super) async fn take(
    connection: &mut Connection<'_>,
    new: &NewMemberStep,
    today: CalendarDate,
) -> Result<MemberStepOutcome, StoreError> {
    if !lock(connection, &new.organisation).await? {
        return Ok(MemberStepOutcome::NotOpen);
    }
    let Some(organisation) = read(connection, &new.organisation).await? else {
        return Ok(MemberStepOutcome::NotOpen);
    };
    if let Actor::Member(member) = &new.by
        && !organisation.on(today).may_manage(member)
    {
        return Ok(MemberStepOutcome::NotAllowed);
    }
    if let Some(refusal) = unfit(&organisation, new, today) {
        return Ok(MemberStepOutcome::Refused(refusal));
    }
    let before = &organisation.history;
    let after = match before.after(&new.step, today) {
        Ok(after) => after,
        Err(refusal) => return Ok(MemberStepOutcome::Refused(refusal)),
    };
    let late = store(connection, new, (before, &after)).await?;
    let step = organisation.events.last().map_or(1, |last| last.step + 1);
    let events: Vec<Event> = after.events()[before.events().len()..].to_vec();
    let source = EventSource {
        step,
        by: &new.by,
        at: new.at,
        due_done_at: None,
    };
    insert_events(connection, &new.organisation, &events, &source).await?;
    for event in &events {
        if event.change == Change::Edit
            && let Some(details) = new.edits.get(&event.member)
        {
            query(
                "update member_event set details = $3 where organisation_id = $1 and number = $2",
            )
            .bind(&new.organisation)
            .bind(event.number)
            .bind(as_json(details)?)
            .execute(connection)
            .await?;
        }
    }
    terms::write(connection, &new.organisation, (before, &after)).await?;
    append_next(connection, entry(new, &organisation, &events, late)).await?;
    due::finish(connection, &new.organisation, today, new.at).await?;
    Ok(MemberStepOutcome::Taken { days_late: late })
}

/// Returns why a step does not fit the details of the members: a mailbox that is on the list, or an
/// administrator without an account.
fn unfit(
    organisation: &OpenOrganisation,
    new: &NewMemberStep,
    today: CalendarDate,
) -> Option<Refusal> {
    let stays = |member: &MemberId| {
        organisation
            .history
            .leaves_on(member)
            .is_none_or(|leaves| leaves > today)
    };
    let mut mailboxes: BTreeMap<String, &MemberId> = organisation
        .members
        .iter()
        .filter(|(member, _)| organisation.history.joined_on(member).is_some() && stays(member))
        .filter_map(|(member, stored)| Some((stored.details.as_ref()?.mailbox(), member)))
        .collect();
    for person in &new.people {
        if let Some(member) = mailboxes.insert(person.details.mailbox(), &person.id) {
            return Some(Refusal::AlreadyMember {
                member: member.clone(),
            });
        }
    }
    for (member, details) in &new.edits {
        let taken = mailboxes.get(&details.mailbox());
        if let Some(other) = taken.filter(|other| **other != member) {
            return Some(Refusal::AlreadyMember {
                member: (*other).clone(),
            });
        }
    }
    let Step::Report { changes, .. } = &new.step else {
        return None;
    };
    let has_account = |member: &MemberId| {
        let joins = new.people.iter().find(|person| person.id == *member);
        joins
            .map(|person| &person.details)
            .or_else(|| organisation.details_of(member))
            .is_none_or(|details| details.account.is_some())
    };
    changes
        .iter()
        .find(|(member, change)| *change == Change::BecomeAdministrator && !has_account(member))
        .map(|(member, _)| Refusal::WithoutAccount {
            member: member.clone(),
        })
}

/// Stores who joins and what is cancelled; returns how many days late the step was reported.
async fn store(
    connection: &mut Connection<'_>,
    new: &NewMemberStep,
    (before, after): (&History, &History),
) -> Result<u32, StoreError> {
    let days = terms::member_days(after);
    for person in &new.people {
        if let Some(days) = days.get(&person.id) {
            let which = (&person.id, &person.details);
            insert_member(connection, &new.organisation, which, *days).await?;
        }
    }
    if let Step::Cancel { numbers } = &new.step {
        for number in numbers {
            query(
                "update member_event set cancelled_at = $3 where organisation_id = $1 and number \
                 = $2",
            )
            .bind(&new.organisation)
            .bind(*number)
            .bind(new.at.millis())
            .execute(connection)
            .await?;
        }
    }
    let reported = after.events().get(before.events().len());
    Ok(reported.map_or(0, |event| days_late(event.reported_on, event.effective_on)))
}

/// Adds a row for somebody who joins.
pub(super) async fn insert_member(
    connection: &mut Connection<'_>,
    organisation: &str,
    (id, details): (&MemberId, &MemberDetails),
    (from, until): (CalendarDate, Option<CalendarDate>),
) -> Result<(), StoreError> {
    query(
        "insert into member (id, organisation_id, first_name, last_name, email, mailbox, \
         telephone, job_title, mobile, role, engagement, from_day, until_day) values ($1, $2, $3, \
         $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id.as_str())
    .bind(organisation)
    .bind_all(columns(details)?)
    .bind(from.day_number())
    .bind(until.map(CalendarDate::day_number))
    .execute(connection)
    .await?;
    Ok(())
}

fn entry(
    new: &NewMemberStep,
    organisation: &OpenOrganisation,
    events: &[Event],
    late: u32,
) -> NewEntry {
    let (action, details) = match &new.step {
        Step::Cancel { numbers } => (
            Action::MembersChangeCancelled,
            json!({ "cancelled_events": numbers }),
        ),
        Step::Report { effective_on, .. } => {
            let name = |member: &MemberId| {
                let joins = new.people.iter().find(|person| person.id == *member);
                joins.map_or_else(
                    || organisation.name_of(member),
                    |person| person.details.full_name(),
                )
            };
            let changes: Vec<Value> = events
                .iter()
                .map(|event| {
                    json!({
                        "member": event.member,
                        "name": name(&event.member),
                        "change": event.change,
                    })
                })
                .collect();
            (
                Action::MembersChanged,
                json!({
                    "effective_on": effective_on,
                    "days_late": late,
                    "changes": changes,
                    "first_event": events.first().map(|event| event.number),
                    "last_event": events.last().map(|event| event.number),
                    "events_sha256": event_digest(events),
                }),
            )
        }
    };
    NewEntry {
        subject: Subject::Organisation(new.organisation.clone()),
        at: new.at,
        actor: new.by.clone(),
        action,
        details: details.to_string(),
    }
}

/// Adds events to those of an organisation.
pub(super) async fn insert_events(
    connection: &mut Connection<'_>,
    organisation: &str,
    events: &[Event],
    source: &EventSource<'_>,
) -> Result<(), StoreError> {
    for event in events {
        query(
            "insert into member_event (organisation_id, number, step, member_id, change, \
             reported_by, reported_at, reported_on, effective_on, recorded_on, due_done_at) values \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(organisation)
        .bind(event.number)
        .bind(source.step)
        .bind(event.member.as_str())
        .bind(event.change.key())
        .bind(source.by.to_string())
        .bind(source.at.millis())
        .bind(event.reported_on.day_number())
        .bind(event.effective_on.day_number())
        .bind(event.recorded_on().day_number())
        .bind(source.due_done_at.map(Moment::millis))
        .execute(connection)
        .await?;
    }
    Ok(())
}
