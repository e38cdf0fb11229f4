//! Assignment: a registration or a request for another format is assigned to an officer, or given
//! back to the queue.

use app::pages::desk::{QueueNotice, ShownAssignment, ShownColleague, ShownHolder, assign_page};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::Permission;
use registration::identifiers::Reference;
use registration::problem::Problem;
use serde::Deserialize;

use super::access::Needs;
use super::queue::{registration_address, request_address};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::assignment::{Given, give};
use crate::http::visit::{Answered, Broken};
use crate::store::{
    DeskFormatRequest, FormatRequestStep, Officer, OfficerId, StepOutcome, StoredLifecycle,
};

/// Adds the forms that assign work or give it back.
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

/// Form: the officer, and the version that the page showed. Without a version, the current one
/// counts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    officer: String,
    pub(super) version: Option<i64>,
}

/// Work that can be assigned.
pub(super) enum Held {
    /// A registration.
    Registration(StoredLifecycle),
    /// A request for another format.
    Request(DeskFormatRequest),
}

impl Held {
    fn address(&self) -> String {
        match self {
            Self::Registration(kept) => registration_address(kept.reference.as_str()),
            Self::Request(request) => request_address(&request.id),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Registration(kept) => kept.reference.to_string(),
            Self::Request(request) => ["the request from ", &request.name].concat(),
        }
    }

    const fn version(&self) -> i64 {
        match self {
            Self::Registration(kept) => kept.version,
            Self::Request(request) => request.version,
        }
    }

    fn holder(&self) -> Option<&OfficerId> {
        match self {
            Self::Registration(kept) => kept.officer.as_ref(),
            Self::Request(request) => request.holder.as_ref().map(|(id, _)| id),
        }
    }

    fn is_over(&self) -> bool {
        match self {
            Self::Registration(kept) => kept.state.is_closed(),
            Self::Request(request) => request.answered.is_some(),
        }
    }
}

async fn registration(visit: &DeskVisit, typed: &str) -> Result<Option<Held>, Broken> {
    let Ok(reference) = Reference::parse(typed) else {
        return Ok(None);
    };
    let kept = visit.store().casework().lifecycle(&reference).await?;
    Ok(kept.map(Held::Registration))
}

async fn request(visit: &DeskVisit, id: &str) -> Result<Option<Held>, Broken> {
    let kept = visit.store().format_requests().request_for_desk(id).await?;
    Ok(kept.map(Held::Request))
}

async fn ask_registration(visit: DeskVisit, Path(reference): Path<String>) -> Answered {
    let held = registration(&visit, &reference).await?;
    ask(&visit, held, false, None).await
}

async fn ask_request(visit: DeskVisit, Path(id): Path<String>) -> Answered {
    let held = request(&visit, &id).await?;
    ask(&visit, held, false, None).await
}

async fn assign_registration(
    visit: DeskVisit,
    Path(reference): Path<String>,
    Form(sent): Form<Sent>,
) -> Answered {
    let held = registration(&visit, &reference).await?;
    assign(&visit, held, &sent).await
}

async fn assign_request(
    visit: DeskVisit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Answered {
    let held = request(&visit, &id).await?;
    assign(&visit, held, &sent).await
}

async fn give_registration_back(
    visit: DeskVisit,
    Path(reference): Path<String>,
    Form(sent): Form<Sent>,
) -> Answered {
    let held = registration(&visit, &reference).await?;
    give_back(&visit, held, &sent).await
}

async fn give_request_back(
    visit: DeskVisit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Answered {
    let held = request(&visit, &id).await?;
    give_back(&visit, held, &sent).await
}

async fn ask(
    visit: &DeskVisit,
    held: Option<Held>,
    was_changed: bool,
    problem: Option<Problem>,
) -> Answered {
    let Some(held) = held else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if held.is_over() {
        return Ok(told(QueueNotice::Stale, &held));
    }
    let shown = ShownAssignment {
        what: held.what(),
        holder: holder_of(visit, &held).await?,
        colleagues: colleagues(visit).await?,
        was_changed,
    };
    Ok(visit.show(|| assign_page(shown, problem)))
}

async fn assign(visit: &DeskVisit, held: Option<Held>, sent: &Sent) -> Answered {
    let Some(held) = held else {
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
        return ask(visit, Some(held), false, Some(problem)).await;
    };
    match hand_over(visit, &held, Some(&to.id), sent.version).await? {
        Given::Done | Given::Nothing if !held.is_over() => {
            let notice = if to.id == visit.officer.id {
                QueueNotice::Taken
            } else {
                QueueNotice::Assigned
            };
            Ok(told(notice, &held))
        }
        _ if held.is_over() => Ok(told(QueueNotice::Stale, &held)),
        _ => {
            let now = match &held {
                Held::Registration(kept) => registration(visit, kept.reference.as_str()).await?,
                Held::Request(kept) => request(visit, &kept.id).await?,
            };
            ask(visit, now, true, None).await
        }
    }
}

async fn give_back(visit: &DeskVisit, held: Option<Held>, sent: &Sent) -> Answered {
    let Some(held) = held else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    Ok(match hand_over(visit, &held, None, sent.version).await? {
        Given::Done => Redirect::to(&QueueNotice::GivenBack.at(registration::desk::queue::PAGE))
            .into_response(),
        Given::Nothing | Given::Stale => told(QueueNotice::Stale, &held),
    })
}

/// Assigns work or gives it back, unless it has changed since its page was shown.
async fn hand_over(
    visit: &DeskVisit,
    held: &Held,
    to: Option<&OfficerId>,
    version: Option<i64>,
) -> Result<Given, Broken> {
    if version.is_some_and(|version| version != held.version()) {
        return Ok(Given::Stale);
    }
    if held.is_over() || held.holder() == to {
        return Ok(Given::Nothing);
    }
    let context = &visit.visit.service.context;
    let (clock, random) = (context.clock.as_ref(), context.randomness.as_ref());
    match held {
        Held::Registration(kept) => Ok(give(
            &context.store,
            clock,
            random,
            kept.clone(),
            to,
            &visit.officer,
        )
        .await?),
        Held::Request(request) => {
            let step = FormatRequestStep::Assign(to.cloned());
            let officer = &visit.officer.id;
            let store = &context.store;
            let taken = store.format_requests().take_format_request_step(
                request,
                &step,
                officer,
                clock.now(),
            );
            Ok(match taken.await? {
                StepOutcome::Taken => Given::Done,
                StepOutcome::Stale => Given::Stale,
            })
        }
    }
}

/// Returns who has the work, as `holder_panel` shows it.
pub(super) async fn holder_of(visit: &DeskVisit, held: &Held) -> Result<ShownHolder, Broken> {
    let name = match held.holder() {
        Some(id) => visit
            .store()
            .officers()
            .officer(id)
            .await?
            .map(|officer| officer.name),
        None => None,
    };
    Ok(ShownHolder {
        address: held.address(),
        version: held.version(),
        holder: name,
        is_mine: held.holder() == Some(&visit.officer.id),
        may_change: visit.may(Permission::WorkOnRegistrations) && !held.is_over(),
    })
}

async fn colleagues(visit: &DeskVisit) -> Result<Vec<ShownColleague>, Broken> {
    let mut officers: Vec<Officer> = visit.store().officers().list().await?;
    officers.retain(works);
    officers.sort_by_key(|officer| officer.id != visit.officer.id);
    let shown = officers.into_iter().map(|officer| ShownColleague {
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

fn told(notice: QueueNotice, held: &Held) -> Response {
    Redirect::to(&notice.at(&held.address())).into_response()
}
