//! Accounts that must be ended because the approval of their registration was undone: the file with
//! all of them, and the form that marks accounts of one organisation as ended.

use app::pages::desk::provisioning::{EndingRow, SET_UP};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};

use super::found_accounts::found_accounts;
use crate::clock::Moment;
use crate::csv::{Csv, CsvFault};
use crate::http::attachment::attachment;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{EndingChange, StoredEnding};

/// The largest number of accounts in the file.
const MAX_IN_FILE: i64 = 5_000;
/// The columns of the file. Results with the same columns can be imported.
const COLUMNS: [&str; 9] = [
    "Reference",
    "Organisation",
    "Organisation ID",
    "User ID",
    "First name",
    "Last name",
    "Email address",
    "Status",
    "Date",
];

/// Sends the accounts that must be ended as CSV, with empty columns for the results.
pub(super) async fn send(visit: DeskVisit) -> PageResult {
    let subject = visit.officer.id.subject();
    visit.record_download(&subject, "accounts to end").await?;
    let (endings, _) = visit
        .store()
        .provisioning()
        .accounts_to_end("", (MAX_IN_FILE, 0))
        .await?;
    Ok(match file(&endings) {
        Ok(bytes) => attachment(bytes, "text/csv; charset=utf-8", "accounts-to-end.csv"),
        Err(error) => {
            tracing::error!(%error, "the accounts to end could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    })
}

fn file(endings: &[StoredEnding]) -> Result<Vec<u8>, CsvFault> {
    let mut table = Csv::new(&COLUMNS)?;
    for ending in endings {
        table.row(&[
            ending.reference.as_str(),
            &ending.organisation,
            &ending.organisation_id,
            &ending.id,
            &ending.first_name,
            &ending.last_name,
            &ending.email,
            "To be ended",
            "",
        ])?;
    }
    table.into_bytes()
}

/// Marks the selected accounts of an organisation as ended, or as not ended.
pub(super) async fn mark(
    visit: DeskVisit,
    Path(reference): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let to = format!("{SET_UP}/{}", found.lifecycle.reference);
    let ended = fields.text("what") == "ended";
    let mut chosen = found.endings;
    chosen.retain(|ending| fields.all("account").any(|id| id == ending.id));
    if chosen.is_empty() {
        return Ok(Redirect::to(&format!("{to}?done=none-selected")).into_response());
    }
    for ending in &mut chosen {
        ending.ended_at = None;
    }
    let change = EndingChange {
        ended,
        actor: &visit.officer.actor(),
        by: "",
        at: visit.now(),
    };
    let count = visit
        .store()
        .provisioning()
        .set_ended(&chosen, change)
        .await?;
    let done = if ended { "ended" } else { "not-ended" };
    Ok(Redirect::to(&format!("{to}?done={done}&count={count}")).into_response())
}

/// Converts an account for the page.
pub(super) fn shown(ending: &StoredEnding) -> EndingRow {
    EndingRow {
        id: ending.id.clone(),
        reference: ending.reference.to_string(),
        organisation: ending.organisation.clone(),
        name: ending.name(),
        email: ending.email.clone(),
        account: ending.account,
        since: ending.since.day_in_words(),
        ended: ending.ended_at.map(Moment::day_in_words),
    }
}
