//! Undoes changes to accounts: the last change to the accounts of a registration, and the closing
//! of a batch.
//!
//! Each account stores its state before its last change. A change can be undone until one of the
//! accounts that it changed is changed again or goes into a new batch.

use registration::desk::account::Account;
use registration::desk::audit::Action;
use registration::identifiers::Reference;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::batch_state::BatchState;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stored_lifecycle::{StepOutcome, StoredLifecycle};
use crate::store::stores::Provisioning;

/// The last change to accounts of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAccountChange {
    /// The version of the registration after the change, which identifies the change.
    pub version: i64,
    /// When the accounts were changed.
    pub at: Moment,
    /// The cause of the change, such as `batch 12`; empty if an officer made it by hand.
    pub by: String,
    /// The changed accounts: the position of each user, and the states after and before.
    pub accounts: Vec<(i64, Account, Account)>,
    /// Why the change cannot be undone now; `None` if it can.
    pub blocked: Option<UndoBlocked>,
}

/// Why the last change to accounts cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoBlocked {
    /// Some of the accounts have changed again.
    ChangedSince,
    /// An account is in this open batch.
    InBatch(i64),
}

/// How many accounts of a closed batch have not changed since the batch was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchReopening {
    /// The number of accounts that have not changed since the batch was closed.
    pub unchanged: usize,
    /// The number of accounts that were in the batch when it was closed; `None` if an older version
    /// of the service closed the batch, or if the batch is open or does not exist.
    pub closed: Option<usize>,
}

/// The state of an account before its last change, stored with the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct BeforeChange {
    /// The version of the registration after the change.
    version: i64,
    /// The number of accounts of the registration that were changed together.
    of: usize,
    by: String,
    at: i64,
    account: String,
    since: Option<i64>,
    reason: Option<String>,
    sent_at: Option<i64>,
    activated_at: Option<i64>,
    failed_at: Option<i64>,
    batch: Option<i64>,
}

/// A change that is about to be made to accounts of a registration.
pub(super) struct ComingChange<'a> {
    pub(super) registration: &'a str,
    pub(super) version: i64,
    pub(super) of: usize,
    pub(super) by: &'a str,
    pub(super) at: Moment,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    position: i64,
    account: String,
    account_since: Option<i64>,
    account_reason: Option<String>,
    sent_at: Option<i64>,
    activated_at: Option<i64>,
    failed_at: Option<i64>,
    batch: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ChangedRow {
    registration_id: String,
    reference: String,
    position: i64,
    account: String,
    batch: Option<i64>,
    before_change: String,
}

/// An account with its states after and before its last change.
struct ChangedAccount {
    registration: String,
    reference: Reference,
    place: i64,
    now: Account,
    batch: Option<i64>,
    before: BeforeChange,
    was: Account,
}

/// Stores the state of the account at position `place` before a change, in the transaction of the
/// change. Does nothing if there is no such account.
pub(super) async fn note_before(
    connection: &mut Connection<'_>,
    place: i64,
    change: &ComingChange<'_>,
) -> Result<(), StoreError> {
    let row: Option<AccountRow> = query_as(
        "select position, account, account_since, account_reason, sent_at, activated_at, \
         failed_at, batch from registration_user where registration_id = $1 and position = $2",
    )
    .bind(change.registration)
    .bind(place)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(());
    };
    let before = BeforeChange {
        version: change.version,
        of: change.of,
        by: change.by.to_owned(),
        at: change.at.millis(),
        account: row.account,
        since: row.account_since,
        reason: row.account_reason,
        sent_at: row.sent_at,
        activated_at: row.activated_at,
        failed_at: row.failed_at,
        batch: row.batch,
    };
    let before = serde_json::to_string(&before).map_err(|_| unread())?;
    query(
        "update registration_user set before_change = $3 where registration_id = $1 and position \
         = $2",
    )
    .bind(change.registration)
    .bind(row.position)
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}

const OF_REGISTRATION: &str = "select person.registration_id, registration.reference, \
                               person.position, person.account, person.batch, \
                               person.before_change from registration_user as person join \
                               registration on registration.id = person.registration_id where \
                               person.registration_id = $1 and person.before_change is not null \
                               order by person.position";

const OF_BATCH: &str = "select person.registration_id, registration.reference, person.position, \
                        person.account, person.batch, person.before_change from \
                        registration_user as person join registration on registration.id = \
                        person.registration_id where person.last_batch = $1 and \
                        person.before_change is not null order by person.registration_id, \
                        person.position";

impl Provisioning {
    /// Returns the last change to accounts of a registration; `None` if there was none.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn last_account_change(
        &self,
        registration: &str,
    ) -> Result<Option<LastAccountChange>, StoreError> {
        let mut connection = self.database.read().await?;
        let rows: Vec<ChangedRow> = query_as(OF_REGISTRATION)
            .bind(registration)
            .fetch_all(&mut connection)
            .await?;
        Ok(last_change(&changed(rows)?))
    }

    /// Undoes the last change to accounts of a registration by restoring their earlier states.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since `from` was read or
    /// is not approved, or if `change` is not the version of the last change or that change cannot
    /// be undone.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn undo_account_change(
        &self,
        from: &StoredLifecycle,
        change: i64,
        actor: &Actor,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let taken = query(
            "update registration set version = version + 1 where id = $1 and version = $2 and \
             state = 'approved'",
        )
        .bind(&from.id)
        .bind(from.version)
        .execute(&mut transaction)
        .await?;
        let rows: Vec<ChangedRow> = query_as(OF_REGISTRATION)
            .bind(&from.id)
            .fetch_all(&mut transaction)
            .await?;
        let mut accounts = changed(rows)?;
        let can_be_undone = last_change(&accounts)
            .is_some_and(|last| last.version == change && last.blocked.is_none());
        if taken != 1 || !can_be_undone {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        }
        accounts.retain(|account| account.before.version == change);
        restore(&mut transaction, &accounts, actor, at).await?;
        transaction.commit().await?;
        Ok(StepOutcome::Applied)
    }

    /// Returns how many accounts were in a batch when it was closed, and how many of them have not
    /// changed since.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn batch_reopening(&self, number: i64) -> Result<BatchReopening, StoreError> {
        let mut connection = self.database.read().await?;
        let closed: Option<Option<i64>> =
            query_scalar("select closed_users from account_batch where number = $1")
                .bind(number)
                .fetch_optional(&mut connection)
                .await?;
        let state = state_of(&mut connection, number).await?;
        let unchanged = match state {
            Some(BatchState::Sent) => sent_in(&mut connection, number).await?.len(),
            Some(BatchState::Undone) => free_again(&mut connection, number).await?,
            Some(BatchState::Open) | None => 0,
        };
        Ok(BatchReopening {
            unchanged,
            closed: closed
                .flatten()
                .and_then(|count| usize::try_from(count).ok()),
        })
    }

    /// Reopens a batch that was sent or undone: the accounts get their earlier states and are in
    /// the batch again.
    ///
    /// Returns `Stale` and changes nothing if the batch is not at this version, is open or was
    /// closed by an older version of the service, if one of its accounts has changed since, or if a
    /// registration is no longer approved.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn reopen_batch(
        &self,
        number: i64,
        version: i64,
        actor: &Actor,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let state = state_of(&mut transaction, number).await?;
        let closed: Option<Option<i64>> = query_scalar(
            "select closed_users from account_batch where number = $1 and version = $2 and state \
             <> 'open'",
        )
        .bind(number)
        .bind(version)
        .fetch_optional(&mut transaction)
        .await?;
        let Some(closed) = closed.flatten() else {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        };
        let opened = query(
            "update account_batch set state = 'open', closed_at = null, sent_at = null, \
             closed_users = null, version = version + 1 where number = $1 and version = $2",
        )
        .bind(number)
        .bind(version)
        .execute(&mut transaction)
        .await?;
        let is_whole = |count: usize| i64::try_from(count) == Ok(closed);
        let again = if opened != 1 {
            false
        } else if state == Some(BatchState::Sent) {
            let accounts = sent_in(&mut transaction, number).await?;
            let taken =
                is_whole(accounts.len()) && take_registrations(&mut transaction, &accounts).await?;
            if taken {
                restore(&mut transaction, &accounts, actor, at).await?;
            }
            taken
        } else {
            let back = query(
                "update registration_user set batch = $1 where last_batch = $1 and batch is null \
                 and account = 'to-be-made' and in_set_up",
            )
            .bind(number)
            .execute(&mut transaction)
            .await?;
            i64::try_from(back) == Ok(closed)
        };
        if !again {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        }
        let entry = NewEntry {
            subject: Subject::Batch(number),
            at,
            actor: actor.clone(),
            action: Action::Reopened,
            details: json!({ "before": state.map(BatchState::key), "users": closed }).to_string(),
        };
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(StepOutcome::Applied)
    }
}

async fn state_of(
    connection: &mut Connection<'_>,
    number: i64,
) -> Result<Option<BatchState>, StoreError> {
    let state: Option<String> = query_scalar("select state from account_batch where number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    Ok(state.as_deref().and_then(BatchState::from_key))
}

/// Returns the accounts that were marked as sent with a batch and have not changed since.
async fn sent_in(
    connection: &mut Connection<'_>,
    number: i64,
) -> Result<Vec<ChangedAccount>, StoreError> {
    let rows: Vec<ChangedRow> = query_as(OF_BATCH)
        .bind(number)
        .fetch_all(connection)
        .await?;
    let mut accounts = changed(rows)?;
    accounts.retain(|account| {
        account.before.batch == Some(number)
            && account.now == Account::Sent
            && account.batch.is_none()
    });
    Ok(accounts)
}

/// Counts the accounts of an undone batch that have yet to be made and are in no other batch.
async fn free_again(connection: &mut Connection<'_>, number: i64) -> Result<usize, StoreError> {
    let count: i64 = query_scalar(
        "select count(*) from registration_user where last_batch = $1 and batch is null and \
         account = 'to-be-made' and in_set_up",
    )
    .bind(number)
    .fetch_one(connection)
    .await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Increments the versions of the registrations of these accounts. Returns `false` if one of the
/// registrations is no longer approved.
async fn take_registrations(
    connection: &mut Connection<'_>,
    accounts: &[ChangedAccount],
) -> Result<bool, StoreError> {
    // All transactions lock registrations in the same order. Two with opposite orders could
    // deadlock.
    for of_one in accounts.chunk_by(|one, other| one.registration == other.registration) {
        let Some(first) = of_one.first() else {
            continue;
        };
        let taken = query(
            "update registration set version = version + 1 where id = $1 and state = 'approved'",
        )
        .bind(&first.registration)
        .execute(connection)
        .await?;
        if taken != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Restores the states of accounts before their last change, and appends an audit row for each
/// registration.
async fn restore(
    connection: &mut Connection<'_>,
    accounts: &[ChangedAccount],
    actor: &Actor,
    at: Moment,
) -> Result<(), StoreError> {
    for of_one in accounts.chunk_by(|one, other| one.registration == other.registration) {
        let mut changes = Vec::new();
        for account in of_one {
            let before = &account.before;
            query(
                "update registration_user set account = $3, account_since = $4, account_reason = \
                 $5, sent_at = $6, activated_at = $7, failed_at = $8, batch = (select number from \
                 account_batch where number = $9 and state = 'open'), before_change = null where \
                 registration_id = $1 and position = $2",
            )
            .bind(&account.registration)
            .bind(account.place)
            .bind(account.was.key())
            .bind(before.since)
            .bind(&before.reason)
            .bind(before.sent_at)
            .bind(before.activated_at)
            .bind(before.failed_at)
            .bind(before.batch)
            .execute(connection)
            .await?;
            changes.push(json!({
                "place": account.place,
                "before": account.now.key(),
                "after": account.was.key(),
                "since": before.since,
                "reason": before.reason,
            }));
        }
        if let Some(first) = of_one.first() {
            let entry = NewEntry {
                subject: Subject::Registration(first.reference),
                at,
                actor: actor.clone(),
                action: Action::AccountsRestored,
                details: json!({ "accounts": changes, "by": first.before.by }).to_string(),
            };
            append_next(connection, entry).await?;
        }
    }
    Ok(())
}

/// Returns the last change to the accounts of one registration; `None` if no account was changed.
fn last_change(accounts: &[ChangedAccount]) -> Option<LastAccountChange> {
    let last = accounts
        .iter()
        .max_by_key(|account| account.before.version)?;
    let of_change = || {
        accounts
            .iter()
            .filter(|account| account.before.version == last.before.version)
    };
    let blocked = if of_change().count() == last.before.of {
        of_change()
            .find_map(|account| account.batch)
            .map(UndoBlocked::InBatch)
    } else {
        Some(UndoBlocked::ChangedSince)
    };
    Some(LastAccountChange {
        version: last.before.version,
        at: Moment::from_millis(last.before.at),
        by: last.before.by.clone(),
        accounts: of_change()
            .map(|account| (account.place, account.now, account.was))
            .collect(),
        blocked,
    })
}

fn changed(rows: Vec<ChangedRow>) -> Result<Vec<ChangedAccount>, StoreError> {
    rows.into_iter()
        .map(|row| {
            let before: BeforeChange =
                serde_json::from_str(&row.before_change).map_err(|_| unread())?;
            Ok(ChangedAccount {
                registration: row.registration_id,
                reference: Reference::parse(&row.reference).map_err(|_| unread())?,
                place: row.position,
                now: Account::from_key(&row.account).ok_or_else(unread)?,
                batch: row.batch,
                was: Account::from_key(&before.account).ok_or_else(unread)?,
                before,
            })
        })
        .collect()
}

const fn unread() -> StoreError {
    StoreError::Row {
        table: "registration_user",
        column: "before_change",
    }
}
