//! Who did what, when: append-only rows, each chained to the one before it of the same subject.
//!
//! A subject is a registration; servers never queue for one chain of everything. The database itself
//! refuses to change or delete a row. What was only looked at has a chain of its own beside: `seen.rs`.

mod chain;
mod missed;
mod row;
mod seal;
mod search;
mod seen;
mod verify;
mod whole;

use std::fmt::Write;

use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::db::{Store, StoreError, read};

pub use chain::{Break, How, SEALS};
pub use missed::{PIECES, ROWS_OF_A_PIECE};

pub use seal::{Chains, Seal};
pub use search::{AuditSearch, FoundRow, RowPlace};
pub use seen::{ONE_LOOK_MINUTES, SEEN};
pub use verify::Walked;

pub(super) use row::{Last, TAKEN_IN};

/// Something that happened, to be written down at the end of its chain.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// What it happened to, such as `registration/CP-…`.
    pub subject: String,
    /// When.
    pub at: Moment,
    /// Who did it, such as `applicant`.
    pub actor: String,
    /// What was done, such as `submitted`.
    pub action: String,
    /// What is kept of it, as JSON.
    pub details: String,
}

/// A row of a chain, with its place in it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it happened to, such as `registration/CP-…`.
    pub subject: String,
    /// Its place in the chain of the subject, from 1.
    pub sequence: i64,
    /// When.
    pub at: Moment,
    /// Who did it, such as `applicant`.
    pub actor: String,
    /// What was done, such as `submitted`.
    pub action: String,
    /// What is kept of it, as JSON.
    pub details: String,
    /// The hash of the row before, empty for the first.
    pub previous_hash: String,
}

/// A row as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the chain.
    pub sequence: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// What is kept of it, as JSON.
    pub details: String,
    /// The hash of the row before.
    pub previous_hash: String,
    /// Its own hash.
    pub hash: String,
    /// From where it was done: a network address, or `command line`.
    pub source: Option<String>,
    /// The columns that hold what this service never writes: what stands in their place here means nothing.
    pub unreadable: Vec<&'static str>,
}

/// Writes an entry in the transaction of the change that it tells of, with where the request came from.
macro_rules! append {
    ($transaction:expr, $entry:expr) => {
        crate::store::audit::insert!($transaction, $entry, crate::origin::current(), "")
    };
}

/// Writes an entry that came from somewhere; `$clause` is added to the statement.
macro_rules! insert {
    ($transaction:expr, $entry:expr, $source:expr, $clause:literal) => {{
        let entry: &crate::store::audit::Entry = $entry;
        let source: Option<String> = $source;
        sqlx::query(concat!(
            "insert into audit (subject, sequence, at, actor, action, details, previous_hash, hash, source) ",
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            $clause
        ))
        .bind(&entry.subject)
        .bind(entry.sequence)
        .bind(entry.at.millis())
        .bind(&entry.actor)
        .bind(&entry.action)
        .bind(&entry.details)
        .bind(&entry.previous_hash)
        .bind(entry.hash_from(source.as_deref()))
        .bind(source)
        .execute(&mut *$transaction)
        .await
    }};
}

/// The last row of a chain, as what comes after it needs it.
macro_rules! last {
    ($transaction:expr, $subject:expr) => {{
        // Text that somebody put into the column of a number is greater than every number.
        let last: Option<crate::store::audit::Last> = sqlx::query_as(
            "select cast(sequence as bigint) as sequence, hash from audit \
             where subject = $1 and sequence <= 9223372036854775807 order by audit.sequence desc limit 1",
        )
        .bind($subject)
        .fetch_optional(&mut *$transaction)
        .await?;
        last.map(|last| (last.sequence, last.hash))
    }};
}

pub(super) use {append, insert, last};

impl NewEntry {
    /// The row that comes after the last one of its chain; without one, the first.
    #[must_use]
    pub fn after(self, last: Option<(i64, String)>) -> Entry {
        let (sequence, previous_hash) = last.unwrap_or_default();
        Entry {
            subject: self.subject,
            sequence: sequence + 1,
            at: self.at,
            actor: self.actor,
            action: self.action,
            details: self.details,
            previous_hash,
        }
    }
}

impl Entry {
    /// The hash of the entry where it came from nowhere that is known.
    #[must_use]
    pub fn hash(&self) -> String {
        self.hash_from(None)
    }

    /// The hash that chains the next row to this one: of every column, each with its length, so that no
    /// two rows have one text. A row without a source has one column less, as all had before there were any.
    #[must_use]
    pub fn hash_from(&self, source: Option<&str>) -> String {
        let sequence = self.sequence.to_string();
        let at = self.at.millis().to_string();
        let columns = [
            self.subject.as_str(),
            &sequence,
            &at,
            &self.actor,
            &self.action,
            &self.details,
            &self.previous_hash,
        ];
        let mut text = String::new();
        for column in columns.into_iter().chain(source) {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "{}:{column}", column.len());
        }
        sha256(text.as_bytes())
    }
}

impl Store {
    /// The chain of a subject, from its beginning.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_of(&self, subject: &str) -> Result<Vec<AuditRow>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as(
                "select sequence, at, actor, action, details, previous_hash, hash, source from audit \
                 where subject = $1 order by sequence",
            )
            .bind(subject)
            .fetch_all(connection)
            .await
        })?)
    }
}
