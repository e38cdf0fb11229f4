//! Erases personal data: data that is due, and, by hand, one registration or one person.
//!
//! Due data is erased in small pieces. Each piece is one transaction, and a lock prevents two
//! servers from erasing at once. An erasure is recorded in the subject's own chain, if the subject
//! has one, before the values are erased; its row count is recorded in the chain
//! `system/retention`.

mod addresses;
mod batches;
mod chains;
mod due;
mod person;
mod registrations;

use std::collections::BTreeMap;

use registration::desk::audit::Action;
use serde_json::json;

use super::audit::{NewEntry, append_next};
use super::connection::Connection;
use super::desk::people::take_lock;
use super::error::StoreError;
use super::stores::Retention;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

pub use due::ErasedCounts;
pub use person::PersonErased;
pub use registrations::RegistrationErased;

/// The maximum number of rows in a piece.
const PIECE: i64 = 100;

/// A request to erase a registration or a person by hand, from the command line.
#[derive(Debug, Clone)]
pub struct ErasureRequest<'a> {
    /// The reason, which the audit records.
    pub reason: &'a str,
    /// When the erasure is requested.
    pub at: Moment,
    /// Whether to count the rows without erasing them.
    pub dry_run: bool,
}

/// The parts of the audit entries about an erasure.
#[derive(Debug, Clone)]
struct Told {
    actor: Actor,
    at: Moment,
    /// The details, as JSON.
    details: String,
}

/// The number of erased rows of each kind, such as `notes`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased(BTreeMap<&'static str, u64>);

impl Erased {
    /// Returns each kind of row, with the number of erased rows.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(what, rows)| (*what, *rows))
    }

    /// Returns whether nothing was erased.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, what: &'static str, rows: u64) {
        if rows > 0 {
            *self.0.entry(what).or_default() += rows;
        }
    }
}

/// The hour of the day in London in which a SQLite file is rewritten. Writers wait during the
/// rewrite, and few people write at night.
pub const REWRITING_HOUR: i8 = 3;

impl Retention {
    /// Empties SQLite's write-ahead log, which may still contain deleted data. During
    /// [`REWRITING_HOUR`], also rewrites the database file, because its pages may contain deleted
    /// data too. Does nothing on PostgreSQL.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn settle(&self, now: Moment) -> Result<(), StoreError> {
        if now.london_hour() == REWRITING_HOUR {
            self.database.remove_remains().await
        } else {
            self.database.truncate_log().await
        }
    }
}

impl ErasureRequest<'_> {
    fn told(&self) -> Told {
        Told {
            actor: Actor::CommandLine,
            at: self.at,
            details: json!({ "rule": "by hand", "reason": self.reason }).to_string(),
        }
    }

    /// Records in the audit how many rows were erased.
    async fn tell(
        &self,
        connection: &mut Connection<'_>,
        erased: &Erased,
    ) -> Result<(), StoreError> {
        let details = json!({ "rule": "by hand", "reason": self.reason, "rows": erased.0 });
        let told = Told {
            details: details.to_string(),
            ..self.told()
        };
        tell(connection, Action::DataErased, told).await
    }
}

/// Takes the lock that lets only one server erase at a time, until the transaction ends.
async fn take_turn(connection: &mut Connection<'_>, now: Moment) -> Result<(), StoreError> {
    take_lock(connection, "retention", now.millis()).await
}

/// Appends an entry about an erasure to the chain `system/retention`.
async fn tell(
    connection: &mut Connection<'_>,
    action: Action,
    told: Told,
) -> Result<(), StoreError> {
    let entry = NewEntry {
        subject: Subject::Retention,
        at: told.at,
        actor: told.actor,
        action,
        details: told.details,
    };
    append_next(connection, entry).await
}
