//! What the server does with the answers of a page, the same for every page: keep them, then lead on.
//!
//! Wrong answers are kept like right ones. By HTML alone the person is led to the next page, or back to
//! the same one, which shows its problems because the draft has them. With WebAssembly the problems
//! themselves are the answer, and the page stays.

use std::sync::Arc;

use leptos::prelude::use_context;
use registration::coming_back::{two_answers, two_users};
use registration::desk::TO_SIGN;
use registration::draft::{AnswersOfPage, Draft};
use registration::journey::{self, Origin, WayOn};
use registration::problem::Problem;
use registration::sent::Sent;

use crate::backend::{Applicant, Change, Held};
use crate::fault::Fault;

/// The applicant of this request.
///
/// # Errors
/// When the server did not provide one, which is a fault of its set-up.
pub fn applicant() -> Result<Arc<dyn Applicant>, Fault> {
    use_context::<Arc<dyn Applicant>>().ok_or(Fault::Unavailable)
}

/// The draft of this request and, once there is one in the store, the day until which it is kept;
/// `None` when the person was led elsewhere, because it has expired or was submitted.
///
/// # Errors
/// When the store cannot be read.
pub async fn open_draft() -> Result<Option<(Draft, Option<String>)>, Fault> {
    Ok(match applicant()?.held().await? {
        Held::Nothing(draft) => Some((draft, None)),
        Held::Open { draft, kept_until } => Some((draft, Some(kept_until))),
        Held::Expired => led_to(journey::DRAFT_EXPIRED),
        Held::Submitted => led_to(journey::ALREADY_SUBMITTED),
    })
}

/// The draft of this request, as `open_draft`.
///
/// # Errors
/// When the store cannot be read.
pub async fn draft() -> Result<Option<Draft>, Fault> {
    Ok(open_draft().await?.map(|(draft, _)| draft))
}

/// Keeps the answers of a question page and leads on. What did not come stays as it was kept.
///
/// # Errors
/// When the store cannot be written.
pub async fn save<A: AnswersOfPage>(answers: Sent<A>, from: &str) -> Result<Vec<Problem>, Fault> {
    let applicant = applicant()?;
    let origin = Origin::from_key(from);
    let Some(draft) = led_on(applicant.save(answers.into(), origin).await?) else {
        return Ok(Vec::new());
    };
    let leaves = applicant.leaves();
    let problems = if leaves {
        Vec::new()
    } else {
        draft.problems_of(A::PAGE)
    };
    // With WebAssembly a page with a problem stays.
    if problems.is_empty() || applicant.is_plain_form() {
        redirect(&WayOn { origin, leaves }.after(A::PAGE, &draft));
    }
    Ok(problems)
}

/// The draft after a change, or `None` when the change led the person elsewhere.
#[must_use]
pub fn led_on(change: Change) -> Option<Draft> {
    match change {
        Change::Kept(draft) => Some(*draft),
        Change::KeptInNewDraft(page) => led_to(&[journey::DRAFT_EXPIRED, "?kept=", page].concat()),
        Change::Expired => led_to(journey::DRAFT_EXPIRED),
        Change::TwoAnswers(page) => led_to(&two_answers(page)),
        Change::TwoUsers(id) => led_to(&two_users(&id)),
        Change::UserChanged(id) => {
            led_to(&[journey::USERS, "/", &id, "/remove?changed=yes"].concat())
        }
        Change::Submitted => led_to(journey::ALREADY_SUBMITTED),
        Change::OnBehalf => led_to(TO_SIGN),
        Change::NotFound => led_to(journey::USERS),
    }
}

/// Leads the person to another page of the service, by whichever way the request can follow. Where this
/// request began the draft, the address says so: the next one shows whether the cookie was taken.
pub fn redirect(address: &str) {
    if applicant().is_ok_and(|applicant| applicant.has_begun()) {
        leptos_axum::redirect(&journey::marked_begun(address));
    } else {
        leptos_axum::redirect(address);
    }
}

/// Leads the person elsewhere, in place of an answer.
pub fn led_to<T>(address: &str) -> Option<T> {
    redirect(address);
    None
}
