//! The migrations of PostgreSQL, which a role that may not change tables can find complete.
//!
//! sqlx creates its own table before it looks whether migrations are missing, which such a role may
//! not do.

use sqlx::PgPool;
use sqlx::migrate::{MigrateError, Migrator};

use super::error::StoreError;

/// PostgreSQL's code for a table that does not exist.
const UNDEFINED_TABLE: &str = "42P01";
/// PostgreSQL's code for a statement that the role may not run.
const INSUFFICIENT_PRIVILEGE: &str = "42501";

/// Runs the migrations that the database lacks.
///
/// Fails if it lacks some and the role may not run them, and if a newer version of this service has
/// migrated it.
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
