//! Serves `/metrics`, on a separate address. The queries run at most once in fifteen seconds,
//! however often the metrics are requested and whether or not the database answers.

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

/// The media type of the answer: `OpenMetrics`, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The time for which the state of the database is cached.
const CACHE_LIFETIME: Duration = Duration::from_secs(15);
/// The time limit of the queries. The limit is shorter than the timeout of Prometheus, so that
/// Prometheus still gets the other metrics if the database is slow.
const LONGEST: Duration = Duration::from_secs(5);

/// The source of the metrics for each answer.
pub struct Collector {
    metrics: Metrics,
    store: Store,
    clock: Arc<dyn Clock>,
    /// The target time for a decision, in working days.
    target: u32,
    /// The moment of the latest queries of the database's state; `None` before the first.
    asked_at: Mutex<Option<Moment>>,
}

impl Collector {
    /// Creates the collector, and sets the start time of the process to now.
    #[must_use]
    pub fn new(metrics: Metrics, store: Store, clock: Arc<dyn Clock>, target: u32) -> Self {
        metrics.0.process.set_start(clock.now());
        Self {
            metrics,
            store,
            clock,
            target,
            asked_at: Mutex::default(),
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
        let mut asked_at = self.asked_at.lock().await;
        if asked_at.is_some_and(|at| at <= now && now < at.plus(CACHE_LIFETIME)) {
            return;
        }
        let imports_since = Moment::from_millis(now.millis() - LOST_AFTER_MS);
        let gauges = &self.metrics.0.load;
        let load = async {
            self.store.check_writing(now).await?;
            self.store.service_load(now, imports_since).await
        };
        match timeout(LONGEST, load).await {
            Ok(Ok(load)) => gauges.set(&load, self.target, now),
            Ok(Err(error)) => {
                tracing::error!(%error, "the state of the database could not be read or written");
                gauges.set_down();
            }
            Err(_) => {
                tracing::error!("the state of the database was not read or written in time");
                gauges.set_down();
            }
        }
        // Wait equally long before the next queries if the database has failed.
        *asked_at = Some(now);
    }
}

/// Returns the router of `/metrics`. Serve it on an address that only Prometheus can reach.
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
