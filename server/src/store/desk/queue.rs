//! The lists of the queue. A list is read in two steps: first the identifiers of its entries in
//! order, at most `MAX_LISTED`; then the rows of one page.

use registration::date::CalendarDate;
use registration::desk::queue::{
    AssigneeFilter, ItemKind, ItemStatus, MAX_LISTED, PAGE_SIZE, QueueList, Sort,
};
use registration::identifiers::Reference;

use super::queue_conditions::{
    ListedRow, QueueQuery, REGISTRATION, REQUEST, asked_day, decided_day, early, merged,
    officer_asked, registration_filters, request_conditions,
};
use super::queue_item::QueueItem;
use super::queue_rows;
use super::search::{Found, SearchNotes};
use super::values::Values;
use crate::clock::Moment;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::stores::Casework;

/// The maximum number of decided entries of one state that are examined for a filter without an
/// index.
pub(super) const MAX_EXAMINED: usize = 5_000;
/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The entries of the page.
    pub items: Vec<QueueItem>,
    /// The size of the whole list.
    pub size: ListSize,
    /// The page number, from 0; the last page if the requested page does not exist.
    pub page: usize,
    /// Notes on the search, which the page shows beside the list.
    pub notes: SearchNotes,
}

/// The size of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSize {
    /// The number of entries that can be listed, at most `MAX_LISTED`.
    pub listed: usize,
    /// Whether the list has more entries than can be listed.
    pub more: bool,
    /// Whether some entries were not examined, so the list may be incomplete.
    pub partly: bool,
}

impl Casework {
    /// Returns one page of a list of the queue.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn queue(&self, asked: &QueueQuery<'_>) -> Result<Queue, StoreError> {
        let Found {
            mut rows,
            partly,
            notes,
        } = self.listed(asked, MAX_LISTED + 1).await?;
        let more = rows.len() > MAX_LISTED;
        rows.truncate(MAX_LISTED);
        let last = rows.len().saturating_sub(1) / PAGE_SIZE;
        let page = asked.list.page.min(last);
        let shown: Vec<ListedRow> = rows
            .iter()
            .skip(page * PAGE_SIZE)
            .take(PAGE_SIZE)
            .cloned()
            .collect();
        Ok(Queue {
            items: self.queue_items(&shown, asked.now).await?,
            size: ListSize {
                listed: rows.len(),
                more,
                partly,
            },
            page,
            notes,
        })
    }

    /// Returns the references of the first `count` unassigned registrations, in queue order.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn next_of_queue(
        &self,
        officer: &OfficerId,
        now: Moment,
        today: CalendarDate,
        count: usize,
    ) -> Result<Vec<Reference>, StoreError> {
        let list = QueueList {
            statuses: vec![ItemStatus::Received],
            kinds: vec![ItemKind::New, ItemKind::SentAgain],
            whose: AssigneeFilter::Unassigned,
            ..QueueList::default()
        };
        let asked = QueueQuery {
            list: &list,
            officer,
            now,
            today,
            target: 0,
        };
        let found = self.listed(&asked, count).await?;
        let items = self.queue_items(&found.rows, now).await?;
        Ok(items
            .into_iter()
            .filter_map(|item| item.reference)
            .collect())
    }

    pub(super) async fn listed(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<Found, StoreError> {
        match asked.list.sort {
            Sort::Status | Sort::Kind | Sort::Assignee => self.listed_by_group(asked, most).await,
            Sort::Next | Sort::Organisation | Sort::Users | Sort::Arrived | Sort::Due => {
                self.listed_in_order(asked, most).await
            }
        }
    }

    /// Returns the entries of a list in an order that an index has. Any other order counts as that of
    /// arrival.
    pub(super) async fn listed_in_order(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<Found, StoreError> {
        if !asked.list.search.is_empty() {
            return self.searched(asked, most).await;
        }
        let mut values = Values::default();
        let mut partly = false;
        let mut branches = Vec::new();
        for status in asked.list.shown_statuses() {
            for branch in registrations(asked, *status, most, &mut values) {
                partly |= branch.may_miss_some
                    && self.has_more_than_looked_through(asked, *status).await?;
                branches.push(branch.text);
            }
            branches.extend(requests(asked, *status, most, &mut values));
        }
        let rows = merged(&branches, asked.list.descending, most);
        let Some(statement) = rows else {
            return Ok(Found::default());
        };
        Ok(Found {
            rows: values
                .fetch_all(statement, &mut self.database.read().await?)
                .await?,
            partly,
            notes: SearchNotes::default(),
        })
    }

    async fn has_more_than_looked_through(
        &self,
        asked: &QueueQuery<'_>,
        status: ItemStatus,
    ) -> Result<bool, StoreError> {
        let mut values = Values::default();
        let state = status.key();
        let officer =
            officer_asked(asked).map(|id| format!(" and officer_id = {}", values.text(id)));
        let statement = format!(
            "select count(*) from (select 1 from registration where state = '{state}'{} limit {}) \
             as counted",
            officer.unwrap_or_default(),
            MAX_EXAMINED + 1
        );
        let counted: Vec<(i64,)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        let counted = counted.first().map_or(0, |(count,)| *count);
        Ok(usize::try_from(counted).unwrap_or_default() > MAX_EXAMINED)
    }

    async fn queue_items(
        &self,
        rows: &[ListedRow],
        now: Moment,
    ) -> Result<Vec<QueueItem>, StoreError> {
        let mut items = self.items_of(rows).await?;
        let subjects: Vec<String> = items
            .iter()
            .map(|item| item.subject().to_string())
            .collect();
        let viewers = self.present_on(&subjects, now).await?;
        for item in &mut items {
            let subject = item.subject().to_string();
            let of_item = viewers.iter().filter(|viewers| viewers.subject == subject);
            item.viewers = of_item.cloned().collect();
        }
        Ok(items)
    }

    pub(super) async fn items_of(&self, rows: &[ListedRow]) -> Result<Vec<QueueItem>, StoreError> {
        let ids_of = |what: &str| -> Vec<&str> {
            let rows = rows.iter().filter(|row| row.what == what);
            rows.map(|row| &*row.id).collect()
        };
        let mut found = Vec::new();
        for (statement, ids) in [
            (queue_rows::REGISTRATIONS, ids_of(REGISTRATION)),
            (queue_rows::REQUESTS, ids_of(REQUEST)),
        ] {
            if ids.is_empty() {
                continue;
            }
            let mut values = Values::default();
            let places: Vec<String> = ids.into_iter().map(|id| values.text(id)).collect();
            let statement = format!("{statement} in ({})", places.join(", "));
            let rows: Vec<queue_rows::Row> = values
                .fetch_all(statement, &mut self.database.read().await?)
                .await?;
            for row in rows {
                found.push(QueueItem::try_from(row)?);
            }
        }
        // Keep the order of the list. Entries that were deleted meanwhile are left out.
        let item = |row: &ListedRow| found.iter().find(|item| item.id == row.id).cloned();
        Ok(rows.iter().filter_map(item).collect())
    }
}

/// A query for one part of a list: entries of one state.
struct Branch {
    text: String,
    may_miss_some: bool,
}

/// The sort order of registrations in one part of a list.
struct Order {
    /// The sort columns `n1`, `t` and `n2` (number, text, number).
    columns: [String; 3],
    /// The same sort order as a list of index columns, such as `sort_name, id`.
    index: String,
    /// An extra condition on the registrations, if any.
    condition: Option<String>,
}

/// Builds the queries for registrations with one status.
///
/// Each state has one index per sort order, so the first entries of a state are read in index
/// order. A list of several states merges the first entries of each. The number of decided entries
/// grows without limit. Among decided entries, a filter without an index examines only the first
/// `MAX_EXAMINED` of each state. If there are more, the list is marked as possibly incomplete.
fn registrations(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    most: usize,
    values: &mut Values,
) -> Vec<Branch> {
    let list = asked.list;
    let Some(filters) = registration_filters(asked, status, values) else {
        return Vec::new();
    };
    let state = format!("state = '{}'", status.key());
    let officer = officer_asked(asked).map(|id| format!("officer_id = {}", values.text(id)));
    let direction = if list.descending { "desc" } else { "asc" };
    let mut branches = Vec::new();
    for order in orders(asked, status, values) {
        let all = |more: &[String]| -> String {
            std::iter::once(state.clone())
                .chain(officer.clone())
                .chain(order.condition.clone())
                .chain(more.iter().cloned())
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let [n1, t, n2] = &order.columns;
        let columns = format!("'{REGISTRATION}' as what, id, {n1} as n1, {t} as t, {n2} as n2");
        let by = in_direction(&order.index, list.descending);
        let looks_at_some = !status.waits()
            && (!filters.is_empty() || (officer.is_some() && !is_index_of_officer(list.sort)));
        let text = if looks_at_some {
            let within = if officer.is_some() {
                in_direction("waits_since, sent_at, id", true)
            } else {
                by
            };
            let condition = if filters.is_empty() {
                "1 = 1".to_owned()
            } else {
                filters.join(" and ")
            };
            format!(
                "select {columns} from (select id, kind, revision, officer_id, first_hearing, \
                 waits_since, sent_at, state_since, sort_name, user_count from registration where {} order by \
                 {within} limit {MAX_EXAMINED}) as first_ones where {condition} order by n1 \
                 {direction}, t {direction}, n2 {direction}, id {direction} limit {most}",
                all(&[])
            )
        } else {
            format!(
                "select {columns} from registration where {} order by {by} limit {most}",
                all(&filters)
            )
        };
        branches.push(Branch {
            text,
            // If the list is limited to an officer and has no other filters, the officer's newest
            // decided entries are read, so a list that shows the newest first is complete.
            may_miss_some: looks_at_some
                && !(filters.is_empty() && list.sort == Sort::Next && !list.descending),
        });
    }
    branches
}

/// Returns the sort order for one status.
///
/// There are two orders if registrations with an early hearing come first.
fn orders(asked: &QueueQuery<'_>, status: ItemStatus, values: &mut Values) -> Vec<Order> {
    let one = |columns: [&str; 3], index: &str| Order {
        columns: columns.map(str::to_owned),
        index: index.to_owned(),
        condition: None,
    };
    match asked.list.sort {
        Sort::Organisation => vec![one(["0", "sort_name", "0"], "sort_name, id")],
        Sort::Users => vec![one(["user_count", "''", "0"], "user_count, id")],
        Sort::Arrived | Sort::Status | Sort::Kind | Sort::Assignee => {
            vec![one(["sent_at", "''", "0"], "sent_at, id")]
        }
        Sort::Due => vec![one(
            ["waits_since", "''", "sent_at"],
            "waits_since, sent_at, id",
        )],
        // Registrations whose applicants have been silent for longest come first.
        Sort::Next if status == ItemStatus::MoreInformationNeeded => {
            let columns = [asked_day(), "''".to_owned(), "state_since".to_owned()];
            vec![Order {
                columns,
                ..one(["", "", ""], "state_since, id")
            }]
        }
        Sort::Next if !status.waits() => {
            let columns = [decided_day(), "''".to_owned(), "-sent_at".to_owned()];
            vec![Order {
                columns,
                ..one(["", "", ""], "-sent_at, -id")
            }]
        }
        Sort::Next => {
            let mut orders = vec![Order {
                condition: Some(early(asked, values)),
                ..one(
                    ["0", "first_hearing", "sent_at"],
                    "first_hearing, sent_at, id",
                )
            }];
            if !asked.list.early {
                let not_early =
                    format!("(first_hearing is null or not ({}))", early(asked, values));
                orders.push(Order {
                    condition: Some(not_early),
                    ..one(["waits_since", "''", "sent_at"], "waits_since, sent_at, id")
                });
            }
            orders
        }
    }
}

/// Returns whether the index of registrations by officer has this sort order.
fn is_index_of_officer(sort: Sort) -> bool {
    matches!(sort, Sort::Due)
}

/// Adds `asc` or `desc` to each column of a sort order.
fn in_direction(columns: &str, descending: bool) -> String {
    let columns = columns.split(", ").map(|column| {
        // A leading `-` marks a column that sorts in the opposite direction.
        let (column, turned) = match column.strip_prefix('-') {
            Some(column) => (column, true),
            None => (column, false),
        };
        let direction = if descending == turned { "asc" } else { "desc" };
        format!("{column} {direction}")
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// Builds the query for requests for another format with one status.
///
/// Returns `None` if no request can match.
fn requests(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    most: usize,
    values: &mut Values,
) -> Option<String> {
    let list = asked.list;
    let conditions = request_conditions(asked, status, values)?;
    let (n1, t, n2) = match list.sort {
        Sort::Organisation => ("0", "lower(name)", "0"),
        Sort::Users => ("0", "''", "0"),
        Sort::Arrived | Sort::Status | Sort::Kind | Sort::Assignee => ("asked_at", "''", "0"),
        Sort::Due | Sort::Next if status.waits() => ("waits_since", "''", "asked_at"),
        Sort::Due => ("0", "''", "asked_at"),
        Sort::Next => ("2000000 - asked_at / 86400000", "''", "-asked_at"),
    };
    let direction = if list.descending { "desc" } else { "asc" };
    Some(format!(
        "select '{REQUEST}' as what, id, {n1} as n1, {t} as t, {n2} as n2 from format_request \
         where {} order by n1 {direction}, t {direction}, n2 {direction}, id {direction} limit \
         {most}",
        conditions.join(" and ")
    ))
}
