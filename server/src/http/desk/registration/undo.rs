//! The page on which a senior officer undoes a decision.

use app::form::FormState;
use app::pages::desk::registration::{Stale, UndoShown, undo_page};
use axum::http::StatusCode;
use axum::response::Response;
use registration::desk::reason::UNDONE;
use registration::lifecycle::{State, Step};
use registration::problem::Problem;

use super::{Answer, Opened, cannot, deed_done, done};
use crate::casework::lifecycle::{Deed, Once};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::Broken;

const NOTHING: &str = "There is no decision to undo.";

pub(super) async fn show(visit: DeskVisit, opened: Opened) -> Answer {
    if opened.standing.state.after(Step::Undo).is_none() {
        return Ok(cannot(&visit, &opened, NOTHING));
    }
    shown(&visit, &opened, "", None, None).await
}

pub(super) async fn send(visit: DeskVisit, opened: Opened, fields: Fields) -> Answer {
    let opened = opened.with_form(&fields);
    let typed = fields.text("reason");
    if opened.standing.state.after(Step::Undo).is_none() {
        return Ok(cannot(&visit, &opened, NOTHING));
    }
    let reason = match UNDONE.parse(typed) {
        Ok(reason) => reason,
        Err(problem) => return shown(&visit, &opened, typed, Some(problem), None).await,
    };
    match deed_done(&visit, opened.as_seen(&fields), &Deed::Undo(reason)).await? {
        Once::Done(_) => Ok(done(&opened, "undone")),
        Once::Not | Once::Hindered(_) => Ok(cannot(&visit, &opened, NOTHING)),
        Once::Stale => {
            let stale = opened.since(&visit, &fields).await?;
            shown(&visit, &opened, typed, None, Some(stale)).await
        }
    }
}

async fn shown(
    visit: &DeskVisit,
    opened: &Opened,
    typed: &str,
    problem: Option<Problem>,
    stale: Option<Stale>,
) -> Result<Response, Broken> {
    let (version, seen) = opened.drawn(visit, stale.is_some()).await?;
    let decided = match opened.standing.state {
        State::NotApproved => "not approved",
        _ => "approved",
    };
    let status = if stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let standing = &opened.standing;
    Ok(visit.show_with(status, || {
        undo_page(UndoShown {
            reference: opened.reference().to_owned(),
            decided,
            accounts: standing.begun,
            typed: typed.to_owned(),
            version,
            seen,
            stale,
            form: FormState::new(problem.into_iter().collect(), Vec::new()),
        })
    }))
}
