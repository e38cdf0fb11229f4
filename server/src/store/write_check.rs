//! The check that the database can be written, for `/readyz` and the metrics. A database that is
//! read-only or whose disk is full still answers queries.

use super::database::Engine;
use super::error::StoreError;
use super::statement::{joined, query};
use super::stores::Store;
use crate::clock::Moment;

/// The size of the row that is written, in bytes. A page of PostgreSQL has room for only one such
/// row, so each check needs a new page.
const BYTES: usize = 8_000;

impl Store {
    /// Checks that the database answers and can be written.
    ///
    /// # Errors
    /// When the database does not answer or cannot be written.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn check_writing(&self, now: Moment) -> Result<(), StoreError> {
        const INSERT: &str =
            "insert into write_check (id, checked_at, padding) values (1, $1, $2) ";
        const REPLACE: &str = "on conflict (id) do update set checked_at = excluded.checked_at, \
                               padding = excluded.padding";
        // SQLite allocates space for the row at the commit, so the row is committed and the next
        // check replaces it. PostgreSQL allocates space at the insert, so the row can be rolled
        // back.
        let (conflict, commits) = match self.database.engine() {
            Engine::Sqlite { .. } => (REPLACE, true),
            Engine::Postgres(..) => ("", false),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query(joined(&[INSERT, conflict]))
            .bind(now.millis())
            .bind("-".repeat(BYTES))
            .execute(&mut transaction)
            .await?;
        if commits {
            transaction.commit().await
        } else {
            transaction.rollback().await
        }
    }
}
