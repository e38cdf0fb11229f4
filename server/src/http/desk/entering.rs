//! What the pages need by which somebody signs in: the desk's cookie, who asks from where, and at which address.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{DESK, SIGN_IN};
use serde_json::Value;

use super::access::SignedIn;
use crate::clock::Moment;
use crate::http::headers::NO_STORE;
use crate::http::router::Service;
use crate::http::visit::{Broken, Visit};
use crate::randomness::SessionToken;
use crate::signing_in::passkey::RelyingParty;
use crate::signing_in::{Asker, Fault, Tried};
use crate::store::OFFICER_SESSION_HOURS;

/// A request of somebody who may not be signed in yet.
pub(super) struct Entering {
    pub(super) visit: Visit,
    pub(super) token: Option<SessionToken>,
    pub(super) asker: Asker,
    pub(super) party: RelyingParty,
    pub(super) is_signed_in: bool,
}

impl FromRequestParts<Service> for Entering {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Self, Self::Rejection> {
        let visit = Visit::from_request_parts(parts, service).await?;
        Ok(Self {
            token: service.desk.cookie.officer().read(&parts.headers),
            asker: asker(&visit, &parts.headers),
            party: party(service, &parts.headers),
            is_signed_in: parts.extensions.get::<SignedIn>().is_some(),
            visit,
        })
    }
}

impl Entering {
    /// Leads a browser to a page with the cookie that it gets.
    pub(super) fn led_to(&self, token: &SessionToken, address: &str) -> Response {
        led_to(&self.visit.service, token, address)
    }

    /// Shows what came of a try, but for one that was wrong: the page of its form says that.
    pub(super) fn tried(&self, tried: Tried, wrong: impl FnOnce() -> Response) -> Response {
        match tried {
            Tried::In(token, to) => self.led_to(&token, &to),
            Tried::Wrong => wrong(),
            Tried::TooMany(again) => too_many(&self.visit, again),
            Tried::Over => self
                .visit
                .show_with(StatusCode::UNAUTHORIZED, app::pages::desk::begin_again_page),
        }
    }
}

/// Leads a browser to a page with the desk's cookie.
pub(super) fn led_to(service: &Service, token: &SessionToken, address: &str) -> Response {
    let cookie = set_cookie(service, token);
    (cookie, Redirect::to(address)).into_response()
}

/// The header that gives a browser the desk's cookie.
pub(super) fn set_cookie(
    service: &Service,
    token: &SessionToken,
) -> [(header::HeaderName, axum::http::HeaderValue); 1] {
    let cookie = service.desk.cookie.officer();
    [(
        header::SET_COOKIE,
        cookie.set(token, OFFICER_SESSION_HOURS * 3_600),
    )]
}

/// Says when one may try again.
pub(super) fn too_many(visit: &Visit, again: Moment) -> Response {
    // The minute of it has begun a little before.
    let again = again.plus(std::time::Duration::from_mins(1)).in_words();
    visit.show_with(StatusCode::TOO_MANY_REQUESTS, || {
        app::pages::desk::too_many_tries_page(&again)
    })
}

/// Who asks, for the limits and the audit.
pub(super) fn asker(visit: &Visit, headers: &HeaderMap) -> Asker {
    let browser = headers.get(header::USER_AGENT);
    Asker {
        source: visit.source.clone(),
        browser: browser
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Who relies on passkeys here. Without HTTPS, on somebody's own machine, it is whatever host the browser names.
pub(super) fn party(service: &Service, headers: &HeaderMap) -> RelyingParty {
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    match host {
        Some(host) if !service.over_https => RelyingParty::at(&format!("http://{host}")),
        _ => RelyingParty::at(&service.address),
    }
}

/// JSON for the desk's script.
pub(super) fn json(value: &Value) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            axum::http::HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    (headers, value.to_string()).into_response()
}

/// The page to which somebody is brought back: one of the desk, and none by which one signs in.
pub(super) fn back_to(to: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-".contains(&byte);
    let is_page = to.starts_with("/desk/")
        && to.bytes().all(plain)
        && !to.contains("//")
        && !to.starts_with(SIGN_IN)
        && to != registration::desk::SIGN_OUT
        && !to.starts_with("/desk/join");
    if is_page { to } else { DESK }
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "somebody of the desk could not be let in or change how they sign in");
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_brought_back_to_pages_of_the_desk_alone() {
        for (to, expected) in [
            ("/desk/queue", "/desk/queue"),
            (
                "/desk/registrations/CP-7K3M-9QXF",
                "/desk/registrations/CP-7K3M-9QXF",
            ),
            ("", DESK),
            ("/", DESK),
            ("/desk", DESK),
            ("/desk/../api", DESK),
            ("//evil.example", DESK),
            ("/desk//evil.example", DESK),
            ("https://evil.example", DESK),
            ("/desk/queue?q=name", DESK),
            ("/desk/queue\r\nx", DESK),
            ("/desk/sign-in", DESK),
            ("/desk/sign-out", DESK),
        ] {
            assert_eq!(back_to(to), expected, "{to:?}");
        }
    }
}
