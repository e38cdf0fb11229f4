//! Error pages: if a request for a page fails, the person gets a page that explains the error and
//! what they can do.

use app::pages::content::ContentPage;
use app::pages::desk::desk_fault_page;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use registration::desk::DESK;
use registration::keyed_form;

use super::headers;
use super::outage::Asker;
use super::state::Service;
use super::{content, cookie_check, outage, visit};
use crate::current_request;

/// Paths for machines, which get no error pages.
const FOR_MACHINES: [&str; 3] = ["/healthz", "/readyz", "/.well-known/"];
/// Paths of the files that pages need, which are served even if the service is closed.
const FILES: [&str; 4] = ["/assets/", "/brand-govuk/", "/favicon", "/robots"];

/// Replaces an error response without a page by an error page if the client accepts HTML, and adds
/// the headers of every response.
///
/// This layer also shows the closed page if the service is closed, and answers the cookie check.
/// All of this is one layer, because axum clones every layer for every request.
pub async fn explain(State(service): State<Service>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let holds_secret = headers::holds_secret(path);
    let for_machines = begins(path, &FOR_MACHINES);
    let wants_page = accepts_html(request.headers()) && !for_machines;
    let closes = !for_machines && !begins(path, &FILES);
    // The pages on which officers key in forms are the applicants' pages.
    let of_desk = (path == DESK || path.starts_with("/desk/")) && keyed_form::split(path).is_none();
    let opens = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if service.closed && closes {
        content::page(&service, ContentPage::Closed)
    } else if let Some(answer) = cookie_check::answer(&service, &request) {
        answer
    } else {
        if *request.method() == Method::GET {
            // leptos redirects only clients that accept HTML, so set the Accept header of every
            // GET.
            let html = HeaderValue::from_static("text/html");
            request.headers_mut().insert(header::ACCEPT, html);
        }
        next.run(request).await
    };
    let cookies: Vec<_> = response
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    let is_outage = response.status().is_server_error() && current_request::has_outage();
    if is_outage && !for_machines {
        let asker = match (wants_page, of_desk, opens) {
            (false, _, _) => Asker::Program,
            (true, true, _) => Asker::Officer,
            (true, false, true) => Asker::Reader,
            (true, false, false) => Asker::Sender,
        };
        response = outage::answer(&service, asker, response);
        put_cookies(&mut response, cookies);
    } else if wants_page && let Some(page) = page_for(&response, opens) {
        // A 405 response to a form gets the page for an unreadable request, but keeps the status
        // 405 and the Allow header for machines.
        let status = response.status();
        let allow = response.headers_mut().remove(header::ALLOW);
        let again = response.headers_mut().remove(header::RETRY_AFTER);
        response = if of_desk && page == ContentPage::Fault {
            visit::written(&service, StatusCode::INTERNAL_SERVER_ERROR, desk_fault_page)
        } else {
            content::page(&service, page)
        };
        if page == ContentPage::Unreadable && status == StatusCode::METHOD_NOT_ALLOWED {
            *response.status_mut() = status;
            response
                .headers_mut()
                .extend(allow.map(|allow| (header::ALLOW, allow)));
        }
        let again = again.map(|again| (header::RETRY_AFTER, again));
        response.headers_mut().extend(again);
        put_cookies(&mut response, cookies);
    }
    if holds_secret {
        headers::hide_address(response.headers_mut());
    }
    headers::secure(response.headers_mut(), service.over_https);
    response
}

/// Sets the cookies of the original response on the page that replaces it, and no others.
fn put_cookies(response: &mut Response, cookies: Vec<HeaderValue>) {
    response.headers_mut().remove(header::SET_COOKIE);
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Returns whether the client accepts HTML.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Returns the page that explains an error response; `None` if the response has a page or is no
/// error. `opens` is true for GET and HEAD.
fn page_for(response: &Response, opens: bool) -> Option<ContentPage> {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    if is_page {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(ContentPage::NotFound),
        // The address only accepts a form, so there is no page to open.
        StatusCode::METHOD_NOT_ALLOWED if opens => Some(ContentPage::NotFound),
        StatusCode::FORBIDDEN => Some(ContentPage::Refused),
        StatusCode::REQUEST_TIMEOUT => Some(ContentPage::TooSlow),
        StatusCode::TOO_MANY_REQUESTS => Some(ContentPage::TooMany),
        StatusCode::SERVICE_UNAVAILABLE => Some(ContentPage::Busy),
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Some(ContentPage::TooLarge),
        status if status.is_client_error() => Some(ContentPage::Unreadable),
        status if status.is_server_error() => Some(ContentPage::Fault),
        _ => None,
    }
}

fn begins(path: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| path.starts_with(start))
}
