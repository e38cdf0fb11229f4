//! The pages of set-up results: an officer uploads a file, sees a preview of its changes and
//! confirms them. People who may not set up accounts can view the files and their changes, but
//! cannot upload or confirm a file.

use app::pages::desk::provisioning::{
    AppliedResultsView, RESULTS, ReadFile, ResultLine, ResultsPlanView, applied_page, plan_page,
    results_gone_page, results_page,
};
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::Permission;
use registration::desk::account::{Account, AccountStep};
use registration::desk::results::{MAX_RESULTS, PlannedStep, ResultRow};
use registration::problem::Problem;
use registration::spreadsheet::Refusal;
use registration::text::with_commas;

use crate::applicant::import_job::read_results;
use crate::casework::provisioning::{ApplyOutcome, ResultsPlan};
use crate::clock::Moment;
use crate::http::desk::fields::{Fields, ListQuery};
use crate::http::desk::visit::DeskVisit;
use crate::http::upload::sent;
use crate::http::visit::{InternalError, PageResult};
use crate::randomness::{new_id, sha256};
use crate::store::{NewResults, StoreError, StoredAccount, StoredResults};

/// The number of recent files that the page lists.
const MAX_FILES_SHOWN: i64 = 50;

pub(super) async fn ask(visit: DeskVisit) -> PageResult {
    page(&visit, None).await
}

/// Renders the list of recent files, and the upload form if the officer may set up accounts.
async fn page(visit: &DeskVisit, problem: Option<Problem>) -> PageResult {
    let stored = visit
        .store()
        .provisioning()
        .last_results(MAX_FILES_SHOWN)
        .await?;
    let read = stored
        .into_iter()
        .map(|stored| ReadFile {
            read: Moment::from_millis(stored.read_at).in_words(),
            changed: stored
                .applied_at
                .map(|_| usize::try_from(stored.changed).unwrap_or_default()),
            file_name: stored.file_name,
            id: stored.id,
        })
        .collect();
    let may_change = visit.may(Permission::SetUpAccounts);
    Ok(visit.show(|| results_page(read, may_change, problem)))
}

/// Reads a file and redirects to the preview of its changes. If the file is refused, renders the
/// upload page with the reason.
pub(super) async fn take(visit: DeskVisit, request: Request) -> PageResult {
    let refused = |words: String| {
        let problem = Problem::new("file", "file-refused", words);
        page(&visit, Some(problem))
    };
    let Ok(parts) = Multipart::from_request(request, &()).await else {
        return refused("Select a file".to_owned()).await;
    };
    let sent = match sent(parts).await {
        Ok(sent) => sent,
        Err(status) => return Ok(status.into_response()),
    };
    let Some((file_name, bytes)) = sent.file else {
        return refused("Select a file".to_owned()).await;
    };
    let Some(bytes) = bytes else {
        return refused(Refusal::TooLarge.message()).await;
    };
    let hash = sha256(&bytes);
    if let Some(applied) = visit
        .store()
        .provisioning()
        .results_applied_before(&hash)
        .await?
    {
        return refused(format!(
            "This file was imported on {}. Select a different file",
            applied.in_words()
        ))
        .await;
    }
    let context = &visit.visit.service.context;
    let rows = match read_results(context, bytes).await {
        Ok(Some(rows)) if !rows.is_empty() => rows,
        Ok(Some(_)) => {
            return refused(
                "The selected file must have at least one user below the headings".to_owned(),
            )
            .await;
        }
        Ok(None) => {
            return refused(
                "The selected file must have a row of headings with a status and a user ID or email address"
                    .to_owned(),
            )
            .await;
        }
        Err(Refusal::TooManyRows) => {
            let most = usize::try_from(MAX_RESULTS).unwrap_or_default();
            return refused(format!(
                "The selected file must have {} rows or fewer",
                with_commas(most)
            ))
            .await;
        }
        Err(refusal) => return refused(refusal.message()).await,
    };
    let id = new_id(context.randomness.as_ref()).map_err(StoreError::from)?;
    let new = NewResults {
        id: id.clone(),
        officer: visit.officer.id.clone(),
        at: visit.now(),
        file_name,
        sha256: hash,
        content: serde_json::to_string(&rows).map_err(|_| unread())?,
    };
    visit.store().provisioning().save_results(&new).await?;
    Ok(Redirect::to(&format!("{RESULTS}/{id}")).into_response())
}

pub(super) async fn show(visit: DeskVisit, Path(id): Path<String>, query: ListQuery) -> PageResult {
    let just_now = query.done == "applied";
    let Some(stored) = found(&visit, &id).await? else {
        return Ok(visit.show_with(StatusCode::NOT_FOUND, results_gone_page));
    };
    Ok(if let Some(applied) = applied(&stored, just_now) {
        visit.show(|| applied_page(&applied))
    } else {
        planned_page(&visit, &stored, false).await?
    })
}

pub(super) async fn apply(visit: DeskVisit, Path(id): Path<String>, fields: Fields) -> PageResult {
    let Some(stored) = found(&visit, &id).await? else {
        return Ok(visit.show_with(StatusCode::NOT_FOUND, results_gone_page));
    };
    let address = format!("{RESULTS}/{}", stored.id);
    if stored.applied_at.is_some() {
        // The form was sent twice, or somebody else has sent it: show the applied changes.
        return Ok(Redirect::to(&address).into_response());
    }
    let rows = rows_of(&stored)?;
    let context = &visit.visit.service.context;
    let actor = visit.officer.actor();
    let applied = context
        .apply_results(&stored.id, &rows, fields.text("mark"), &actor)
        .await?;
    Ok(match applied {
        ApplyOutcome::Done(_) => Redirect::to(&format!("{address}?done=applied")).into_response(),
        ApplyOutcome::Changed => {
            let again = found(&visit, &id).await?;
            match again.filter(|again| again.applied_at.is_none()) {
                Some(stored) => planned_page(&visit, &stored, true).await?,
                None => Redirect::to(&address).into_response(),
            }
        }
    })
}

async fn planned_page(
    visit: &DeskVisit,
    stored: &StoredResults,
    changed: bool,
) -> Result<Response, InternalError> {
    let rows = rows_of(stored)?;
    let context = &visit.visit.service.context;
    let ResultsPlan {
        plan,
        accounts,
        endings,
        fingerprint,
    } = context.plan_results(&rows).await?;
    visit.record_list_view("results").await?;
    let user_of = |row: u32| {
        let row = rows.iter().find(|known| known.row == row);
        row.map(|row| {
            if row.email.is_empty() {
                &row.user
            } else {
                &row.email
            }
        })
        .cloned()
        .unwrap_or_default()
    };
    let steps = plan.steps.iter().filter_map(|step| {
        let account = accounts.get(step.account)?;
        Some(ResultLine {
            row: step.row,
            user: account.name(),
            organisation: account.organisation.clone(),
            said: said(account, step),
        })
    });
    let ended = plan.endings.iter().filter_map(|planned| {
        let ending = endings.get(planned.account)?;
        let day = planned.day.map(|day| format!(", {}", day.in_words()));
        Some(ResultLine {
            row: planned.row,
            user: ending.name(),
            organisation: ending.organisation.clone(),
            said: ["To be ended → Ended", &day.unwrap_or_default()].concat(),
        })
    });
    let mut steps: Vec<ResultLine> = steps.chain(ended).collect();
    steps.sort_by_key(|line| line.row);
    let mismatches = plan.mismatches.iter().map(|(row, mismatch)| ResultLine {
        row: *row,
        user: user_of(*row),
        organisation: String::new(),
        said: mismatch.words(),
    });
    let file_name = if stored.file_name.is_empty() {
        "the file".to_owned()
    } else {
        stored.file_name.clone()
    };
    let shown = ResultsPlanView {
        id: stored.id.clone(),
        file_name,
        fingerprint,
        steps,
        mismatches: mismatches.collect(),
        already: plan.already,
        without_result: plan.without_result,
        changed,
    };
    let status = if changed {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let may_change = visit.may(Permission::SetUpAccounts);
    Ok(visit.show_with(status, || plan_page(shown, may_change)))
}

/// Returns the planned change of an account in words.
fn said(account: &StoredAccount, step: &PlannedStep) -> String {
    let change = match (account.account, step.step) {
        (Account::Sent, AccountStep::Send) => "Sent again".to_owned(),
        (before, step) => format!("{} → {}", before.words(), step.leads_to().words()),
    };
    let day = step.day.map(|day| format!(", {}", day.in_words()));
    let reason = step.reason.as_ref().map(|reason| format!(": {reason}"));
    let note = step.note().map(|note| format!(" (note: {note})"));
    [
        change,
        day.unwrap_or_default(),
        reason.unwrap_or_default(),
        note.unwrap_or_default(),
    ]
    .concat()
}

fn applied(stored: &StoredResults, just_now: bool) -> Option<AppliedResultsView> {
    Some(AppliedResultsView {
        file_name: stored.file_name.clone(),
        when: Moment::from_millis(stored.applied_at?).in_words(),
        changed: usize::try_from(stored.changed).unwrap_or_default(),
        just_now,
    })
}

async fn found(visit: &DeskVisit, id: &str) -> Result<Option<StoredResults>, StoreError> {
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        visit.store().provisioning().results(id).await
    } else {
        Ok(None)
    }
}

fn rows_of(stored: &StoredResults) -> Result<Vec<ResultRow>, StoreError> {
    serde_json::from_str(&stored.content).map_err(|_| unread())
}

fn unread() -> StoreError {
    StoreError::Row {
        table: "account_results",
        column: "content",
    }
}
