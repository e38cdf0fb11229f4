//! The page for requesting the form in another format. The server renders it without WebAssembly,
//! so that it works for everybody.
//!
//! There is no draft that could store the typed values. The answer to a form with a problem is
//! therefore the page itself, not a redirect.

use app::pages::content::format_request::{
    PATH, SENT_PATH, SENT_TITLE, TITLE, page, sent as sent_page,
};
use axum::Form;
use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use mail::Message;
use registration::format_request::{CompleteFormatRequest, FormatRequest, WORKING_DAYS};
use registration::problem::Problem;

use super::client_address::client_address;
use super::state::Service;
use super::{content, server_functions};
use crate::randomness::new_id;
use crate::security_event::{self, SecurityEvent};
use crate::store::{
    FormatRequestOutcome, MessageContent, NewFormatRequest, NewMessage, StoreError, Subject,
};

/// Returns the routes of the request page and of its confirmation page.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(PATH, get(ask).post(send))
        .route(SENT_PATH, get(sent))
}

async fn ask(State(service): State<Service>) -> Response {
    shown(&service, FormatRequest::default(), &[])
}

async fn sent(State(service): State<Service>) -> Response {
    content::written(&service, StatusCode::OK, SENT_TITLE, sent_page)
}

async fn send(State(service): State<Service>, request: Request) -> Response {
    let (parts, form) = match server_functions::form(request).await {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    let source = client_address(&service, &parts);
    let request = Request::from_parts(parts, Body::from(form));
    let Ok(Form(typed)) = Form::<FormatRequest>::from_request(request, &()).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let complete = match typed.complete() {
        Ok(complete) => complete,
        Err(problems) => return shown(&service, typed, &problems),
    };
    match keep(&service, complete, source).await {
        Ok(FormatRequestOutcome::Saved) => Redirect::to(SENT_PATH).into_response(),
        Ok(FormatRequestOutcome::TooMany { again_at }) => {
            security_event::record(SecurityEvent::LimitReached, "requests for another format");
            let words = format!(
                "You have sent too many requests in an hour. Send another after {}, or telephone the Common Platform Desk",
                again_at.in_words()
            );
            let field = if typed.email.trim().is_empty() {
                "telephone"
            } else {
                "email"
            };
            shown(
                &service,
                typed,
                &[Problem::new(field, "too-many-requests", words)],
            )
        }
        Err(error) => {
            tracing::error!(%error, "a request for another format was not kept");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn shown(service: &Service, typed: FormatRequest, problems: &[Problem]) -> Response {
    let title = if problems.is_empty() {
        TITLE.to_owned()
    } else {
        format!("Error: {TITLE}")
    };
    content::written(service, StatusCode::OK, &title, || page(typed, problems))
}

async fn keep(
    service: &Service,
    request: CompleteFormatRequest,
    source: Option<String>,
) -> Result<FormatRequestOutcome, StoreError> {
    let context = &service.context;
    let random = context.randomness.as_ref();
    let (id, at) = (new_id(random)?, context.clock.now());
    let message = match &request.email {
        None => None,
        Some(email) => Some(NewMessage {
            id: new_id(random)?,
            subject: Subject::FormatRequest(id.clone()),
            recipient: email.clone(),
            language: request.language,
            message: MessageContent::Letter(Message::FormatRequested {
                working_days: WORKING_DAYS,
            }),
            at,
        }),
    };
    let new = NewFormatRequest {
        id,
        at,
        request,
        source,
        message,
    };
    context
        .store
        .format_requests()
        .add_format_request(&new)
        .await
}
