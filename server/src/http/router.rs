//! The router: all routes of the service, and the layers around them.

use std::sync::{Arc, LazyLock};

use app::backend::Applicant;
use app::pages::Pages;
use app::pages::content::ContentPage;
use app::service::Contact;
use app::shell::{Document, Frame};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list};
use mail::Memory;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use super::headers::{NO_STORE, content_security_policy};
use super::{
    Site, blank_form, coming_back, content, desk, dev_mail, download, email_language, error_pages,
    format_request, health, nul, performance, server_functions, source, status, to_sign,
    two_answers, upload,
};
use crate::applicant::{Desk, FormOfRequest, RequestApplicant};
use crate::performance::Performance;
use crate::signing_in::department::Provider;

/// The routes of the pages, listed once: while leptos lists them, the process can render no page,
/// and a page requested then would never be answered.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(Pages));

/// Everything that handlers need.
#[derive(Clone)]
pub struct Service {
    /// Database, clock and randomness.
    pub desk: Desk,
    /// What is the same in every HTML document.
    pub document: Arc<Document>,
    /// The contact details of the Common Platform Desk.
    pub contact: Arc<Contact>,
    /// The address of the service as people type it, without a slash at its end.
    pub address: Arc<str>,
    /// The provider for single sign-on, if the settings name one.
    pub department: Option<Arc<Provider>>,
    /// The published figures.
    pub performance: Arc<Performance>,
    /// Whether people reach the service over HTTPS.
    pub over_https: bool,
    /// Whether the service is closed. Health checks are answered nevertheless.
    pub closed: bool,
    /// The header in which a reverse proxy gives the client's address.
    pub client_address_header: Option<HeaderName>,
    /// Target for the desk's decision, in working days.
    pub target_days: u32,
    /// The address of the department's own security.txt.
    pub security_txt: Option<Arc<str>>,
    /// The messages for the page /dev/mail; `None` if messages are really sent, as always over
    /// HTTPS.
    pub shown_mail: Option<Arc<Memory>>,
    /// The options of leptos.
    pub leptos: LeptosOptions,
}

impl FromRef<Service> for LeptosOptions {
    fn from_ref(service: &Service) -> Self {
        service.leptos.clone()
    }
}

impl Service {
    /// Provides a page or a server function with the applicant of this request and other context.
    pub(super) fn provide(&self, form: FormOfRequest) {
        let token = use_context::<Parts>().and_then(|parts| self.desk.cookie.read(&parts.headers));
        // While leptos lists the routes, there is neither a request nor a response.
        let response = use_context::<ResponseOptions>().unwrap_or_default();
        let applicant = RequestApplicant::new(self.desk.clone(), token, form, response);
        provide_context::<Arc<dyn Applicant>>(Arc::new(applicant));
        provide_context(self.contact.clone());
        provide_context(self.document.title_end());
    }
}

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
    let pages = Router::new()
        .leptos_routes_with_context(&service, PAGES.clone(), provide, shell)
        .fallback(not_found)
        .with_state(service.clone());
    let mut router = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/.well-known/security.txt", get(health::security_txt))
        // These routes take precedence over leptos's own for the same paths.
        .route("/api/{*function}", post(server_functions::call))
        .route(
            "/api/users/upload",
            // No limit here: the handler redirects to the page, which reports a file that is too
            // large at its field.
            post(upload::take).layer(DefaultBodyLimit::disable()),
        )
        .route("/download/{file}", get(download::send))
        .merge(site.routes())
        .merge(blank_form::routes())
        .merge(coming_back::routes())
        .merge(email_language::routes())
        .merge(format_request::routes())
        .merge(performance::routes())
        .merge(status::routes())
        .merge(to_sign::routes())
        .merge(two_answers::routes())
        .merge(desk::routes(&service));
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
        .layer(from_fn(nul::taken_out))
        .layer(from_fn_with_state(service.clone(), source::keep_in_mind))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(service.clone(), error_pages::explain))
        .with_state(service)
}

async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}
