//! Accounts that must be ended on Common Platform, because the approval of their registration was
//! undone.
//!
//! These accounts have a table of their own, because they outlive the list of users: if the
//! applicant sends the registration again without a user, that user's account must still be ended.
//! A new approval removes the accounts of the registration's users from the table; accounts that
//! were ended have to be made again.

use registration::desk::account::{Account, ends_with_approval};
use registration::desk::audit::Action;
use registration::identifiers::{Email, Reference, full_name};
use serde_json::json;
use sqlx::SqlStr;

use super::like::like;
use super::organisations::{account_id, organisation_id};
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Provisioning;

/// An account that must be ended, or was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEnding {
    /// The identifier of the registration.
    pub registration: String,
    /// The registration's reference.
    pub reference: Reference,
    /// The name of the organisation.
    pub organisation: String,
    /// The identifier of the organisation on Common Platform.
    pub organisation_id: String,
    /// The identifier of the user on Common Platform.
    pub id: String,
    /// The user's first name.
    pub first_name: String,
    /// The user's last name.
    pub last_name: String,
    /// The user's email address.
    pub email: String,
    /// The state of the account when the approval was undone.
    pub account: Account,
    /// When the approval was undone.
    pub since: Moment,
    /// When the account was ended; `None` if it must still be ended.
    pub ended_at: Option<Moment>,
}

/// A change to accounts that must be ended.
#[derive(Debug, Clone, Copy)]
pub struct EndingChange<'a> {
    /// Whether the accounts were ended; `false` if they must be ended after all.
    pub ended: bool,
    /// The actor for the audit.
    pub actor: &'a Actor,
    /// The cause of the change for the audit, such as `batch 12`; empty if an officer made it by
    /// hand.
    pub by: &'a str,
    /// When the change is made.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    registration_id: String,
    reference: String,
    organisation: String,
    organisation_id: Option<String>,
    email: String,
    first_name: String,
    last_name: String,
    account_id: Option<String>,
    account: String,
    since: i64,
    ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    position: i64,
    email: String,
    first_name: String,
    last_name: String,
    account_id: Option<String>,
    account: String,
    sent_at: Option<i64>,
    batch: Option<i64>,
}

fn endings(rest: &[&'static str]) -> SqlStr {
    let columns = [
        "select ending.registration_id, registration.reference, registration.name as organisation, ",
        "organisation.id as organisation_id, ",
        "ending.email, ending.first_name, ending.last_name, ending.account_id, ending.account, ",
        "ending.since, ending.ended_at from account_to_end as ending ",
        "join registration on registration.id = ending.registration_id ",
        "left join organisation on organisation.registration_id = registration.id ",
    ];
    joined(&[&columns, rest].concat())
}

impl Provisioning {
    /// Returns one page of the accounts that must be ended, longest wait first, and the number of
    /// all these accounts.
    ///
    /// `words` filters by the organisation's name or the reference; if `words` is empty, the list
    /// is not filtered. The page has at most `most` accounts, after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_to_end(
        &self,
        words: &str,
        (most, skipped): (i64, i64),
    ) -> Result<(Vec<StoredEnding>, u64), StoreError> {
        let words = like(words);
        let rows: Vec<Row> = query_as(endings(&[
            "where ending.ended_at is null and ($1 = '' or lower(registration.name) like $1 or ",
            "lower(registration.reference) like $1) ",
            "order by ending.since, ending.registration_id, ending.email limit $2 offset $3",
        ]))
        .bind(&words)
        .bind(most)
        .bind(skipped)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let count: i64 = query_scalar(
            "select count(*) from account_to_end as ending join registration on registration.id = \
             ending.registration_id where ending.ended_at is null and ($1 = '' or \
             lower(registration.name) like $1 or lower(registration.reference) like $1)",
        )
        .bind(&words)
        .fetch_one(&mut self.database.read().await?)
        .await?;
        let stored = rows.into_iter().map(StoredEnding::try_from);
        Ok((stored.collect::<Result<_, _>>()?, count.unsigned_abs()))
    }

    /// Returns the accounts of a registration that must be ended or were ended.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn endings_of(&self, registration: &str) -> Result<Vec<StoredEnding>, StoreError> {
        of_registration(&mut self.database.read().await?, registration).await
    }

    /// Returns all accounts that must be ended, and the ended accounts that have one of these
    /// identifiers or email addresses. The email addresses must be in lower case.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn endings_named(
        &self,
        ids: &[String],
        emails: &[String],
    ) -> Result<Vec<StoredEnding>, StoreError> {
        let (ids, emails) = (json!(ids).to_string(), json!(emails).to_string());
        let statement = match self.database.engine() {
            Engine::Sqlite { .. } => endings(&[
                "where ending.ended_at is null or ending.account_id in (select value from ",
                "json_each($1)) or lower(ending.email) in (select value from json_each($2)) ",
                "order by ending.registration_id, ending.email",
            ]),
            Engine::Postgres(..) => endings(&[
                "where ending.ended_at is null or ending.account_id in (select ",
                "json_array_elements_text(cast($1 as json))) or lower(ending.email) in (select ",
                "json_array_elements_text(cast($2 as json))) ",
                "order by ending.registration_id, ending.email",
            ]),
        };
        let rows: Vec<Row> = query_as(statement)
            .bind(&ids)
            .bind(&emails)
            .fetch_all(&mut self.database.read().await?)
            .await?;
        rows.into_iter().map(StoredEnding::try_from).collect()
    }

    /// Marks accounts as ended, or as to be ended after all, with an audit row for each
    /// registration.
    ///
    /// `accounts` are in order of their registrations. Accounts that already have the mark do not
    /// change.
    ///
    /// Returns the number of changed accounts.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_ended(
        &self,
        accounts: &[StoredEnding],
        change: EndingChange<'_>,
    ) -> Result<usize, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = set_ended(&mut transaction, accounts, change).await?;
        transaction.commit().await?;
        Ok(changed)
    }
}

/// Marks accounts as ended or not ended, in the transaction of the caller. `accounts` are in order
/// of their registrations.
pub(super) async fn set_ended(
    connection: &mut Connection<'_>,
    accounts: &[StoredEnding],
    change: EndingChange<'_>,
) -> Result<usize, StoreError> {
    let mut changed = 0;
    for of_one in accounts.chunk_by(|one, other| one.registration == other.registration) {
        let mut ids = Vec::new();
        for account in of_one {
            let rows = query(
                "update account_to_end set ended_at = $3 where registration_id = $1 and email = \
                 $2 and (ended_at is null) = ($3 is not null)",
            )
            .bind(&account.registration)
            .bind(&account.email)
            .bind(
                change
                    .ended
                    .then_some(account.ended_at.unwrap_or(change.at).millis()),
            )
            .execute(connection)
            .await?;
            if rows == 1 {
                ids.push(&account.id);
            }
        }
        let Some(first) = of_one.first().filter(|_| !ids.is_empty()) else {
            continue;
        };
        changed += ids.len();
        let entry = NewEntry {
            subject: Subject::Registration(first.reference),
            at: change.at,
            actor: change.actor.clone(),
            action: if change.ended {
                Action::AccountsEnded
            } else {
                Action::AccountsNotEnded
            },
            details: json!({ "ids": ids, "by": change.by }).to_string(),
        };
        append_next(connection, entry).await?;
    }
    Ok(changed)
}

/// Adds the accounts of a registration that must be ended to their table, in the transaction that
/// undoes the approval.
pub(in crate::store) async fn list_endings(
    connection: &mut Connection<'_>,
    registration: &str,
    at: Moment,
) -> Result<(), StoreError> {
    for user in users(connection, registration).await? {
        let account = account_of(&user.account)?;
        if !ends_with_approval(account, user.sent_at.is_some(), user.batch.is_some()) {
            continue;
        }
        let id = user
            .account_id
            .unwrap_or_else(|| account_id(registration, &user.email));
        query(
            "insert into account_to_end (registration_id, email, first_name, last_name, \
             account_id, account, since) values ($1, $2, $3, $4, $5, $6, $7) on conflict \
             (registration_id, email) do update set first_name = excluded.first_name, last_name = \
             excluded.last_name, account_id = excluded.account_id, account = excluded.account, \
             since = excluded.since, ended_at = null",
        )
        .bind(registration)
        .bind(&user.email)
        .bind(&user.first_name)
        .bind(&user.last_name)
        .bind(&id)
        .bind(&user.account)
        .bind(at.millis())
        .execute(connection)
        .await?;
        // Store the identifier, so that it stays the same even if the desk corrects the email
        // address.
        query("update registration_user set account_id = $3 where registration_id = $1 and position = $2")
            .bind(registration)
            .bind(user.position)
            .bind(&id)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Removes the accounts of a registration's users from the table of accounts to end, in the
/// transaction that approves the registration again. Accounts that were ended have to be made
/// again.
pub(in crate::store) async fn take_endings_back(
    connection: &mut Connection<'_>,
    registration: &str,
    reference: Reference,
    actor: &Actor,
    at: Moment,
) -> Result<(), StoreError> {
    let listed = of_registration(connection, registration).await?;
    if listed.is_empty() {
        return Ok(());
    }
    let mut changes = Vec::new();
    for user in users(connection, registration).await? {
        let id = user
            .account_id
            .clone()
            .unwrap_or_else(|| account_id(registration, &user.email));
        let Some(ending) = listed.iter().find(|ending| {
            ending.id == id || Email::mailbox(&ending.email) == Email::mailbox(&user.email)
        }) else {
            continue;
        };
        query("delete from account_to_end where registration_id = $1 and email = $2")
            .bind(registration)
            .bind(&ending.email)
            .execute(connection)
            .await?;
        let account = account_of(&user.account)?;
        if ending.ended_at.is_none() || account == Account::ToBeMade {
            continue;
        }
        query(
            "update registration_user set account = 'to-be-made', account_since = $3, \
             account_reason = null, before_change = null where registration_id = $1 and position \
             = $2",
        )
        .bind(registration)
        .bind(user.position)
        .bind(at.millis())
        .execute(connection)
        .await?;
        changes.push(json!({
            "place": user.position,
            "before": account.key(),
            "after": Account::ToBeMade.key(),
            "since": at.millis(),
            "reason": null,
        }));
    }
    if !changes.is_empty() {
        let entry = NewEntry {
            subject: Subject::Registration(reference),
            at,
            actor: actor.clone(),
            action: Action::AccountsToBeMade,
            details: json!({ "accounts": changes, "by": "approval" }).to_string(),
        };
        append_next(connection, entry).await?;
    }
    Ok(())
}

async fn of_registration(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<Vec<StoredEnding>, StoreError> {
    let rows: Vec<Row> = query_as(endings(&[
        "where ending.registration_id = $1 order by ending.email",
    ]))
    .bind(registration)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(StoredEnding::try_from).collect()
}

async fn users(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<Vec<UserRow>, StoreError> {
    query_as(
        "select position, email, first_name, last_name, account_id, account, sent_at, batch from \
         registration_user where registration_id = $1 order by position",
    )
    .bind(registration)
    .fetch_all(connection)
    .await
}

fn account_of(key: &str) -> Result<Account, StoreError> {
    Account::from_key(key).ok_or(StoreError::Row {
        table: "registration_user",
        column: "account",
    })
}

impl StoredEnding {
    /// Returns the user's full name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

impl TryFrom<Row> for StoredEnding {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            reference: Reference::parse(&row.reference).map_err(|_| StoreError::Row {
                table: "registration",
                column: "reference",
            })?,
            account: account_of(&row.account)?,
            organisation: row.organisation,
            organisation_id: row
                .organisation_id
                .unwrap_or_else(|| organisation_id(&row.registration_id)),
            id: row
                .account_id
                .unwrap_or_else(|| account_id(&row.registration_id, &row.email)),
            registration: row.registration_id,
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            since: Moment::from_millis(row.since),
            ended_at: row.ended_at.map(Moment::from_millis),
        })
    }
}
