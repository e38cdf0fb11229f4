//! Endpoints for machines: the health checks, and `security.txt`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::state::Service;

/// Answers with 200, which shows that the process is alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Answers with 200 if the database responds, otherwise with 503.
pub async fn readyz(State(service): State<Service>) -> (StatusCode, &'static str) {
    match service.context.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
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
