//! Accounts that must be changed because an organisation's people have changed: their rows, and the
//! form that marks them as changed.

use app::pages::desk::provisioning::{AccountChangeRow, SET_UP, TO_CHANGE};
use axum::response::{IntoResponse, Redirect};

use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::AccountChangeTask;

/// Marks the selected accounts as changed.
pub(super) async fn mark(visit: DeskVisit, fields: Fields) -> PageResult {
    let chosen: Vec<(String, i64)> = fields
        .all("change")
        .filter_map(|key| {
            let (organisation, event) = key.rsplit_once('/')?;
            Some((organisation.to_owned(), event.parse().ok()?))
        })
        .collect();
    let store = visit.store().organisations();
    let count = store
        .mark_changed(&chosen, &visit.officer.actor(), visit.now())
        .await?;
    let to = format!("{SET_UP}?list={TO_CHANGE}&done=changed&count={count}");
    Ok(Redirect::to(&to).into_response())
}

/// Converts a change for the page.
pub(super) fn shown(task: AccountChangeTask) -> AccountChangeRow {
    AccountChangeRow {
        key: format!("{}/{}", task.organisation_id, task.event),
        reference: task.reference,
        organisation: task.organisation,
        name: task.name,
        email: task.email,
        what: task.change.words().to_owned(),
        since: task.since.day_in_words(),
        days_late: task.days_late,
    }
}
