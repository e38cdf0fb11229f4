//! The page on which a senior officer undoes a decision.

use app::form::FormState;
use app::pages::desk::registration::{Stale, UndoView, undo_page};
use axum::http::StatusCode;
use axum::response::Response;
use registration::desk::account::ends_with_approval;
use registration::desk::reason::UNDONE;
use registration::lifecycle::{State, Step};
use registration::problem::Problem;

use super::{DeskRegistration, PageResult, cannot, done, try_case_action};
use crate::casework::lifecycle::{AttemptOutcome, CaseAction};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::StoredAccount;

const NOTHING: &str = "There is no decision to undo.";

pub(super) async fn show(visit: DeskVisit, opened: DeskRegistration) -> PageResult {
    if opened.lifecycle.state.after(Step::Undo).is_none() {
        return Ok(cannot(&visit, &opened, NOTHING));
    }
    shown(&visit, &opened, "", None, None).await
}

pub(super) async fn send(visit: DeskVisit, opened: DeskRegistration, fields: Fields) -> PageResult {
    let opened = opened.with_form(&fields);
    let typed = fields.text("reason");
    if opened.lifecycle.state.after(Step::Undo).is_none() {
        return Ok(cannot(&visit, &opened, NOTHING));
    }
    let reason = match UNDONE.parse(typed) {
        Ok(reason) => reason,
        Err(problem) => return shown(&visit, &opened, typed, Some(problem), None).await,
    };
    match try_case_action(&visit, opened.as_seen(&fields), &CaseAction::Undo(reason)).await? {
        AttemptOutcome::Done(_) => Ok(done(&opened, "undone")),
        AttemptOutcome::NotAllowed | AttemptOutcome::Blocked(_) => {
            Ok(cannot(&visit, &opened, NOTHING))
        }
        AttemptOutcome::Stale => {
            let stale = opened.since(&visit, &fields).await?;
            shown(&visit, &opened, typed, None, Some(stale)).await
        }
    }
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    typed: &str,
    problem: Option<Problem>,
    stale: Option<Stale>,
) -> Result<Response, InternalError> {
    let (version, seen) = opened.drawn(visit, stale.is_some()).await?;
    let decided = match opened.lifecycle.state {
        State::NotApproved => "not approved",
        _ => "approved",
    };
    let status = if stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let accounts = match opened.lifecycle.state {
        State::Approved => accounts_to_end(visit, opened).await?,
        _ => 0,
    };
    Ok(visit.show_with(status, || {
        undo_page(UndoView {
            reference: opened.reference().to_owned(),
            decided,
            accounts,
            typed: typed.to_owned(),
            version,
            seen,
            stale,
            form: FormState::new(problem.into_iter().collect(), Vec::new()),
        })
    }))
}

/// Returns the number of accounts that must be ended if the approval is undone.
async fn accounts_to_end(
    visit: &DeskVisit,
    opened: &DeskRegistration,
) -> Result<usize, InternalError> {
    let provisioning = visit.store().provisioning();
    let accounts = provisioning.accounts_of(&opened.lifecycle.id).await?;
    let ends = |account: &&StoredAccount| {
        ends_with_approval(
            account.account,
            account.sent_at.is_some(),
            account.batch.is_some(),
        )
    };
    Ok(accounts.iter().filter(ends).count())
}
