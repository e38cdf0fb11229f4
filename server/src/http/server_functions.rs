//! Where forms are sent: the server functions, for HTML alone and for WebAssembly.
//!
//! leptos would put a fault into the address of the page before, where a crafted link could show its own
//! words and the typed values are lost: here a fault is a page with the right status.

use app::fault::Fault;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Collected};
use leptos_axum::handle_server_fns_with_context;

use super::error_pages::accepts_html;
use super::nul::{is_form, without_nul};
use super::router::Service;
use crate::applicant::FormOfRequest;

/// The most bytes that the answers of a page may have.
pub const MOST_BYTES: usize = 64 * 1024;
/// The most bytes that the rows of a spreadsheet on one page may have: twenty, each cell as long as it may
/// be and written as a form writes it.
const MOST_BYTES_OF_ROWS: usize = 1024 * 1024;
/// Up to so many bytes more are read and thrown away, so that the browser is ready to show the answer.
const MOST_DRAINED: usize = 32 * 1024 * 1024;

/// What the button "Save and come back later" adds to the form of any page.
const LEAVES: &[u8] = b"later=yes";

/// Runs the server function at the request's path.
pub async fn call(State(service): State<Service>, request: Request) -> Response {
    let is_plain_form = accepts_html(request.headers());
    let (mut parts, body) = match form(request).await {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    // Without this header leptos answers with what happened; the redirects are made below.
    parts.headers.remove(header::ACCEPT);
    let form = FormOfRequest {
        is_plain: is_plain_form,
        leaves: body.split(|byte| *byte == b'&').any(|pair| pair == LEAVES),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let context = {
        let service = service.clone();
        move || service.provide(form)
    };
    let response = handle_server_fns_with_context(context, request)
        .await
        .into_response();
    if is_plain_form {
        as_page(response).await
    } else {
        response
    }
}

/// The form of a request, within the limit of any page's answers.
///
/// # Errors
/// The status that says why it is not taken.
pub(super) async fn form(request: Request) -> Result<(Parts, Bytes), StatusCode> {
    let (parts, body) = request.into_parts();
    if !is_form(&parts.headers) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let most = if parts.uri.path() == "/api/users/upload/rows" {
        MOST_BYTES_OF_ROWS
    } else {
        MOST_BYTES
    };
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
        // A form without a place to go, such as one that a script of somebody else's has sent.
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
        _ if parts.status == StatusCode::BAD_REQUEST => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    status.into_response()
}

/// The body, unless it is longer than any page's answers.
async fn within_limit(mut body: Body, most: usize) -> Result<Bytes, TooLarge> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(TooLarge);
        };
        if let Some(data) = frame.data_ref() {
            read += data.len();
            if read <= most {
                kept.extend_from_slice(data);
            } else if read > MOST_DRAINED {
                return Err(TooLarge);
            }
        }
    }
    if read > most {
        Err(TooLarge)
    } else {
        Ok(kept.into())
    }
}

struct TooLarge;
