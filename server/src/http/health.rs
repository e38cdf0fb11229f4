//! Endpoints for programs instead of people, which answer with plain text: the health checks, and
//! `security.txt`.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tokio::time::timeout;

use super::state::Service;

/// The maximum time that the check of the database may take.
const LONGEST: Duration = Duration::from_millis(1_500);

/// Answers with 200, which shows that the process is alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Answers with 200 if the database can be written, otherwise with 503.
pub async fn readyz(State(service): State<Service>) -> (StatusCode, &'static str) {
    let checking = service
        .context
        .store
        .check_writing(service.context.clock.now());
    match timeout(LONGEST, checking).await {
        Ok(Ok(())) => return (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => tracing::error!(%error, "the database cannot be written"),
        Err(_) => tracing::error!("the database was not written in time"),
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "the database cannot be written\n",
    )
}

/// Serves `security.txt`, which states where to report a vulnerability (RFC 9116). Redirects to the
/// department's file if the settings name one, otherwise writes the file from the settings.
pub async fn security_txt(State(service): State<Service>) -> Response {
    if let Some(elsewhere) = &service.security_txt {
        return Redirect::temporary(elsewhere.as_ref()).into_response();
    }
    let expires = service.context.clock.now().plus_hours(180 * 24).rfc3339();
    let text = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: en, cy\n",
        service.contact.email
    );
    text.into_response()
}
