//! The audit trail: append-only rows, each chained by its hash to the row before it of the same
//! subject.
//!
//! A subject is a registration, an officer or the like, so servers never queue for one global
//! chain. Database triggers refuse to change or delete a row. Views of personal data have their own
//! chains: see `seen.rs`.

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

/// An event to be appended to the end of its chain.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The subject, such as `registration/CP-…`.
    pub subject: String,
    /// When it happened.
    pub at: Moment,
    /// Who did it, such as `applicant`.
    pub actor: String,
    /// The action, such as `submitted`.
    pub action: String,
    /// The details of the action, as JSON.
    pub details: String,
}

/// An event with its place in a chain, ready to be hashed and inserted.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The subject, such as `registration/CP-…`.
    pub subject: String,
    /// Its place in the chain of the subject, from 1.
    pub sequence: i64,
    /// When it happened.
    pub at: Moment,
    /// Who did it, such as `applicant`.
    pub actor: String,
    /// The action, such as `submitted`.
    pub action: String,
    /// The details of the action, as JSON.
    pub details: String,
    /// The hash of the row before; empty for the first row.
    pub previous_hash: String,
}

/// An audit row as read from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the chain.
    pub sequence: i64,
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
    /// Who did it, such as `applicant`.
    pub actor: String,
    /// The action, such as `submitted`.
    pub action: String,
    /// The details of the action, as JSON.
    pub details: String,
    /// The hash of the row before.
    pub previous_hash: String,
    /// Its own hash.
    pub hash: String,
    /// The source of the request: a network address, or `command line`.
    pub source: Option<String>,
    /// The columns that could not be read. Each holds a value that this service never writes; its
    /// field here has a meaningless default value.
    pub unreadable: Vec<&'static str>,
}

/// Appends an entry in the transaction of the change that it records, with the source of the
/// current request.
macro_rules! append {
    ($transaction:expr, $entry:expr) => {
        crate::store::audit::insert!($transaction, $entry, crate::request_source::current(), "")
    };
}

/// Inserts an entry with its source; `$clause` is added to the end of the statement.
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

/// Reads the sequence number and hash of the last row of a chain.
macro_rules! last {
    ($transaction:expr, $subject:expr) => {{
        // In SQLite, text in a number column compares greater than any number. The upper limit
        // skips such a row.
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
    /// Turns the event into the next entry of its chain, or into the first entry if `last` is
    /// `None`.
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
    /// Returns the hash of the entry if its source is unknown.
    #[must_use]
    pub fn hash(&self) -> String {
        self.hash_from(None)
    }

    /// Returns the hash of the entry, to which the next row is chained.
    ///
    /// The hash covers every column with its length, so that two different rows never hash the same
    /// text. A row without a source leaves that column out, because rows older than the column have
    /// no source.
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
    /// Returns the chain of a subject, oldest row first.
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
