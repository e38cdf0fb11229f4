//! The outermost layer: the span of a request, whose identifier is in each of its log lines and in
//! the answer's `x-request-id` header, and the log line and the metrics of each answer.
//!
//! tower-http's layers would take the identifier that a client sends, and log its address, which may
//! hold the secret of a link. A span names the template of the route instead. It is one layer
//! because every layer is cloned with every request.

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
use crate::randomness::{Randomness, new_id};
use crate::security_event::{self, SecurityEvent};

/// The header with the identifier of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many digits of a random identifier name this process.
const DIGITS_OF_PROCESS: usize = 12;
/// The template of a request that has no route.
const NO_ROUTE: &str = "none";
/// The route of the server functions, each of which has a template of its own here.
const SERVER_FUNCTIONS: &str = "/api/{*function}";

/// What the layer needs.
#[derive(Clone)]
pub(super) struct RequestLog(Arc<Shared>);

struct Shared {
    service: Service,
    /// Tells the identifiers of this process from those of others.
    process: String,
    /// The number of the next request.
    next: AtomicU64,
    /// The templates of pages and server functions, which the outer router does not know.
    templates: matchit::Router<Arc<str>>,
    no_route: Arc<str>,
}

impl RequestLog {
    /// Makes the layer's state. `templates` are the routes of pages and server functions.
    pub(super) fn new(service: Service, templates: impl IntoIterator<Item = String>) -> Self {
        let mut known = matchit::Router::new();
        for template in templates {
            // A template that stands twice is known already.
            let _inserted = known.insert(template.clone(), Arc::from(template));
        }
        let process = process(service.context.randomness.as_ref());
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

/// Answers a request in its span, and logs the answer.
pub(super) async fn record(
    State(log): State<RequestLog>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let number = log.0.next.fetch_add(1, Ordering::Relaxed);
    let id = format!("{}-{number}", log.0.process);
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

/// Returns the security event of an answer for which the handler recorded none.
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

/// Returns the name of a method. A method that no route has is not named, because it may be any
/// text.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

fn process(randomness: &dyn Randomness) -> String {
    // Without random bytes only the numbers tell requests apart.
    let mut process = new_id(randomness).unwrap_or_default();
    process.truncate(DIGITS_OF_PROCESS);
    process
}
