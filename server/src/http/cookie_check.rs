//! Whether the cookie of a draft that was just begun came back: a browser that refuses it would show one
//! empty page after another.
//!
//! Whoever begins a draft is led on with a mark in the address. With the cookie the mark is taken away
//! again; without it the person is told that the service needs the cookie.

use app::pages::content::ContentPage;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use registration::journey;

use super::content;
use super::router::Service;

/// The answer to a request whose address has the mark, unless it is a question of WebAssembly whose cookie
/// came back; nothing for any other.
pub fn answer(service: &Service, request: &Request) -> Option<Response> {
    let uri = request.uri();
    // An address with two slashes at its beginning would lead to another host.
    if !has_mark(uri) || uri.path().starts_with("//") {
        return None;
    }
    let came_back = service.desk.cookie.read(request.headers()).is_some();
    match (*request.method() == Method::POST, came_back) {
        (true, true) => None,
        (true, false) => Some(StatusCode::FORBIDDEN.into_response()),
        (false, true) => {
            let address = HeaderValue::try_from(without_mark(uri)).ok()?;
            Some((StatusCode::FOUND, [(header::LOCATION, address)]).into_response())
        }
        (false, false) => Some(content::page(service, ContentPage::CookiesNeeded)),
    }
}

fn has_mark(uri: &Uri) -> bool {
    pairs(uri).any(|pair| pair == journey::BEGUN)
}

fn without_mark(uri: &Uri) -> String {
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
