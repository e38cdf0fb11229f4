//! The part of the question pages that runs on the server: gives access to the applicant and the
//! draft, saves the answers of a page, and redirects the person.
//!
//! Answers with problems are saved too. A person who sent a plain HTML form is then redirected to
//! the same page, which shows the problems. With WebAssembly the page stays open, and the response
//! is the list of problems.

use std::sync::Arc;

use leptos::prelude::use_context;
use registration::desk::ASSISTED_FORM;
use registration::draft::{AnswersOfPage, Draft};
use registration::journey::{self, AfterSave, PageOrigin};
use registration::problem::Problem;
use registration::resume::{edit_conflict, user_conflict};
use registration::sent::Sent;

use crate::backend::{Applicant, ChangeOutcome, DraftState};
use crate::fault::Fault;

/// Returns the applicant who sent this request.
///
/// # Errors
/// Returns `Fault::Unavailable` if the server provided no applicant, which is a bug in the server's
/// set-up.
pub fn applicant() -> Result<Arc<dyn Applicant>, Fault> {
    use_context::<Arc<dyn Applicant>>().ok_or(Fault::Unavailable)
}

/// Returns the draft of this request, and the day on which the stored draft expires, as display
/// text. The day is `None` if nothing is stored yet.
///
/// If the draft has expired or was submitted, redirects the person and returns `None`.
///
/// # Errors
/// Returns a fault if the store cannot be read.
pub async fn open_draft() -> Result<Option<(Draft, Option<String>)>, Fault> {
    Ok(match applicant()?.draft_state().await? {
        DraftState::Nothing(draft) => Some((draft, None)),
        DraftState::Open { draft, kept_until } => Some((draft, Some(kept_until))),
        DraftState::Expired => redirect_instead(journey::DRAFT_EXPIRED),
        DraftState::Submitted => redirect_instead(journey::ALREADY_SUBMITTED),
    })
}

/// Returns the draft of this request, without the day on which it expires.
///
/// If the draft has expired or was submitted, redirects the person and returns `None`.
///
/// # Errors
/// Returns a fault if the store cannot be read.
pub async fn draft() -> Result<Option<Draft>, Fault> {
    Ok(open_draft().await?.map(|(draft, _)| draft))
}

/// Saves the answers of a question page and redirects the person.
///
/// Returns the problems of the page. Returns no problems if the person chose to save and come back
/// later, or if the answers were not saved in the draft of this request. A field that is missing
/// from the form keeps its saved answer.
///
/// # Errors
/// Returns a fault if the store cannot be written.
pub async fn save<A: AnswersOfPage>(answers: Sent<A>, from: &str) -> Result<Vec<Problem>, Fault> {
    let applicant = applicant()?;
    let origin = PageOrigin::from_key(from);
    let Some(draft) = draft_or_redirect(applicant.save(answers.into(), origin).await?) else {
        return Ok(Vec::new());
    };
    let leaves = applicant.leaves();
    let problems = if leaves {
        Vec::new()
    } else {
        draft.problems_of(A::PAGE)
    };
    // With WebAssembly, a page with problems stays open, so the person is not redirected.
    if problems.is_empty() || applicant.is_plain_form() {
        redirect(&AfterSave { origin, leaves }.after(A::PAGE, &draft));
    }
    Ok(problems)
}

/// Returns the changed draft if the change was saved in the draft of this request. Otherwise
/// redirects the person to a page about the outcome, and returns `None`.
#[must_use]
pub fn draft_or_redirect(change: ChangeOutcome) -> Option<Draft> {
    match change {
        ChangeOutcome::Saved(draft) => Some(*draft),
        ChangeOutcome::SavedInNewDraft(page) => {
            redirect_instead(&[journey::DRAFT_EXPIRED, "?kept=", page].concat())
        }
        ChangeOutcome::Expired => redirect_instead(journey::DRAFT_EXPIRED),
        ChangeOutcome::PageConflict(page) => redirect_instead(&edit_conflict(page)),
        ChangeOutcome::UserConflict(id) => redirect_instead(&user_conflict(&id)),
        ChangeOutcome::UserChanged(id) => {
            redirect_instead(&[journey::USERS, "/", &id, "/remove?changed=yes"].concat())
        }
        ChangeOutcome::Submitted => redirect_instead(journey::ALREADY_SUBMITTED),
        ChangeOutcome::OnBehalf => redirect_instead(ASSISTED_FORM),
        ChangeOutcome::NotFound => redirect_instead(journey::USERS),
    }
}

/// Redirects the person to another page of the service, with or without WebAssembly.
///
/// If this request created the draft, adds `begun=yes` to the address, so that the next request shows whether the
/// browser accepted the cookie.
pub fn redirect(address: &str) {
    if applicant().is_ok_and(|applicant| applicant.has_begun()) {
        leptos_axum::redirect(&journey::with_begun(address));
    } else {
        leptos_axum::redirect(address);
    }
}

/// Redirects the person and returns `None`, for a caller that returns an `Option`.
pub fn redirect_instead<T>(address: &str) -> Option<T> {
    redirect(address);
    None
}
