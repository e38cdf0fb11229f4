//! Counts and logs each page that could not start its WebAssembly and works as plain HTML.
//! `app/bundle/start.js` reports such pages. Anybody can send a report, so the number of reports
//! from each client address is limited. The counts are in memory, so that a report costs no
//! database access.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::routing::post;

use super::state::Service;
use super::visit::Visit;
use crate::clock::Moment;

/// The maximum number of reports that are counted from one client address within
/// [`WINDOW_MILLIS`].
pub const MAX_REPORTS_FROM_CLIENT: usize = 100;
/// The maximum number of client addresses that are counted within [`WINDOW_MILLIS`].
const MAX_CLIENTS: usize = 10_000;
/// The length of the window in which reports are counted, in milliseconds.
const WINDOW_MILLIS: i64 = 60 * 60_000;
/// The largest body of a report, in bytes. The script sends no body.
const MAX_BYTES: usize = 1024;

/// Returns the route of the report, to which the script posts.
pub fn routes() -> Router<Service> {
    let reports = Arc::new(Mutex::new(Reports::default()));
    let note = move |visit: Visit, body: Body| async move { note(&visit, body, &reports).await };
    Router::new().route("/not-hydrated", post(note))
}

/// Answers a report. A report beyond the limit gets the same answer, but is neither counted in the
/// metrics nor logged.
async fn note(visit: &Visit, body: Body, reports: &Mutex<Reports>) -> StatusCode {
    if to_bytes(body, MAX_BYTES).await.is_err() {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let context = &visit.service.context;
    let place = visit.source.as_deref().unwrap_or_default();
    let mut reports = reports.lock().unwrap_or_else(PoisonError::into_inner);
    if reports.count(place, context.clock.now()) {
        context.metrics.count_not_hydrated();
        tracing::info!("a page could not be hydrated and went on as plain HTML");
    }
    StatusCode::NO_CONTENT
}

/// The reports of one window of time, by client address.
#[derive(Default)]
struct Reports {
    begun: i64,
    counts: HashMap<String, usize>,
}

impl Reports {
    /// Counts a report. Returns `false` if there were too many from this client address, or reports
    /// from too many addresses.
    fn count(&mut self, place: &str, now: Moment) -> bool {
        let now = now.millis();
        // Start a new window once the old window has ended, or if the clock was set back.
        if !(self.begun..self.begun + WINDOW_MILLIS).contains(&now) {
            *self = Self {
                begun: now,
                counts: HashMap::new(),
            };
        }
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
            return *count <= MAX_REPORTS_FROM_CLIENT;
        }
        let is_room = self.counts.len() < MAX_CLIENTS;
        if is_room {
            self.counts.insert(place.to_owned(), 1);
        }
        is_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_so_many_reports_of_a_place_and_so_many_places() {
        let mut reports = Reports::default();
        let at = |minute: i64| Moment::from_millis(1_788_426_000_000 + minute * 60_000);
        for _ in 0..MAX_REPORTS_FROM_CLIENT {
            assert!(reports.count("192.0.2.1", at(0)));
        }
        assert!(!reports.count("192.0.2.1", at(59)));
        for other in 1..MAX_CLIENTS {
            assert!(reports.count(&format!("2001:db8:0:{other:x}"), at(59)));
        }
        assert!(!reports.count("192.0.2.2", at(59)));
        assert_eq!(reports.counts.len(), MAX_CLIENTS);
        assert!(reports.count("192.0.2.1", at(60)));
        assert!(reports.count("192.0.2.2", at(0)));
    }
}
