//! The pages of batches: the list, one batch with its files, and the form that makes a batch of
//! selected organisations. The pages that change a whole batch are in `batch_changes.rs`.

use app::pages::desk::provisioning::{
    BATCHES, Banner, BatchOrganisation, BatchView, LeftOut, SET_UP, batch_page, batches_page,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::desk::batch;
use registration::identifiers::Reference;
use registration::problem::Problem;
use serde_json::json;
use spreadsheet::write::{self, Format};

use super::{accounts_in_words, lists};
use crate::casework::provisioning::{BatchContent, BatchSelection};
use crate::http::attachment::attachment;
use crate::http::desk::fields::{Fields, ListQuery};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{BatchState, StoreError, StoredBatch, Subject};

/// The number of batches on a page.
const PAGE_SIZE: usize = 50;
/// The largest number of organisations that one form can select. A page offers fewer.
const MAX_SELECTED: usize = 200;

pub(super) async fn list(visit: DeskVisit, query: ListQuery) -> PageResult {
    let page = query.page.max(1);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let skipped = (page - 1).saturating_mul(PAGE_SIZE);
    // Read one batch more than is shown, to know whether there is another page.
    let mut batches = visit
        .store()
        .provisioning()
        .batches(count(PAGE_SIZE + 1), count(skipped))
        .await?;
    let next = (batches.len() > PAGE_SIZE).then_some(page + 1);
    batches.truncate(PAGE_SIZE);
    let shown: Vec<BatchView> = batches.into_iter().map(shown).collect();
    Ok(visit.show(|| batches_page(&shown, next)))
}

pub(super) async fn make(visit: DeskVisit, fields: Fields) -> PageResult {
    if fields.text("what") == "everybody" {
        return Ok(Redirect::to(&format!("{BATCHES}/everybody")).into_response());
    }
    let chosen = BatchSelection::Organisations(
        fields
            .all("organisation")
            .filter_map(|reference| Reference::parse(reference).ok())
            .take(MAX_SELECTED)
            .collect(),
    );
    if chosen == BatchSelection::Organisations(Vec::new()) {
        let problem = Problem::new(
            "organisation",
            "organisation-empty",
            "Select an organisation",
        );
        return lists::page(&visit, &ListQuery::default(), Some(problem)).await;
    }
    let context = &visit.visit.service.context;
    let address = match context.make_batch(&chosen, &visit.officer).await? {
        Some(number) => format!("{BATCHES}/{number}?done=made"),
        None => format!("{SET_UP}?done=none-to-make"),
    };
    Ok(Redirect::to(&address).into_response())
}

pub(super) async fn show(
    visit: DeskVisit,
    Path(number): Path<String>,
    query: ListQuery,
) -> PageResult {
    let Some(batch) = found(&visit, &number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let banner = match query.done.as_str() {
        "made" => Some(Banner::Done(format!("Batch {} is made", batch.number))),
        "sent" => Some(Banner::Done(format!(
            "{} marked as sent",
            accounts_in_words(query.count)
        ))),
        "undone" => Some(Banner::Done(
            "The batch is undone. You can add its accounts to another batch".to_owned(),
        )),
        "reopened" => Some(Banner::Done(format!(
            "Batch {} is open again",
            batch.number
        ))),
        _ => None,
    };
    let may_change = visit.may(Permission::SetUpAccounts);
    let content = visit
        .visit
        .service
        .context
        .batch_content(batch.number)
        .await?;
    let left_out: Vec<LeftOut> = content
        .map(|content| content.left_out)
        .unwrap_or_default()
        .into_iter()
        .map(|left| LeftOut {
            reference: left.registration_reference,
            organisation: left.record.organisation_name,
            users: accounts_in_words(left.users.len()),
        })
        .collect();
    let reopening = visit
        .store()
        .provisioning()
        .batch_reopening(batch.number)
        .await?;
    let is_closed = batch.state != BatchState::Open;
    let may_reopen = is_closed && reopening.closed == Some(reopening.unchanged);
    let shown = BatchView {
        may_reopen: may_change && may_reopen,
        ..shown(batch)
    };
    let in_batch = visit
        .store()
        .provisioning()
        .organisations_of_batch(shown.number)
        .await?;
    let organisations: Vec<BatchOrganisation> = in_batch
        .chunk_by(|one, other| one.reference == other.reference)
        .map(|of_one| BatchOrganisation {
            reference: of_one[0].reference.clone(),
            organisation: of_one[0].organisation.clone(),
            accounts: of_one
                .iter()
                .map(|counted| (counted.account, counted.count))
                .collect(),
        })
        .collect();
    Ok(visit.show(|| batch_page(&shown, &organisations, &left_out, may_change, banner)))
}

/// Sends a file of a batch, such as `accounts.xlsx`.
pub(super) async fn send(
    visit: DeskVisit,
    Path((number, file)): Path<(String, String)>,
) -> PageResult {
    let Some(batch) = found(&visit, &number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(extension) = file.strip_prefix("accounts.") else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let format = Format::from_key(extension);
    if format.is_none() && extension != "json" {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let subject = Subject::Batch(batch.number);
    visit.record_download(&subject, extension).await?;
    let context = &visit.visit.service.context;
    let Some(found) = context.batch_content(batch.number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let BatchContent { approved, left_out } = found;
    let name = format!("common-platform-accounts-{}.{extension}", batch.number);
    let Some(format) = format else {
        let mut whole = json!({
            "batch": batch.number,
            "made": batch.made_at.rfc3339(),
            "organisations": approved.organisations,
        });
        if !left_out.is_empty() {
            let references = left_out.iter().map(|left| &left.registration_reference);
            whole["noLongerApproved"] = references.cloned().collect();
            whole["accountsToEnd"] = to_end_of(&visit, &left_out).await?;
        }
        let text = serde_json::to_vec_pretty(&whole).unwrap_or_default();
        return Ok(attachment(text, "application/json", &name));
    };
    // Writing two thousand users takes a few hundredths of a second, too long for an async thread.
    let written = tokio::task::spawn_blocking(move || write::accounts(format, &approved)).await;
    Ok(match written {
        Ok(Ok(bytes)) => attachment(bytes, format.media_type(), &name),
        Ok(Err(error)) => {
            tracing::error!(%error, "a batch could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a batch was not finished");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    })
}

/// Returns, as JSON, the accounts that must be ended at the organisations of a batch that are no
/// longer approved.
async fn to_end_of(
    visit: &DeskVisit,
    left_out: &[batch::BatchOrganisation],
) -> Result<serde_json::Value, StoreError> {
    let mut listed = Vec::new();
    for left in left_out {
        let Ok(reference) = Reference::parse(&left.registration_reference) else {
            continue;
        };
        let Some(lifecycle) = visit.store().casework().lifecycle(&reference).await? else {
            continue;
        };
        let endings = visit
            .store()
            .provisioning()
            .endings_of(&lifecycle.id)
            .await?;
        let open = endings
            .into_iter()
            .filter(|ending| ending.ended_at.is_none());
        listed.extend(open.map(|ending| {
            json!({
                "userId": ending.id,
                "organisationId": ending.organisation_id,
                "registrationReference": ending.reference.to_string(),
            })
        }));
    }
    Ok(listed.into())
}

pub(super) async fn found(
    visit: &DeskVisit,
    number: &str,
) -> Result<Option<StoredBatch>, StoreError> {
    match number.parse() {
        Ok(number) => visit.store().provisioning().batch(number).await,
        Err(_) => Ok(None),
    }
}

fn shown(batch: StoredBatch) -> BatchView {
    BatchView {
        number: batch.number,
        made: batch.made_at.in_words(),
        made_by: batch.made_by,
        organisations: batch.organisations,
        users: batch.users,
        waiting: batch.waiting,
        state: match batch.state {
            BatchState::Open => "open",
            BatchState::Sent => "sent",
            BatchState::Undone => "undone",
        },
        closed: batch.closed_at.map(crate::clock::Moment::in_words),
        sent_on: batch.sent_at.map(crate::clock::Moment::day_in_words),
        may_reopen: false,
    }
}
