//! Checks that a browser accepts the cookie of a new draft. A browser that refuses the cookie would
//! show one empty page after another.
//!
//! A person who begins a draft is redirected to an address with a marker in its query. If the
//! browser sends the cookie with that request, another redirect removes the marker. Otherwise a
//! page says that the service needs the cookie.

use app::pages::content::ContentPage;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use registration::journey;

use super::content;
use super::state::Service;
use crate::security_event::{self, SecurityEvent};

/// Answers a request whose address has the marker. With the cookie, redirects to the address
/// without the marker. Without the cookie, refuses a POST, and shows a page about cookies
/// otherwise. Returns `None` for other requests, for a path that begins with two slashes, and for a
/// POST with the cookie, which WebAssembly sends.
pub fn answer(service: &Service, request: &Request) -> Option<Response> {
    let uri = request.uri();
    // A redirect to an address that begins with two slashes would lead to another host. Browsers
    // read a backslash as a slash.
    let leads_elsewhere = matches!(uri.path().as_bytes(), [b'/', b'/' | b'\\', ..]);
    if !has_begun(uri) || leads_elsewhere {
        return None;
    }
    let came_back = service.context.cookie.read(request.headers()).is_some();
    match (*request.method() == Method::POST, came_back) {
        (true, true) => None,
        (true, false) => {
            security_event::record(SecurityEvent::NoCookie, "the first answer");
            Some(StatusCode::FORBIDDEN.into_response())
        }
        (false, true) => {
            let address = HeaderValue::try_from(without_begun(uri)).ok()?;
            Some((StatusCode::FOUND, [(header::LOCATION, address)]).into_response())
        }
        (false, false) => {
            security_event::record(SecurityEvent::NoCookie, "the first answer");
            Some(content::page(service, ContentPage::CookiesNeeded))
        }
    }
}

fn has_begun(uri: &Uri) -> bool {
    pairs(uri).any(|pair| pair == journey::BEGUN)
}

fn without_begun(uri: &Uri) -> String {
    let others: Vec<&str> = pairs(uri).filter(|pair| *pair != journey::BEGUN).collect();
    if others.is_empty() {
        uri.path().to_owned()
    } else {
        format!("{}?{}", uri.path(), others.join("&"))
    }
}

fn pairs(uri: &Uri) -> impl Iterator<Item = &str> {
    uri.query().unwrap_or_default().split('&')
}
