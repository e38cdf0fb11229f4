//! Rewrites the files of the database, so that no byte of what was deleted is left in them.

use super::database::{Database, Engine};
use super::error::StoreError;
use super::statement::{joined, query};

impl Database {
    /// Rewrites the database without what was deleted; on PostgreSQL these tables, such as
    /// `audit, audit_seal`.
    ///
    /// SQLite overwrites what it deletes, but what was deleted before it did so is still in free
    /// pages. PostgreSQL locks each table for a while, and skips those that belong to another role.
    pub(super) async fn compact(&self, tables: &'static str) -> Result<(), StoreError> {
        let statement = match self.engine() {
            Engine::Sqlite { .. } => joined(&["vacuum"]),
            Engine::Postgres(_) => joined(&["vacuum full ", tables]),
        };
        query(statement).execute(&mut self.write().await?).await?;
        self.truncate_log().await
    }

    /// Empties the write-ahead log of SQLite, which still has what was written before it was
    /// deleted. Readers may hold it up; then the next call does it.
    pub(super) async fn truncate_log(&self) -> Result<(), StoreError> {
        if let Engine::Sqlite { .. } = self.engine() {
            query("pragma wal_checkpoint(truncate)")
                .execute(&mut self.write().await?)
                .await?;
        }
        Ok(())
    }
}
