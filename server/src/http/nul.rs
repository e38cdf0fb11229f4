//! No text that comes in has a NUL character, which PostgreSQL cannot keep: in its place stands the character that
//! browsers and the rules know as a damaged one.
//!
//! A layer before every page that reads a form or a query itself. The server functions have their own limits of what
//! they read, and ask `without_nul` themselves.

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The damaged character, as a form writes it.
const DAMAGED: &[u8] = b"%EF%BF%BD";
/// The most bytes of a form, as for any page that does not say otherwise.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Takes NUL out of the query and of a form; a path with one leads nowhere. What is longer than any form may be is left
/// to whoever refuses it.
pub async fn taken_out(mut request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(cleaned) = query_without_nul(request.uri()) {
        *request.uri_mut() = cleaned;
    }
    let length = request.body().size_hint().lower();
    let is_read_here = is_form(request.headers())
        && !request.uri().path().starts_with("/api/")
        && usize::try_from(length).is_ok_and(|length| length <= MOST_BYTES);
    if !is_read_here {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = Body::from(without_nul(body));
    next.run(Request::from_parts(parts, body)).await
}

/// The address without NUL in its query, where it had one.
fn query_without_nul(uri: &Uri) -> Option<Uri> {
    let query = uri.query().filter(|query| query.contains("%00"))?;
    let damaged = std::str::from_utf8(DAMAGED).ok()?;
    let address = [uri.path(), "?", &query.replace("%00", damaged)].concat();
    address.parse().ok()
}

/// Whether the body is what a page's form sends: anything else would be read as a form without answers.
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

/// A form in which no text has a NUL character, which PostgreSQL cannot keep: in its place stands the
/// character that browsers and the rules know as a damaged one.
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
