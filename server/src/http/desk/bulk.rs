//! Changes many entries of the queue that an officer has selected: a question, then a job that is
//! worked off in pieces, with a page that shows its progress and its result.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use app::pages::desk::{
    BulkNoun, BulkQuestion, BulkRow, BulkRows, BulkView, SELECTED, SelectionProblem,
    bulk_progress_page, bulk_question_page, bulk_result_page,
};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use form_urlencoded::Serializer;
use registration::desk::Permission;
use registration::desk::bulk::{BulkAction, MAX_AT_ONCE};
use registration::desk::queue::{PAGE, PAGE_SIZE, QueueList};
use registration::identifiers::Reference;
use tokio::time::timeout;
use tracing::Instrument;

use super::access::Needs;
use super::addresses::{registration_address, request_address};
use super::fields::Fields;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::bulk::{hindrance, work_off};
use crate::current_request::{self, CurrentRequest};
use crate::http::visit::{InternalError, PageResult};
use crate::randomness::new_id;
use crate::store::{
    BulkCandidate, BulkItem, BulkJob, BulkPart, NewBulkJob, OfficerId, QueueQuery, StoreError,
    Subject,
};

/// The page of a job: its question, its progress or its result.
const JOB: &str = "/desk/queue/selected/{id}";

/// For how long a request waits for a job, so that a short one shows its result at once.
const AT_ONCE: Duration = Duration::from_millis(800);

/// The number of seconds until the page of a job that goes on reloads itself.
const REFRESH_AFTER_SECONDS: &str = "3";

/// The maximum number of entries of each kind that a page lists.
const MAX_ROWS: i64 = 25;

/// Adds the routes to which the selection in the queue is sent, and on which a job is shown.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let work = Needs::May(Permission::WorkOnRegistrations);
    routes
        .get(SELECTED, work, back)
        .post(SELECTED, work, select)
        .get(JOB, work, show)
        .post(JOB, work, begin)
}

/// Leads from the address of the form to the list with the form.
async fn back(visit: DeskVisit) -> PageResult {
    Ok(Redirect::to(&visit.last_list().await?).into_response())
}

/// Stores the selected entries as a job, and leads to its question.
async fn select(visit: DeskVisit, fields: Fields) -> PageResult {
    let list = list(&visit, &fields).await?;
    let selected = subjects(&fields);
    let lacks = |problem| Ok(Redirect::to(&back_with(&list, problem, &fields)).into_response());
    let casework = visit.store().casework();
    let (candidates, is_part) = if fields.text("all") == "yes" {
        let asked = QueueQuery {
            list: &list,
            officer: &visit.officer.id,
            now: visit.now(),
            today: visit.today()?,
            target: visit.visit.service.target_days,
        };
        casework
            .bulk_candidates_of_list(&asked, MAX_AT_ONCE)
            .await?
    } else {
        (casework.bulk_candidates(&selected).await?, false)
    };
    if candidates.is_empty() {
        return lacks(SelectionProblem::NothingSelected);
    }
    let Some((action, assignee)) = action(&visit, &fields).await? else {
        return lacks(SelectionProblem::NoOfficer);
    };
    let entry = |entry: BulkCandidate| {
        let hindrance = hindrance(action, &entry, assignee.as_ref());
        (entry, hindrance)
    };
    let random = visit.visit.service.context.randomness.as_ref();
    let job = NewBulkJob {
        id: new_id(random).map_err(StoreError::from)?,
        officer: visit.officer.id.clone(),
        action,
        list: list.address(),
        is_part,
        at: visit.now(),
        entries: candidates.into_iter().map(entry).collect(),
        assignee,
    };
    casework.add_bulk_job(&job).await?;
    Ok(Redirect::to(&address(&job.id)).into_response())
}

fn address(job: &str) -> String {
    [SELECTED, "/", job].concat()
}

/// Returns the list that the form names, with the words of its search.
async fn list(visit: &DeskVisit, fields: &Fields) -> Result<QueueList, InternalError> {
    let address = if fields.has("list") {
        fields.text("list").to_owned()
    } else {
        visit.last_list().await?
    };
    let query = address
        .strip_prefix(PAGE)
        .and_then(|query| query.strip_prefix('?'))
        .unwrap_or_default();
    visit.list_of_query(query).await
}

/// Returns the selected entries, at most as many as a page of the queue lists.
fn subjects(fields: &Fields) -> Vec<Subject> {
    let subject = |selected: &str| match Reference::parse(selected) {
        Ok(reference) => Some(Subject::Registration(reference)),
        Err(_) => match Subject::parse(selected) {
            Ok(subject @ Subject::FormatRequest(_)) => Some(subject),
            _ => None,
        },
    };
    let selected = fields.all("selected").take(PAGE_SIZE);
    selected.filter_map(subject).collect()
}

/// Returns the address of the list with what is wrong with the selection, which stays selected.
fn back_with(list: &QueueList, problem: SelectionProblem, fields: &Fields) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("problem", problem.key());
    for selected in fields.all("selected").take(PAGE_SIZE) {
        query.append_pair("selected", selected);
    }
    let list = list.address();
    let joint = if list.contains('?') { "&" } else { "?" };
    [&*list, joint, &query.finish()].concat()
}

/// Returns the requested action and the new assignee; `None` if the form names no officer who may
/// work on registrations.
async fn action(
    visit: &DeskVisit,
    fields: &Fields,
) -> Result<Option<(BulkAction, Option<OfficerId>)>, InternalError> {
    let action = BulkAction::from_key(fields.text("do")).unwrap_or(BulkAction::Assign);
    if action != BulkAction::Assign {
        return Ok(Some((action, None)));
    }
    let officer = match fields.text("officer") {
        "me" => Some(visit.officer.clone()),
        id => {
            visit
                .store()
                .officers()
                .officer(&OfficerId::named(id))
                .await?
        }
    };
    let officer = officer.filter(|officer| officer.may(Permission::WorkOnRegistrations));
    Ok(officer.map(|officer| (action, Some(officer.id))))
}

/// Returns the job at an address, if it is this officer's.
async fn own_job(visit: &DeskVisit, id: &str) -> Result<Option<BulkJob>, StoreError> {
    let job = visit.store().casework().bulk_job(id).await?;
    Ok(job.filter(|job| job.officer == visit.officer.id))
}

/// Begins a job, or takes it up if its server was killed, and waits for a moment.
async fn begin(visit: DeskVisit, Path(id): Path<String>) -> PageResult {
    let Some(job) = own_job(&visit, &id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let casework = visit.store().casework();
    casework.begin_bulk_job(&job.id, visit.now()).await?;
    work_on(&visit, &job.id).await;
    Ok(Redirect::to(&address(&job.id)).into_response())
}

/// Works on a job beside the request, and waits for a moment. Nothing happens if a server works on
/// it already.
async fn work_on(visit: &DeskVisit, job: &str) {
    // The audit also records from where the officer has begun the job.
    let request = CurrentRequest::from_source(current_request::source());
    let working = work_off(Arc::clone(&visit.visit.service.context), job.to_owned());
    let working = current_request::within(request, working);
    let working = tokio::spawn(working.in_current_span());
    // The job goes on after the timeout.
    let _ended = timeout(AT_ONCE, working).await;
}

async fn show(visit: DeskVisit, Path(id): Path<String>) -> PageResult {
    let Some(mut job) = own_job(&visit, &id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if job.has_begun && !job.has_ended {
        work_on(&visit, &job.id).await;
        job = own_job(&visit, &id).await?.unwrap_or(job);
    }
    let casework = visit.store().casework();
    let counts = casework.bulk_counts(&job).await?;
    let all = counts.left + counts.done + counts.not_done;
    let names = visit.store().officers().officer_names().await?;
    let noun = match counts.requests {
        0 => BulkNoun::Registrations,
        requests if requests == all => BulkNoun::Requests,
        _ => BulkNoun::Both,
    };
    let shown = BulkView {
        address: address(&job.id),
        action: job.action,
        assignee: job
            .assignee
            .as_ref()
            .and_then(|id| names.get(id.as_str()).cloned())
            .unwrap_or_default(),
        noun,
        back: job.list.clone(),
    };
    if job.has_begun && !job.has_ended {
        let done = number(counts.done + counts.not_done);
        let page = visit.show(|| bulk_progress_page(&shown, done, number(all)));
        let refresh = HeaderValue::from_static(REFRESH_AFTER_SECONDS);
        return Ok(([(header::REFRESH, refresh)], page).into_response());
    }
    let not_done = rows(&visit, &job, BulkPart::NotDone, (counts.not_done, &names)).await?;
    if job.has_ended {
        visit.record_list_view("queue").await?;
        return Ok(visit.show(|| bulk_result_page(&shown, number(counts.done), not_done)));
    }
    let question = BulkQuestion {
        changed: rows(&visit, &job, BulkPart::Left, (counts.left, &names)).await?,
        of_colleagues: number(counts.of_colleagues),
        left_out: not_done,
        is_part: job.is_part,
    };
    visit.record_list_view("queue").await?;
    Ok(visit.show(|| bulk_question_page(&shown, question)))
}

fn number(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

/// Returns the first entries of a part of a job. `all` is the number of entries of that part.
async fn rows(
    visit: &DeskVisit,
    job: &BulkJob,
    part: BulkPart,
    (all, names): (i64, &HashMap<String, String>),
) -> Result<BulkRows, StoreError> {
    let casework = visit.store().casework();
    let items = casework.bulk_items(&job.id, part, MAX_ROWS).await?;
    let more = number(all).saturating_sub(items.len());
    let mut rows = Vec::new();
    for item in items {
        let remark = match item.outcome {
            Some(outcome) => outcome.words().to_owned(),
            None => colleague(visit, &item, names),
        };
        let Some((address, name)) = named(visit, &item.subject).await? else {
            continue;
        };
        rows.push(BulkRow {
            address,
            name,
            remark,
        });
    }
    Ok(BulkRows { rows, more })
}

/// Returns the address and the name of an entry; `None` if it was deleted.
async fn named(
    visit: &DeskVisit,
    subject: &Subject,
) -> Result<Option<(String, String)>, StoreError> {
    Ok(match subject {
        Subject::Registration(reference) => {
            let stored = visit.store().casework().lifecycle(reference).await?;
            stored.map(|stored| {
                let name = [&*stored.organisation, " ", reference.as_str()].concat();
                (registration_address(reference.as_str()), name)
            })
        }
        Subject::FormatRequest(id) => {
            let requests = visit.store().format_requests();
            let stored = requests.request_for_desk(id).await?;
            stored.map(|stored| (request_address(id), stored.name))
        }
        _ => None,
    })
}

/// Says to which colleague an entry is assigned; empty if to none.
fn colleague(visit: &DeskVisit, item: &BulkItem, names: &HashMap<String, String>) -> String {
    item.officer
        .as_ref()
        .filter(|id| **id != visit.officer.id)
        .and_then(|id| names.get(id.as_str()))
        .map_or_else(String::new, |name| ["assigned to ", name, " now"].concat())
}
