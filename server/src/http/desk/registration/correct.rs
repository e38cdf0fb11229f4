//! The page on which an officer corrects answers of a registration.

use app::form::FormState;
use app::pages::desk::registration::{CorrectionView, Stale, correct_page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use registration::context::Context;
use registration::desk::correction::{Correction, Part, Typed, may_be_corrected};
use registration::problem::Problem;

use super::{DeskRegistration, PageResult, cannot, done};
use crate::casework::lifecycle::correct;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::StepOutcome;

const CLOSED: &str = "You cannot correct answers while the applicant can change them, or if the registration is withdrawn or not approved.";

/// The content of the form, as the page shows it.
struct CorrectionForm {
    part: Part,
    typed: Typed,
    reason: String,
    problems: Vec<Problem>,
    stale: Option<Stale>,
}

pub(super) async fn show(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, part)): Path<(String, String)>,
) -> PageResult {
    let registration = &opened.stored.registration;
    let part = Part::from_key(&part, registration);
    let Some((part, typed)) = part.and_then(|part| Some((part, part.answers(registration)?)))
    else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if !may_be_corrected(opened.lifecycle.state) {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let sent = CorrectionForm {
        part,
        typed,
        reason: String::new(),
        problems: Vec::new(),
        stale: None,
    };
    shown(&visit, &opened, sent).await
}

pub(super) async fn save(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, part)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let opened = opened.with_form(&fields);
    let registration = &opened.stored.registration;
    let part = Part::from_key(&part, registration);
    let Some((part, typed)) =
        part.and_then(|part| Some((part, part.typed(fields.pairs().to_vec())?)))
    else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if !may_be_corrected(opened.lifecycle.state) {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let reason = fields.text("correction_reason").to_owned();
    let mut sent = CorrectionForm {
        part,
        typed,
        reason,
        problems: Vec::new(),
        stale: None,
    };
    let correction = match Correction::of(registration, part, &sent.typed, &sent.reason) {
        Ok(correction) => correction,
        Err(problems) => {
            sent.problems = problems;
            return shown(&visit, &opened, sent).await;
        }
    };
    let context = &visit.visit.service.context;
    let outcome = correct(
        &context.case_context(),
        opened.as_seen(&fields),
        &visit.officer.id,
        correction,
    )
    .await?;
    match outcome {
        StepOutcome::Applied => Ok(done(&opened, "corrected")),
        StepOutcome::Stale => {
            sent.stale = Some(opened.since(&visit, &fields).await?);
            shown(&visit, &opened, sent).await
        }
    }
}

async fn shown(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    sent: CorrectionForm,
) -> Result<Response, InternalError> {
    let registration = &opened.stored.registration;
    let (version, seen) = opened.drawn(visit, sent.stale.is_some()).await?;
    let status = if sent.stale.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || {
        correct_page(CorrectionView {
            reference: opened.reference().to_owned(),
            organisation: opened.lifecycle.organisation.clone(),
            key: sent.part.key(),
            words: sent.part.words(registration),
            typed: sent.typed,
            context: Context {
                kind: Some(registration.organisation.kind),
                ..Context::default()
            },
            reason: sent.reason,
            version,
            seen,
            stale: sent.stale,
            form: FormState::new(sent.problems, Vec::new()),
        })
    }))
}
