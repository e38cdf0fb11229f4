//! Counts the pages that could not start their WebAssembly and work as plain HTML.
//! `app/bundle/start.js` reports each of them.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;

use super::state::Service;

/// Adds the address that the script calls.
pub fn routes() -> Router<Service> {
    Router::new().route("/not-hydrated", post(note))
}

async fn note(State(service): State<Service>) -> StatusCode {
    service.context.metrics.count_not_hydrated();
    tracing::info!("a page could not be hydrated and went on as plain HTML");
    StatusCode::NO_CONTENT
}
