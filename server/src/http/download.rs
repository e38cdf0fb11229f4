//! The downloads of an applicant: the template, the users, the draft, the rows with problems and
//! the submitted registration as files.

use std::sync::Arc;

use app::backend::Downloadable;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos_axum::ResponseOptions;
use registration::journey;
use spreadsheet::write::Format;

use super::headers::NO_STORE;
use super::state::Service;
use super::upload::with_headers_of;
use crate::applicant::downloads::{self, DownloadError, File};
use crate::applicant::{FormOfRequest, RequestApplicant};

/// Sends the file with this name, such as `users.xlsx`.
pub async fn send(
    State(service): State<Service>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let asked = file.rsplit_once('.').and_then(|(key, extension)| {
        Some((
            Downloadable::from_key(key)?,
            Format::ALL
                .into_iter()
                .find(|format| format.extension() == extension)?,
        ))
    });
    let Some((what, format)) = asked else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let token = service.context.cookie.read(&headers);
    let options = ResponseOptions::default();
    let applicant = RequestApplicant::new(
        Arc::clone(&service.context),
        token,
        FormOfRequest::PLAIN,
        options.clone(),
    );
    let response = match downloads::file(&applicant, what, format).await {
        Ok(file) => as_response(file),
        Err(DownloadError::Expired) => Redirect::to(journey::DRAFT_EXPIRED).into_response(),
        Err(DownloadError::Submitted) => Redirect::to(journey::ALREADY_SUBMITTED).into_response(),
        Err(DownloadError::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(DownloadError::Fault(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    with_headers_of(&options, response)
}

fn as_response(file: File) -> Response {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(file.media_type),
    );
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    // The name needs no escaping: before its extension it has only letters, digits and hyphens.
    let attachment = format!("attachment; filename=\"{}\"", file.name);
    if let Ok(attachment) = HeaderValue::try_from(attachment) {
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    response
}
