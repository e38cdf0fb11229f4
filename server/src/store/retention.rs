//! Erases personal data: what is due, on time and in small pieces, and by hand a registration or a
//! person.
//!
//! Each piece is a transaction of its own, and servers take turns. The audit says what is erased
//! before it goes: in the chain of the subject, if it has one, and in `system/retention`.

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

/// How many rows a piece has at most.
const PIECE: i64 = 100;

/// Who erases what by hand, and why.
#[derive(Debug, Clone)]
pub struct ErasureRequest<'a> {
    /// The reason, which the audit keeps.
    pub reason: &'a str,
    /// When.
    pub at: Moment,
    /// Whether it is only counted what would be erased.
    pub dry_run: bool,
}

/// What the audit says about an erasure.
#[derive(Debug, Clone)]
struct Told {
    actor: Actor,
    at: Moment,
    /// The details, as JSON.
    details: String,
}

/// How many rows were erased, by the name of what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased(BTreeMap<&'static str, u64>);

impl Erased {
    /// Returns each kind of row with how many were erased.
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

impl Retention {
    /// Empties the write-ahead log of SQLite, which still has what was deleted since.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn settle(&self) -> Result<(), StoreError> {
        self.database.truncate_log().await
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

    /// Says in the audit how much was erased.
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

/// Waits until no other server erases, and lets none until the transaction ends.
async fn take_turn(connection: &mut Connection<'_>, now: Moment) -> Result<(), StoreError> {
    take_lock(connection, "retention", now.millis()).await
}

/// Says in the audit how much of one kind was erased.
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
