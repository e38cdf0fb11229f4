//! Runs the server functions, which receive the forms of the pages, with WebAssembly and without.
//!
//! Without WebAssembly, leptos would report a fault in the address of the previous page. The typed
//! values would be lost, and a crafted link could make the page show any text. This handler answers
//! a fault with an error status instead, for which the outer layer shows a page.

use app::fault::Fault;
use app::form::version::VERSION;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Collected};
use leptos::server_fn::redirect::REDIRECT_HEADER;
use leptos_axum::handle_server_fns_with_context;

use super::body_limit::{most_bytes, within_limit};
use super::error_pages::accepts_html;
use super::nul::{is_form, without_nul};
use super::outage::SentForm;
use super::state::Service;
use crate::applicant::FormOfRequest;

/// The form field that the button "Save and come back later" adds, URL-encoded.
const LEAVES: &[u8] = b"later=yes";

/// Runs the server function at the request's path.
pub async fn call(State(service): State<Service>, request: Request) -> Response {
    let is_outdated = is_outdated(request.uri(), &service.document.webassembly);
    let is_plain_form = is_outdated || accepts_html(request.headers());
    let (mut parts, body) = match form(request).await {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    // Remove this header so that leptos does not redirect; `as_page` redirects instead.
    parts.headers.remove(header::ACCEPT);
    let form = FormOfRequest {
        is_plain: is_plain_form,
        leaves: body.split(|byte| *byte == b'&').any(|pair| pair == LEAVES),
    };
    let sent = SentForm {
        path: parts.uri.path().to_owned(),
        body: body.clone(),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let context = {
        let service = service.clone();
        move || service.provide(form)
    };
    let response = handle_server_fns_with_context(context, request)
        .await
        .into_response();
    let leads_nowhere =
        response.status().is_success() && !response.headers().contains_key(header::LOCATION);
    if is_outdated && leads_nowhere {
        // The browser then reloads the page.
        return StatusCode::RESET_CONTENT.into_response();
    }
    if is_plain_form {
        let mut response = as_page(response).await;
        // If the database could not be used, the outer layer shows the form again.
        response.extensions_mut().insert(sent);
        if is_outdated && response.status().is_redirection() {
            *response.status_mut() = StatusCode::RESET_CONTENT;
            response
                .headers_mut()
                .insert(REDIRECT_HEADER, HeaderValue::from_static(""));
        }
        return response;
    }
    // If there is no such server function, leptos answers with advice for developers, which
    // contains the path and has no Content-Type.
    let is_unknown = response.status() == StatusCode::BAD_REQUEST
        && !response.headers().contains_key(header::CONTENT_TYPE);
    if is_unknown {
        StatusCode::NOT_FOUND.into_response()
    } else {
        response
    }
}

/// Returns whether a call comes from WebAssembly that an earlier version of the service delivered.
/// Plain HTML forms name no WebAssembly file.
///
/// Such a call is treated as a plain HTML form, because its data may have another shape. The
/// browser then loads the next page.
fn is_outdated(uri: &Uri, delivered: &str) -> bool {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs
        .filter_map(|pair| pair.strip_prefix(VERSION))
        .any(|file| file != delivered)
}

/// Reads the form of a request, up to its size limit.
///
/// # Errors
/// The HTTP status with which the form is refused.
pub(super) async fn form(request: Request) -> Result<(Parts, Bytes), StatusCode> {
    let (parts, body) = request.into_parts();
    if !is_form(&parts.headers) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let most = most_bytes(parts.uri.path());
    let Ok(body) = within_limit(body, most).await else {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    };
    Ok((parts, without_nul(body)))
}

async fn as_page(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if parts.headers.contains_key(header::LOCATION) {
        parts.headers.remove(header::CONTENT_TYPE);
        parts.status = StatusCode::SEE_OTHER;
        return Response::from_parts(parts, Body::empty());
    }
    if parts.status.is_success() {
        // The server function set no redirect, for example because somebody's own script sent the
        // form.
        parts
            .headers
            .insert(header::LOCATION, HeaderValue::from_static("/tasks"));
        parts.status = StatusCode::SEE_OTHER;
        return Response::from_parts(parts, Body::empty());
    }
    let body = body
        .collect()
        .await
        .map(Collected::to_bytes)
        .unwrap_or_default();
    let status = match serde_json::from_slice(&body) {
        Ok(Fault::Unreadable) => StatusCode::BAD_REQUEST,
        Ok(Fault::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        _ if parts.status == StatusCode::BAD_REQUEST => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    status.into_response()
}
