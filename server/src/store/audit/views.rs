//! Records who viewed which personal data, in a chain beside the chain of changes.
//!
//! Views have their own chain (`seen/registration/CP-…`) and lock nothing, so reading a page never
//! waits for an officer who decides. If two views arrive at once, one retries with the next number.
//! The same view by the same person from the same source counts once in ten minutes; a download is
//! recorded every time.

use registration::desk::audit::Action;
use serde_json::json;

use super::append::append_unless_overtaken;
use super::model::NewEntry;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};
use crate::store::error::StoreError;
use crate::store::statement::query_scalar;
use crate::store::stores::Audit;

/// For how many minutes repeated views of the same thing count as one.
pub const SAME_VIEW_MINUTES: i64 = 10;

/// A view or a download of personal data.
#[derive(Debug, Clone, Copy)]
pub struct NewView<'a> {
    /// The actor.
    pub actor: &'a Actor,
    /// The subject.
    pub subject: &'a Subject,
    /// What of the subject is viewed, such as `page` or `history`.
    pub what: &'a str,
    /// The source of the request, if it is known.
    pub source: Option<&'a str>,
    /// When.
    pub at: Moment,
}

impl Audit {
    /// Records a view.
    ///
    /// Call it before the data is shown: a view that cannot be recorded must not happen.
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
    /// Every download is recorded, since each file can go to somebody else. Call it before the file
    /// is sent.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_download(&self, view: NewView<'_>) -> Result<(), StoreError> {
        self.append_view(&view.entry(), view.source).await
    }

    async fn append_view(&self, entry: &NewEntry, source: Option<&str>) -> Result<(), StoreError> {
        loop {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            let source = source.map(str::to_owned);
            let is_written =
                append_unless_overtaken(&mut transaction, entry.clone(), source).await?;
            transaction.commit().await?;
            // Another view took the sequence number. Each round writes one view, so the loop ends.
            if is_written {
                return Ok(());
            }
        }
    }

    /// Returns whether the same view is among the subject's last 64 rows and less than
    /// `SAME_VIEW_MINUTES` old.
    async fn was_just_viewed(
        &self,
        entry: &NewEntry,
        source: Option<&str>,
    ) -> Result<bool, StoreError> {
        let since = entry.at.millis() - SAME_VIEW_MINUTES * 60_000;
        let found: Option<i64> = query_scalar(
            "select cast(sequence as bigint) from audit_row where subject = $1 and actor = $2 and \
             action = $3 and details = $4 and coalesce(source, '') = $5 and at > $6 and at = \
             cast(at as bigint) and sequence > (select coalesce(max(sequence), 0) - 64 from audit \
             where subject = $1) order by audit_row.sequence desc limit 1",
        )
        .bind(entry.subject.to_string())
        .bind(entry.actor.to_string())
        .bind(entry.action.key())
        .bind(&entry.details)
        .bind(source.unwrap_or_default())
        .bind(since)
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
