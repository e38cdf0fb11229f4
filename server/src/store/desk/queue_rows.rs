//! Reads the rows of one page of the queue by their identifiers.

use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::desk::queue::{ItemKind, ItemStatus};
use registration::desk::working_days::working_days_between;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::organisation::OrganisationKind;

use super::queue_item::QueueItem;
use crate::clock::Moment;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::session_draft::questions;
use crate::store::silence::Silence;

pub(super) const REGISTRATIONS: &str = "select registration.id, reference, registration.name, \
                                        kind, user_count, sent_at as arrived, state, \
                                        state_since, revision, \
                                        clock_days, clock_since, first_hearing, officer_id, \
                                        officer.name as officer_name, cast(null as text) as \
                                        format, cast(null as bigint) as answered_at, (select \
                                        count(*) from proposed_decision where registration_id = \
                                        registration.id) as proposed, (select count(*) from \
                                        outbox where subject = 'registration/' || reference and \
                                        state = 'dead') as undelivered, \
                                        sent_back_at, questions_at, reminded_at, asked from \
                                        registration left join \
                                        officer on officer.id = officer_id where registration.id";

pub(super) const REQUESTS: &str = "select format_request.id, cast(null as text) as reference, \
                                   format_request.name, cast(null as text) as kind, cast(null as \
                                   bigint) as user_count, asked_at as arrived, state, \
                                   asked_at as state_since, cast(1 as \
                                   bigint) as revision, cast(0 as bigint) as clock_days, \
                                   cast(null as bigint) as clock_since, cast(null as text) as \
                                   first_hearing, officer_id, officer.name as officer_name, \
                                   format, answered_at, cast(0 as bigint) as proposed, \
                                   cast(0 as bigint) as undelivered, cast(null \
                                   as bigint) as sent_back_at, cast(null as bigint) as \
                                   questions_at, cast(null as bigint) as reminded_at, '' as \
                                   asked from format_request left join officer on officer.id = officer_id \
                                   where format_request.id";

#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    id: String,
    reference: Option<String>,
    name: String,
    kind: Option<String>,
    user_count: Option<i64>,
    arrived: i64,
    state: String,
    state_since: i64,
    revision: i64,
    clock_days: i64,
    clock_since: Option<i64>,
    first_hearing: Option<String>,
    officer_id: Option<String>,
    officer_name: Option<String>,
    format: Option<String>,
    answered_at: Option<i64>,
    proposed: i64,
    undelivered: i64,
    sent_back_at: Option<i64>,
    questions_at: Option<i64>,
    reminded_at: Option<i64>,
    asked: String,
}

/// Returns the target clock of a request for another format; an answer to the request stops the
/// clock.
pub(super) fn clock_of_request(asked_at: Moment, answered_at: Option<Moment>) -> TargetClock {
    let asked = asked_at.calendar_date();
    let answered = answered_at.and_then(Moment::calendar_date);
    match (asked, answered) {
        (Some(asked), Some(answered)) => TargetClock {
            used: working_days_between(asked, answered),
            runs_since: None,
        },
        (asked, _) => TargetClock {
            used: 0,
            runs_since: asked,
        },
    }
}

impl TryFrom<Row> for QueueItem {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration",
            column,
        };
        let arrived = Moment::from_millis(row.arrived);
        let count = |number: i64| u32::try_from(number).unwrap_or_default();
        let answered_at = row.answered_at.map(Moment::from_millis);
        let (kind, status, clock) = if row.reference.is_some() {
            let state = State::from_key(&row.state).ok_or_else(|| unread("state"))?;
            let kind = if row.revision > 1 {
                ItemKind::SentAgain
            } else {
                ItemKind::New
            };
            let clock = TargetClock {
                used: count(row.clock_days),
                runs_since: row.clock_since.and_then(CalendarDate::of_day_number),
            };
            (kind, ItemStatus::of(state), clock)
        } else {
            let status = match answered_at {
                Some(_) => ItemStatus::Answered,
                None => ItemStatus::of_open_request(row.officer_id.is_some()),
            };
            (
                ItemKind::FormatRequest,
                status,
                clock_of_request(arrived, answered_at),
            )
        };
        let asked = questions(&row.asked)?;
        Ok(Self {
            kind,
            id: row.id,
            reference: row
                .reference
                .map(|reference| Reference::parse(&reference))
                .transpose()
                .map_err(|_| unread("reference"))?,
            name: row.name,
            organisation: row
                .kind
                .map(|kind| OrganisationKind::from_key(&kind).ok_or_else(|| unread("kind")))
                .transpose()?,
            format: row.format,
            users: row.user_count.map(count),
            arrived,
            status,
            is_proposed: row.proposed > 0,
            is_undelivered: row.undelivered > 0,
            is_sent_back: row.sent_back_at.is_some(),
            clock,
            silence: status.state().and_then(|state| {
                let times = (row.questions_at, row.reminded_at);
                Silence::of((state, row.state_since), times, &asked)
            }),
            first_hearing: row
                .first_hearing
                .map(CalendarDate::try_from)
                .transpose()
                .map_err(|_| unread("first_hearing"))?,
            assignee: row
                .officer_id
                .map(|id| (OfficerId::named(id), row.officer_name.unwrap_or_default())),
            viewers: Vec::new(),
        })
    }
}
