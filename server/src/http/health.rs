//! Endpoints for machines: health checks, and where to report a vulnerability.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::state::Service;

/// Answers if the process is alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Answers whether the process can serve, that is, whether its database responds.
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

/// Says where to report a vulnerability (RFC 9116): redirects to the department's own file, or
/// writes one from the settings.
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
