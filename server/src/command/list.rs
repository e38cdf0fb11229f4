//! `registration list`: lists the registrations, newest first, one per line.

use std::process::ExitCode;

use super::say::say;
use crate::clock::Moment;
use crate::settings::Database;
use crate::store::Store;

/// Prints reference, time, kind, number of users and name, tab-separated.
pub async fn run(database: &Database) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open_existing(&database.address()?).await?;
    for listed in store.registrations().list().await? {
        let submitted = Moment::from_millis(listed.submitted_at).rfc3339();
        say!(
            "{}\t{submitted}\t{}\t{}\t{}",
            listed.reference,
            listed.kind,
            listed.users,
            listed.name
        );
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
