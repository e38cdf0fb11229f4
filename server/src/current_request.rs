//! The current request or command: its source, its route, and the person who makes it. This state
//! is task-local, so that audit rows and security events can include these details without passing
//! them through every function.
//!
//! Background jobs have no current request.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use app::keyed_form::KeyedForm;
use tracing::Span;

use crate::metrics::Metrics;
use crate::security_event_kind::SecurityEvent;

/// The source of commands in the audit.
pub const COMMAND_LINE: &str = "command line";

tokio::task_local! {
    static CURRENT: CurrentRequest;
}

/// A request or a command.
#[derive(Debug, Default)]
pub struct CurrentRequest {
    source: Option<String>,
    route: Option<(&'static str, Arc<str>)>,
    /// The span of the request, whose field `who` is set once the person is known; `None` for a
    /// command or a refused connection.
    span: Option<Span>,
    metrics: Option<Metrics>,
    who: OnceLock<String>,
    has_security_event: AtomicBool,
    has_outage: AtomicBool,
    /// The form that an officer keys in with the request.
    keyed: OnceLock<KeyedForm>,
}

impl CurrentRequest {
    /// Creates a request or a command from this source, such as a network address.
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

    /// Adds the metrics that count the security events of the request.
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

/// Runs a future with this request as the current request.
pub async fn within<F: Future>(request: CurrentRequest, doing: F) -> F::Output {
    CURRENT.scope(request, doing).await
}

/// Returns the source of the current request or command; `None` if it is unknown, and in background
/// jobs.
#[must_use]
pub fn source() -> Option<String> {
    with(|current| current.source.clone())
}

/// Returns the method and the route's template of the current request; `None` for commands and in
/// background jobs.
#[must_use]
pub fn route() -> Option<(&'static str, Arc<str>)> {
    with(|current| current.route.clone())
}

/// Returns the person who makes the current request, such as `officer/12`; `None` if unknown.
#[must_use]
pub fn who() -> Option<String> {
    with(|current| current.who.get().cloned())
}

/// Records the person who makes the current request as `kind/id`, unless a person is already
/// recorded.
pub fn identify(kind: &'static str, id: &str) {
    let _known = CURRENT.try_with(|current| {
        let who = current.who.get_or_init(|| format!("{kind}/{id}"));
        if let Some(span) = &current.span {
            span.record("who", who);
        }
    });
}

/// Records that an officer keys in this form with the current request.
pub(crate) fn key_in(form: KeyedForm) {
    let _known = CURRENT.try_with(|current| {
        // A request is about at most one form.
        let _first = current.keyed.set(form);
    });
}

/// Returns the form that an officer keys in with the current request; `None` if there is none.
#[must_use]
pub fn keyed_form() -> Option<KeyedForm> {
    with(|current| current.keyed.get().cloned())
}

/// Counts a security event of the current request, and records that the request had one.
pub(crate) fn note_security_event(event: SecurityEvent) {
    let _known = CURRENT.try_with(|current| {
        if let Some(metrics) = &current.metrics {
            metrics.count_security_event(event);
        }
        current.has_security_event.store(true, Ordering::Relaxed);
    });
}

/// Returns whether a security event was recorded for the current request.
pub(crate) fn has_security_event() -> bool {
    let noted = |current: &CurrentRequest| current.has_security_event.load(Ordering::Relaxed);
    CURRENT.try_with(noted).unwrap_or(false)
}

/// Records that the database could not be used during the current request.
pub(crate) fn note_outage() {
    let _known = CURRENT.try_with(|current| current.has_outage.store(true, Ordering::Relaxed));
}

/// Returns whether the database could not be used during the current request.
pub(crate) fn has_outage() -> bool {
    let noted = |current: &CurrentRequest| current.has_outage.load(Ordering::Relaxed);
    CURRENT.try_with(noted).unwrap_or(false)
}

fn with<T>(read: impl FnOnce(&CurrentRequest) -> Option<T>) -> Option<T> {
    CURRENT.try_with(read).ok().flatten()
}
