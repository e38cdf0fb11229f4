//! The migrations of PostgreSQL.
//!
//! A role that may not change tables can use a database if no migration is missing. sqlx alone
//! cannot check this with such a role, because it first creates a table of its own.

use sqlx::PgPool;
use sqlx::migrate::{MigrateError, Migrator};

use super::error::StoreError;

/// PostgreSQL's error code for a missing table.
const UNDEFINED_TABLE: &str = "42P01";
/// PostgreSQL's error code for a statement that the role may not run.
const INSUFFICIENT_PRIVILEGE: &str = "42501";

/// Runs the migrations that the database lacks.
///
/// Fails if migrations are missing and the role may not run them, or if a newer version of this
/// service has migrated the database.
pub(super) async fn migrate(pool: &PgPool) -> Result<(), StoreError> {
    let migrations = sqlx::migrate!("./migrations/postgres");
    if is_complete(pool, &migrations).await? {
        return Ok(());
    }
    match migrations.run(pool).await {
        Err(MigrateError::Execute(error)) if has_code(&error, INSUFFICIENT_PRIVILEGE) => {
            Err(StoreError::NotMigrated)
        }
        ran => Ok(ran?),
    }
}

async fn is_complete(pool: &PgPool, migrations: &Migrator) -> Result<bool, StoreError> {
    let found = sqlx::query_as("select version, checksum from _sqlx_migrations where success")
        .fetch_all(pool)
        .await;
    let applied: Vec<(i64, Vec<u8>)> = match found {
        Err(error) if has_code(&error, UNDEFINED_TABLE) => return Ok(false),
        found => found?,
    };
    let is_known = |version: i64| migrations.iter().any(|known| known.version == version);
    if let Some((version, _)) = applied.iter().find(|(version, _)| !is_known(*version)) {
        return Err(MigrateError::VersionMissing(*version).into());
    }
    Ok(migrations.iter().all(|migration| {
        let mut applied = applied.iter();
        applied.any(|(version, checksum)| {
            *version == migration.version && **checksum == *migration.checksum
        })
    }))
}

fn has_code(error: &sqlx::Error, code: &str) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.code().map(|known| known == code))
        .unwrap_or(false)
}
