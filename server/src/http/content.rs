//! Static pages and error pages, which the server renders without WebAssembly.

use app::pages::content::ContentPage;
use app::shell::with_own_owner;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::{AnyView, RenderHtml};

use super::headers::{NO_STORE, content_security_policy};
use super::state::{Service, provide_keyed_form};

/// Renders a static page, with its HTTP status.
pub fn page(service: &Service, page: ContentPage) -> Response {
    let status = StatusCode::from_u16(page.status()).unwrap_or(StatusCode::OK);
    written(service, status, page.title(), || {
        page.view(&service.contact, &service.retention)
    })
}

/// Renders a page without WebAssembly; `main` makes the content of its main landmark.
pub fn written(
    service: &Service,
    status: StatusCode,
    title: &str,
    main: impl FnOnce() -> AnyView,
) -> Response {
    let (html, policy) = with_own_owner(|| {
        provide_nonce();
        provide_keyed_form();
        let html = app::shell::content(&service.document, title, main()).to_html();
        (html, content_security_policy(use_nonce().as_ref()))
    });
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/html; charset=utf-8".parse().ok(),
        ),
        (header::CONTENT_SECURITY_POLICY, Some(policy)),
        (header::CACHE_CONTROL, Some(NO_STORE)),
    ];
    let mut response = (status, html).into_response();
    for (name, value) in headers {
        if let Some(value) = value {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
