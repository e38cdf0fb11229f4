//! Imported files with the results of the team that makes the accounts.
//!
//! The rows of a file are stored until an officer applies them, but for a week at most.

use registration::lifetimes::RESULTS_DAYS;
use sqlx::FromRow;

use crate::clock::Moment;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Provisioning;

/// A file of results to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResults {
    /// A new identifier.
    pub id: String,
    /// The officer who uploaded the file.
    pub officer: OfficerId,
    /// When the file was uploaded.
    pub at: Moment,
    /// The name of the file.
    pub file_name: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The rows of the file, as JSON.
    pub content: String,
}

/// A file of results as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoredResults {
    /// The identifier of the file.
    pub id: String,
    /// The name of the file.
    pub file_name: String,
    /// When the file was uploaded, in milliseconds since 1970.
    pub read_at: i64,
    /// The rows of the file, as JSON; empty once the rows are applied.
    pub content: String,
    /// When the rows were applied, in milliseconds since 1970; `None` if they were never applied.
    pub applied_at: Option<i64>,
    /// The number of accounts that were changed.
    pub changed: i64,
}

impl Provisioning {
    /// Stores a file of results.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_results(&self, new: &NewResults) -> Result<(), StoreError> {
        query(
            "insert into account_results (id, officer_id, read_at, file_name, sha256, content) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&new.id)
        .bind(new.officer.as_str())
        .bind(new.at.millis())
        .bind(&new.file_name)
        .bind(&new.sha256)
        .bind(&new.content)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns a file with its rows, by its identifier; `None` if there is no such file.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn results(&self, id: &str) -> Result<Option<StoredResults>, StoreError> {
        query_as(
            "select id, file_name, read_at, content, applied_at, changed from account_results \
             where id = $1",
        )
        .bind(id)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Returns the most recent files, newest first, at most `most`, without their rows.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn last_results(&self, most: i64) -> Result<Vec<StoredResults>, StoreError> {
        query_as(
            "select id, file_name, read_at, '' as content, applied_at, changed from \
             account_results order by read_at desc, id limit $1",
        )
        .bind(most)
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns when a file with the same contents was last applied; `None` if never.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn results_applied_before(&self, sha256: &str) -> Result<Option<Moment>, StoreError> {
        let applied: Option<i64> =
            query_scalar("select max(applied_at) from account_results where sha256 = $1")
                .bind(sha256)
                .fetch_one(&mut self.database.read().await?)
                .await?;
        Ok(applied.map(Moment::from_millis))
    }

    /// Deletes files that were not applied within a week.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget_results(&self, now: Moment) -> Result<(), StoreError> {
        query("delete from account_results where read_at <= $1 and applied_at is null")
            .bind(now.plus_hours(-RESULTS_DAYS * 24).millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }
}
