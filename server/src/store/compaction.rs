//! Removes the remains of deleted data from the files of the database.

use super::database::{Database, Engine};
use super::error::StoreError;
use super::statement::{joined, query};

impl Database {
    /// Rewrites the database without its deleted data.
    ///
    /// On PostgreSQL, only `tables` (such as `audit, audit_seal`) are rewritten. PostgreSQL locks
    /// each table meanwhile, and skips tables that belong to another role.
    pub(super) async fn compact(&self, tables: &'static str) -> Result<(), StoreError> {
        let statement = match self.engine() {
            Engine::Sqlite { .. } => joined(&["vacuum"]),
            Engine::Postgres(..) => joined(&["vacuum full ", tables]),
        };
        query(statement).execute(&mut self.write().await?).await?;
        self.truncate_log().await
    }

    /// Rewrites a SQLite file without the remains of deleted data.
    ///
    /// SQLite overwrites a deleted row, but not the copies that it leaves behind when it moves rows
    /// from one page to another. Other connections can read meanwhile, but writers wait. Does
    /// nothing on PostgreSQL, where the operator rewrites the tables.
    pub(super) async fn remove_remains(&self) -> Result<(), StoreError> {
        if let Engine::Sqlite { .. } = self.engine() {
            query("vacuum").execute(&mut self.write().await?).await?;
            self.truncate_log().await?;
        }
        Ok(())
    }

    /// Empties SQLite's write-ahead log, which may still contain deleted data.
    ///
    /// If a reader prevents this, the next call tries again.
    pub(super) async fn truncate_log(&self) -> Result<(), StoreError> {
        if let Engine::Sqlite { .. } = self.engine() {
            query("pragma wal_checkpoint(truncate)")
                .execute(&mut self.write().await?)
                .await?;
        }
        Ok(())
    }
}
