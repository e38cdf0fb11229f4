//! Lists of the queue in the order of a heading that has few values: the status, the kind, or the
//! officer to whom entries are assigned. No index has these orders, so the list is read value by
//! value, each with the indexes of its filter, until it is long enough.

use registration::desk::queue::{AssigneeFilter, ItemKind, ItemStatus, QueueList, Sort};
use registration::organisation::OrganisationKind;

use super::queue_conditions::{ListedRow, QueueQuery};
use super::queue_item::QueueItem;
use super::search::Found;
use crate::store::error::StoreError;
use crate::store::statement::query_scalar;
use crate::store::stores::Casework;

impl Casework {
    /// Returns the entries of a list that is sorted by one of these headings.
    pub(super) async fn listed_by_group(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<Found, StoreError> {
        if !asked.list.search.is_empty() {
            return self.searched_by_group(asked, most).await;
        }
        let mut groups = match asked.list.sort {
            Sort::Status => by_status(asked.list),
            Sort::Kind => by_kind(asked.list),
            _ => self.by_assignee(asked.list).await?,
        };
        if asked.list.descending {
            groups.reverse();
        }
        let mut found = Found::default();
        for list in groups {
            let left = most.saturating_sub(found.rows.len());
            if left == 0 {
                break;
            }
            let group = QueueQuery {
                list: &list,
                ..asked.clone()
            };
            let part = self.listed_in_order(&group, left).await?;
            found.rows.extend(part.rows);
            found.partly |= part.partly;
        }
        Ok(found)
    }

    /// Sorts what a search finds, which is at most a thousand entries.
    async fn searched_by_group(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<Found, StoreError> {
        let mut found = self.searched(asked, most).await?;
        let items = self.items_of(&found.rows).await?;
        let rank = |row: &ListedRow| {
            let item = items.iter().find(|item| item.id == row.id);
            item.map(|item| rank(item, asked.list.sort))
        };
        // The sort is stable, so entries with the same value stay in the order of the search.
        if asked.list.descending {
            found
                .rows
                .sort_by_cached_key(|row| std::cmp::Reverse(rank(row)));
        } else {
            found.rows.sort_by_cached_key(rank);
        }
        Ok(found)
    }

    /// Returns a list for each officer, by name, and one for unassigned entries, which come last.
    async fn by_assignee(&self, list: &QueueList) -> Result<Vec<QueueList>, StoreError> {
        if list.whose != AssigneeFilter::All {
            return Ok(vec![list.clone()]);
        }
        let officers: Vec<String> = query_scalar("select id from officer order by lower(name), id")
            .fetch_all(&mut self.database.read().await?)
            .await?;
        let groups = officers.into_iter().map(AssigneeFilter::Officer);
        let groups = groups.chain([AssigneeFilter::Unassigned]);
        Ok(groups
            .map(|whose| QueueList {
                whose,
                ..list.clone()
            })
            .collect())
    }
}

/// Returns a list for each status, in the order of the filter.
fn by_status(list: &QueueList) -> Vec<QueueList> {
    let one = |status: &ItemStatus| QueueList {
        statuses: vec![*status],
        ..list.clone()
    };
    list.shown_statuses().iter().map(one).collect()
}

/// Returns a list for each kind of organisation, and one for requests for another format, which come
/// last.
fn by_kind(list: &QueueList) -> Vec<QueueList> {
    let is_asked = |kind: &OrganisationKind| {
        list.organisations.is_empty() || list.organisations.contains(kind)
    };
    let mut groups: Vec<QueueList> = OrganisationKind::ALL
        .into_iter()
        .filter(is_asked)
        .map(|kind| QueueList {
            organisations: vec![kind],
            ..list.clone()
        })
        .collect();
    if list.organisations.is_empty() && list.shows(ItemKind::FormatRequest) {
        groups.push(QueueList {
            kinds: vec![ItemKind::FormatRequest],
            ..list.clone()
        });
    }
    groups
}

/// Returns the place of an entry among the groups, and the name of its group.
fn rank(item: &QueueItem, sort: Sort) -> (usize, String) {
    let last = usize::MAX;
    match sort {
        Sort::Status => {
            let place = ItemStatus::ALL
                .iter()
                .position(|known| *known == item.status);
            (place.unwrap_or(last), String::new())
        }
        Sort::Kind => {
            let place = item.organisation.and_then(|kind| {
                let mut kinds = OrganisationKind::ALL.iter();
                kinds.position(|known| *known == kind)
            });
            (place.unwrap_or(last), String::new())
        }
        _ => item
            .assignee
            .as_ref()
            .map_or((last, String::new()), |(_, name)| (0, name.to_lowercase())),
    }
}
