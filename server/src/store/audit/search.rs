//! Searches the audit, newest rows first.
//!
//! Each page starts after the last row of the previous page (keyset pagination), so the last page
//! of a million rows costs as much as the first.

use sqlx::AssertSqlSafe;

use super::model::{AuditRow, FoundRow, RowPlace};
use crate::clock::Moment;
use crate::store::audit::Subject;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query_as, query_scalar};
use crate::store::stores::Audit;

/// Filters for a search of the audit; the default matches every row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditSearch {
    /// The subjects of the chains to search, at most two; empty for all chains.
    pub subjects: Vec<String>,
    /// Only rows of this actor, such as `applicant`.
    pub actor: Option<String>,
    /// Only rows with this action, such as `submitted`.
    pub action: Option<String>,
    /// Only rows at or after this time.
    pub from: Option<Moment>,
    /// Only rows before this time.
    pub until: Option<Moment>,
    /// Only rows that come after this position in the list of results.
    pub after: Option<RowPlace>,
}

/// The maximum number of chains that one search covers.
const MAX_SUBJECTS: usize = 2;

impl AuditSearch {
    /// Builds the statement of the search.
    ///
    /// Filters that are not set are left out, so that the database can use an index for the others.
    fn statement(&self) -> String {
        let mut conditions = vec!["at >= $1"];
        // In SQLite, a timestamp that is not a number compares greater than any number. Without an
        // upper limit, the search also finds rows with such a timestamp.
        if self.until.is_some() || self.after.is_some() {
            conditions.push("at < $2");
        }
        if !self.subjects.is_empty() {
            conditions.push("subject in ($3, $4)");
        }
        if self.actor.is_some() {
            conditions.push("actor = $5");
        }
        if self.action.is_some() {
            conditions.push("action = $6");
        }
        if self.after.is_some() {
            conditions.push("(at, subject, sequence) < ($7, $8, $9)");
        }
        format!(
            "select * from audit_row where {} order by at desc, subject desc, sequence desc limit $10",
            conditions.join(" and ")
        )
    }
}

impl Audit {
    /// Returns the chain of a subject, oldest row first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn audit_of(&self, subject: &Subject) -> Result<Vec<AuditRow>, StoreError> {
        query_as("select * from audit_row where subject = $1 order by sequence")
            .bind(subject.to_string())
            .fetch_all(&mut self.database.read().await?)
            .await
    }

    /// Returns the rows that match a search, newest first, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn search_audit(
        &self,
        search: &AuditSearch,
        most: i64,
    ) -> Result<Vec<FoundRow>, StoreError> {
        search_rows(&mut self.database.read().await?, search, most).await
    }

    /// Returns every action that the audit contains, in alphabetical order.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn audit_actions(&self) -> Result<Vec<String>, StoreError> {
        // A recursive query jumps from one action to the next in the index, instead of reading a
        // million rows.
        query_scalar(
            "with recursive known (action) as (select min(action) from audit union all select \
             (select min(action) from audit where audit.action > known.action) from known where \
             known.action is not null) select action from known where action = cast(action as \
             text)",
        )
        .fetch_all(&mut self.database.read().await?)
        .await
    }
}

/// Returns the rows that match a search, newest first, at most `most`.
pub(in crate::store) async fn search_rows(
    connection: &mut Connection<'_>,
    search: &AuditSearch,
    most: i64,
) -> Result<Vec<FoundRow>, StoreError> {
    let statement = search.statement();
    let subject = |at: usize| {
        let at = at.min(search.subjects.len().saturating_sub(1));
        search.subjects.get(at).map(String::as_str)
    };
    debug_assert!(search.subjects.len() <= MAX_SUBJECTS);
    let after = search.after.as_ref();
    // The upper limit starts the index scan at the last row of the previous page.
    let last = after.map_or(i64::MAX, |place| place.at.saturating_add(1));
    let until = search.until.map_or(i64::MAX, Moment::millis).min(last);
    query_as(AssertSqlSafe(statement))
        .bind(search.from.map_or(i64::MIN, Moment::millis))
        .bind(until)
        .bind(subject(0))
        .bind(subject(1))
        .bind(search.actor.as_deref())
        .bind(search.action.as_deref())
        .bind(after.map_or(0, |place| place.at))
        .bind(after.map(|place| place.subject.as_str()))
        .bind(after.map_or(0, |place| place.sequence))
        .bind(most)
        .fetch_all(connection)
        .await
}
