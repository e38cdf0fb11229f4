//! The router: all routes of the service, and the layers around them.

use std::sync::{Arc, LazyLock};

use app::pages::Pages;
use app::pages::content::ContentPage;
use app::shell::Frame;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::headers::{NO_STORE, content_security_policy};
use super::page_origin::PageOrigin;
use super::request_log::RequestLog;
use super::state::Service;
use super::{
    Site, blank_form, bodies, content, desk, dev_mail, download, edit_conflict, email_language,
    error_pages, find_address, format_request, health, members, not_hydrated, nul, origin,
    performance, request_log, resume, server_functions, sign_out, signing_link, status,
    trailing_slash, upload, welsh,
};
use crate::applicant::FormOfRequest;
use crate::security_event::{self, SecurityEvent};

/// The routes of the pages, listed once before the first request. While leptos lists them, the
/// process cannot render pages, and a page requested meanwhile would never be answered.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(Pages));

/// Builds the router of the service.
pub fn router(service: Service, site: &Site) -> Router {
    let frame = Frame::new(&service.document);
    let shell = move || {
        let policy = content_security_policy(use_nonce().as_ref());
        if let Some(response) = use_context::<ResponseOptions>() {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            response.insert_header(header::CACHE_CONTROL, NO_STORE);
        }
        frame.pages()
    };
    let provide = {
        let service = service.clone();
        move || service.provide(FormOfRequest::PLAIN)
    };
    let pages: Router = Router::new()
        .leptos_routes_with_context(&service, PAGES.clone(), provide, shell)
        .fallback(not_found)
        .with_state(service.clone());
    let templates = PAGES
        .iter()
        .map(|page| page.path().to_owned())
        .chain(server_fn_paths().map(|(path, _)| path.to_owned()));
    let log = RequestLog::new(service.clone(), templates);
    let of_draft = Router::new()
        // These routes take precedence over leptos's own for the same paths.
        .route("/api/{*function}", post(server_functions::call))
        .route(
            "/api/users/upload",
            // The route has no body limit: if the file is too large, the handler redirects to the
            // page, which shows the error at the field.
            post(upload::take).layer(DefaultBodyLimit::disable()),
        )
        .route("/download/{file}", get(download::send))
        .merge(resume::routes())
        .merge(email_language::routes())
        .merge(sign_out::routes())
        .merge(edit_conflict::routes())
        .merge(find_address::routes());
    let applicants: Router = of_draft
        .clone()
        .fallback_service(pages.clone())
        .with_state(service.clone());
    let mut router = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/.well-known/security.txt", get(health::security_txt))
        .merge(of_draft)
        .merge(site.routes())
        .merge(blank_form::routes())
        .merge(format_request::routes())
        .merge(performance::routes())
        .merge(status::routes())
        .merge(members::routes())
        .merge(not_hydrated::routes())
        .merge(signing_link::routes())
        .merge(desk::routes(&service, &applicants));
    for page in ContentPage::ALL
        .into_iter()
        .filter(|page| page.status() == 200)
    {
        let show =
            move |State(service): State<Service>| async move { content::page(&service, page) };
        router = router.route(page.path(), get(show));
    }
    if let Some(shown) = &service.shown_mail {
        router = router.merge(dev_mail::routes(Arc::clone(shown)));
    }
    router
        .fallback_service(pages)
        .layer(CatchPanicLayer::custom(
            |_: Box<dyn std::any::Any + Send>| {
                tracing::error!("a request was not finished: the code gave up");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            },
        ))
        .layer(from_fn(nul::replace_nul))
        .layer(from_fn_with_state(service.clone(), bodies::watch))
        .layer(csrf(&service.page_origin).with_rejection_response(forged_origin))
        .layer(from_fn_with_state(service.clone(), origin::check))
        .layer(from_fn(trailing_slash::redirect))
        .layer(from_fn_with_state(service.clone(), error_pages::explain))
        .layer(from_fn_with_state(service.clone(), welsh::speak))
        .layer(from_fn_with_state(log, request_log::record))
        .with_state(service)
}

/// Returns the layer that refuses forms of other sites. The layer trusts the public address as an
/// origin even if a proxy has changed the Host header.
fn csrf(pages: &PageOrigin) -> CsrfLayer {
    let PageOrigin::Public(address) = pages else {
        return CsrfLayer::new();
    };
    CsrfLayer::new()
        .add_trusted_origin(address)
        .unwrap_or_else(|_| CsrfLayer::new())
}

/// Answers a form of another site with 403, and records a security event.
fn forged_origin(_: ProtectionError) -> Response {
    security_event::record(SecurityEvent::ForgedOrigin, "a form of another site");
    StatusCode::FORBIDDEN.into_response()
}

async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}
