//! Checks the origin of requests: each must name exactly one host, and no form may come from
//! another origin.
//!
//! `CsrfLayer` compares the origin of a form with the host of its request. An attacker may control
//! both, so this layer compares the origin with the address of the service.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::page_origin::PageOrigin;
use super::state::Service;
use crate::security_event::{self, SecurityEvent};

/// Refuses a request that does not name exactly one host, and a form from another origin.
pub(super) async fn check(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let Some(host) = only_host(&request) else {
        security_event::record(SecurityEvent::ForgedOrigin, "not exactly one host");
        return StatusCode::BAD_REQUEST.into_response();
    };
    let only_reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !only_reads && !comes_from_page(&service.page_origin, request.headers(), &host) {
        security_event::record(SecurityEvent::ForgedOrigin, "a form of another site");
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// Returns the host of a request; `None` unless there is exactly one valid Host header.
pub(super) fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return None;
    };
    let host = host.to_str().ok()?.parse::<Authority>().ok()?;
    (!host.as_str().contains('@')).then_some(host)
}

/// Returns the host of a request; `None` if the Host header is missing, repeated or invalid, or if
/// the request line has an address with a different host.
fn only_host(request: &Request) -> Option<Authority> {
    let host = host(request.headers())?;
    let agrees = request.uri().authority().is_none_or(|named| *named == host);
    agrees.then_some(host)
}

fn comes_from_page(expected: &PageOrigin, headers: &HeaderMap, host: &Authority) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        // Browsers that send no Origin header send `Sec-Fetch-Site` instead, which `CsrfLayer`
        // checks.
        (None, _) => true,
        (Some(origin), None) => origin
            .to_str()
            .is_ok_and(|origin| expected.is_of_page(origin, host)),
        (Some(_), Some(_)) => false,
    }
}
