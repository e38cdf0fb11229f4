//! The outcomes of an officer's checks on a registration.
//!
//! If an outcome is replaced, the audit still contains the earlier outcome.

use registration::desk::approval::MadeCheck;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult, CheckVerdict};
use registration::lifecycle::State;
use serde_json::{Value, json};

use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stored_lifecycle::StoredLifecycle;
use crate::store::stores::Casework;

/// The outcome of a check, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheck {
    /// The check, its outcome, and the answers that were checked.
    pub made: MadeCheck,
    /// The officer's note about the outcome.
    pub note: String,
    /// The officer who made the check.
    pub officer: OfficerId,
    /// When the check was made.
    pub at: Moment,
    /// How many times an outcome was recorded for this check of the registration.
    pub version: i64,
}

/// An outcome of a check, to be stored.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// The check that was made.
    pub check: Check,
    /// The outcome and the officer's note.
    pub result: CheckResult,
    /// The answers that were checked.
    pub about: String,
    /// The officer who made the check.
    pub officer: OfficerId,
    /// When the check was made.
    pub at: Moment,
    /// The version of the stored outcome that the officer saw; 0 if no outcome was stored.
    pub seen: i64,
}

/// The result of recording an outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOutcome {
    /// The outcome was stored.
    Saved,
    /// Another outcome was recorded since the officer looked; nothing was changed.
    Stale,
    /// The registration was decided or withdrawn; nothing was changed.
    Closed,
}

/// The result of recording outcomes of several checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeChecks {
    /// The version of the registration after the outcomes were stored; the version that was read if
    /// somebody else has changed the registration since.
    pub version: i64,
    /// The checks whose outcome was not stored, because another outcome was recorded since the
    /// officer looked.
    pub stale: Vec<Check>,
    /// Whether no outcome was stored, because the registration was decided or withdrawn.
    pub is_closed: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    outcome: String,
    note: String,
    about: String,
    officer_id: String,
    made_at: i64,
    version: i64,
}

async fn checks_of(connection: &mut Connection<'_>, id: &str) -> Result<Vec<Row>, StoreError> {
    query_as::<Row>(
        "select name, outcome, note, about, officer_id, made_at, version from registration_check \
         where registration_id = $1",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

impl Casework {
    /// Returns the recorded outcomes of a registration's checks.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn checks(&self, registration: &str) -> Result<Vec<StoredCheck>, StoreError> {
        let rows = checks_of(&mut self.database.read().await?, registration).await?;
        rows.into_iter().map(StoredCheck::try_from).collect()
    }

    /// Records an outcome of a check, as `make_checks` does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_check(
        &self,
        lifecycle: &StoredLifecycle,
        new: &NewCheck,
    ) -> Result<CheckOutcome, StoreError> {
        let made = self
            .make_checks(lifecycle, std::slice::from_ref(new))
            .await?;
        Ok(if made.is_closed {
            CheckOutcome::Closed
        } else if made.stale.is_empty() {
            CheckOutcome::Saved
        } else {
            CheckOutcome::Stale
        })
    }

    /// Records outcomes of checks in one transaction.
    ///
    /// An outcome is not recorded if another outcome was recorded that the officer did not see; the
    /// others are. No outcome is recorded if the registration was decided or withdrawn. The registration's version is incremented, so a decision made without knowing
    /// the outcomes is rejected.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn make_checks(
        &self,
        lifecycle: &StoredLifecycle,
        new: &[NewCheck],
    ) -> Result<MadeChecks, StoreError> {
        let mut made = MadeChecks {
            version: lifecycle.version,
            stale: Vec::new(),
            is_closed: false,
        };
        if new.is_empty() {
            return Ok(made);
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Updating the row first locks it, so that nobody else appends to the chain or changes the
        // checks meanwhile.
        let row: Option<(i64, String)> = query_as(
            "update registration set version = version + 1 where id = $1 and erased_at is null \
             returning version, state",
        )
        .bind(&lifecycle.id)
        .fetch_optional(&mut transaction)
        .await?;
        let state = row.as_ref().and_then(|(_, state)| State::from_key(state));
        if state.is_none_or(State::is_closed) {
            transaction.rollback().await?;
            made.is_closed = true;
            return Ok(made);
        }
        let version = row.map(|(version, _)| version);
        let stored = checks_of(&mut transaction, &lifecycle.id).await?;
        for new in new {
            let before = stored.iter().find(|row| row.name == new.check.key());
            if before.map_or(0, |before| before.version) != new.seen {
                made.stale.push(new.check);
                continue;
            }
            query(
                "insert into registration_check (registration_id, name, outcome, note, about, \
                 officer_id, made_at, version) values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict \
                 (registration_id, name) do update set outcome = excluded.outcome, note = \
                 excluded.note, about = excluded.about, officer_id = excluded.officer_id, made_at \
                 = excluded.made_at, version = registration_check.version + 1",
            )
            .bind(&lifecycle.id)
            .bind(new.check.key())
            .bind(new.result.outcome.key())
            .bind(&new.result.note)
            .bind(&new.about)
            .bind(new.officer.as_str())
            .bind(new.at.millis())
            .execute(&mut transaction)
            .await?;
            append_next(&mut transaction, entry(lifecycle, new, before)).await?;
        }
        if made.stale.len() == new.len() {
            transaction.rollback().await?;
        } else {
            // If somebody else has changed the registration since it was read, keep the version that
            // was read, so that a decision made with these outcomes is rejected.
            let is_next = |version: &i64| *version == lifecycle.version + 1;
            made.version = version.filter(is_next).unwrap_or(lifecycle.version);
            transaction.commit().await?;
        }
        Ok(made)
    }
}

/// Formats the audit details of a recorded outcome as JSON.
///
/// The details contain the check, the answers that were checked, and the outcomes before and after.
#[must_use]
pub fn checked_details(
    check: Check,
    about: &str,
    before: Option<&Value>,
    after: &CheckResult,
) -> String {
    json!({
        "check": check.key(),
        "about": about,
        "before": before,
        "after": { "outcome": after.outcome.key(), "note": after.note },
    })
    .to_string()
}

fn entry(lifecycle: &StoredLifecycle, new: &NewCheck, before: Option<&Row>) -> NewEntry {
    let before = before.map(|row| json!({ "outcome": row.outcome, "note": row.note }));
    NewEntry {
        subject: Subject::Registration(lifecycle.reference),
        at: new.at,
        actor: new.officer.actor(),
        action: Action::Checked,
        details: checked_details(new.check, &new.about, before.as_ref(), &new.result),
    }
}

impl TryFrom<Row> for StoredCheck {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let unread = |column| StoreError::Row {
            table: "registration_check",
            column,
        };
        Ok(Self {
            made: MadeCheck {
                check: Check::from_key(&row.name).ok_or_else(|| unread("name"))?,
                outcome: CheckVerdict::from_key(&row.outcome).ok_or_else(|| unread("outcome"))?,
                about: row.about,
            },
            note: row.note,
            officer: OfficerId::named(row.officer_id),
            at: Moment::from_millis(row.made_at),
            version: row.version,
        })
    }
}
