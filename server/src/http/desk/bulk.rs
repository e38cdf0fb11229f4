//! Assigns the registrations that were selected in the queue, or gives them back. A page asks for
//! confirmation first; then each registration is changed in a transaction of its own.

use std::collections::HashMap;

use app::pages::desk::{
    BulkAction, LeftOut, SELECTED, SelectedRow, SelectionProblem, bulk_question_page,
    bulk_result_page,
};
use axum::response::{IntoResponse, Redirect};
use form_urlencoded::Serializer;
use registration::desk::Permission;
use registration::desk::queue::PAGE_SIZE;
use registration::identifiers::Reference;

use super::access::Needs;
use super::fields::Fields;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::assignment::{AssignmentOutcome, assign};
use crate::http::visit::{InternalError, PageResult};
use crate::store::{OfficerId, StoredLifecycle};

const DECIDED: &str = "it is decided or withdrawn";
const SAME: &str = "it is assigned like that already";
const CHANGED: &str = "somebody else has changed it meanwhile";

/// Adds the route to which the selection in the queue is sent. Opened as a page, it leads back to the
/// queue.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let work = Needs::May(Permission::WorkOnRegistrations);
    routes
        .get(SELECTED, work, show)
        .post(SELECTED, work, selected)
}

async fn show(visit: DeskVisit) -> PageResult {
    Ok(Redirect::to(&visit.last_list().await?).into_response())
}

/// Returns the address of the list with what is wrong with the selection, which stays selected.
fn back_with(list: &str, problem: SelectionProblem, registrations: &[StoredLifecycle]) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("problem", problem.key());
    for registration in registrations {
        query.append_pair("selected", registration.reference.as_str());
    }
    let joint = if list.contains('?') { "&" } else { "?" };
    [list, joint, &query.finish()].concat()
}

async fn selected(visit: DeskVisit, fields: Fields) -> PageResult {
    let back = visit.last_list().await?;
    let registrations = registrations(&visit, &fields).await?;
    let lacks = |problem| {
        let to = back_with(&back, problem, &registrations);
        Ok(Redirect::to(&to).into_response())
    };
    if registrations.is_empty() {
        return lacks(SelectionProblem::NothingSelected);
    }
    let Some((action, to)) = action(&visit, &fields).await? else {
        return lacks(SelectionProblem::NoOfficer);
    };
    if fields.text("confirm") == "yes" {
        let mut left_out = Vec::new();
        let mut done = 0;
        for registration in registrations {
            let seen = fields.number(&["version-", registration.reference.as_str()].concat());
            match change(&visit, &registration, seen, to.as_ref()).await? {
                None => done += 1,
                Some(why) => left_out.push(left(&registration, why)),
            }
        }
        return Ok(visit.show(|| bulk_result_page(&action, done, &left_out, back)));
    }
    let names = visit.store().officers().officer_names().await?;
    let mut rows = Vec::new();
    let mut left_out = Vec::new();
    for registration in registrations {
        match hindrance(&registration, to.as_ref()) {
            Some(why) => left_out.push(left(&registration, why)),
            None => rows.push(row(&visit, &registration, &names)),
        }
    }
    visit.record_list_view("queue").await?;
    Ok(visit.show(|| bulk_question_page(&action, &rows, &left_out, back)))
}

/// Returns the requested action and the new assignee; `None` if the form names no officer who may
/// work on registrations.
async fn action(
    visit: &DeskVisit,
    fields: &Fields,
) -> Result<Option<(BulkAction, Option<OfficerId>)>, InternalError> {
    if fields.text("do") == "give-back" {
        return Ok(Some((BulkAction::GiveBack, None)));
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
    Ok(officer.map(|officer| {
        let action = BulkAction::Assign {
            officer: officer.id.to_string(),
            name: officer.name,
        };
        (action, Some(officer.id))
    }))
}

/// Returns the selected registrations, at most as many as a page of the queue lists.
async fn registrations(
    visit: &DeskVisit,
    fields: &Fields,
) -> Result<Vec<StoredLifecycle>, InternalError> {
    let mut registrations = Vec::new();
    for selected in fields.all("selected").take(PAGE_SIZE) {
        let Ok(reference) = Reference::parse(selected) else {
            continue;
        };
        registrations.extend(visit.store().casework().lifecycle(&reference).await?);
    }
    Ok(registrations)
}

/// Returns why a registration is left out; `None` if it can be changed.
fn hindrance(registration: &StoredLifecycle, to: Option<&OfficerId>) -> Option<&'static str> {
    if registration.state.is_closed() {
        return Some(DECIDED);
    }
    (registration.officer.as_ref() == to).then_some(SAME)
}

/// Changes one registration; returns why it was not changed.
async fn change(
    visit: &DeskVisit,
    registration: &StoredLifecycle,
    seen: i64,
    to: Option<&OfficerId>,
) -> Result<Option<&'static str>, InternalError> {
    if registration.version != seen {
        return Ok(Some(CHANGED));
    }
    if let Some(why) = hindrance(registration, to) {
        return Ok(Some(why));
    }
    let context = &visit.visit.service.context;
    let outcome = assign(
        &context.case_context(),
        registration.clone(),
        to,
        &visit.officer,
    )
    .await?;
    Ok(match outcome {
        AssignmentOutcome::Done => None,
        AssignmentOutcome::Nothing => Some(DECIDED),
        AssignmentOutcome::Stale => Some(CHANGED),
    })
}

fn left(registration: &StoredLifecycle, why: &'static str) -> LeftOut {
    LeftOut {
        reference: registration.reference.to_string(),
        organisation: registration.organisation.clone(),
        why,
    }
}

fn row(
    visit: &DeskVisit,
    registration: &StoredLifecycle,
    names: &HashMap<String, String>,
) -> SelectedRow {
    let colleague = registration
        .officer
        .as_ref()
        .filter(|id| **id != visit.officer.id)
        .and_then(|id| names.get(id.as_str()).cloned());
    SelectedRow {
        reference: registration.reference.to_string(),
        organisation: registration.organisation.clone(),
        version: registration.version,
        colleague,
    }
}
