//! The rows of the audit: entries, seals and the heads that a seal covers.

use registration::desk::audit::Action;
use serde_json::Value;

use super::actor::Actor;
use super::subject::Subject;
use crate::clock::Moment;

/// An event to be appended to the end of its chain.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The subject.
    pub subject: Subject,
    /// When it happened.
    pub at: Moment,
    /// The actor.
    pub actor: Actor,
    /// The action.
    pub action: Action,
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
    /// The actor, such as `applicant`.
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
    /// The actor, such as `applicant`.
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

/// The position of a row in the list, from which the next page starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
    /// The subject of its chain.
    pub subject: String,
    /// Its sequence number in the chain.
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

/// A seal as read from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its number, from 1.
    pub number: i64,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// How many chains it seals.
    pub heads: i64,
    /// The hash of the seal before; empty for the first seal.
    pub previous_hash: String,
    /// Its own hash: of the fields above and each head in order.
    pub hash: String,
}

/// The last row of a chain, as sealed.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) position: i64,
    pub(super) subject: String,
    pub(super) sequence: i64,
    pub(super) hash: String,
}

/// The last row of a chain, which the next row follows.
pub(super) struct Last {
    pub(super) sequence: i64,
    pub(super) hash: String,
}

impl NewEntry {
    /// Turns the event into the next entry of its chain, or into the first entry if `last` is
    /// `None`.
    #[must_use]
    pub fn after(self, last: Option<(i64, String)>) -> Entry {
        let (sequence, previous_hash) = last.unwrap_or_default();
        Entry {
            subject: self.subject.to_string(),
            sequence: sequence + 1,
            at: self.at,
            actor: self.actor.to_string(),
            action: self.action.key().to_owned(),
            details: self.details,
            previous_hash,
        }
    }
}

impl AuditRow {
    /// Returns when the event happened, or `None` if the timestamp cannot be read.
    ///
    /// A `taken-in` row joins the registration's chain only when the form is submitted, so its real
    /// time is in its details.
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

    /// Returns when the event happened, in words.
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
    /// Returns the position of the row in the list.
    #[must_use]
    pub fn place(&self) -> RowPlace {
        RowPlace {
            at: self.row.at,
            subject: self.subject.clone(),
            sequence: self.row.sequence,
        }
    }
}
