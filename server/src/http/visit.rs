//! What the pages need of a request that the server writes alone, and how they are shown.

use app::pages::coming_back::Written;
use app::shell;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::{Owner, RenderHtml};
use registration::identifiers::Email;
use registration::language::Language;
use registration::problem::Problem;

use super::headers::{NO_STORE, SITE_ALONE, content_security_policy};
use super::router::Service;
use super::source::source;
use crate::applicant::SESSION_HOURS;
use crate::randomness::SessionToken;
use crate::store::StoreError;

/// What a page answers, unless the store could not do it.
pub(super) type Answered = Result<Response, Broken>;

/// What every page here needs of a request.
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
            token: service.desk.cookie.read(&parts.headers),
            source: source(service, parts),
            service: service.clone(),
        })
    }
}

impl Visit {
    /// Leads a browser to a page with the cookie that it gets.
    pub(super) fn led_to(&self, token: &SessionToken, address: &str) -> Response {
        let cookie = self.service.desk.cookie.set(token, SESSION_HOURS * 3_600);
        ([(header::SET_COOKIE, cookie)], Redirect::to(address)).into_response()
    }

    /// In which language the person is written to, as far as they have said.
    pub(super) async fn language(&self) -> Result<Language, StoreError> {
        let Some(token) = &self.token else {
            return Ok(Language::default());
        };
        let desk = &self.service.desk;
        let chosen = desk
            .store
            .language_of_session(&token.hash(), desk.clock.now())
            .await?;
        Ok(chosen.unwrap_or_default())
    }

    /// Writes a page.
    pub(super) fn show(&self, page: impl FnOnce() -> Written) -> Response {
        self.show_with(StatusCode::OK, page)
    }

    /// Writes a page with a status, which must be made where the signals of its form live.
    pub(super) fn show_with(&self, status: StatusCode, page: impl FnOnce() -> Written) -> Response {
        written(&self.service, status, page)
    }
}

/// The same of whoever asks.
pub(super) fn written(
    service: &Service,
    status: StatusCode,
    page: impl FnOnce() -> Written,
) -> Response {
    let owner = Owner::new();
    let (html, policy) = owner.with(|| {
        provide_nonce();
        let html = shell::written(&service.document, page()).to_html();
        (html, content_security_policy(use_nonce().as_ref()))
    });
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, NO_STORE),
        // The address of a code's page holds its request, that of a link's page its secret.
        (header::REFERRER_POLICY, SITE_ALONE),
    ];
    (status, headers, Html(html)).into_response()
}

/// Reads an address as it was typed.
pub(super) fn address(typed: &str) -> Result<Email, Problem> {
    Email::parse(typed).map_err(|problem| problem.at("email"))
}

/// The store could not do it: the page of a fault is put in place of this.
pub(super) struct Broken;

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store could not do what a page asked");
        Self
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
