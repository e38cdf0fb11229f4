//! The forms with which a second officer confirms a proposed decision, or sends it back with a
//! note.

use axum::extract::Path;
use axum::response::Response;
use registration::desk::reason::SENT_BACK;

use super::decide::{CLOSED, DecisionForm, action_of, blocked, shown};
use super::{DeskRegistration, PageResult, cannot, decided, place, try_case_action};
use crate::casework::lifecycle::AttemptOutcome;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::store::StepOutcome;

const OWN: &str = "You cannot confirm your own decision. Another officer must do it.";
const GONE: &str = "No decision is waiting for a second officer.";

/// Leads from the addresses of the forms to the page on which they are.
pub(super) async fn show_place(visit: DeskVisit, Path(reference): Path<String>) -> Response {
    place(&visit, &reference, "/decide")
}

pub(super) async fn confirm(
    visit: DeskVisit,
    opened: DeskRegistration,
    fields: Fields,
) -> PageResult {
    let opened = opened.with_form(&fields);
    let Some(proposal) = visit
        .store()
        .casework()
        .proposal(&opened.lifecycle.id)
        .await?
    else {
        return Ok(cannot(&visit, &opened, GONE));
    };
    if proposal.officer == visit.officer.id {
        return Ok(cannot(&visit, &opened, OWN));
    }
    let mut sent = DecisionForm::default();
    match try_case_action(&visit, opened.as_seen(&fields), &action_of(&proposal)).await? {
        AttemptOutcome::Done(_) => {
            let what = if proposal.refusal.is_none() {
                "approve"
            } else {
                "refuse"
            };
            return decided(&visit, &opened, what, &fields).await;
        }
        AttemptOutcome::NotAllowed => return Ok(cannot(&visit, &opened, CLOSED)),
        AttemptOutcome::Stale => sent.stale = Some(opened.since(&visit, &fields).await?),
        AttemptOutcome::Blocked(blocker) => sent.problems = blocked(blocker),
    }
    shown(&visit, &opened, sent).await
}

pub(super) async fn send_back(
    visit: DeskVisit,
    opened: DeskRegistration,
    fields: Fields,
) -> PageResult {
    let opened = opened.with_form(&fields);
    let store = visit.store();
    if store
        .casework()
        .proposal(&opened.lifecycle.id)
        .await?
        .is_none()
    {
        return Ok(cannot(&visit, &opened, GONE));
    }
    let mut sent = DecisionForm {
        note: fields.text("note").to_owned(),
        ..DecisionForm::default()
    };
    let note = match SENT_BACK.parse(&sent.note) {
        Ok(note) => note,
        Err(problem) => {
            sent.problems.push(problem);
            return shown(&visit, &opened, sent).await;
        }
    };
    let seen = opened.as_seen(&fields);
    let outcome = store
        .casework()
        .send_proposal_back(&seen, &visit.officer.id, &note, visit.now())
        .await?;
    match outcome {
        StepOutcome::Applied => decided(&visit, &opened, "sent-back", &fields).await,
        StepOutcome::Stale => {
            sent.stale = Some(opened.since(&visit, &fields).await?);
            shown(&visit, &opened, sent).await
        }
    }
}
