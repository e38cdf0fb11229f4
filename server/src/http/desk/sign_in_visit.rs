//! The extractor of the sign-in pages (`SignInVisit`): the cookies, the client, and the relying
//! party for passkeys.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use registration::desk::{DESK, SIGN_IN, SIGN_IN_CODE};
use registration::lifetimes::{DESK_SESSION_HOURS, KNOWN_BROWSER_DAYS, PENDING_SIGN_IN_MINUTES};
use serde_json::Value;

use super::access::SignedIn;
use crate::clock::Moment;
use crate::http::headers::NO_STORE;
use crate::http::origin::host;
use crate::http::page_origin::PageOrigin;
use crate::http::state::Service;
use crate::http::visit::{InternalError, Visit};
use crate::randomness::SessionToken;
use crate::security_event::{self, SecurityEvent};
use crate::signing_in::passkey::RelyingParty;
use crate::signing_in::{Admitted, Fault, Requester, SignInOutcome};

/// A request of somebody who may not be signed in yet.
pub(super) struct SignInVisit {
    pub(super) visit: Visit,
    /// The cookie of an unfinished sign-in or enrolment; `None` if the browser sent none.
    pub(super) pending: Option<SessionToken>,
    pub(super) requester: Requester,
    pub(super) party: RelyingParty,
    pub(super) is_signed_in: bool,
}

impl FromRequestParts<Service> for SignInVisit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Self, Self::Rejection> {
        let visit = Visit::from_request_parts(parts, service).await?;
        Ok(Self {
            pending: service.context.cookie.pending().read(&parts.headers),
            requester: requester(&visit, &parts.headers),
            party: party(service, &parts.headers),
            is_signed_in: parts.extensions.get::<SignedIn>().is_some(),
            visit,
        })
    }
}

impl SignInVisit {
    /// Redirects to a page and sets the cookie of the unfinished sign-in or enrolment. An existing
    /// session stays as it is.
    pub(super) fn goes_on(&self, token: &SessionToken, address: &str) -> Response {
        let cookie = set_pending(&self.visit.service, token);
        (cookie, Redirect::to(address)).into_response()
    }

    /// Answers an attempt to sign in; `wrong` makes the answer if the credentials are wrong.
    pub(super) fn sign_in_answer(
        &self,
        tried: SignInOutcome,
        wrong: impl FnOnce() -> Response,
    ) -> Response {
        match tried {
            SignInOutcome::SecondFactor(token) => self.goes_on(&token, SIGN_IN_CODE),
            SignInOutcome::Accepted(admitted, to) => {
                redirect_with_cookie(&self.visit.service, &admitted, &to)
            }
            SignInOutcome::Confirmed(to) => {
                let cookie = self.visit.service.context.cookie.pending().clear();
                ([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()
            }
            SignInOutcome::NoSecondFactor => self.visit.show_with(
                StatusCode::UNAUTHORIZED,
                app::pages::desk::no_second_factor_page,
            ),
            SignInOutcome::Wrong => {
                // If the account exists, the security event was already recorded together with the
                // audit row.
                security_event::record_if_none(SecurityEvent::SignInFailed, "no such account");
                wrong()
            }
            SignInOutcome::TooMany(again) => too_many(&self.visit, again),
            SignInOutcome::Expired => self
                .visit
                .show_with(StatusCode::UNAUTHORIZED, app::pages::desk::begin_again_page),
        }
    }
}

/// Redirects to a page and sets the cookies of a new session and of the known browser.
pub(super) fn redirect_with_cookie(
    service: &Service,
    admitted: &Admitted,
    address: &str,
) -> Response {
    (set_session(service, admitted), Redirect::to(address)).into_response()
}

/// Returns the headers that set the cookies of a new session and of the known browser, and clear
/// the cookie of the unfinished sign-in.
pub(super) fn set_session(
    service: &Service,
    admitted: &Admitted,
) -> AppendHeaders<[(header::HeaderName, HeaderValue); 3]> {
    let cookie = service.context.cookie;
    let session = cookie
        .officer()
        .set(&admitted.session, DESK_SESSION_HOURS * 3_600);
    let browser = cookie
        .browser()
        .set(&admitted.browser, KNOWN_BROWSER_DAYS * 24 * 3_600);
    AppendHeaders([session, browser, cookie.pending().clear()].map(|set| (header::SET_COOKIE, set)))
}

/// Returns the header that sets the cookie of an unfinished sign-in.
pub(super) fn set_pending(
    service: &Service,
    token: &SessionToken,
) -> AppendHeaders<[(header::HeaderName, HeaderValue); 1]> {
    let seconds = i64::try_from(PENDING_SIGN_IN_MINUTES * 60).unwrap_or(i64::MAX);
    let set = service.context.cookie.pending().set(token, seconds);
    AppendHeaders([(header::SET_COOKIE, set)])
}

/// Renders the page that says when the next attempt is allowed.
pub(super) fn too_many(visit: &Visit, again: Moment) -> Response {
    // The page shows whole minutes, so round up.
    let again = again.plus(std::time::Duration::from_mins(1)).in_words();
    visit.show_with(StatusCode::TOO_MANY_REQUESTS, || {
        app::pages::desk::too_many_tries_page(&again)
    })
}

/// Returns the source, the browser and the desk's cookies of a request, for throttling, the audit
/// and the replacement of an earlier session.
pub(super) fn requester(visit: &Visit, headers: &HeaderMap) -> Requester {
    let browser = headers.get(header::USER_AGENT);
    let cookie = visit.service.context.cookie;
    Requester {
        browser_token: cookie.browser().read(headers),
        session_token: cookie.officer().read(headers),
        source: visit.source.clone(),
        browser: browser
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Returns the relying party for passkeys: the public address, or the host in the request if there
/// is no public address, as on a developer's machine.
pub(super) fn party(service: &Service, headers: &HeaderMap) -> RelyingParty {
    match (&service.page_origin, host(headers)) {
        (PageOrigin::ThisMachine | PageOrigin::AsHost, Some(host)) => {
            RelyingParty::at(&format!("http://{host}"))
        }
        _ => RelyingParty::at(&service.address),
    }
}

/// Answers the desk's script with JSON.
pub(super) fn json(value: &Value) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    (headers, value.to_string()).into_response()
}

/// Returns the page to open after signing in: `to`, if it is a plain path below `/desk/` outside
/// sign-in, sign-out and enrolment; otherwise the start of the desk.
pub(super) fn return_address(to: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-".contains(&byte);
    let is_page = to.starts_with("/desk/")
        && to.bytes().all(plain)
        && !to.contains("//")
        && !to.starts_with(SIGN_IN)
        && to != registration::desk::SIGN_OUT
        && !to.starts_with("/desk/join");
    if is_page { to } else { DESK }
}

impl From<Fault> for InternalError {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "an officer could not sign in or change how they sign in");
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
            assert_eq!(return_address(to), expected, "{to:?}");
        }
    }
}
