//! Unassigns an officer's work when their access ends or their role changes.
//!
//! A role change matters only if the new role may not work on registrations. The work is unassigned
//! in the transaction of that change, with an audit entry for each registration and request.
//! Decided registrations and answered requests still name their last officer.

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::desk::{TargetClock, Workload};
use registration::identifiers::Reference;
use registration::lifecycle::{State, Step};
use serde_json::json;

use super::assignment::holder_details;
use super::proposals::end_proposal;
use super::search_index::waits_since;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Officers;

/// An undecided registration that is assigned to the officer.
#[derive(sqlx::FromRow)]
pub(super) struct AssignedRow {
    pub(super) id: String,
    reference: String,
    state: String,
    revision: i64,
    clock_days: i64,
    clock_since: Option<i64>,
}

/// The new column values and the audit entry of a registration that is unassigned.
pub(super) struct ReleasedRegistration {
    pub(super) state: State,
    /// Whether the registration's state changes too.
    pub(super) is_step: bool,
    pub(super) clock_days: i64,
    pub(super) clock_since: Option<i64>,
    pub(super) waits_since: i64,
    pub(super) subject: Subject,
    pub(super) action: Action,
    pub(super) details: String,
}

impl AssignedRow {
    pub(super) fn released(
        &self,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<ReleasedRegistration, StoreError> {
        let state = State::from_key(&self.state).ok_or(StoreError::Row {
            table: "registration",
            column: "state",
        })?;
        let reference = Reference::parse(&self.reference).map_err(|_| StoreError::Row {
            table: "registration",
            column: "reference",
        })?;
        let clock = TargetClock {
            used: u32::try_from(self.clock_days).unwrap_or_default(),
            runs_since: self.clock_since.and_then(CalendarDate::of_day_number),
        };
        let after = state.after(Step::Release);
        let to = after.unwrap_or(state);
        let clock = match at.calendar_date() {
            Some(today) => clock.entering(to, today),
            None => clock,
        };
        let mut details = json!({
            "holder_before": officer.as_str(),
            "holder_after": null,
        });
        if after.is_some() {
            details["before"] = json!(state.key());
            details["after"] = json!(to.key());
            details["revision"] = json!(self.revision);
            details["more"] = json!(null);
        }
        Ok(ReleasedRegistration {
            state: to,
            is_step: after.is_some(),
            clock_days: i64::from(clock.used),
            clock_since: clock.runs_since.map(CalendarDate::day_number),
            waits_since: waits_since(clock),
            subject: Subject::Registration(reference),
            action: if after.is_some() {
                Action::GivenBack
            } else {
                Action::Assigned
            },
            details: details.to_string(),
        })
    }
}

/// Unassigns all undecided work of an officer; returns the numbers of registrations and requests.
///
/// The officer is also no longer shown as present. The caller must have locked the officer.
pub(super) async fn release_all(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
    actor: &Actor,
    at: Moment,
) -> Result<Workload, StoreError> {
    // This update locks the rows, so the returned values stay valid until the transaction ends.
    let assigned: Vec<AssignedRow> = query_as(
        "update registration set version = version + 1, officer_id = null where officer_id = $1 \
         and state in ('received', 'being-checked', 'more-information-needed') returning id, \
         reference, state, revision, clock_days, clock_since",
    )
    .bind(officer.as_str())
    .fetch_all(connection)
    .await?;
    for row in &assigned {
        let released = row.released(officer, at)?;
        if released.is_step {
            query(
                "update registration set state = $2, state_since = $3, told = null, clock_days = \
                 $4, clock_since = $5, waits_since = $6 where id = $1",
            )
            .bind(&row.id)
            .bind(released.state.key())
            .bind(at.millis())
            .bind(released.clock_days)
            .bind(released.clock_since)
            .bind(released.waits_since)
            .execute(connection)
            .await?;
            end_proposal(connection, &row.id).await?;
        }
        let entry = NewEntry {
            subject: released.subject,
            at,
            actor: actor.clone(),
            action: released.action,
            details: released.details,
        };
        append_next(connection, entry).await?;
    }
    let requests: Vec<String> = query_scalar(
        "update format_request set version = version + 1, officer_id = null where officer_id = $1 \
         and state = 'waiting' returning id",
    )
    .bind(officer.as_str())
    .fetch_all(connection)
    .await?;
    for request in &requests {
        let entry = NewEntry {
            subject: Subject::FormatRequest(request.to_owned()),
            at,
            actor: actor.clone(),
            action: Action::Assigned,
            details: holder_details(Some(officer), None),
        };
        append_next(connection, entry).await?;
    }
    query("delete from desk_looking where officer_id = $1")
        .bind(officer.as_str())
        .execute(connection)
        .await?;
    Ok(Workload {
        registrations: assigned.len(),
        requests: requests.len(),
    })
}

impl Officers {
    /// Counts the registrations and requests that would be unassigned if an officer's access ended.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn workload(&self, officer: &OfficerId) -> Result<Workload, StoreError> {
        let (registrations, requests): (i64, i64) = query_as(
            "select (select count(*) from registration where officer_id = $1 and state in \
             ('received', 'being-checked', 'more-information-needed')), (select count(*) from \
             format_request where officer_id = $1 and state = 'waiting')",
        )
        .bind(officer.as_str())
        .fetch_one(&mut self.database.read().await?)
        .await?;
        Ok(Workload {
            registrations: usize::try_from(registrations).unwrap_or_default(),
            requests: usize::try_from(requests).unwrap_or_default(),
        })
    }
}
