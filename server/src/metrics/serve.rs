//! `/metrics`, on an address of its own. The queries run at most once in fifteen seconds, however
//! often it is asked.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::Metrics;
use crate::applicant::import_job::LOST_AFTER_MS;
use crate::clock::{Clock, Moment};
use crate::store::Store;

/// The format of the answer: `OpenMetrics`, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// For how long the state of the database is kept.
const KEPT: Duration = Duration::from_secs(15);
/// How long the queries may take, so that Prometheus gets the other figures before it gives up.
const LONGEST: Duration = Duration::from_secs(5);

/// What the answer is made from.
pub struct Collector {
    metrics: Metrics,
    store: Store,
    clock: Arc<dyn Clock>,
    /// The desk's target in working days.
    target: u32,
    /// When the state of the database was read.
    read_at: Mutex<Option<Moment>>,
}

impl Collector {
    /// Makes the collector of a process that starts now.
    #[must_use]
    pub fn new(metrics: Metrics, store: Store, clock: Arc<dyn Clock>, target: u32) -> Self {
        metrics.0.process.set_start(clock.now());
        Self {
            metrics,
            store,
            clock,
            target,
            read_at: Mutex::default(),
        }
    }

    async fn text(&self) -> Result<String, std::fmt::Error> {
        self.read_load().await;
        let inner = &self.metrics.0;
        inner.load.set_connections(self.store.connection_counts());
        inner.process.read();
        let mut text = String::new();
        encode(&mut text, &inner.registry)?;
        Ok(text)
    }

    async fn read_load(&self) {
        let now = self.clock.now();
        let mut read_at = self.read_at.lock().await;
        if read_at.is_some_and(|at| at <= now && now < at.plus(KEPT)) {
            return;
        }
        let imports_since = Moment::from_millis(now.millis() - LOST_AFTER_MS);
        let gauges = &self.metrics.0.load;
        match timeout(LONGEST, self.store.service_load(now, imports_since)).await {
            Ok(Ok(load)) => {
                gauges.set(&load, self.target, now);
                *read_at = Some(now);
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the state of the database could not be read");
                gauges.set_down();
            }
            Err(_) => {
                tracing::error!("the state of the database was not read in time");
                gauges.set_down();
            }
        }
    }
}

/// Returns the router of `/metrics`, which belongs on an address that only Prometheus reaches.
pub fn routes(collector: Collector) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(Arc::new(collector))
}

async fn metrics(State(collector): State<Arc<Collector>>) -> Response {
    match collector.text().await {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
