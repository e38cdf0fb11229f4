//! `registration feedback`: lists the feedback on the service, newest first.

use std::process::ExitCode;

use registration::date::CalendarDate;

use super::say::say;
use crate::settings::Database;
use crate::store::Store;

/// Prints day, score (5 is very satisfied) and words, tab-separated.
pub async fn run(database: &Database) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open_existing(&database.address()?).await?;
    for stored in store.feedback().list().await? {
        let day = CalendarDate::of_day_number(stored.day).map(|day| day.to_string());
        let words = stored.words.replace(['\t', '\r', '\n'], " ");
        say!("{}\t{}\t{words}", day.unwrap_or_default(), stored.score);
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
