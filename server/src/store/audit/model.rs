//! The types of the audit: entries, rows, seals, and the heads that a seal covers.

use registration::desk::audit::Action;
use serde_json::Value;

use super::actor::Actor;
use super::subject::Subject;
use super::value::{KeyedValue, digest};
use crate::clock::Moment;
use crate::randomness::NoRandomness;

/// An event to append to its subject's chain.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The subject whose chain gets the entry.
    pub subject: Subject,
    /// When the event happened.
    pub at: Moment,
    /// The person or program that acted.
    pub actor: Actor,
    /// The action, such as [`Action::SignedIn`].
    pub action: Action,
    /// The details of the action, as JSON.
    pub details: String,
}

/// An event with its place in a chain, ready for hashing and insertion.
#[derive(Debug, Clone)]
pub struct Record {
    /// The row of the chain.
    pub entry: Entry,
    /// The details of the action, as JSON.
    pub details: KeyedValue,
    /// The source of the request; `None` if the source is unknown.
    pub source: Option<KeyedValue>,
}

/// A row of a chain, ready to be hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The subject, such as `registration/CP-…`.
    pub subject: String,
    /// The entry's place in the chain of its subject, from 1.
    pub sequence: i64,
    /// When the event happened.
    pub at: Moment,
    /// The actor, such as `applicant`.
    pub actor: String,
    /// The action, such as `submitted`.
    pub action: String,
    /// The digest of the details.
    pub details_digest: String,
    /// The digest of the source, if the row has one.
    pub source_digest: Option<String>,
    /// The hash of the row before; empty for the first row.
    pub previous_hash: String,
}

/// An audit row as read from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The row's place in its chain, from 1.
    pub sequence: i64,
    /// When the row was appended, in milliseconds since 1970.
    pub at: i64,
    /// The actor, such as `applicant`.
    pub actor: String,
    /// The action, such as `submitted`.
    pub action: String,
    /// The details of the action, as JSON; empty once the details are erased.
    pub details: String,
    /// The key of the digest of the details, in hexadecimal; `None` once the details are erased.
    pub details_key: Option<String>,
    /// The digest of the details.
    pub details_digest: String,
    /// The source of the request: a network address, or `command line`; `None` if the source is
    /// unknown or erased.
    pub source: Option<String>,
    /// The key of the digest of the source, in hexadecimal; `None` if the source was never known or
    /// is erased.
    pub source_key: Option<String>,
    /// The digest of the source; `None` if the source was never known.
    pub source_digest: Option<String>,
    /// The hash of the previous row; empty for the first row.
    pub previous_hash: String,
    /// The row's own hash.
    pub hash: String,
    /// The columns that could not be read. Each of these columns contains a value that this service
    /// never writes; the column's field in this struct has a meaningless default value.
    pub unreadable: Vec<&'static str>,
}

/// The result of comparing a value (details or source) with its digest in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueState {
    /// The value matches its digest, or the row never had a source.
    Whole,
    /// The value is missing.
    Absent,
    /// The value does not match its digest.
    Changed,
}

/// The position of an audit row in a list of search results; the next page starts after this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// The row's timestamp, in milliseconds since 1970.
    pub at: i64,
    /// The subject of the row's chain.
    pub subject: String,
    /// The row's sequence number in its chain.
    pub sequence: i64,
}

/// An audit row with its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// The subject of the row's chain.
    pub subject: String,
    /// The columns of the row other than the subject.
    pub row: AuditRow,
}

/// A seal as read from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The seal's number, from 1.
    pub number: i64,
    /// When the seal was made, in milliseconds since 1970.
    pub at: i64,
    /// The number of chains that the seal covers.
    pub heads: i64,
    /// The hash of the previous seal; empty for the first seal.
    pub previous_hash: String,
    /// The seal's own hash, over its number, time, previous hash and heads.
    pub hash: String,
    /// The seal's hash before the audit was carried over to its second generation; `None` for a
    /// newer seal, or if the old hash was wrong.
    pub carried_hash: Option<String>,
}

/// The last row of a chain, as recorded in a seal.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) position: i64,
    pub(super) subject: String,
    pub(super) sequence: i64,
    pub(super) hash: String,
}

/// The last row of a chain, or the last seal: its number and its hash.
pub(super) struct Last {
    pub(super) sequence: i64,
    pub(super) hash: String,
}

impl NewEntry {
    /// Turns the event into the next record of its chain, or into the first if `last` is `None`.
    ///
    /// # Errors
    /// When the operating system provides no random bytes for the keys.
    pub fn after(
        self,
        last: Option<(i64, String)>,
        source: Option<String>,
    ) -> Result<Record, NoRandomness> {
        let (sequence, previous_hash) = last.unwrap_or_default();
        let details = KeyedValue::new(self.details)?;
        let source = source.map(KeyedValue::new).transpose()?;
        let entry = Entry {
            subject: self.subject.to_string(),
            sequence: sequence + 1,
            at: self.at,
            actor: self.actor.to_string(),
            action: self.action.key().to_owned(),
            details_digest: details.digest(),
            source_digest: source.as_ref().map(KeyedValue::digest),
            previous_hash,
        };
        Ok(Record {
            entry,
            details,
            source,
        })
    }
}

impl AuditRow {
    /// Returns when the event happened, or `None` if the timestamp cannot be read.
    ///
    /// When an assisted form is submitted, a `taken-in` row is appended to the registration's
    /// chain. For this row, the time when the officer began the form is returned, which the row's
    /// details contain.
    #[must_use]
    pub fn happened_at(&self) -> Option<Moment> {
        if self.unreadable.contains(&"at") {
            return None;
        }
        let before = || -> Option<i64> {
            let details: Value = serde_json::from_str(&self.details).ok()?;
            details["at"].as_i64()
        };
        let at = if self.action == Action::TakenIn.key() {
            before()
        } else {
            None
        };
        Some(Moment::from_millis(at.unwrap_or(self.at)))
    }

    /// Returns the hashed columns of the row, which belongs to the chain of `subject`.
    #[must_use]
    pub fn entry(&self, subject: &str) -> Entry {
        Entry {
            subject: subject.to_owned(),
            sequence: self.sequence,
            at: Moment::from_millis(self.at),
            actor: self.actor.clone(),
            action: self.action.clone(),
            details_digest: self.details_digest.clone(),
            source_digest: self.source_digest.clone(),
            previous_hash: self.previous_hash.clone(),
        }
    }

    /// Returns whether the details of the row are erased.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        self.details_key.is_none()
    }

    /// Returns whether the row had a source that is erased.
    #[must_use]
    pub const fn source_is_erased(&self) -> bool {
        self.source_digest.is_some() && self.source_key.is_none()
    }

    /// Compares the details of the row with their digest in the chain.
    pub(super) fn details_state(&self) -> ValueState {
        match &self.details_key {
            None if self.details.is_empty() => ValueState::Absent,
            Some(key) if digest(key, &self.details) == self.details_digest => ValueState::Whole,
            _ => ValueState::Changed,
        }
    }

    /// Compares the source of the row with its digest in the chain.
    pub(super) fn source_state(&self) -> ValueState {
        match (&self.source_digest, &self.source_key, &self.source) {
            (None, None, None) => ValueState::Whole,
            (Some(_), None, None) => ValueState::Absent,
            (Some(known), Some(key), Some(source)) if digest(key, source) == *known => {
                ValueState::Whole
            }
            _ => ValueState::Changed,
        }
    }

    /// Returns when the event happened, in words, or says that the time cannot be read.
    #[must_use]
    pub fn happened_in_words(&self) -> String {
        self.happened_at().map_or_else(
            || "at a time that cannot be read".to_owned(),
            Moment::in_words,
        )
    }

    /// Returns a warning that names the unreadable columns, or `None` if all can be read.
    #[must_use]
    pub fn cannot_be_read(&self) -> Option<String> {
        let columns = self.unreadable.join(", ");
        (!columns.is_empty()).then(|| {
            format!("This row cannot be read: it was changed outside this service ({columns})")
        })
    }
}

impl FoundRow {
    /// Returns the position of the row in a list of search results.
    #[must_use]
    pub fn place(&self) -> RowPlace {
        RowPlace {
            at: self.row.at,
            subject: self.subject.clone(),
            sequence: self.row.sequence,
        }
    }
}
