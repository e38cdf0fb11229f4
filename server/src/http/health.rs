//! For machines: whether the process lives, whether it can serve, and where to report a weakness.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::router::Service;

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The process can serve: its database answers.
pub async fn readyz(State(service): State<Service>) -> (StatusCode, &'static str) {
    match service.desk.store.ping().await {
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

/// Where to report a weakness (RFC 9116): the department's own file, or one made of the settings.
pub async fn security_txt(State(service): State<Service>) -> Response {
    if let Some(elsewhere) = &service.security_txt {
        return Redirect::temporary(elsewhere.as_ref()).into_response();
    }
    let expires = service.desk.clock.now().plus_hours(180 * 24).rfc3339();
    let text = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: en, cy\n",
        service.contact.email
    );
    text.into_response()
}
