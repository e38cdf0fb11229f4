//! Spreadsheets of a draft.
//!
//! A draft has at most one import. The imported rows wait until the applicant confirms them. The
//! chosen meaning of each column heading is stored too.

use registration::draft::PageAnswers;
use registration::users::User;
use sqlx::FromRow;

use super::connection::Connection;
use super::draft_users::{insert_user, last_place, lock_open_draft, update_user};
use super::draft_version::{DraftVersion, version};
use super::drafts::as_json;
use super::error::StoreError;
use super::save_outcome::SaveOutcome;
use super::statement::{query, query_as, query_scalar};
use super::stores::Spreadsheets;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// The import of a spreadsheet file or of pasted cells.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ImportRow {
    /// The identifier of the import.
    pub id: String,
    /// The name of the file; empty for pasted cells.
    pub file_name: String,
    /// The state: `reading`, `stopped`, `refused`, or `both` if both a file and cells were sent.
    pub state: String,
    /// The progress, in thousandths.
    pub thousandths: i64,
    /// Why the file was refused, as JSON; empty if it was not refused.
    pub refusal: String,
    /// The pasted cells; empty for a file.
    pub pasted: String,
    /// Whether the file contains the corrected rows of an earlier import.
    pub brings_back: bool,
    /// When the importing server last reported progress, in milliseconds since 1970.
    pub seen_at: i64,
}

/// Imported rows that wait until the applicant confirms them.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WaitingRow {
    /// The name of the file; empty for pasted cells.
    pub file_name: String,
    /// The kind of content: `table` (columns have yet to be named) or `intake` (rows to review).
    pub kind: String,
    /// The rows as JSON.
    pub content: String,
    /// Whether the applicant has tried to name the columns.
    pub is_answered: bool,
    /// The version of the content, which every change increments.
    pub version: i64,
    /// A number from 1 that increases with each change that moves rows to other positions.
    pub round: i64,
}

/// New waiting rows, which replace the stored waiting rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaiting {
    /// The name of the file; empty for pasted cells.
    pub file_name: String,
    /// The kind of content: `table` or `intake`, as in `WaitingRow`.
    pub kind: &'static str,
    /// The rows as JSON.
    pub content: String,
    /// Whether the applicant has tried to name the columns.
    pub is_answered: bool,
    /// Whether this change moves rows to other positions.
    pub is_new_round: bool,
}

/// The version of a draft's waiting rows on which a change was based.
#[derive(Debug, Clone, Copy)]
pub struct SeenWaiting<'a> {
    /// The identifier of the draft.
    pub draft: &'a str,
    /// The version of the rows; 0 if no rows waited.
    pub version: i64,
}

/// Users to add from a spreadsheet, and the rows that remain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUsers {
    /// The version of the waiting rows from which the users come.
    pub version: i64,
    /// The version of the draft when the users were compared with the draft's list.
    pub draft_version: DraftVersion,
    /// New users, with their identifiers.
    pub new: Vec<(String, User)>,
    /// New answers about existing users, with the users' identifiers.
    pub replaced: Vec<(String, User)>,
    /// The hash of the session cookie of the person who adds the users.
    pub by: TokenHash,
    /// Answers for pages that have none yet.
    pub pages: Vec<PageAnswers>,
    /// The rows that remain to be confirmed, as JSON, if there are any.
    pub rest: Option<String>,
}

/// The result of a change to an import that was based on a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportChangeOutcome {
    /// The change was stored.
    Saved,
    /// The rows or the draft were changed meanwhile; nothing was stored.
    Changed,
    /// The draft is closed, or the import was stopped or replaced; nothing was stored.
    Refused,
}

/// Replaces the waiting rows of a draft and increments their version.
async fn put_waiting(
    connection: &mut Connection<'_>,
    draft: &str,
    new: &NewWaiting,
) -> Result<(), StoreError> {
    query(
        "insert into spreadsheet_waiting (draft_id, file_name, kind, content, is_answered, \
         version, round) values ($1, $2, $3, $4, $5, 1, 1) on conflict (draft_id) do update set \
         file_name = excluded.file_name, kind = excluded.kind, content = excluded.content, \
         is_answered = excluded.is_answered, version = spreadsheet_waiting.version + 1, round = \
         spreadsheet_waiting.round + case when $6 then 1 else 0 end",
    )
    .bind(draft)
    .bind(&new.file_name)
    .bind(new.kind)
    .bind(&new.content)
    .bind(new.is_answered)
    .bind(new.is_new_round)
    .execute(connection)
    .await?;
    Ok(())
}

/// Deletes the waiting rows and the import of a draft.
pub(super) async fn discard(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<(), StoreError> {
    query("delete from spreadsheet_waiting where draft_id = $1")
        .bind(draft)
        .execute(connection)
        .await?;
    query("delete from spreadsheet_reading where draft_id = $1")
        .bind(draft)
        .execute(connection)
        .await?;
    Ok(())
}

/// Reads the version of a draft's waiting rows; 0 if no rows wait.
async fn version_of_waiting(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<i64, StoreError> {
    query_scalar::<i64>(
        "select coalesce(max(version), 0) from spreadsheet_waiting where draft_id = $1",
    )
    .bind(draft)
    .fetch_one(connection)
    .await
}

impl Spreadsheets {
    /// Starts the import of a file or of pasted cells, in place of an earlier import.
    ///
    /// Returns `Refused` if the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_import(
        &self,
        draft: &str,
        reading: &ImportRow,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let outcome = if lock_open_draft(&mut transaction, draft, now).await? {
            query(
                "insert into spreadsheet_reading (draft_id, id, file_name, state, thousandths, \
                 refusal, pasted, brings_back, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, \
                 $9) on conflict (draft_id) do update set id = excluded.id, file_name = \
                 excluded.file_name, state = excluded.state, thousandths = excluded.thousandths, \
                 refusal = excluded.refusal, pasted = excluded.pasted, brings_back = \
                 excluded.brings_back, seen_at = excluded.seen_at",
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
            .execute(&mut transaction)
            .await?;
            SaveOutcome::Saved
        } else {
            SaveOutcome::Refused
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Records the progress of an import; returns `false` if the import was stopped or replaced.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn report_progress(
        &self,
        draft: &str,
        id: &str,
        thousandths: i64,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = query(
            "update spreadsheet_reading set thousandths = $3, seen_at = $4 where draft_id = $1 \
             and id = $2 and state = 'reading'",
        )
        .bind(draft)
        .bind(id)
        .bind(thousandths)
        .bind(now.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(changed == 1)
    }

    /// Marks a running import as refused.
    ///
    /// Nothing changes if the import was stopped or replaced.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn refuse_import(
        &self,
        draft: &str,
        id: &str,
        refusal: &str,
    ) -> Result<(), StoreError> {
        query(
            "update spreadsheet_reading set state = 'refused', refusal = $3 where draft_id = $1 \
             and id = $2 and state = 'reading'",
        )
        .bind(draft)
        .bind(id)
        .bind(refusal)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Stops the import of a draft, if one is running.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn stop_import(&self, draft: &str) -> Result<(), StoreError> {
        query(
            "update spreadsheet_reading set state = 'stopped' where draft_id = $1 and state = \
             'reading'",
        )
        .bind(draft)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Ends an import and stores its rows, in place of the waiting rows.
    ///
    /// Returns `Changed` if the waiting rows no longer have the version in `seen`, and `Refused` if
    /// the draft is closed or the import was stopped or replaced.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_import(
        &self,
        seen: SeenWaiting<'_>,
        id: &str,
        new: &NewWaiting,
        now: Moment,
    ) -> Result<ImportChangeOutcome, StoreError> {
        let SeenWaiting { draft, version } = seen;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let outcome = if !lock_open_draft(&mut transaction, draft, now).await? {
            ImportChangeOutcome::Refused
        } else if version_of_waiting(&mut transaction, draft).await? != version {
            ImportChangeOutcome::Changed
        } else {
            let ended = query(
                "delete from spreadsheet_reading where draft_id = $1 and id = $2 and state = \
                 'reading'",
            )
            .bind(draft)
            .bind(id)
            .execute(&mut transaction)
            .await?;
            if ended == 1 {
                put_waiting(&mut transaction, draft, new).await?;
                ImportChangeOutcome::Saved
            } else {
                ImportChangeOutcome::Refused
            }
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Returns the import of a draft; `None` if there is none. A completed import is no longer
    /// stored.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn import(&self, draft: &str) -> Result<Option<ImportRow>, StoreError> {
        query_as(
            "select id, file_name, state, thousandths, refusal, pasted, brings_back, seen_at from \
             spreadsheet_reading where draft_id = $1",
        )
        .bind(draft)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Returns the rows of a draft that wait for confirmation, if there are any.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn waiting_rows(&self, draft: &str) -> Result<Option<WaitingRow>, StoreError> {
        query_as(
            "select file_name, kind, content, is_answered, version, round from \
             spreadsheet_waiting where draft_id = $1",
        )
        .bind(draft)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Returns the chosen meanings of column headings in a draft's files, as JSON.
    ///
    /// Returns `None` if no meanings were chosen.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mapping(&self, draft: &str) -> Result<Option<String>, StoreError> {
        query_scalar("select mapping from spreadsheet_mapping where draft_id = $1")
            .bind(draft)
            .fetch_optional(&mut self.database.read().await?)
            .await
    }

    /// Replaces the waiting rows, and stores the chosen meanings of column headings if given.
    ///
    /// Returns `Changed` if the waiting rows no longer have the version in `seen`, and `Refused` if
    /// the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_waiting(
        &self,
        seen: SeenWaiting<'_>,
        new: &NewWaiting,
        mapping: Option<&str>,
        now: Moment,
    ) -> Result<ImportChangeOutcome, StoreError> {
        let SeenWaiting { draft, version } = seen;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let outcome = if !lock_open_draft(&mut transaction, draft, now).await? {
            ImportChangeOutcome::Refused
        } else if version_of_waiting(&mut transaction, draft).await? == version {
            put_waiting(&mut transaction, draft, new).await?;
            if let Some(mapping) = mapping {
                query(
                    "insert into spreadsheet_mapping (draft_id, mapping) values ($1, $2) on \
                     conflict (draft_id) do update set mapping = excluded.mapping",
                )
                .bind(draft)
                .bind(mapping)
                .execute(&mut transaction)
                .await?;
            }
            ImportChangeOutcome::Saved
        } else {
            ImportChangeOutcome::Changed
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Deletes the waiting rows and the import of a draft.
    ///
    /// Returns `Changed` if the waiting rows do not have this version, and `Refused` if the draft
    /// is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn discard_spreadsheet(
        &self,
        draft: &str,
        version: i64,
        now: Moment,
    ) -> Result<ImportChangeOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let outcome = if !lock_open_draft(&mut transaction, draft, now).await? {
            ImportChangeOutcome::Refused
        } else if version_of_waiting(&mut transaction, draft).await? == version {
            discard(&mut transaction, draft).await?;
            ImportChangeOutcome::Saved
        } else {
            ImportChangeOutcome::Changed
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Adds the users of a spreadsheet to the list, all or none.
    ///
    /// New users go to the end of the list, and the answers about existing users are replaced.
    /// Pages without answers are filled in, and the remaining rows still wait. A draft of the
    /// channel `web` gets the channel `spreadsheet`. Returns `Changed` if the waiting rows or the
    /// draft were changed meanwhile, and `Refused` if the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_from_spreadsheet(
        &self,
        draft: &str,
        users: &NewUsers,
        now: Moment,
    ) -> Result<ImportChangeOutcome, StoreError> {
        let count = i64::try_from(users.new.len()).unwrap_or(i64::MAX);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let outcome = if !lock_open_draft(&mut transaction, draft, now).await? {
            ImportChangeOutcome::Refused
        } else if version_of_waiting(&mut transaction, draft).await? != users.version
            || version(&mut transaction, draft).await? != users.draft_version
        {
            ImportChangeOutcome::Changed
        } else {
            query(
                "update draft set users = users + $2, came_by = case when came_by = 'web' then \
                 'spreadsheet' else came_by end where id = $1",
            )
            .bind(draft)
            .bind(count)
            .execute(&mut transaction)
            .await?;
            let first = last_place(&mut transaction, draft).await? + 1;
            for (place, (id, user)) in (first..).zip(&users.new) {
                insert_user(&mut transaction, draft, id, place, user).await?;
            }
            for (id, user) in &users.replaced {
                update_user(&mut transaction, draft, id, user, users.by.as_str()).await?;
            }
            for answers in &users.pages {
                query(
                    "insert into draft_page (draft_id, page, answers, version, saved_at) values \
                     ($1, $2, $3, 1, $4) on conflict (draft_id, page) do nothing",
                )
                .bind(draft)
                .bind(answers.page().path())
                .bind(as_json(answers)?)
                .bind(now.millis())
                .execute(&mut transaction)
                .await?;
            }
            match &users.rest {
                Some(rest) => {
                    query(
                        "update spreadsheet_waiting set content = $2, version = version + 1, \
                         round = round + 1 where draft_id = $1",
                    )
                    .bind(draft)
                    .bind(rest)
                    .execute(&mut transaction)
                    .await?
                }
                None => {
                    query("delete from spreadsheet_waiting where draft_id = $1")
                        .bind(draft)
                        .execute(&mut transaction)
                        .await?
                }
            };
            ImportChangeOutcome::Saved
        };
        transaction.commit().await?;
        Ok(outcome)
    }
}
