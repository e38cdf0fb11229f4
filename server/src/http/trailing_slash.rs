//! Redirects an address with slashes at its end to the address without them, because people and
//! mail programs add slashes to links.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers a request whose path ends with a slash with a permanent redirect that preserves the
/// method and the query. Passes on any other request, and a request for `/`.
pub async fn redirect(request: Request, next: Next) -> Response {
    match without_slashes(request.uri()).map(HeaderValue::try_from) {
        Some(Ok(address)) => (
            StatusCode::PERMANENT_REDIRECT,
            [(header::LOCATION, address)],
        )
            .into_response(),
        _ => next.run(request).await,
    }
}

/// Returns the address without slashes at the end of its path; `None` if the path does not end with
/// a slash or is only `/`.
///
/// Several slashes at the beginning become one, because browsers read an address that begins with
/// two slashes as another host.
fn without_slashes(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let trimmed = path.trim_end_matches('/');
    if trimmed == path || path == "/" {
        return None;
    }
    let query = uri.query().map(|query| ["?", query].concat());
    let page = trimmed.trim_start_matches(['/', '\\']);
    Some(["/", page, query.as_deref().unwrap_or_default()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_end_are_taken_off() {
        for (address, expected) in [
            ("/", None),
            ("/tasks", None),
            ("/tasks?q=/", None),
            ("/tasks/", Some("/tasks")),
            ("/tasks//", Some("/tasks")),
            ("/users/?page=2", Some("/users?page=2")),
            ("//", Some("/")),
            ("//evil.example/", Some("/evil.example")),
            ("/\\evil.example/", Some("/evil.example")),
        ] {
            let uri = address.parse::<Uri>();
            let Ok(uri) = uri else { continue };
            assert_eq!(without_slashes(&uri).as_deref(), expected, "{address}");
        }
    }
}
