//! Spreadsheets of a draft: the reading of the latest file, the rows that wait for their sender's word,
//! and what was said about headings.

use registration::draft::PageAnswers;
use registration::users::User;
use sqlx::FromRow;

use super::db::{Store, StoreError, read, transaction, write};
use super::draft_users::{hold_open, insert_user, last_place, update_user};
use super::drafts::{SaveOutcome, as_json};
use super::submission::{DraftVersion, version};
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// The reading of a file.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ReadingRow {
    /// Which of several files.
    pub id: String,
    /// The file's name; empty for cells that were pasted.
    pub file_name: String,
    /// `reading`, `stopped` or `refused`.
    pub state: String,
    /// How far it has got, in thousandths.
    pub thousandths: i64,
    /// Why it was refused, as JSON.
    pub refusal: String,
    /// The pasted cells.
    pub pasted: String,
    /// Whether it holds the rows of the waiting file that were put right.
    pub brings_back: bool,
    /// When its server last said that it goes on, in milliseconds since 1970.
    pub seen_at: i64,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WaitingRow {
    /// The file's name; empty for cells that were pasted.
    pub file_name: String,
    /// `table` or `intake`.
    pub kind: String,
    /// The rows as JSON.
    pub content: String,
    /// Whether its sender has tried to name the columns.
    pub is_answered: bool,
    /// Counts the changes.
    pub version: i64,
    /// Counts the changes after which a row stands in another place.
    pub round: i64,
}

/// New rows in place of those that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaiting {
    /// The file's name.
    pub file_name: String,
    /// `table` or `intake`.
    pub kind: &'static str,
    /// The rows as JSON.
    pub content: String,
    /// Whether its sender has tried to name the columns.
    pub is_answered: bool,
    /// Whether rows stand in other places than before.
    pub is_new_round: bool,
}

/// Users who are to be added from a spreadsheet, and what is to be left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUsers {
    /// The version of the rows that the users come from.
    pub version: i64,
    /// What had been saved of the draft when it was found out who is new.
    pub draft_version: DraftVersion,
    /// The new users with their identifiers.
    pub new: Vec<(String, User)>,
    /// Users of the list, by identifier, with who takes their place.
    pub replaced: Vec<(String, User)>,
    /// The cookie of who adds them.
    pub by: TokenHash,
    /// Answers for pages that have none.
    pub pages: Vec<PageAnswers>,
    /// The rows that stay behind.
    pub rest: Option<String>,
}

/// What became of a change that was made of what had been read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeOutcome {
    /// It is on disk.
    Kept,
    /// Somebody has changed the same in the meantime: nothing was changed.
    Changed,
    /// The draft was submitted or has expired, or nobody waits for this any more: nothing was changed.
    Refused,
}

/// Puts rows in place of those that wait; with a version only if they have it.
macro_rules! put_waiting {
    ($transaction:expr, $draft:expr, $new:expr) => {{
        let new: &NewWaiting = $new;
        sqlx::query(
            "insert into spreadsheet_waiting \
             (draft_id, file_name, kind, content, is_answered, version, round) \
             values ($1, $2, $3, $4, $5, 1, 1) on conflict (draft_id) do update set \
             file_name = excluded.file_name, kind = excluded.kind, content = excluded.content, \
             is_answered = excluded.is_answered, version = spreadsheet_waiting.version + 1, \
             round = spreadsheet_waiting.round + case when $6 then 1 else 0 end",
        )
        .bind($draft)
        .bind(&new.file_name)
        .bind(new.kind)
        .bind(&new.content)
        .bind(new.is_answered)
        .bind(new.is_new_round)
        .execute(&mut *$transaction)
        .await?;
    }};
}

/// Throws away the rows that wait and the reading that is under way.
macro_rules! discard {
    ($transaction:expr, $draft:expr) => {{
        sqlx::query("delete from spreadsheet_waiting where draft_id = $1")
            .bind($draft)
            .execute(&mut *$transaction)
            .await?;
        sqlx::query("delete from spreadsheet_reading where draft_id = $1")
            .bind($draft)
            .execute(&mut *$transaction)
            .await?;
    }};
}

pub(super) use discard;

/// The version of the rows that wait, 0 where there are none.
macro_rules! version_of_waiting {
    ($transaction:expr, $draft:expr) => {
        sqlx::query_scalar::<_, i64>(
            "select coalesce(max(version), 0) from spreadsheet_waiting where draft_id = $1",
        )
        .bind($draft)
        .fetch_one(&mut *$transaction)
        .await?
    };
}

impl Store {
    /// Begins the reading of a file in place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_reading(
        &self,
        draft: &str,
        reading: &ReadingRow,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            if hold_open!(transaction, draft, now) {
                sqlx::query(
                    "insert into spreadsheet_reading (draft_id, id, file_name, state, thousandths, \
                     refusal, pasted, brings_back, seen_at) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (draft_id) do update set \
                     id = excluded.id, file_name = excluded.file_name, state = excluded.state, \
                     thousandths = excluded.thousandths, refusal = excluded.refusal, \
                     pasted = excluded.pasted, brings_back = excluded.brings_back, \
                     seen_at = excluded.seen_at",
                )
                .bind(draft)
                .bind(&reading.id)
                .bind(&reading.file_name)
                .bind(&reading.state)
                .bind(reading.thousandths)
                .bind(&reading.refusal)
                .bind(&reading.pasted)
                .bind(reading.brings_back)
                .bind(reading.seen_at)
                .execute(&mut *transaction)
                .await?;
                SaveOutcome::Kept
            } else {
                SaveOutcome::Refused
            }
        });
        Ok(outcome)
    }

    /// Says how far a reading has got; false when nobody waits for it any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reading_goes_on(
        &self,
        draft: &str,
        id: &str,
        thousandths: i64,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = write!(self, |connection| {
            sqlx::query(
                "update spreadsheet_reading set thousandths = $3, seen_at = $4 \
                 where draft_id = $1 and id = $2 and state = 'reading'",
            )
            .bind(draft)
            .bind(id)
            .bind(thousandths)
            .bind(now.millis())
            .execute(connection)
            .await
            .map(|done| done.rows_affected())
        })?;
        Ok(changed == 1)
    }

    /// Ends a reading that was refused; nothing when nobody waits for it any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refuse_reading(
        &self,
        draft: &str,
        id: &str,
        refusal: &str,
    ) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update spreadsheet_reading set state = 'refused', refusal = $3 \
                 where draft_id = $1 and id = $2 and state = 'reading'",
            )
            .bind(draft)
            .bind(id)
            .bind(refusal)
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Stops the reading of a draft, if one is under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_reading(&self, draft: &str) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update spreadsheet_reading set state = 'stopped' \
                 where draft_id = $1 and state = 'reading'",
            )
            .bind(draft)
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Ends a reading whose rows now wait, in place of those of this version, which is 0 where none did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_reading(
        &self,
        draft: &str,
        id: &str,
        version: i64,
        new: &NewWaiting,
        now: Moment,
    ) -> Result<ChangeOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            if !hold_open!(transaction, draft, now) {
                ChangeOutcome::Refused
            } else if version_of_waiting!(transaction, draft) != version {
                ChangeOutcome::Changed
            } else {
                let ended = sqlx::query(
                    "delete from spreadsheet_reading \
                     where draft_id = $1 and id = $2 and state = 'reading'",
                )
                .bind(draft)
                .bind(id)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
                if ended == 1 {
                    put_waiting!(transaction, draft, new);
                    ChangeOutcome::Kept
                } else {
                    ChangeOutcome::Refused
                }
            }
        });
        Ok(outcome)
    }

    /// The latest reading of a draft, unless its rows wait already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reading(&self, draft: &str) -> Result<Option<ReadingRow>, StoreError> {
        Ok(read!(self, |connection| sqlx::query_as(
            "select id, file_name, state, thousandths, refusal, pasted, brings_back, seen_at \
             from spreadsheet_reading where draft_id = $1",
        )
        .bind(draft)
        .fetch_optional(connection)
        .await)?)
    }

    /// The rows of a draft that wait for their sender's word.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, draft: &str) -> Result<Option<WaitingRow>, StoreError> {
        Ok(read!(self, |connection| sqlx::query_as(
            "select file_name, kind, content, is_answered, version, round \
             from spreadsheet_waiting where draft_id = $1",
        )
        .bind(draft)
        .fetch_optional(connection)
        .await)?)
    }

    /// What was said about the headings of a draft's files, as JSON.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mapping(&self, draft: &str) -> Result<Option<String>, StoreError> {
        Ok(read!(self, |connection| sqlx::query_scalar(
            "select mapping from spreadsheet_mapping where draft_id = $1",
        )
        .bind(draft)
        .fetch_optional(connection)
        .await)?)
    }

    /// Puts rows in place of those of this version, and remembers what was said about headings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_waiting(
        &self,
        draft: &str,
        version: i64,
        new: &NewWaiting,
        mapping: Option<&str>,
        now: Moment,
    ) -> Result<ChangeOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            if !hold_open!(transaction, draft, now) {
                ChangeOutcome::Refused
            } else if version_of_waiting!(transaction, draft) == version {
                put_waiting!(transaction, draft, new);
                if let Some(mapping) = mapping {
                    sqlx::query(
                        "insert into spreadsheet_mapping (draft_id, mapping) values ($1, $2) \
                         on conflict (draft_id) do update set mapping = excluded.mapping",
                    )
                    .bind(draft)
                    .bind(mapping)
                    .execute(&mut *transaction)
                    .await?;
                }
                ChangeOutcome::Kept
            } else {
                ChangeOutcome::Changed
            }
        });
        Ok(outcome)
    }

    /// Throws away the rows that wait, where they have this version still, and the reading that is under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn discard_spreadsheet(
        &self,
        draft: &str,
        version: i64,
        now: Moment,
    ) -> Result<ChangeOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            if !hold_open!(transaction, draft, now) {
                ChangeOutcome::Refused
            } else if version_of_waiting!(transaction, draft) == version {
                discard!(transaction, draft);
                ChangeOutcome::Kept
            } else {
                ChangeOutcome::Changed
            }
        });
        Ok(outcome)
    }

    /// Adds the users of a spreadsheet to the list, all or none: new ones at its end, others in the place
    /// of those whom they replace; fills pages that have no answers; and leaves the rest waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_from_spreadsheet(
        &self,
        draft: &str,
        users: &NewUsers,
        now: Moment,
    ) -> Result<ChangeOutcome, StoreError> {
        let count = i64::try_from(users.new.len()).unwrap_or(i64::MAX);
        let outcome = transaction!(self, |transaction| {
            if !hold_open!(transaction, draft, now) {
                ChangeOutcome::Refused
            } else if version_of_waiting!(transaction, draft) != users.version
                || version!(&mut *transaction, draft)? != users.draft_version
            {
                ChangeOutcome::Changed
            } else {
                sqlx::query(
                        "update draft set users = users + $2, came_by = \
                         case when came_by = 'web' then 'spreadsheet' else came_by end where id = $1",
                    )
                    .bind(draft)
                    .bind(count)
                    .execute(&mut *transaction)
                    .await?;
                let first = last_place!(transaction, draft)? + 1;
                for (place, (id, user)) in (first..).zip(&users.new) {
                    insert_user!(transaction, draft, id, place, user)?;
                }
                for (id, user) in &users.replaced {
                    update_user!(transaction, draft, id, user, users.by.as_str())?;
                }
                for answers in &users.pages {
                    sqlx::query(
                        "insert into draft_page (draft_id, page, answers, version, saved_at) \
                         values ($1, $2, $3, 1, $4) on conflict (draft_id, page) do nothing",
                    )
                    .bind(draft)
                    .bind(answers.page().path())
                    .bind(as_json(answers)?)
                    .bind(now.millis())
                    .execute(&mut *transaction)
                    .await?;
                }
                match &users.rest {
                    Some(rest) => {
                        sqlx::query(
                            "update spreadsheet_waiting set content = $2, version = version + 1, \
                         round = round + 1 where draft_id = $1",
                        )
                        .bind(draft)
                        .bind(rest)
                        .execute(&mut *transaction)
                        .await?
                    }
                    None => {
                        sqlx::query("delete from spreadsheet_waiting where draft_id = $1")
                            .bind(draft)
                            .execute(&mut *transaction)
                            .await?
                    }
                };
                ChangeOutcome::Kept
            }
        });
        Ok(outcome)
    }
}
