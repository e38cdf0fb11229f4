//! Replaces NUL in queries and forms, because PostgreSQL cannot store NUL. The replacement is
//! U+FFFD, which browsers and the form's rules treat as a damaged character.
//!
//! This is a layer around all routes. It leaves the forms of server functions (`/api/`) alone,
//! because `server_functions::form` limits and cleans those.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use registration::keyed_form;
use tracing::{Instrument, debug_span};

use super::body_limit::{most_bytes, within_limit};

/// U+FFFD, URL-encoded.
const DAMAGED: &[u8] = b"%EF%BF%BD";

/// Replaces NUL in the query and in the form of a request. A path with NUL gets 404, and a form
/// above its page's size limit gets 413.
pub async fn replace_nul(mut request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(cleaned) = query_without_nul(request.uri()) {
        *request.uri_mut() = cleaned;
    }
    if !is_form(request.headers())
        || keyed_form::without_base(request.uri().path()).starts_with("/api/")
    {
        return handled(request, next).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = within_limit(body, most_bytes(parts.uri.path())).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = Body::from(without_nul(body));
    handled(Request::from_parts(parts, body), next).await
}

/// Runs the handler in its own span. This is the innermost layer, so the span measures the handler
/// alone.
async fn handled(request: Request, next: Next) -> Response {
    next.run(request).instrument(debug_span!("handler")).await
}

/// Returns the address with NUL replaced in its query; `None` if there is no NUL.
fn query_without_nul(uri: &Uri) -> Option<Uri> {
    let query = uri.query().filter(|query| query.contains("%00"))?;
    let damaged = std::str::from_utf8(DAMAGED).ok()?;
    let address = [uri.path(), "?", &query.replace("%00", damaged)].concat();
    address.parse().ok()
}

/// Returns whether the body is a URL-encoded form. Any other body would be parsed as a form without
/// answers.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}

/// Replaces NUL in a URL-encoded form with U+FFFD.
pub(super) fn without_nul(form: Bytes) -> Bytes {
    let is_nul = |rest: &[u8]| rest.starts_with(b"%00") || rest.starts_with(b"\0");
    if !(0..form.len()).any(|at| is_nul(&form[at..])) {
        return form;
    }
    let mut cleaned = Vec::with_capacity(form.len());
    let mut rest = &form[..];
    while let Some((first, after)) = rest.split_first() {
        if is_nul(rest) {
            cleaned.extend_from_slice(DAMAGED);
            rest = if *first == 0 {
                after
            } else {
                &rest[b"%00".len()..]
            };
        } else {
            cleaned.push(*first);
            rest = after;
        }
    }
    cleaned.into()
}
