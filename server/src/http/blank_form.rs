//! The paper form: the page to print, and the file to download.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::content;
use super::state::Service;
use crate::blank_form::{FILE, TITLE, odt, page};

/// Returns the routes of the page to print and of the file to download.
pub fn routes() -> Router<Service> {
    Router::new()
        .route("/blank-form", get(to_print))
        .route("/blank-form.odt", get(to_download))
}

async fn to_print(State(service): State<Service>) -> Response {
    content::written(&service, StatusCode::OK, TITLE, || page(&service.contact))
}

async fn to_download(State(service): State<Service>) -> Response {
    match odt(&service.contact) {
        Ok(bytes) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    "application/vnd.oasis.opendocument.text".to_owned(),
                ),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{FILE}\""),
                ),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the form on paper was not made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
