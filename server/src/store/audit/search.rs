//! Searching the audit: the newest first, a page at a time, each page from the row where the one before it ended, so
//! that the last page of a million rows costs as much as the first.

use sqlx::AssertSqlSafe;

use super::AuditRow;
use crate::clock::Moment;
use crate::store::db::{Store, StoreError, read};

/// What is searched for; everything where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditSearch {
    /// The chains; all where there is none.
    pub subjects: Vec<String>,
    /// Who.
    pub actor: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// From this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// Only what comes after this row in the list.
    pub after: Option<RowPlace>,
}

/// The place of a row among all, by which the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Its chain.
    pub subject: String,
    /// Its place in the chain.
    pub sequence: i64,
}

/// A row with its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// The subject of its chain.
    pub subject: String,
    /// The row.
    pub row: AuditRow,
}

/// How many chains are searched at once, at most.
const MOST_SUBJECTS: usize = 2;

impl FoundRow {
    /// Its place among all.
    #[must_use]
    pub fn place(&self) -> RowPlace {
        RowPlace {
            at: self.row.at,
            subject: self.subject.clone(),
            sequence: self.row.sequence,
        }
    }
}

impl AuditSearch {
    /// The statement: a condition that is not asked for is left out, so that the index of those that are is used.
    fn statement(&self) -> String {
        let mut conditions = vec!["at >= $1"];
        // What is no number is greater than each, on SQLite: where no end is asked for, such a row is found too.
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
            "select subject, sequence, at, actor, action, details, previous_hash, hash, source from audit \
             where {} order by at desc, subject desc, sequence desc limit $10",
            conditions.join(" and ")
        )
    }
}

impl Store {
    /// The rows that are searched for, the newest first, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search_audit(
        &self,
        search: &AuditSearch,
        most: i64,
    ) -> Result<Vec<FoundRow>, StoreError> {
        let statement = search.statement();
        let subject = |at: usize| {
            let at = at.min(search.subjects.len().saturating_sub(1));
            search.subjects.get(at).map(String::as_str)
        };
        debug_assert!(search.subjects.len() <= MOST_SUBJECTS);
        let after = search.after.as_ref();
        // The index is entered at the row where the page before ended, not at the end of the range.
        let last = after.map_or(i64::MAX, |place| place.at.saturating_add(1));
        let until = search.until.map_or(i64::MAX, Moment::millis).min(last);
        Ok(read!(self, |connection| {
            sqlx::query_as(AssertSqlSafe(statement))
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
        })?)
    }

    /// Everything that the audit calls a deed by now, in the order of the alphabet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_actions(&self) -> Result<Vec<String>, StoreError> {
        // From one action to the next in the index, instead of through a million rows.
        Ok(read!(self, |connection| {
            sqlx::query_scalar(
                "with recursive known (action) as (select min(action) from audit union all \
                 select (select min(action) from audit where audit.action > known.action) \
                 from known where known.action is not null) \
                 select action from known where action = cast(action as text)",
            )
            .fetch_all(connection)
            .await
        })?)
    }
}
