//! The metrics that Prometheus collects: counters of this process, and gauges of the database's
//! current state.
//!
//! The value of a label is always a route's template, a fixed word, a status code or a small
//! number. Labels therefore contain no input of users, and the number of series is limited.

mod load;
mod process;
mod serve;

use std::sync::Arc;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use self::load::LoadGauges;
use self::process::ProcessGauges;
pub use self::serve::{Collector, routes};
use crate::security_event_kind::SecurityEvent;

/// The upper bounds of the histogram buckets for response times, in seconds. Most answers are in
/// the first bucket.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// The metrics of the process. All clones share the same metrics.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    requests: Family<RequestLabels, Histogram, fn() -> Histogram>,
    security_events: Family<[(&'static str, &'static str); 1], Counter>,
    imports: Family<[(&'static str, &'static str); 1], Counter>,
    not_hydrated: Counter,
    load: LoadGauges,
    process: ProcessGauges,
    registry: Registry,
}

/// The labels of an answer in the histogram of response times.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: Arc<str>,
    status: u16,
}

/// The outcome of an import job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// The file was read.
    Read,
    /// The file was refused.
    Refused,
    /// The import was cancelled or replaced.
    Stopped,
    /// The store failed.
    Failed,
}

impl ImportOutcome {
    const fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
}

impl Metrics {
    /// Counts an answer, and adds its duration in seconds to the histogram.
    pub fn count_request(&self, method: &'static str, route: &Arc<str>, status: u16, seconds: f64) {
        let labels = RequestLabels {
            method,
            route: Arc::clone(route),
            status,
        };
        self.0.requests.get_or_create(&labels).observe(seconds);
    }

    /// Counts a security event.
    pub fn count_security_event(&self, event: SecurityEvent) {
        let labels = [("event", event.key())];
        self.0.security_events.get_or_create(&labels).inc();
    }

    /// Counts a finished import job.
    pub fn count_import(&self, outcome: ImportOutcome) {
        let labels = [("outcome", outcome.key())];
        self.0.imports.get_or_create(&labels).inc();
    }

    /// Counts a page that could not start its WebAssembly.
    pub fn count_not_hydrated(&self) {
        self.0.not_hydrated.inc();
    }
}

impl Default for Inner {
    fn default() -> Self {
        let requests: Family<_, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let security_events: Family<_, Counter> = Family::default();
        let imports = Family::default();
        let not_hydrated = Counter::default();
        // Start each series at 0, because `increase` in Prometheus ignores the first value of a
        // series.
        for event in SecurityEvent::ALL {
            let _begun = security_events.get_or_create_owned(&[("event", event.key())]);
        }
        let mut registry = Registry::with_prefix("registration");
        registry.register_with_unit(
            "http_request_duration",
            "Time until an answer began, by method, template of the route and status",
            Unit::Seconds,
            requests.clone(),
        );
        registry.register(
            "security_events",
            "Security events, by kind",
            security_events.clone(),
        );
        registry.register(
            "imports",
            "Import jobs of spreadsheets, by outcome",
            imports.clone(),
        );
        registry.register(
            "pages_not_hydrated",
            "Pages that the WebAssembly could not take over, and that went on as plain HTML",
            not_hydrated.clone(),
        );
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of the service", version);
        let load = LoadGauges::registered(&mut registry);
        let process = ProcessGauges::registered(&mut registry);
        Self {
            requests,
            security_events,
            imports,
            not_hydrated,
            load,
            process,
            registry,
        }
    }
}
