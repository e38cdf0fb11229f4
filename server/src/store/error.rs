//! The errors of the store.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

use super::outage::is_outage;
use crate::current_request;

/// The reason why an operation on the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database rejected a statement or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    /// The database is on another machine, and its URL turns off or weakens the check of the
    /// server's certificate.
    #[error(
        "the database is on another machine: leave sslmode out of its URL, or set it to verify-full"
    )]
    Unverified,
    /// The database migrations failed.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] MigrateError),
    /// The database lacks migrations, and the current role may not run them.
    #[error(
        "the database lacks migrations, and this role may not run them: run `registration migrate` as the owner of its tables"
    )]
    NotMigrated,
    /// A row contains a value that this service does not write.
    #[error("a row of {table} cannot be read: column {column}")]
    Row {
        /// The name of the table.
        table: &'static str,
        /// The name of the column.
        column: &'static str,
    },
    /// The database file does not exist, and the command does not create one.
    #[error(
        "there is no database at {0}, and none was made: give its path with --database or REGISTRATION_DATABASE"
    )]
    NotThere(PathBuf),
    /// The operating system provided no random bytes.
    #[error(transparent)]
    Randomness(#[from] crate::randomness::NoRandomness),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_outage(&error) {
            current_request::note_outage();
        }
        Self::Database(error)
    }
}
