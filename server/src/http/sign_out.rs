//! Signs an applicant out of a device: ends the session, and tells the browser to delete the
//! service's stored data.

use app::pages::sign_out::{AfterSignOut, ask_sign_out_page, signed_out_of_device_page};
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use registration::desk::ASSISTED_FORM;
use registration::lifecycle::SIGN_OUT_OF_DEVICE;

use super::headers::{CLEAR_SITE_DATA, FORGET_ALL};
use super::state::Service;
use super::visit::{PageResult, Visit};

/// Returns the routes of the sign-out page and of its form.
pub fn routes() -> Router<Service> {
    Router::new().route(SIGN_OUT_OF_DEVICE, get(ask).post(sign_out))
}

async fn ask(visit: Visit) -> PageResult {
    let context = &visit.service.context;
    let Some(session_draft) = context.draft_of(visit.token.as_ref()).await? else {
        return Ok(visit.show(signed_out_of_device_page));
    };
    if session_draft.on_behalf.is_some() {
        return Ok(Redirect::to(ASSISTED_FORM).into_response());
    }
    let links = context.store.access_links();
    let can_return = session_draft.draft.is_reopened
        || session_draft.is_submitted
        || !links
            .addresses_of_draft(&session_draft.id)
            .await?
            .is_empty();
    let after = if can_return {
        AfterSignOut::CanReturn
    } else {
        AfterSignOut::Lost
    };
    Ok(visit.show(|| ask_sign_out_page(after)))
}

async fn sign_out(visit: Visit) -> PageResult {
    let context = &visit.service.context;
    if let Some(token) = &visit.token {
        context.store.drafts().end_session(&token.hash()).await?;
    }
    let headers = [
        (header::SET_COOKIE, context.cookie.clear()),
        (CLEAR_SITE_DATA, FORGET_ALL),
    ];
    let response: Response = Redirect::to(SIGN_OUT_OF_DEVICE).into_response();
    Ok((headers, response).into_response())
}
