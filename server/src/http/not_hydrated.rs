//! Logs each page that could not start its WebAssembly and works as plain HTML.
//! `app/bundle/start.js` reports such pages.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;

use super::state::Service;

/// Returns the route of the report, to which the script posts.
pub fn routes() -> Router<Service> {
    Router::new().route("/not-hydrated", post(note))
}

async fn note(State(service): State<Service>) -> StatusCode {
    service.context.metrics.count_not_hydrated();
    tracing::info!("a page could not be hydrated and went on as plain HTML");
    StatusCode::NO_CONTENT
}
