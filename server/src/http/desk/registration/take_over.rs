//! Takes a registration over from the colleague to whom it is assigned, before the officer decides
//! or asks for more information.

use app::pages::desk::registration::address;
use axum::response::Response;

use super::DeskRegistration;
use crate::casework::assignment::{AssignmentOutcome, assign};
use crate::http::desk::fields::Fields;
use crate::http::desk::take_over::TakeOver;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::InternalError;

/// The next step with a form about a registration.
pub(super) enum TakenOver {
    /// Show this page, which asks whether to take the registration over.
    Asked(Response),
    /// Handle the form with this registration: no question is needed, or the officer has taken the
    /// registration over. The form then has the new version of the registration.
    GoesOn(Box<DeskRegistration>, Fields),
}

/// Asks whether to take a registration over, and takes it over if the form says so.
///
/// Does not ask if the registration is closed or has changed since the page was opened, because the
/// form itself is then refused.
pub(super) async fn taken_over(
    visit: &DeskVisit,
    mut opened: Box<DeskRegistration>,
    mut fields: Fields,
    form: &'static str,
) -> Result<TakenOver, InternalError> {
    let lifecycle = &opened.lifecycle;
    let me = &visit.officer.id;
    let is_of_colleague = lifecycle.officer.as_ref().is_some_and(|id| id != me);
    let is_current = lifecycle.version == fields.number("version");
    if !is_of_colleague || !is_current || lifecycle.state.is_closed() {
        return Ok(TakenOver::GoesOn(opened, fields));
    }
    let asked = TakeOver {
        assignee: lifecycle.officer.as_ref(),
        what: opened.reference().to_owned(),
        words: "If you continue, it is assigned to you.",
        button: "Take it over and continue",
        action: address(opened.reference(), form),
        back: address(opened.reference(), ""),
        fields: fields.pairs().to_vec(),
    };
    if let Some(question) = asked.question(visit).await? {
        return Ok(TakenOver::Asked(question));
    }
    let context = &visit.visit.service.context;
    let taken = assign(
        &context.case_context(),
        lifecycle.clone(),
        Some(me),
        &visit.officer,
    )
    .await?;
    let reference = lifecycle.reference;
    if taken == AssignmentOutcome::Done
        && let Some(now) = visit.store().casework().lifecycle(&reference).await?
    {
        // Nobody else changed the registration before it was assigned, so the form still applies.
        fields.replace("version", now.version.to_string());
        opened.lifecycle = now;
    }
    Ok(TakenOver::GoesOn(opened, fields))
}
