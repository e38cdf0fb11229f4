//! The answer to a request during which the database could not be used: status 503. People get a
//! page. If a form was not saved, an applicant can send it again from this page.

use app::pages::content::{ContentPage, UnsavedForm};
use app::pages::desk::desk_unavailable_page;
use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::state::Service;
use super::{content, visit};

/// The seconds after which a client may try again.
const AGAIN_AFTER: HeaderValue = HeaderValue::from_static("10");
/// The largest form that the page can send again, in bytes.
const MAX_FORM: usize = 256 * 1024;

/// A form that an applicant has sent. Its handler attaches it to the response, so that the outage
/// page can contain it.
#[derive(Debug, Clone)]
pub(super) struct SentForm {
    /// The address that receives the form.
    pub(super) path: String,
    /// The fields, URL-encoded.
    pub(super) body: Bytes,
}

/// The kind of client that made the request, which determines the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// A program, or the WebAssembly of a page. It gets the handler's response with status 503, and
    /// no page.
    Program,
    /// An officer, on a page of the desk.
    Officer,
    /// An applicant who opened a page.
    Reader,
    /// An applicant who sent a form.
    Sender,
}

/// Returns the answer that replaces `failed`, the response of a handler that could not use the
/// database.
pub(super) fn answer(service: &Service, asker: Asker, mut failed: Response) -> Response {
    let form = failed.extensions_mut().remove::<SentForm>();
    let mut response = match asker {
        Asker::Program => failed,
        Asker::Officer => visit::written(
            service,
            StatusCode::SERVICE_UNAVAILABLE,
            desk_unavailable_page,
        ),
        Asker::Reader => content::page(service, ContentPage::Unavailable),
        Asker::Sender => {
            let page = ContentPage::Unavailable;
            content::written(
                service,
                StatusCode::SERVICE_UNAVAILABLE,
                page.title(),
                || ContentPage::unavailable_for_form(&service.contact, unsaved(form)),
            )
        }
    };
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, AGAIN_AFTER);
    response
}

fn unsaved(form: Option<SentForm>) -> UnsavedForm {
    match form {
        Some(form) if form.body.len() <= MAX_FORM => UnsavedForm::Fields(
            form.path,
            form_urlencoded::parse(&form.body).into_owned().collect(),
        ),
        _ => UnsavedForm::InBrowser,
    }
}
