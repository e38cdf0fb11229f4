//! Receives uploads: a spreadsheet or pasted cells, as a `multipart/form-data` form. An upload
//! stays in memory and is never stored as a file.

use std::sync::Arc;

use app::backend::ApplicantSpreadsheets;
use app::fault::Fault;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos_axum::ResponseOptions;
use registration::journey;
use registration::spreadsheet::MAX_BYTES;

use super::state::Service;
use crate::applicant::{FormOfRequest, RequestApplicant, SentSpreadsheet, UploadOutcome};
use crate::bytes_in_flight::Share;

/// The largest upload that is read to its end, in bytes. Bytes beyond the largest file are read and
/// dropped, because a browser shows the error page only once it has sent the whole upload.
const MAX_DRAINED: usize = 64 * 1024 * 1024;
/// The longest file name that is stored, in characters; longer names are cut.
const LONGEST_NAME: usize = 100;

/// Receives an upload and redirects to the page with its outcome.
pub async fn take(State(service): State<Service>, request: Request) -> Response {
    let token = service.context.cookie.read(request.headers());
    let options = ResponseOptions::default();
    let applicant = RequestApplicant::new(
        Arc::clone(&service.context),
        token,
        FormOfRequest::PLAIN,
        options.clone(),
    );
    let share = request.extensions().get::<Arc<Share>>().cloned();
    let Ok(parts) = Multipart::from_request(request, &()).await else {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    };
    let sent = match sent(parts).await {
        Ok(sent) => SentSpreadsheet { share, ..sent },
        Err(status) => return status.into_response(),
    };
    let response = match leads_to(&applicant, sent).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(Fault::TooMany) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    with_headers_of(&options, response)
}

/// Adds to a response the headers that the applicant's operations set, such as the cookie.
pub fn with_headers_of(options: &ResponseOptions, mut response: Response) -> Response {
    if let Ok(parts) = options.0.read() {
        for (name, value) in &parts.headers {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// Starts the import, and returns the address of the page to redirect to.
async fn leads_to(applicant: &RequestApplicant, sent: SentSpreadsheet) -> Result<String, Fault> {
    use app::backend::Applicant;

    let brings_back = sent.brings_back;
    let address = match applicant.receive_spreadsheet(sent).await? {
        UploadOutcome::Nothing if brings_back => {
            [journey::UPLOAD, "?unanswered=yes&rows=put-right"].concat()
        }
        UploadOutcome::Nothing => [journey::UPLOAD, "?unanswered=yes"].concat(),
        UploadOutcome::Submitted => journey::ALREADY_SUBMITTED.to_owned(),
        UploadOutcome::InNewDraft => journey::DRAFT_EXPIRED.to_owned(),
        UploadOutcome::InDraft => applicant.spreadsheets().await?.leads_to(),
    };
    Ok(if applicant.has_begun() {
        journey::with_begun(&address)
    } else {
        address
    })
}

/// Reads the fields of an upload: the file from `file`, pasted cells from `cells`, from `rows`
/// whether the upload contains corrected rows, and from `again` whether to enter a file that was
/// entered before.
///
/// # Errors
/// The HTTP status with which the upload is refused.
pub(super) async fn sent(mut parts: Multipart) -> Result<SentSpreadsheet, StatusCode> {
    let mut sent = SentSpreadsheet {
        cells: Some(String::new()),
        ..SentSpreadsheet::default()
    };
    let mut read = 0;
    while let Some(field) = parts
        .next_field()
        .await
        .map_err(|_| StatusCode::BAD_REQUEST)?
    {
        match field.name() {
            Some("file") => {
                let name = name_of(field.file_name().unwrap_or_default());
                let bytes = bytes_of(field, &mut read).await?;
                // If no file was selected, browsers send an empty file without a name.
                if !name.is_empty() || bytes.as_ref().is_none_or(|bytes| !bytes.is_empty()) {
                    sent.file = Some((name, bytes));
                }
            }
            Some("cells") => {
                let bytes = bytes_of(field, &mut read).await?;
                sent.cells = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            }
            Some("rows") => {
                let bytes = bytes_of(field, &mut read).await?;
                sent.brings_back = bytes.is_some_and(|bytes| bytes == b"put-right");
            }
            Some("again") => {
                let bytes = bytes_of(field, &mut read).await?;
                sent.is_again = bytes.is_some_and(|bytes| bytes == b"yes");
            }
            _ => drop(bytes_of(field, &mut read).await?),
        }
    }
    Ok(sent)
}

/// Reads a field. Returns `None` if the field is larger than the largest file.
///
/// `read` counts the bytes of all fields together. Fails with 413 if they exceed `MAX_DRAINED`, and
/// with 400 if the form cannot be read.
async fn bytes_of(mut field: Field<'_>, read: &mut usize) -> Result<Option<Vec<u8>>, StatusCode> {
    let mut bytes = Vec::new();
    let mut is_whole = true;
    while let Some(chunk) = field.chunk().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        *read += chunk.len();
        if *read > MAX_DRAINED {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        is_whole &= bytes.len() + chunk.len() <= MAX_BYTES;
        if is_whole {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(is_whole.then_some(bytes))
}

/// Returns a file's name without control characters and without its folder, which some browsers
/// send too. A name longer than `LONGEST_NAME` is cut.
fn name_of(sent: &str) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    name.trim().chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_folder_and_what_cannot_be_seen() {
        for (sent, name) in [
            ("staff.xlsx", "staff.xlsx"),
            ("C:\\Users\\Wen\\staff.xlsx", "staff.xlsx"),
            ("../../etc/staff.csv", "staff.csv"),
            (" staff\0\r\n.csv ", "staff.csv"),
            ("", ""),
        ] {
            assert_eq!(name_of(sent), name);
        }
        assert_eq!(name_of(&"ž".repeat(300)).chars().count(), LONGEST_NAME);
    }
}
