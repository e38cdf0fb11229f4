//! The desk's page of a request for another format, on which an officer also marks the request as
//! answered.

use app::pages::desk::{FormatRequestView, QueueNotice, format_request_page};
use axum::Form;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::desk::queue::Age;
use registration::format_request::{Format, WORKING_DAYS};

use super::access::Needs;
use super::addresses::request_address;
use super::assignment::{AssignableWork, AssignmentForm, assignee_of};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{FormatRequestStep, StepOutcome, Subject};

/// Adds the routes of the request's page and of its form.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(
            "/desk/format-requests/{id}",
            Needs::May(Permission::ReadRegistrations),
            show,
        )
        .post(
            "/desk/format-requests/{id}/answered",
            Needs::May(Permission::WorkOnRegistrations),
            answered,
        )
}

async fn show(visit: DeskVisit, Path(id): Path<String>, RawQuery(query): RawQuery) -> PageResult {
    let store = visit.store();
    let Some(request) = store.format_requests().request_for_desk(&id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let subject = Subject::FormatRequest(id.clone());
    visit.record_view(&subject, "page").await?;
    let viewers = visit.note_presence(&subject).await?;
    let status = request.status();
    let format = Format::from_key(&request.format);
    let shown = FormatRequestView {
        sent: request.asked_at.in_words(),
        format: format.map_or("", Format::words).to_owned(),
        status,
        age: Age::on(visit.today()?, request.clock(), status, WORKING_DAYS.into()),
        answered: request
            .answered
            .as_ref()
            .map(|(at, by)| format!("{}, by {by}", at.in_words())),
        assignee: assignee_of(&visit, &AssignableWork::Request(request.clone())).await?,
        details: request.details,
        technology: request.technology,
        name: request.name,
        language: request.language.words(),
        email: request.email,
        telephone: request.telephone,
        viewers,
    };
    let notice = QueueNotice::of_query(&query.unwrap_or_default());
    Ok(visit.show(|| format_request_page(shown, notice)))
}

async fn answered(
    visit: DeskVisit,
    Path(id): Path<String>,
    Form(sent): Form<AssignmentForm>,
) -> PageResult {
    let store = visit.store();
    let Some(request) = store.format_requests().request_for_desk(&id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let work = AssignableWork::Request(request.clone());
    if let Some(question) = sent.question(&visit, &work, "answered").await? {
        return Ok(question);
    }
    let is_stale = sent
        .version
        .is_some_and(|version| version != request.version);
    let step = FormatRequestStep::Answer;
    let done = !is_stale
        && store
            .format_requests()
            .apply_format_request_step(&request, &step, &visit.officer.id, visit.now())
            .await?
            == StepOutcome::Applied;
    let notice = if done {
        QueueNotice::Answered
    } else {
        QueueNotice::Stale
    };
    Ok(Redirect::to(&notice.at(&request_address(&id))).into_response())
}
