//! `registration migrate`: runs the migrations that the database lacks. The database role of this
//! command must own the tables. If this command runs first, the role of `registration serve` does
//! not have to own them.

use std::process::ExitCode;

use super::say::say;
use crate::settings::Database;
use crate::store::Store;

/// Opens the database, which runs its migrations.
pub async fn run(database: &Database) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open(&database.address()?).await?;
    store.close().await;
    say!("The database has every migration of this version");
    Ok(ExitCode::SUCCESS)
}
