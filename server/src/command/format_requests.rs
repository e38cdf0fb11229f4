//! `registration format-requests`: lists the requests for the form in another format, oldest first.

use std::process::ExitCode;

use super::record_download;
use super::say::say;
use crate::clock::Moment;
use crate::settings::Database;
use crate::store::{Store, Subject};

/// Prints time, format, name, email address, telephone number, the person's needs, their assistive
/// technology and the code of the language for the answer, tab-separated.
pub async fn run(database: &Database) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open_existing(&database.address()?).await?;
    for stored in store.format_requests().list().await? {
        record_download(
            store.audit(),
            &Subject::FormatRequest(stored.id.clone()),
            "list",
        )
        .await?;
        let line = [
            Moment::from_millis(stored.asked_at).rfc3339(),
            stored.format,
            stored.name,
            stored.email.unwrap_or_default(),
            stored.telephone.unwrap_or_default(),
            stored.details,
            stored.technology,
            stored.language,
        ];
        let line = line.map(|field| field.replace(['\t', '\r', '\n'], " "));
        say!("{}", line.join("\t"));
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}
