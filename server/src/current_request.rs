//! The current request or command: where it comes from, which route it takes, and who makes it. It
//! is task-local, so that every audit row and security event written for it has these, however deep
//! in the store.
//!
//! Background jobs have no current request.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tracing::Span;

use crate::metrics::Metrics;
use crate::security_event::SecurityEvent;

/// Source of commands, as the audit records it.
pub const COMMAND_LINE: &str = "command line";

tokio::task_local! {
    static CURRENT: CurrentRequest;
}

/// A request or a command.
#[derive(Debug, Default)]
pub struct CurrentRequest {
    source: Option<String>,
    route: Option<(&'static str, Arc<str>)>,
    /// The span of the request, which gets `who` once that is known.
    span: Option<Span>,
    metrics: Option<Metrics>,
    who: OnceLock<String>,
    has_security_event: AtomicBool,
}

impl CurrentRequest {
    /// Makes a command or a request with this source, such as a network address.
    #[must_use]
    pub fn from_source(source: Option<String>) -> Self {
        Self {
            source,
            ..Self::default()
        }
    }

    /// Adds the method and the route's template, such as `/users/{id}/change`.
    #[must_use]
    pub fn on_route(mut self, method: &'static str, template: Arc<str>) -> Self {
        self.route = Some((method, template));
        self
    }

    /// Adds the metrics that count its security events.
    #[must_use]
    pub fn counted_in(mut self, metrics: Metrics) -> Self {
        self.metrics = Some(metrics);
        self
    }

    /// Adds the span of the request.
    #[must_use]
    pub fn in_span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// Runs a future as a part of this request.
pub async fn within<F: Future>(request: CurrentRequest, doing: F) -> F::Output {
    CURRENT.scope(request, doing).await
}

/// Returns the source of the current request or command; `None` in background jobs.
#[must_use]
pub fn source() -> Option<String> {
    with(|current| current.source.clone())
}

/// Returns the method and the route's template of the current request.
#[must_use]
pub fn route() -> Option<(&'static str, Arc<str>)> {
    with(|current| current.route.clone())
}

/// Returns who makes the current request, such as `officer/12`, if that is known.
#[must_use]
pub fn who() -> Option<String> {
    with(|current| current.who.get().cloned())
}

/// Notes who makes the current request, by an identifier, unless that is known already.
pub fn identify(kind: &'static str, id: &str) {
    let _known = CURRENT.try_with(|current| {
        let who = current.who.get_or_init(|| format!("{kind}/{id}"));
        if let Some(span) = &current.span {
            span.record("who", who);
        }
    });
}

/// Notes and counts a security event of the current request.
pub(crate) fn note_security_event(event: SecurityEvent) {
    let _known = CURRENT.try_with(|current| {
        if let Some(metrics) = &current.metrics {
            metrics.count_security_event(event);
        }
        current.has_security_event.store(true, Ordering::Relaxed);
    });
}

/// Whether a security event was recorded for the current request.
pub(crate) fn has_security_event() -> bool {
    let noted = |current: &CurrentRequest| current.has_security_event.load(Ordering::Relaxed);
    CURRENT.try_with(noted).unwrap_or(false)
}

fn with<T>(read: impl FnOnce(&CurrentRequest) -> Option<T>) -> Option<T> {
    CURRENT.try_with(read).ok().flatten()
}
