//! Reads a whole list of the queue in pieces, for a file. Each piece begins after the last entry of
//! the one before, so that a list of any length takes little memory, and no piece takes long.
//!
//! The entries of each status come in the order in which they arrived. The entries that a search
//! finds come in the order of its list.

use registration::desk::queue::{ItemStatus, MAX_LISTED, QueueList};

use super::queue_conditions::{
    ListedRow, QueueQuery, REGISTRATION, REQUEST, officer_asked, registration_filters,
    request_conditions,
};
use super::queue_item::QueueItem;
use super::values::Values;
use crate::store::error::StoreError;
use crate::store::stores::Casework;

/// How many entries a piece has at most.
const EXPORT_PIECE: usize = 500;

/// Where the next piece of a list begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportPlace {
    /// The place of the status among those of the list.
    status: usize,
    /// Whether the requests for another format with this status come next, after its registrations.
    requests: bool,
    /// When the last entry arrived, and its identifier; before the first if there is none.
    after: (i64, String),
}

impl ExportPlace {
    /// Returns the place after the entries of this kind and status.
    fn after_kind(&self) -> Self {
        Self {
            status: self.status + usize::from(self.requests),
            requests: !self.requests,
            after: (i64::MIN, String::new()),
        }
    }

    /// Returns the place before the first entry.
    #[must_use]
    pub fn first() -> Self {
        Self {
            after: (i64::MIN, String::new()),
            ..Self::default()
        }
    }
}

impl Casework {
    /// Returns a piece of a list and the place at which the next begins; `None` after the last. A
    /// piece can be empty although others follow.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn export_piece(
        &self,
        asked: &QueueQuery<'_>,
        place: &ExportPlace,
    ) -> Result<(Vec<QueueItem>, Option<ExportPlace>), StoreError> {
        if !asked.list.search.is_empty() {
            let rows = self.listed(asked, MAX_LISTED).await?.rows;
            return Ok((self.items_of(&rows).await?, None));
        }
        let Some(status) = statuses(asked.list).get(place.status).copied() else {
            return Ok((Vec::new(), None));
        };
        let mut values = Values::default();
        let statement = if place.requests {
            requests(asked, status, &place.after, &mut values)
        } else {
            registrations(asked, status, &place.after, &mut values)
        };
        let Some(statement) = statement else {
            return Ok((Vec::new(), Some(place.after_kind())));
        };
        let rows: Vec<(String, i64)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        let next = match rows.last() {
            Some((id, at)) if rows.len() == EXPORT_PIECE => ExportPlace {
                after: (*at, id.clone()),
                ..place.clone()
            },
            _ => place.after_kind(),
        };
        let what = if place.requests {
            REQUEST
        } else {
            REGISTRATION
        };
        let rows: Vec<ListedRow> = rows
            .into_iter()
            .map(|(id, _)| ListedRow {
                what: what.to_owned(),
                id,
            })
            .collect();
        Ok((self.items_of(&rows).await?, Some(next)))
    }
}

fn statuses(list: &QueueList) -> &[ItemStatus] {
    list.shown_statuses()
}

fn registrations(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    after: &(i64, String),
    values: &mut Values,
) -> Option<String> {
    let mut conditions = registration_filters(asked, status, values)?;
    conditions.push(format!("state = '{}'", status.key()));
    if let Some(officer) = officer_asked(asked) {
        conditions.push(format!("officer_id = {}", values.text(officer)));
    }
    Some(piece("registration", "sent_at", conditions, after, values))
}

fn requests(
    asked: &QueueQuery<'_>,
    status: ItemStatus,
    after: &(i64, String),
    values: &mut Values,
) -> Option<String> {
    let conditions = request_conditions(asked, status, values)?;
    Some(piece(
        "format_request",
        "asked_at",
        conditions,
        after,
        values,
    ))
}

fn piece(
    table: &'static str,
    time: &'static str,
    mut conditions: Vec<String>,
    (at, id): &(i64, String),
    values: &mut Values,
) -> String {
    let (at, id) = (values.number(*at), values.text(id.clone()));
    conditions.push(format!("({time}, id) > ({at}, {id})"));
    format!(
        "select id, {time} from {table} where {} order by {time}, id limit {EXPORT_PIECE}",
        conditions.join(" and ")
    )
}
