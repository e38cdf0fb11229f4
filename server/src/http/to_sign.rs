//! Where the link leads by which an accountable person comes to a form that the desk took in for them; and what an
//! officer who would sign it sees instead.

use app::pages::to_sign::{to_sign_over_page, to_sign_page};
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use registration::desk::TO_SIGN;
use registration::draft::Page;
use registration::journey;

use super::coming_back::SentSecret;
use super::router::Service;
use super::visit::{Answered, Broken, Visit};
use crate::randomness::SessionToken;
use crate::store::Opened;

/// The pages and their form.
pub fn routes() -> Router<Service> {
    Router::new()
        .route("/to-sign", post(open).get(bare))
        .route("/to-sign/{secret}", get(link))
}

/// A link of which the secret was lost on the way.
async fn bare(visit: Visit) -> Response {
    visit.show_with(StatusCode::GONE, to_sign_over_page)
}

async fn link(visit: Visit, Path(secret): Path<String>) -> Response {
    match SessionToken::parse(&secret) {
        Some(secret) => visit.show(|| to_sign_page(secret.secret())),
        None => visit.show_with(StatusCode::GONE, to_sign_over_page),
    }
}

async fn open(visit: Visit, Form(sent): Form<SentSecret>) -> Answered {
    let over = || visit.show_with(StatusCode::GONE, to_sign_over_page);
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(over());
    };
    let desk = &visit.service.desk;
    let (opened, token) = desk.open_by_signing_link(&secret).await?;
    Ok(match opened {
        Opened::Open => visit.led_to(&token, journey::CHECK_ANSWERS),
        Opened::Wrong | Opened::TooOften => over(),
    })
}

/// Keeps the page of the signature from officers who work on behalf of an organisation.
pub async fn no_signing_on_behalf(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Result<Response, Broken> {
    if request.method() == Method::GET && request.uri().path() == Page::Signature.path() {
        let token = service.desk.cookie.read(request.headers());
        let held = service.desk.draft_of(token.as_ref()).await?;
        if held.is_some_and(|held| held.on_behalf.is_some()) {
            return Ok(Redirect::to(TO_SIGN).into_response());
        }
    }
    Ok(next.run(request).await)
}
