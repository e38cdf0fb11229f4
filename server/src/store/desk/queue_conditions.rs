//! The SQL that the lists (`queue.rs`) and the search (`search.rs`) of the queue share: the
//! conditions of the filters, the sort columns, and the merging of the parts of a list.

use registration::date::CalendarDate;
use registration::desk::queue::{
    AssigneeFilter, ItemKind, ItemStatus, QueueList, last_early_day, overdue_since,
};
use registration::format_request;

use super::values::Values;
use crate::clock::Moment;
use crate::store::officer_id::OfficerId;

pub(super) const REGISTRATION: &str = "registration";
pub(super) const REQUEST: &str = "request";

/// The SQL condition for registrations whose decision waits for a second officer.
pub(super) const PROPOSED: &str = "id in (select registration_id from proposed_decision)";

/// A day number higher than any real one.
///
/// Decided entries sort by this number minus the day on which they were sent. They therefore follow
/// the waiting entries, newest first.
const AFTER_ALL_DAYS: i64 = 2_000_000;
/// A day number between those of waiting entries and those of decided ones.
const AFTER_WAITING_DAYS: i64 = 1_000_000;

/// A request for a list of the queue.
#[derive(Debug, Clone)]
pub struct QueueQuery<'a> {
    /// The list, with its filters, order and page.
    pub list: &'a QueueList,
    /// The officer who requests the list.
    pub officer: &'a OfficerId,
    /// The time of the request.
    pub now: Moment,
    /// The current day in London.
    pub today: CalendarDate,
    /// The target of the desk for a decision, in working days.
    pub target: u32,
}

/// The identifier of an entry, and whether the entry is a registration or a request.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ListedRow {
    pub(super) what: String,
    pub(super) id: String,
}

/// Builds the filter conditions that no index covers.
///
/// Returns `None` if no registration with this status can match.
pub(super) fn registration_filters(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    values: &mut Values,
) -> Option<Vec<String>> {
    let list = asked.list;
    status.state()?;
    if list.second_officer && !status.waits() {
        return None;
    }
    // PostgreSQL rejects a bound value that the statement does not use, so return `None` before any
    // value is bound.
    let since = if list.overdue {
        let waits = status.waits();
        let since = waits.then(|| overdue_since(asked.today, asked.target));
        Some(since.flatten()?)
    } else {
        None
    };
    let mut filters = Vec::new();
    match (list.shows(ItemKind::New), list.shows(ItemKind::SentAgain)) {
        (true, true) => {}
        (true, false) => filters.push("revision = 1".to_owned()),
        (false, true) => filters.push("revision > 1".to_owned()),
        (false, false) => return None,
    }
    if !list.organisations.is_empty() {
        let kinds: Vec<String> = list
            .organisations
            .iter()
            .map(|kind| values.text(kind.key()))
            .collect();
        filters.push(format!("kind in ({})", kinds.join(", ")));
    }
    if list.whose == AssigneeFilter::Unassigned {
        filters.push("officer_id is null".to_owned());
    }
    if list.second_officer {
        filters.push(PROPOSED.to_owned());
    }
    if list.early {
        let between = early(asked, values);
        filters.push(between);
    }
    if let Some(since) = since {
        let since = values.number(since.day_number());
        filters.push(format!("waits_since > 0 and waits_since <= {since}"));
    }
    Some(filters)
}

/// Builds the conditions for requests for another format.
///
/// Returns `None` if no request can match.
pub(super) fn request_conditions(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    values: &mut Values,
) -> Option<Vec<String>> {
    let list = asked.list;
    if !list.shows(ItemKind::FormatRequest)
        || !list.organisations.is_empty()
        || list.early
        || list.second_officer
    {
        return None;
    }
    // As for registrations, return before any value is bound.
    let since = if list.overdue {
        let target = u32::from(format_request::WORKING_DAYS);
        let since = status.waits().then(|| overdue_since(asked.today, target));
        Some(since.flatten()?)
    } else {
        None
    };
    let mut conditions = vec![
        match status {
            ItemStatus::Received => "state = 'waiting' and officer_id is null",
            ItemStatus::BeingChecked => "state = 'waiting' and officer_id is not null",
            ItemStatus::Answered => "state = 'answered'",
            _ => return None,
        }
        .to_owned(),
    ];
    match &list.whose {
        AssigneeFilter::All => {}
        AssigneeFilter::Unassigned => conditions.push("officer_id is null".to_owned()),
        AssigneeFilter::Mine => conditions.push(format!(
            "officer_id = {}",
            values.text(asked.officer.as_str())
        )),
        AssigneeFilter::Officer(id) => {
            conditions.push(format!("officer_id = {}", values.text(id.clone())));
        }
    }
    if let Some(since) = since {
        let since = values.number(since.day_number());
        conditions.push(format!("waits_since <= {since}"));
    }
    Some(conditions)
}

/// Returns the sort columns of the queue's default order, for entries of any state.
pub(super) fn next_order(asked: &QueueQuery<'_>, values: &mut Values) -> [String; 3] {
    let waits = "state in ('received', 'being-checked')";
    let is_asked = "state = 'more-information-needed'";
    let early = early(asked, values);
    [
        format!(
            "case when {waits} and {early} then 0 when {waits} then waits_since when {is_asked} then {} \
             else {} end",
            asked_day(),
            decided_day()
        ),
        format!("case when {waits} and {early} then first_hearing else '' end"),
        format!(
            "case when {waits} then sent_at when {is_asked} then state_since else -sent_at end"
        ),
    ]
}

/// Returns the first sort column of registrations whose applicants have questions to answer. They
/// come after registrations that wait for the desk and before decided ones, the longest silent
/// first.
pub(super) fn asked_day() -> String {
    format!("{AFTER_WAITING_DAYS} + state_since / 86400000")
}

pub(super) fn decided_day() -> String {
    format!("{AFTER_ALL_DAYS} - sent_at / 86400000")
}

/// Builds the condition for an early hearing.
pub(super) fn early(asked: &QueueQuery<'_>, values: &mut Values) -> String {
    let first = values.text(asked.today.to_string());
    let last = values.text(last_early_day(asked.today).to_string());
    format!("first_hearing >= {first} and first_hearing <= {last}")
}

/// Returns the identifier of the officer to whom the list is limited, if any.
pub(super) fn officer_asked(asked: &QueueQuery<'_>) -> Option<String> {
    match &asked.list.whose {
        AssigneeFilter::Mine => Some(asked.officer.as_str().to_owned()),
        AssigneeFilter::Officer(id) => Some(id.clone()),
        AssigneeFilter::All | AssigneeFilter::Unassigned => None,
    }
}

/// Builds the query that merges the first entries of all parts of a list, in list order.
///
/// Returns `None` if the list has no parts.
pub(super) fn merged(branches: &[String], descending: bool, most: usize) -> Option<String> {
    if branches.is_empty() {
        return None;
    }
    let branches: Vec<String> = branches
        .iter()
        .enumerate()
        .map(|(at, branch)| format!("select * from ({branch}) as branch_{at}"))
        .collect();
    let direction = if descending { "desc" } else { "asc" };
    Some(format!(
        "select what, id from ({}) as listed order by n1 {direction}, t {direction}, n2 \
         {direction}, id {direction} limit {most}",
        branches.join(" union all ")
    ))
}
