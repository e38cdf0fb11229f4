//! The page of a check, on which an officer records its outcome.

use app::form::FormState;
use app::pages::desk::registration::{CheckOutcomeView, CheckView, check_page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use registration::desk::Permission;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult};
use registration::lifecycle::State;
use registration::problem::Problem;
use serde_json::Value;

use super::similar::similar_registrations;
use super::timeline::{actor_name, outcome};
use super::{DeskRegistration, PageResult, cannot, done};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::{CheckOutcome, NewCheck};

/// The content of a sent form, which the page shows again.
#[derive(Default)]
struct CheckForm {
    typed: Option<(String, String)>,
    problem: Option<Problem>,
    /// The version of the stored check from which the form was first rendered, 0 if the check had
    /// no outcome; `None` to render the current version.
    seen: Option<i64>,
    is_stale: bool,
}

pub(super) async fn show(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, check)): Path<(String, String)>,
) -> PageResult {
    match Check::from_key(&check) {
        Some(check) => shown(&visit, &opened, check, CheckForm::default()).await,
        None => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

pub(super) async fn save(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, check)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let Some(check) = Check::from_key(&check) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if !may_be_checked(opened.lifecycle.state) {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let typed = Some((
        fields.text("outcome").to_owned(),
        fields.text("note").to_owned(),
    ));
    let result = match CheckResult::parse(fields.text("outcome"), fields.text("note")) {
        Ok(result) => result,
        Err(problem) => {
            let sent = CheckForm {
                typed,
                problem: Some(problem),
                seen: Some(fields.number("seen")),
                is_stale: false,
            };
            return shown(&visit, &opened, check, sent).await;
        }
    };
    let new = NewCheck {
        check,
        result,
        about: check.about(&opened.stored.registration),
        officer: visit.officer.id.clone(),
        at: visit.now(),
        seen: fields.number("seen"),
    };
    match visit
        .store()
        .casework()
        .make_check(&opened.lifecycle, &new)
        .await?
    {
        CheckOutcome::Saved => Ok(done(&opened, "check")),
        CheckOutcome::Stale => {
            let sent = CheckForm {
                typed,
                problem: None,
                seen: None,
                is_stale: true,
            };
            shown(&visit, &opened, check, sent).await
        }
    }
}

const CLOSED: &str =
    "This registration has been decided or withdrawn, so you cannot change its checks.";

/// Returns whether officers can record checks in this state: until the registration is decided or
/// withdrawn.
pub(super) const fn may_be_checked(state: State) -> bool {
    !state.is_closed()
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    check: Check,
    sent: CheckForm,
) -> Result<Response, InternalError> {
    let store = visit.store();
    let names = store.officers().officer_names().await?;
    let registration = &opened.stored.registration;
    let stored = store.casework().checks(&opened.lifecycle.id).await?;
    let stored = stored.into_iter().find(|stored| stored.made.check == check);
    let outcomes = store
        .audit()
        .audit_of(&opened.subject())
        .await?
        .into_iter()
        .rev()
        .filter(|row| row.action == Action::Checked.key())
        .filter_map(|row| {
            let details: Value = serde_json::from_str(&row.details).ok()?;
            let is_this = details["check"] == check.key();
            let (outcome, note) = outcome(&details, "after").filter(|_| is_this)?;
            let when = row.happened_in_words();
            Some(CheckOutcomeView {
                outcome: outcome.to_owned(),
                made: format!("{}, {when}", actor_name(&row.actor, &names)),
                note,
            })
        })
        .collect();
    let similar = match check {
        Check::OtherRegistrations => Some(similar_registrations(opened, store.casework()).await?),
        _ => None,
    };
    let may_give =
        visit.may(Permission::WorkOnRegistrations) && may_be_checked(opened.lifecycle.state);
    let version = sent
        .seen
        .unwrap_or_else(|| stored.as_ref().map_or(0, |stored| stored.version));
    let (outcome, note) = sent.typed.unwrap_or_else(|| {
        stored.as_ref().map_or_else(Default::default, |stored| {
            (stored.made.outcome.key().to_owned(), stored.note.clone())
        })
    });
    let about = check.about(registration);
    let status = if sent.is_stale {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || {
        check_page(CheckView {
            reference: opened.reference().to_owned(),
            organisation: opened.lifecycle.organisation.clone(),
            check,
            need: check.need(registration),
            links: check.links(registration),
            similar,
            is_changed: stored.is_some_and(|stored| stored.made.about != about),
            about: about.lines().map(str::to_owned).collect(),
            outcomes,
            typed: may_give.then_some((outcome, note, version)),
            is_stale: sent.is_stale,
            form: FormState::new(sent.problem.into_iter().collect(), Vec::new()),
        })
    }))
}
