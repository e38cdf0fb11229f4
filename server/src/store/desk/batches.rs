//! Batches of accounts, exported for the team that makes the accounts on Common Platform.
//!
//! A batch is stored exactly as exported. It is open until it is sent or undone, and can be
//! reopened. A user is in at most one open batch. The user leaves the batch when the state of the
//! user's account changes or the batch is undone.

use registration::desk::account::Account;
use registration::desk::audit::Action;
use serde_json::json;
use sqlx::SqlStr;

use super::accounts::{Row, StoredAccount, accounts};
use super::batch_state::BatchState;
use super::like::like;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Provisioning;

/// A batch to be stored.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// The officer who makes the batch.
    pub by: OfficerId,
    /// When the batch is made.
    pub at: Moment,
    /// The accounts, grouped by registration.
    pub accounts: Vec<StoredAccount>,
    /// The exported records, as JSON.
    pub content: String,
}

/// A batch as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBatch {
    /// The batch's number, from 1.
    pub number: i64,
    /// When the batch was made.
    pub made_at: Moment,
    /// The name of the officer who made the batch.
    pub made_by: String,
    /// The number of organisations in the batch when it was made.
    pub organisations: i64,
    /// The number of users in the batch when it was made.
    pub users: i64,
    /// The number of users who are still in the batch.
    pub waiting: i64,
    /// The state of the batch.
    pub state: BatchState,
    /// When the batch was sent or undone; `None` while it is open.
    pub closed_at: Option<Moment>,
    /// When its activation emails were sent, as an officer entered it; `None` unless the batch is
    /// sent.
    pub sent_at: Option<Moment>,
    /// The version of the batch, incremented when the batch is marked as sent, undone or reopened.
    pub version: i64,
}

/// An organisation with accounts that have yet to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOrganisation {
    /// The reference of the organisation's registration.
    pub reference: String,
    /// The name of the organisation.
    pub name: String,
    /// The date of the organisation's first hearing, such as `2026-12-01`, if given.
    pub first_hearing: Option<String>,
    /// The number of the organisation's accounts that have yet to be made.
    pub users: i64,
    /// The number of these accounts that are in an open batch.
    pub in_batch: i64,
    /// When the first of these accounts began to wait.
    pub since: Moment,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    number: i64,
    made_at: i64,
    made_by: String,
    organisations: i64,
    users: i64,
    waiting: i64,
    state: String,
    closed_at: Option<i64>,
    sent_at: Option<i64>,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    reference: String,
    name: String,
    first_hearing: Option<String>,
    users: i64,
    in_batch: i64,
    since: i64,
}

/// The accounts of one organisation in a batch that have one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsOfOrganisation {
    /// The reference of the organisation's registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The state of the accounts.
    pub account: Account,
    /// The number of accounts.
    pub count: i64,
}

fn batches(rest: &'static str) -> SqlStr {
    joined(&[
        "select account_batch.number, account_batch.made_at, officer.name as made_by, ",
        "account_batch.organisations, account_batch.users, (select count(*) ",
        "from registration_user where registration_user.batch = account_batch.number) ",
        "as waiting, account_batch.state, account_batch.closed_at, account_batch.sent_at, account_batch.version ",
        "from account_batch join officer on officer.id = account_batch.made_by ",
        rest,
    ])
}

impl Provisioning {
    /// Returns one page of the organisations with accounts to be made, and the number of all these
    /// organisations.
    ///
    /// The earliest hearing comes first, then the longest wait. `words` filters by the
    /// organisation's name or the reference; if `words` is empty, the list is not filtered. The
    /// page has at most `most` organisations, after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn waiting_organisations(
        &self,
        words: &str,
        (most, skipped): (i64, i64),
    ) -> Result<(Vec<WaitingOrganisation>, u64), StoreError> {
        let words = like(words);
        let rows: Vec<WaitingRow> = query_as(
            "select registration.reference, registration.name, registration.first_hearing, \
             count(*) as users, count(person.batch) as in_batch, min(person.account_since) as \
             since from registration_user as person join registration on registration.id = \
             person.registration_id where person.in_set_up and person.account = 'to-be-made' and \
             ($1 = '' or lower(registration.name) like $1 or lower(registration.reference) like \
             $1) group by registration.reference, registration.name, registration.first_hearing \
             order by coalesce(registration.first_hearing, '9999'), min(person.account_since), \
             registration.reference limit $2 offset $3",
        )
        .bind(&words)
        .bind(most)
        .bind(skipped)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let count: i64 = query_scalar(
            "select count(distinct person.registration_id) from registration_user as person join \
             registration on registration.id = person.registration_id where person.in_set_up and \
             person.account = 'to-be-made' and ($1 = '' or lower(registration.name) like $1 or \
             lower(registration.reference) like $1)",
        )
        .bind(&words)
        .fetch_one(&mut self.database.read().await?)
        .await?;
        let organisations = rows
            .into_iter()
            .map(|row| WaitingOrganisation {
                reference: row.reference,
                name: row.name,
                first_hearing: row.first_hearing,
                users: row.users,
                in_batch: row.in_batch,
                since: Moment::from_millis(row.since),
            })
            .collect();
        Ok((organisations, u64::try_from(count).unwrap_or_default()))
    }

    /// Returns accounts to be made that are in no batch, longest wait first, at most `most`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_for_batch(&self, most: i64) -> Result<Vec<StoredAccount>, StoreError> {
        let rows: Vec<Row> = query_as(accounts(&[
            "where person.in_set_up and person.account = 'to-be-made' and person.batch is null \
             order by person.account_since, person.registration_id, person.position limit $1",
        ]))
        .bind(most)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(StoredAccount::try_from).collect()
    }

    /// Returns the accounts that are still in a batch, in order of registration and position.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_in_batch(&self, number: i64) -> Result<Vec<StoredAccount>, StoreError> {
        let rows: Vec<Row> = query_as(accounts(&[
            "where person.batch = $1 order by person.registration_id, person.position",
        ]))
        .bind(number)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(StoredAccount::try_from).collect()
    }

    /// Returns the organisations of a batch by name, with the number of their accounts in each
    /// state. Accounts that have left the batch count too, until they go into another batch.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn organisations_of_batch(
        &self,
        number: i64,
    ) -> Result<Vec<AccountsOfOrganisation>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = query_as(
            "select registration.reference, registration.name, person.account, count(*) from \
             registration_user as person join registration on registration.id = \
             person.registration_id where person.batch = $1 or person.last_batch = $1 group by \
             registration.reference, registration.name, person.account order by \
             lower(registration.name), registration.reference, person.account",
        )
        .bind(number)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter()
            .map(|(reference, organisation, account, count)| {
                Ok(AccountsOfOrganisation {
                    reference,
                    organisation,
                    account: Account::from_key(&account).ok_or(StoreError::Row {
                        table: "registration_user",
                        column: "account",
                    })?,
                    count,
                })
            })
            .collect()
    }

    /// Stores a batch and returns its number.
    ///
    /// Returns `None` and changes nothing in these cases:
    ///
    /// - the batch has no accounts;
    /// - an account no longer has to be made or is in another batch;
    /// - a registration was changed since it was read, or is not approved;
    /// - another server used the same number first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_batch(&self, new: &NewBatch) -> Result<Option<i64>, StoreError> {
        if new.accounts.is_empty() {
            return Ok(None);
        }
        match self.insert_batch(new).await {
            Err(StoreError::Database(error))
                if error
                    .as_database_error()
                    .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
            {
                Ok(None)
            }
            outcome => outcome,
        }
    }

    async fn insert_batch(&self, new: &NewBatch) -> Result<Option<i64>, StoreError> {
        let mut accounts: Vec<&StoredAccount> = new.accounts.iter().collect();
        // All transactions lock rows in the same order. Two with opposite orders could deadlock.
        accounts.sort_by(|one, other| {
            (&one.registration, one.place).cmp(&(&other.registration, other.place))
        });
        let registrations: Vec<&[&StoredAccount]> = accounts
            .chunk_by(|one, other| one.registration == other.registration)
            .collect();
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let number: i64 = query_scalar("select coalesce(max(number), 0) + 1 from account_batch")
            .fetch_one(&mut transaction)
            .await?;
        query(
            "insert into account_batch (number, made_at, made_by, organisations, users, content, \
             state) values ($1, $2, $3, $4, $5, $6, 'open')",
        )
        .bind(number)
        .bind(new.at.millis())
        .bind(new.by.as_str())
        .bind(count(registrations.len()))
        .bind(count(accounts.len()))
        .bind(&new.content)
        .execute(&mut transaction)
        .await?;
        for registration in &registrations {
            let Some(first) = registration.first() else {
                continue;
            };
            let mut taken = query(
                "update registration set version = version + 1 where id = $1 and version = $2 and \
                 state = 'approved'",
            )
            .bind(&first.registration)
            .bind(first.version)
            .execute(&mut transaction)
            .await?
                == 1;
            for account in *registration {
                taken = taken
                    && query(
                        "update registration_user set batch = $3, last_batch = $3, account_id = $4 where \
                         registration_id = $1 and position = $2 and batch is null and account = \
                         'to-be-made' and in_set_up",
                    )
                    .bind(&account.registration)
                    .bind(account.place)
                    .bind(number)
                    .bind(&account.id)
                    .execute(&mut transaction)
                    .await?
                        == 1;
            }
            if !taken {
                transaction.rollback().await?;
                return Ok(None);
            }
            let places: Vec<i64> = registration.iter().map(|account| account.place).collect();
            let subject = Subject::Registration(first.reference);
            let details = json!({ "batch": number, "places": places });
            append_next(
                &mut transaction,
                entry(new, subject, Action::AccountsInBatch, &details),
            )
            .await?;
        }
        let details = json!({ "users": accounts.len(), "organisations": registrations.len() });
        let subject = Subject::Batch(number);
        append_next(
            &mut transaction,
            entry(new, subject, Action::Made, &details),
        )
        .await?;
        transaction.commit().await?;
        Ok(Some(number))
    }

    /// Returns batches, newest first, at most `most` after the first `skipped`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn batches(&self, most: i64, skipped: i64) -> Result<Vec<StoredBatch>, StoreError> {
        let rows: Vec<BatchRow> = query_as(batches(
            "order by account_batch.number desc limit $1 offset $2",
        ))
        .bind(most)
        .bind(skipped)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(StoredBatch::try_from).collect()
    }

    /// Returns the batch with this number, if it exists.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn batch(&self, number: i64) -> Result<Option<StoredBatch>, StoreError> {
        let row: Option<BatchRow> = query_as(batches("where account_batch.number = $1"))
            .bind(number)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(StoredBatch::try_from).transpose()
    }

    /// Returns the records of a batch as exported, in JSON; `None` if there is no such batch.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn content_of_batch(&self, number: i64) -> Result<Option<String>, StoreError> {
        query_scalar("select content from account_batch where number = $1")
            .bind(number)
            .fetch_optional(&mut self.database.read().await?)
            .await
    }

    /// Returns those of the given references whose registrations exist but are not approved.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn not_approved(&self, references: &[&str]) -> Result<Vec<String>, StoreError> {
        let references = json!(references).to_string();
        let statement = match self.database.engine() {
            Engine::Sqlite { .. } => {
                "select reference from registration where state <> 'approved' and reference in \
                 (select value from json_each($1))"
            }
            Engine::Postgres(..) => {
                "select reference from registration where state <> 'approved' and reference = any \
                 (array(select json_array_elements_text(cast($1 as json))))"
            }
        };
        query_scalar(statement)
            .bind(&references)
            .fetch_all(&mut self.database.read().await?)
            .await
    }

    /// Undoes a batch, so that its accounts can go into another batch.
    ///
    /// Returns `false` and changes nothing if the batch is not open or not at this version.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn undo_batch(
        &self,
        (number, version): (i64, i64),
        actor: &Actor,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let entry = NewEntry {
            subject: Subject::Batch(number),
            at,
            actor: actor.clone(),
            action: Action::Undone,
            details: "{}".to_owned(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let undone = query(
            "update account_batch set state = 'undone', closed_at = $2, version = version + 1, \
             closed_users = (select count(*) from registration_user where batch = $1) where \
             number = $1 and version = $3 and state = 'open'",
        )
        .bind(number)
        .bind(at.millis())
        .bind(version)
        .execute(&mut transaction)
        .await?
            == 1;
        if undone {
            query("update registration_user set batch = null where batch = $1")
                .bind(number)
                .execute(&mut transaction)
                .await?;
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(undone)
    }
}

fn entry(
    new: &NewBatch,
    subject: Subject,
    action: Action,
    details: &serde_json::Value,
) -> NewEntry {
    NewEntry {
        subject,
        at: new.at,
        actor: new.by.actor(),
        action,
        details: details.to_string(),
    }
}

impl TryFrom<BatchRow> for StoredBatch {
    type Error = StoreError;

    fn try_from(row: BatchRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            made_at: Moment::from_millis(row.made_at),
            made_by: row.made_by,
            organisations: row.organisations,
            users: row.users,
            waiting: row.waiting,
            state: BatchState::from_key(&row.state).ok_or(StoreError::Row {
                table: "account_batch",
                column: "state",
            })?,
            closed_at: row.closed_at.map(Moment::from_millis),
            sent_at: row.sent_at.map(Moment::from_millis),
            version: row.version,
        })
    }
}
