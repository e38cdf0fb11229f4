//! Records who viewed which personal data.
//!
//! Views are appended to a separate chain (`seen/registration/CP-…`) without locking the subject's
//! row, so on PostgreSQL a view never waits for an officer's change. If two views are appended at
//! once, one of them is retried with the next number. Repeated views of the same data by the same
//! person from the same source count once in `SAME_VIEW_MINUTES`. Every download is recorded.

use registration::desk::audit::Action;
use serde_json::json;

use super::append::append_unless_overtaken;
use super::model::NewEntry;
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::store::audit::{Actor, Subject};
use crate::store::error::StoreError;
use crate::store::statement::query_scalar;
use crate::store::stores::Audit;

/// How long repeated views of the same data count as one, in minutes.
pub const SAME_VIEW_MINUTES: i64 = 10;

/// The name of the detail with the sealed text of a search.
pub const SEALED_SEARCH: &str = "sealed-words";

/// A view or a download of personal data.
#[derive(Debug, Clone, Copy)]
pub struct NewView<'a> {
    /// The person who views the data.
    pub actor: &'a Actor,
    /// The subject of the data.
    pub subject: &'a Subject,
    /// The part of the subject that is viewed, such as `page` or `history`.
    pub what: &'a str,
    /// The source of the request, if known.
    pub source: Option<&'a str>,
    /// When the data is viewed.
    pub at: Moment,
}

impl Audit {
    /// Records a view, unless the same view was recorded shortly before.
    ///
    /// Call this before the data is shown: if the view cannot be recorded, the data must not be
    /// shown.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_view(&self, view: NewView<'_>) -> Result<(), StoreError> {
        let entry = view.entry();
        if self.was_just_viewed(&entry, view.source).await? {
            return Ok(());
        }
        self.append_view(&entry, view.source).await
    }

    /// Records a download.
    ///
    /// Every download is recorded, because each file can go to a different recipient. Call this
    /// before the file is sent.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_download(&self, view: NewView<'_>) -> Result<(), StoreError> {
        self.append_view(&view.entry(), view.source).await
    }

    /// Records a search: `sealed` is the text of the search, sealed for auditors.
    ///
    /// Every search is recorded, even if it repeats an earlier search. The record is kept as long
    /// as the records of the officer's views.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_search(&self, view: NewView<'_>, sealed: &str) -> Result<(), StoreError> {
        let entry = NewEntry {
            action: Action::Searched,
            details: json!({ "what": view.what, SEALED_SEARCH: sealed }).to_string(),
            ..view.entry()
        };
        self.append_view(&entry, view.source).await
    }

    async fn append_view(&self, entry: &NewEntry, source: Option<&str>) -> Result<(), StoreError> {
        loop {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            let source = source.map(str::to_owned);
            let is_written =
                append_unless_overtaken(&mut transaction, entry.clone(), source).await?;
            transaction.commit().await?;
            // If another view took the sequence number, try again. Each round of concurrent
            // attempts appends one view, so the loop ends.
            if is_written {
                return Ok(());
            }
        }
    }

    /// Returns whether the same view was recorded within the last `SAME_VIEW_MINUTES`.
    ///
    /// Only the last 64 rows of the chain are searched.
    async fn was_just_viewed(
        &self,
        entry: &NewEntry,
        source: Option<&str>,
    ) -> Result<bool, StoreError> {
        let since = entry.at.millis() - SAME_VIEW_MINUTES * 60_000;
        let found: Option<i64> = query_scalar(
            "select cast(sequence as bigint) from audit_row where subject = $1 and actor = $2 and \
             action = $3 and details = $4 and coalesce(source, '') = $5 and at > $6 and at <= $7 \
             and at = cast(at as bigint) and sequence > (select coalesce(max(sequence), 0) - 64 from audit \
             where subject = $1) order by audit_row.sequence desc limit 1",
        )
        .bind(entry.subject.to_string())
        .bind(entry.actor.to_string())
        .bind(entry.action.key())
        .bind(&entry.details)
        .bind(source.unwrap_or_default())
        .bind(since)
        .bind(entry.at.plus(CLOCKS_DIFFER).millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(found.is_some())
    }
}

impl NewView<'_> {
    fn entry(&self) -> NewEntry {
        NewEntry {
            subject: self.subject.clone().views(),
            at: self.at,
            actor: self.actor.clone(),
            action: Action::Seen,
            details: json!({ "what": self.what }).to_string(),
        }
    }
}
