//! Responses that a browser saves as a file instead of showing them.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::headers::NO_STORE;

/// Returns the response for a file to download. `name` must consist of letters, digits, hyphens and
/// dots.
pub(super) fn attachment(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    attachment_of(bytes.into(), media_type, name)
}

/// Returns the response for a file whose bytes may come in pieces, with a name as for `attachment`.
pub(super) fn attachment_of(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    if let Ok(attachment) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    response
}
