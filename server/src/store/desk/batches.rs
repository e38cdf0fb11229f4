//! Batches: what goes to those who make the accounts, kept exactly as it went.
//!
//! A user is in one open batch only. A batch is open until it was sent, or is undone; whoever comes to another state
//! leaves it.

use serde_json::json;

use super::accounts::{KeptAccount, Row, accounts, like};
use super::officers::OfficerId;
use crate::clock::Moment;
use crate::store::audit::{NewEntry, append};
use crate::store::db::{Db, Store, StoreError, read, transaction};
use crate::store::standing::append_next;

/// A batch that is about to be kept.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// Who makes it.
    pub by: OfficerId,
    /// When.
    pub at: Moment,
    /// The accounts, those of a registration one after the other.
    pub accounts: Vec<KeptAccount>,
    /// The records as JSON.
    pub content: String,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBatch {
    /// Its number, from 1.
    pub number: i64,
    /// When it was made.
    pub made_at: Moment,
    /// Who made it.
    pub made_by: String,
    /// How many organisations it has.
    pub organisations: i64,
    /// How many users.
    pub users: i64,
    /// How many of them wait in it still.
    pub waiting: i64,
    /// How it stands.
    pub state: BatchState,
    /// Since when it is closed.
    pub closed_at: Option<Moment>,
}

/// How a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchState {
    /// It was made.
    Open,
    /// Its accounts were sent.
    Sent,
    /// It was undone: its accounts can go into another.
    Undone,
}

/// An organisation with accounts that wait to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOrganisation {
    /// The reference of its registration.
    pub reference: String,
    /// What it is called.
    pub name: String,
    /// The day of its first hearing, as `2026-12-01`.
    pub first_hearing: Option<String>,
    /// How many accounts wait.
    pub users: i64,
    /// How many of them are in an open batch.
    pub in_batch: i64,
    /// Since when the first waits.
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

macro_rules! batches {
    ($rest:literal) => {
        concat!(
            "select account_batch.number, account_batch.made_at, officer.name as made_by, ",
            "account_batch.organisations, account_batch.users, (select count(*) ",
            "from registration_user where registration_user.batch = account_batch.number) ",
            "as waiting, account_batch.state, account_batch.closed_at ",
            "from account_batch join officer on officer.id = account_batch.made_by ",
            $rest
        )
    };
}

impl Store {
    /// Organisations with accounts that wait to be made, those with an early hearing first, then those that wait
    /// longest: so many, from so many on, with these words in their name or reference. Also how many there are in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_organisations(
        &self,
        words: &str,
        (most, skipped): (i64, i64),
    ) -> Result<(Vec<WaitingOrganisation>, u64), StoreError> {
        let words = like(words);
        let rows: Vec<WaitingRow> = read!(self, |connection| {
            sqlx::query_as(
                "select registration.reference, registration.name, registration.first_hearing, \
                 count(*) as users, \
                 count(person.batch) as in_batch, min(person.account_since) as since \
                 from registration_user as person \
                 join registration on registration.id = person.registration_id \
                 where person.in_set_up and person.account = 'to-be-made' \
                 and ($1 = '' or lower(registration.name) like $1 \
                 or lower(registration.reference) like $1) \
                 group by registration.reference, registration.name, registration.first_hearing \
                 order by coalesce(registration.first_hearing, '9999'), min(person.account_since), \
                 registration.reference limit $2 offset $3",
            )
            .bind(&words)
            .bind(most)
            .bind(skipped)
            .fetch_all(connection)
            .await
        })?;
        let count: i64 = read!(self, |connection| {
            sqlx::query_scalar(
                "select count(distinct person.registration_id) from registration_user as person \
                 join registration on registration.id = person.registration_id \
                 where person.in_set_up and person.account = 'to-be-made' \
                 and ($1 = '' or lower(registration.name) like $1 \
                 or lower(registration.reference) like $1)",
            )
            .bind(&words)
            .fetch_one(connection)
            .await
        })?;
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

    /// Accounts that wait to be made and are in no batch, those that wait longest first: at most so many.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn accounts_for_batch(&self, most: i64) -> Result<Vec<KeptAccount>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(accounts!(
                "where person.in_set_up and person.account = 'to-be-made' and person.batch is null \
                 order by person.account_since, person.registration_id, person.position limit $1"
            ))
            .bind(most)
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(KeptAccount::try_from).collect()
    }

    /// The accounts that are in an open batch.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn accounts_in_batch(&self, number: i64) -> Result<Vec<KeptAccount>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(accounts!(
                "where person.batch = $1 order by person.registration_id, person.position"
            ))
            .bind(number)
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(KeptAccount::try_from).collect()
    }

    /// Keeps a batch and gives its number; nothing where one of its accounts is not to be made any more, is in another
    /// batch, or where another batch came first: then nothing was changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_batch(&self, new: &NewBatch) -> Result<Option<i64>, StoreError> {
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
        let mut accounts: Vec<&KeptAccount> = new.accounts.iter().collect();
        // In one order, whoever changes what: two that take the rows crosswise would wait for ever.
        accounts.sort_by(|one, other| {
            (&one.registration, one.place).cmp(&(&other.registration, other.place))
        });
        let registrations: Vec<&[&KeptAccount]> = accounts
            .chunk_by(|one, other| one.registration == other.registration)
            .collect();
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let number = transaction!(self, |transaction| {
            let number: i64 =
                sqlx::query_scalar("select coalesce(max(number), 0) + 1 from account_batch")
                    .fetch_one(&mut *transaction)
                    .await?;
            sqlx::query(
                "insert into account_batch \
                 (number, made_at, made_by, organisations, users, content, state) \
                 values ($1, $2, $3, $4, $5, $6, 'open')",
            )
            .bind(number)
            .bind(new.at.millis())
            .bind(new.by.as_str())
            .bind(count(registrations.len()))
            .bind(count(accounts.len()))
            .bind(&new.content)
            .execute(&mut *transaction)
            .await?;
            for registration in &registrations {
                let Some(first) = registration.first() else {
                    continue;
                };
                let mut taken = sqlx::query(
                    "update registration set version = version + 1 \
                     where id = $1 and version = $2 and state = 'approved'",
                )
                .bind(&first.registration)
                .bind(first.version)
                .execute(&mut *transaction)
                .await?
                .rows_affected()
                    == 1;
                for account in *registration {
                    taken = taken
                        && sqlx::query(
                            "update registration_user set batch = $3, account_id = $4 \
                             where registration_id = $1 and position = $2 and batch is null \
                             and account = 'to-be-made' and in_set_up",
                        )
                        .bind(&account.registration)
                        .bind(account.place)
                        .bind(number)
                        .bind(&account.id)
                        .execute(&mut *transaction)
                        .await?
                        .rows_affected()
                            == 1;
                }
                if !taken {
                    transaction.rollback().await?;
                    return Ok(None);
                }
                let places: Vec<i64> = registration.iter().map(|account| account.place).collect();
                let subject = format!("registration/{}", first.reference);
                let details = json!({ "batch": number, "places": places });
                append_next!(
                    transaction,
                    entry(new, subject, "accounts-in-batch", &details)
                )?;
            }
            let details = json!({ "users": accounts.len(), "organisations": registrations.len() });
            let subject = format!("batch/{number}");
            append_next!(transaction, entry(new, subject, "made", &details))?;
            number
        });
        Ok(Some(number))
    }

    /// Every batch, the newest first: so many, from so many on.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn batches(&self, most: i64, skipped: i64) -> Result<Vec<KeptBatch>, StoreError> {
        let rows: Vec<BatchRow> = read!(self, |connection| {
            sqlx::query_as(batches!(
                "order by account_batch.number desc limit $1 offset $2"
            ))
            .bind(most)
            .bind(skipped)
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(KeptBatch::try_from).collect()
    }

    /// The batch of a number.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    pub async fn batch(&self, number: i64) -> Result<Option<KeptBatch>, StoreError> {
        let row: Option<BatchRow> = read!(self, |connection| {
            sqlx::query_as(batches!("where account_batch.number = $1"))
                .bind(number)
                .fetch_optional(connection)
                .await
        })?;
        row.map(KeptBatch::try_from).transpose()
    }

    /// The records of a batch as JSON, as they were when it was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn content_of_batch(&self, number: i64) -> Result<Option<String>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_scalar("select content from account_batch where number = $1")
                .bind(number)
                .fetch_optional(connection)
                .await
        })?)
    }

    /// Those of these references whose registrations are not approved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn not_approved(&self, references: &[&str]) -> Result<Vec<String>, StoreError> {
        let references = json!(references).to_string();
        let statement = match &self.db {
            Db::Sqlite { .. } => {
                "select reference from registration where state <> 'approved' \
                 and reference in (select value from json_each($1))"
            }
            Db::Postgres(_) => {
                "select reference from registration where state <> 'approved' \
                 and reference = any (array(select json_array_elements_text(cast($1 as json))))"
            }
        };
        Ok(read!(self, |connection| {
            sqlx::query_scalar(statement)
                .bind(&references)
                .fetch_all(connection)
                .await
        })?)
    }

    /// Undoes an open batch: its accounts can go into another. Whether it was open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undo_batch(
        &self,
        number: i64,
        actor: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let entry = NewEntry {
            subject: format!("batch/{number}"),
            at,
            actor: actor.to_owned(),
            action: "undone".to_owned(),
            details: "{}".to_owned(),
        };
        let undone = transaction!(self, |transaction| {
            let undone = sqlx::query(
                "update account_batch set state = 'undone', closed_at = $2, version = version + 1 \
                 where number = $1 and state = 'open'",
            )
            .bind(number)
            .bind(at.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected()
                == 1;
            if undone {
                sqlx::query("update registration_user set batch = null where batch = $1")
                    .bind(number)
                    .execute(&mut *transaction)
                    .await?;
                append_next!(transaction, entry)?;
            }
            undone
        });
        Ok(undone)
    }
}

fn entry(new: &NewBatch, subject: String, action: &str, details: &serde_json::Value) -> NewEntry {
    NewEntry {
        subject,
        at: new.at,
        actor: new.by.actor(),
        action: action.to_owned(),
        details: details.to_string(),
    }
}

impl BatchState {
    /// The word that the store keeps.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Undone => "undone",
        }
    }
}

impl TryFrom<BatchRow> for KeptBatch {
    type Error = StoreError;

    fn try_from(row: BatchRow) -> Result<Self, StoreError> {
        let states = [BatchState::Open, BatchState::Sent, BatchState::Undone];
        let state = states.into_iter().find(|state| state.key() == row.state);
        Ok(Self {
            number: row.number,
            made_at: Moment::from_millis(row.made_at),
            made_by: row.made_by,
            organisations: row.organisations,
            users: row.users,
            waiting: row.waiting,
            state: state.ok_or(StoreError::Row {
                table: "account_batch",
                column: "state",
            })?,
            closed_at: row.closed_at.map(Moment::from_millis),
        })
    }
}
