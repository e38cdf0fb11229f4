//! The outermost layer: opens the span of each request, and logs and counts each answer. The
//! identifier of a request is in all of its log lines and in the header `x-request-id` of the
//! answer.
//!
//! tower-http's layers would accept an identifier from the client, and log the path, which may
//! contain the secret of a link. This span has the template of the route instead. All of this is
//! one layer, because axum clones every layer for every request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::{Instrument, field, info_span};

use super::client_address::client_address;
use super::state::Service;
use crate::current_request::{self, CurrentRequest};
use crate::randomness::{new_id, sha256};
use crate::security_event::{self, SecurityEvent};

/// The header with the identifier of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The number of hexadecimal digits of a request's identifier: 128 bits.
const DIGITS: usize = 32;
/// The template that is logged for a request without a route.
const NO_ROUTE: &str = "none";
/// The route of all server functions. The log uses the path of each server function instead.
const SERVER_FUNCTIONS: &str = "/api/{*function}";

/// The state of the layer.
#[derive(Clone)]
pub(super) struct RequestLog(Arc<Shared>);

struct Shared {
    service: Service,
    /// 128 random bits of this process, from which identifiers of requests are derived.
    process: String,
    /// The number of the next request.
    next: AtomicU64,
    /// The templates of pages and server functions, which the outer router does not have.
    templates: matchit::Router<Arc<str>>,
    no_route: Arc<str>,
}

impl RequestLog {
    /// Creates the layer's state. `templates` are the routes of pages and server functions.
    pub(super) fn new(service: Service, templates: impl IntoIterator<Item = String>) -> Self {
        let mut known = matchit::Router::new();
        for template in templates {
            // Ignore the error for a template that is listed twice.
            let _inserted = known.insert(template.clone(), Arc::from(template));
        }
        // If the machine has no random bytes, the identifiers are unique only in this process. The
        // service can then create no draft and no session either.
        let process = new_id(service.context.randomness.as_ref()).unwrap_or_default();
        Self(Arc::new(Shared {
            service,
            process,
            next: AtomicU64::new(1),
            templates: known,
            no_route: NO_ROUTE.into(),
        }))
    }

    fn template(&self, request: &Request) -> Arc<str> {
        match request.extensions().get::<MatchedPath>() {
            Some(matched) if matched.as_str() != SERVER_FUNCTIONS => matched.as_str().into(),
            _ => {
                let found = self.0.templates.at(request.uri().path());
                Arc::clone(found.map_or(&self.0.no_route, |found| found.value))
            }
        }
    }
}

/// Handles a request in its own span, then logs and counts the answer.
pub(super) async fn record(
    State(log): State<RequestLog>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let number = log.0.next.fetch_add(1, Ordering::Relaxed);
    let id = request_id(&log.0.process, number);
    let template = log.template(&request);
    let method = method(request.method());
    let span = info_span!(
        "request",
        id,
        method,
        route = &*template,
        who = field::Empty
    );
    let (parts, body) = request.into_parts();
    let metrics = log.0.service.context.metrics.clone();
    let current = CurrentRequest::from_source(client_address(&log.0.service, &parts))
        .on_route(method, Arc::clone(&template))
        .counted_in(metrics.clone())
        .in_span(span.clone());
    let request = Request::from_parts(parts, body);
    let answer = current_request::within(current, async move {
        let response = next.run(request).await;
        let status = response.status();
        let taken = begun.elapsed();
        log_answer(status, taken);
        metrics.count_request(method, &template, status.as_u16(), taken.as_secs_f64());
        response
    });
    let mut response = answer.instrument(span).await;
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn log_answer(status: StatusCode, taken: Duration) {
    if let Some(event) = refusal(status) {
        let reason = status.canonical_reason().unwrap_or_default();
        security_event::record_if_none(event, reason);
    }
    let milliseconds = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    if status >= 500 {
        tracing::error!(status, milliseconds, "failed");
    } else {
        tracing::debug!(status, milliseconds, "answered");
    }
}

/// Returns the security event for the status of an answer, for handlers that recorded none; `None`
/// if the status is not a refusal.
fn refusal(status: StatusCode) -> Option<SecurityEvent> {
    match status {
        StatusCode::UNAUTHORIZED => Some(SecurityEvent::NotSignedIn),
        StatusCode::FORBIDDEN => Some(SecurityEvent::Forbidden),
        StatusCode::GONE => Some(SecurityEvent::LinkRefused),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::URI_TOO_LONG
        | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Some(SecurityEvent::LimitReached),
        _ => None,
    }
}

/// Returns the name of a method for log and metrics; `other` for a method that no route has,
/// because a client may send any text as the method.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Returns the identifier of a request: a hash of its number and of the random bits of the process.
/// The identifier is unique over all servers and restarts, and does not reveal the number of
/// requests.
fn request_id(process: &str, number: u64) -> String {
    let mut id = sha256(format!("{process}-{number}").as_bytes());
    id.truncate(DIGITS);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_128_bits_that_do_not_tell_the_number_of_the_request() {
        let first = request_id("a", 1);
        assert_eq!(first.len(), DIGITS);
        assert_ne!(first, request_id("a", 2));
        assert_ne!(first, request_id("b", 1));
        let is_digit = |digit: u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit);
        assert!(first.bytes().all(is_digit));
    }
}
