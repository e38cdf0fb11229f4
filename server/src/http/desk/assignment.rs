//! The forms that assign a registration or a request for another format to an officer, or return it
//! to the queue.

use app::pages::desk::{AssigneeOption, AssigneeView, AssignmentView, QueueNotice, assign_page};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::Permission;
use registration::identifiers::Reference;
use registration::problem::Problem;
use serde::Deserialize;

use super::access::Needs;
use super::addresses::{registration_address, request_address};
use super::routes::DeskRoutes;
use super::take_over::{TAKE_OVER, TakeOver};
use super::visit::DeskVisit;
use crate::casework::assignment::{AssignmentOutcome, assign};
use crate::http::visit::{InternalError, PageResult};
use crate::store::{
    DeskFormatRequest, FormatRequestStep, Officer, OfficerId, StepOutcome, StoredLifecycle,
};

/// Adds the routes of the forms that assign work or return it to the queue.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    const WORK: Needs = Needs::May(Permission::WorkOnRegistrations);
    routes
        .get(
            "/desk/registrations/{reference}/assign",
            WORK,
            ask_registration,
        )
        .post(
            "/desk/registrations/{reference}/assign",
            WORK,
            assign_registration,
        )
        .post(
            "/desk/registrations/{reference}/give-back",
            WORK,
            give_registration_back,
        )
        .get("/desk/format-requests/{id}/assign", WORK, ask_request)
        .post("/desk/format-requests/{id}/assign", WORK, assign_request)
        .post(
            "/desk/format-requests/{id}/give-back",
            WORK,
            give_request_back,
        )
}

/// Form: the new assignee, and the version that the page showed. Without a version, the form
/// applies to the current version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AssignmentForm {
    officer: String,
    pub(super) version: Option<i64>,
    /// The colleague from whom the work is taken over, if the officer has agreed to that.
    #[serde(rename = "take-over")]
    take_over: String,
}

impl AssignmentForm {
    /// Renders the page that asks the officer to confirm before a colleague's work is changed;
    /// `None` if there is nothing to confirm. `form` is the last part of the form's address.
    pub(super) async fn question(
        &self,
        visit: &DeskVisit,
        work: &AssignableWork,
        form: &str,
    ) -> Result<Option<Response>, InternalError> {
        if work.is_over()
            || self
                .version
                .is_some_and(|version| version != work.version())
        {
            return Ok(None);
        }
        let (words, button) = match form {
            "give-back" => (
                "If you continue, nobody has it and it is in the queue again.",
                "Give back to the queue",
            ),
            "answered" => (
                "If you continue, it is recorded as answered by you.",
                "Record as answered",
            ),
            _ => ("If you continue, it is assigned to you.", "Take it over"),
        };
        let mut fields = vec![(TAKE_OVER.to_owned(), self.take_over.clone())];
        if !self.officer.is_empty() {
            fields.push(("officer".to_owned(), self.officer.clone()));
        }
        let version = self.version.unwrap_or_else(|| work.version());
        fields.push(("version".to_owned(), version.to_string()));
        let asked = TakeOver {
            assignee: work.assignee(),
            what: work.what(),
            words,
            button,
            action: [&*work.address(), "/", form].concat(),
            back: work.address(),
            fields,
        };
        asked.question(visit).await
    }
}

/// Work that can be assigned.
pub(super) enum AssignableWork {
    /// A registration.
    Registration(StoredLifecycle),
    /// A request for another format.
    Request(DeskFormatRequest),
}

impl AssignableWork {
    fn address(&self) -> String {
        match self {
            Self::Registration(stored) => registration_address(stored.reference.as_str()),
            Self::Request(request) => request_address(&request.id),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Registration(stored) => stored.reference.to_string(),
            Self::Request(request) => ["the request from ", &request.name].concat(),
        }
    }

    const fn version(&self) -> i64 {
        match self {
            Self::Registration(stored) => stored.version,
            Self::Request(request) => request.version,
        }
    }

    fn assignee(&self) -> Option<&OfficerId> {
        match self {
            Self::Registration(stored) => stored.officer.as_ref(),
            Self::Request(request) => request.assignee.as_ref().map(|(id, _)| id),
        }
    }

    fn is_over(&self) -> bool {
        match self {
            Self::Registration(stored) => stored.state.is_closed(),
            Self::Request(request) => request.answered.is_some(),
        }
    }
}

async fn registration(
    visit: &DeskVisit,
    typed: &str,
) -> Result<Option<AssignableWork>, InternalError> {
    let Ok(reference) = Reference::parse(typed) else {
        return Ok(None);
    };
    let stored = visit.store().casework().lifecycle(&reference).await?;
    Ok(stored.map(AssignableWork::Registration))
}

async fn request(visit: &DeskVisit, id: &str) -> Result<Option<AssignableWork>, InternalError> {
    let stored = visit.store().format_requests().request_for_desk(id).await?;
    Ok(stored.map(AssignableWork::Request))
}

async fn ask_registration(visit: DeskVisit, Path(reference): Path<String>) -> PageResult {
    let work = registration(&visit, &reference).await?;
    ask(&visit, work, false, None).await
}

async fn ask_request(visit: DeskVisit, Path(id): Path<String>) -> PageResult {
    let work = request(&visit, &id).await?;
    ask(&visit, work, false, None).await
}

async fn assign_registration(
    visit: DeskVisit,
    Path(reference): Path<String>,
    Form(sent): Form<AssignmentForm>,
) -> PageResult {
    let work = registration(&visit, &reference).await?;
    assign_work(&visit, work, &sent).await
}

async fn assign_request(
    visit: DeskVisit,
    Path(id): Path<String>,
    Form(sent): Form<AssignmentForm>,
) -> PageResult {
    let work = request(&visit, &id).await?;
    assign_work(&visit, work, &sent).await
}

async fn give_registration_back(
    visit: DeskVisit,
    Path(reference): Path<String>,
    Form(sent): Form<AssignmentForm>,
) -> PageResult {
    let work = registration(&visit, &reference).await?;
    give_back(&visit, work, &sent).await
}

async fn give_request_back(
    visit: DeskVisit,
    Path(id): Path<String>,
    Form(sent): Form<AssignmentForm>,
) -> PageResult {
    let work = request(&visit, &id).await?;
    give_back(&visit, work, &sent).await
}

async fn ask(
    visit: &DeskVisit,
    work: Option<AssignableWork>,
    was_changed: bool,
    problem: Option<Problem>,
) -> PageResult {
    let Some(work) = work else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if work.is_over() {
        return Ok(redirect_with_notice(QueueNotice::Stale, &work));
    }
    let shown = AssignmentView {
        what: work.what(),
        assignee: assignee_of(visit, &work).await?,
        colleagues: colleagues(visit).await?,
        was_changed,
    };
    Ok(visit.show(|| assign_page(shown, problem)))
}

async fn assign_work(
    visit: &DeskVisit,
    work: Option<AssignableWork>,
    sent: &AssignmentForm,
) -> PageResult {
    let Some(work) = work else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let store = visit.store();
    let to = match &*sent.officer {
        "me" => Some(visit.officer.clone()),
        id => store
            .officers()
            .officer(&OfficerId::named(id))
            .await?
            .filter(works),
    };
    let Some(to) = to else {
        let problem = Problem::new("officer", "officer-empty", "Select an officer");
        return ask(visit, Some(work), false, Some(problem)).await;
    };
    // The page on which an officer chooses a colleague names the current assignee. The button
    // “Assign to me” does not, so ask for confirmation here.
    if sent.officer == "me"
        && let Some(question) = sent.question(visit, &work, "assign").await?
    {
        return Ok(question);
    }
    match change_assignee(visit, &work, Some(&to.id), sent.version).await? {
        AssignmentOutcome::Done | AssignmentOutcome::Nothing if !work.is_over() => {
            let notice = if to.id == visit.officer.id {
                QueueNotice::AssignedToMe
            } else {
                QueueNotice::Assigned
            };
            Ok(redirect_with_notice(notice, &work))
        }
        _ if work.is_over() => Ok(redirect_with_notice(QueueNotice::Stale, &work)),
        _ => {
            let now = match &work {
                AssignableWork::Registration(stored) => {
                    registration(visit, stored.reference.as_str()).await?
                }
                AssignableWork::Request(stored) => request(visit, &stored.id).await?,
            };
            ask(visit, now, true, None).await
        }
    }
}

async fn give_back(
    visit: &DeskVisit,
    work: Option<AssignableWork>,
    sent: &AssignmentForm,
) -> PageResult {
    let Some(work) = work else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if let Some(question) = sent.question(visit, &work, "give-back").await? {
        return Ok(question);
    }
    Ok(
        match change_assignee(visit, &work, None, sent.version).await? {
            AssignmentOutcome::Done => {
                Redirect::to(&QueueNotice::Released.at(registration::desk::queue::PAGE))
                    .into_response()
            }
            AssignmentOutcome::Nothing | AssignmentOutcome::Stale => {
                redirect_with_notice(QueueNotice::Stale, &work)
            }
        },
    )
}

/// Assigns work or returns it to the queue. Nothing happens if the work has changed since its page
/// was shown, is closed or already has this assignee.
async fn change_assignee(
    visit: &DeskVisit,
    work: &AssignableWork,
    to: Option<&OfficerId>,
    version: Option<i64>,
) -> Result<AssignmentOutcome, InternalError> {
    if version.is_some_and(|version| version != work.version()) {
        return Ok(AssignmentOutcome::Stale);
    }
    if work.is_over() || work.assignee() == to {
        return Ok(AssignmentOutcome::Nothing);
    }
    let context = &visit.visit.service.context;
    match work {
        AssignableWork::Registration(stored) => {
            Ok(assign(&context.case_context(), stored.clone(), to, &visit.officer).await?)
        }
        AssignableWork::Request(request) => {
            let step = FormatRequestStep::Assign(to.cloned());
            let officer = &visit.officer.id;
            let store = &context.store;
            let taken = store.format_requests().apply_format_request_step(
                request,
                &step,
                officer,
                context.clock.now(),
            );
            Ok(match taken.await? {
                StepOutcome::Applied => AssignmentOutcome::Done,
                StepOutcome::Stale => AssignmentOutcome::Stale,
            })
        }
    }
}

/// Returns the assignee of the work, for `assignee_panel`.
pub(super) async fn assignee_of(
    visit: &DeskVisit,
    work: &AssignableWork,
) -> Result<AssigneeView, InternalError> {
    let name = match work.assignee() {
        Some(id) => visit
            .store()
            .officers()
            .officer(id)
            .await?
            .map(|officer| officer.name),
        None => None,
    };
    Ok(AssigneeView {
        address: work.address(),
        version: work.version(),
        assignee: name,
        is_mine: work.assignee() == Some(&visit.officer.id),
        may_change: visit.may(Permission::WorkOnRegistrations) && !work.is_over(),
    })
}

async fn colleagues(visit: &DeskVisit) -> Result<Vec<AssigneeOption>, InternalError> {
    let mut officers: Vec<Officer> = visit.store().officers().list().await?;
    officers.retain(works);
    officers.sort_by_key(|officer| officer.id != visit.officer.id);
    let shown = officers.into_iter().map(|officer| AssigneeOption {
        name: if officer.id == visit.officer.id {
            [&officer.name, " (you)"].concat()
        } else {
            officer.name
        },
        id: officer.id.to_string(),
    });
    Ok(shown.collect())
}

fn works(officer: &Officer) -> bool {
    officer.may(Permission::WorkOnRegistrations)
}

fn redirect_with_notice(notice: QueueNotice, work: &AssignableWork) -> Response {
    Redirect::to(&notice.at(&work.address())).into_response()
}
