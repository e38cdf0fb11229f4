//! The extractor of server-rendered pages (`Visit`), and the functions that render them.

use app::pages::server_page::ServerPage;
use app::shell::{self, with_own_owner};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::RenderHtml;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::APPLICANT_SESSION_HOURS;
use registration::problem::Problem;

use super::client_address::client_address;
use super::headers::{NO_STORE, SITE_ALONE, content_security_policy};
use super::state::{Service, provide_keyed_form};
use crate::casework::audit_export::ExportFault;
use crate::csv::CsvFault;
use crate::randomness::SessionToken;
use crate::store::StoreError;

/// The answer of a page, or `InternalError` if the store failed.
pub(super) type PageResult = Result<Response, InternalError>;

/// The data of a request that server-rendered pages need.
pub(super) struct Visit {
    pub(super) service: Service,
    pub(super) token: Option<SessionToken>,
    pub(super) source: Option<String>,
}

impl FromRequestParts<Service> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self {
            token: service.context.cookie.read(&parts.headers),
            source: client_address(service, parts),
            service: service.clone(),
        })
    }
}

impl Visit {
    /// Redirects to a page and sets the applicant's cookie.
    pub(super) fn redirect_with_cookie(&self, token: &SessionToken, address: &str) -> Response {
        let cookie = self
            .service
            .context
            .cookie
            .set(token, APPLICANT_SESSION_HOURS * 3_600);
        ([(header::SET_COOKIE, cookie)], Redirect::to(address)).into_response()
    }

    /// Returns the language of messages to this person, or the default language if they have not
    /// chosen one.
    pub(super) async fn language(&self) -> Result<Language, StoreError> {
        let Some(token) = &self.token else {
            return Ok(Language::default());
        };
        let context = &self.service.context;
        let chosen = context
            .store
            .drafts()
            .language_of_session(&token.hash(), context.clock.now())
            .await?;
        Ok(chosen.unwrap_or_default())
    }

    /// Renders a page.
    pub(super) fn show(&self, page: impl FnOnce() -> ServerPage) -> Response {
        self.show_with(StatusCode::OK, page)
    }

    /// Renders a page with an HTTP status. `page` runs inside a leptos owner, which keeps the
    /// signals of its form alive.
    pub(super) fn show_with(
        &self,
        status: StatusCode,
        page: impl FnOnce() -> ServerPage,
    ) -> Response {
        written(&self.service, status, page)
    }
}

/// Renders a page with an HTTP status, for handlers without a `Visit`.
pub(super) fn written(
    service: &Service,
    status: StatusCode,
    page: impl FnOnce() -> ServerPage,
) -> Response {
    let (html, policy) = with_own_owner(|| {
        provide_nonce();
        provide_keyed_form();
        let html = shell::server_document(&service.document, page()).to_html();
        (html, content_security_policy(use_nonce().as_ref()))
    });
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, NO_STORE),
        // Addresses may be secret. The address of a link's page contains the link's secret, and the
        // address of the code page contains the identifier of the access request.
        (header::REFERRER_POLICY, SITE_ALONE),
    ];
    (status, headers, Html(html)).into_response()
}

/// Parses a typed email address.
pub(super) fn address(typed: &str) -> Result<Email, Problem> {
    Email::parse(typed).map_err(|problem| problem.at("email"))
}

/// The error of a page if the store or the writer of a download fails. The response is replaced by
/// an error page.
pub(super) struct InternalError;

impl From<StoreError> for InternalError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store could not do what a page asked");
        Self
    }
}

impl From<CsvFault> for InternalError {
    fn from(fault: CsvFault) -> Self {
        tracing::error!(%fault, "a download could not be made");
        Self
    }
}

impl From<ExportFault> for InternalError {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Store(fault) => fault.into(),
            ExportFault::Csv(fault) => fault.into(),
        }
    }
}

impl IntoResponse for InternalError {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
