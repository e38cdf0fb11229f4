//! The pages of a signing link, with which an accountable person opens a form that the desk keyed
//! in.

use app::pages::signing_link::{signing_link_expired_page, signing_link_page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use registration::journey;
use registration::resume::SIGNING_LINK;

use super::resume::SecretForm;
use super::state::Service;
use super::visit::{PageResult, Visit};
use crate::applicant::resume::LinkOrCode;
use crate::randomness::SessionToken;
use crate::store::RedeemOutcome;

/// Returns the routes of the signing-link pages and of their form.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(SIGNING_LINK, post(open).get(bare))
        .route("/to-sign/{secret}", get(link))
}

/// Answers a link without its secret, such as a truncated link.
async fn bare(visit: Visit) -> Response {
    visit.show_with(StatusCode::GONE, signing_link_expired_page)
}

async fn link(visit: Visit, Path(secret): Path<String>) -> Response {
    match SessionToken::parse(&secret) {
        Some(secret) => visit.show(|| signing_link_page(secret.secret())),
        None => visit.show_with(StatusCode::GONE, signing_link_expired_page),
    }
}

async fn open(visit: Visit, Form(sent): Form<SecretForm>) -> PageResult {
    let over = || visit.show_with(StatusCode::GONE, signing_link_expired_page);
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(over());
    };
    let context = &visit.service.context;
    let (opened, token) = context.open(LinkOrCode::SigningLink(&secret)).await?;
    Ok(match opened {
        RedeemOutcome::Redeemed => visit.redirect_with_cookie(&token, journey::CHECK_ANSWERS),
        RedeemOutcome::Invalid | RedeemOutcome::TooManyAttempts => over(),
    })
}
