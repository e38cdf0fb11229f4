//! The guard of the desk: identifies the officer, and refuses requests for which the officer's role
//! has no permission.
//!
//! Unlisted routes are refused.

use std::collections::HashMap;
use std::sync::Arc;

use app::pages::desk::{CurrentOfficer, SessionEnd, not_allowed_page, signed_out_page};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{Permission, SIGN_IN};
use registration::refusal_reason::RefusalReason;

use crate::clock::Moment;
use crate::current_request;
use crate::http::state::Service;
use crate::http::visit::{InternalError, Visit};
use crate::store::{Officer, OfficerSession};

/// The largest form whose text is shown again to an officer whose session has ended, in bytes.
const MAX_BYTES_SHOWN: usize = 256 * 1024;

/// The permission that a route needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// No permission, as for the sign-in pages.
    Nothing,
    /// An officer who is signed in and has this permission.
    May(Permission),
}

/// The state of the guard.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) service: Service,
    pub(super) needs: Arc<HashMap<(Method, &'static str), Needs>>,
}

/// The signed-in officer and their session, which the guard adds to a request for the handlers.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    pub(super) officer: Officer,
    pub(super) session: OfficerSession,
}

/// Passes a request on if the route needs no permission, or if the officer has the permission that
/// the route needs. Otherwise refuses a signed-in officer. Without a session, redirects a request
/// for a page to the sign-in page, and answers a form with a page that shows its longer texts.
/// Answers with 405 if the path has no listed route for the method.
pub(super) async fn guard(
    State(guard): State<Guard>,
    request: Request,
    next: Next,
) -> Result<Response, InternalError> {
    let (mut parts, body) = request.into_parts();
    // HEAD needs the same permission as GET.
    let method = if parts.method == Method::HEAD {
        Method::GET
    } else {
        parts.method.clone()
    };
    let needs = parts
        .extensions
        .get::<MatchedPath>()
        .and_then(|path| {
            let mut listed = guard.needs.iter();
            listed.find(|((listed, at), _)| *listed == method && *at == path.as_str())
        })
        .map(|(_, needs)| *needs);
    let context = &guard.service.context;
    let signed_in = match context.cookie.officer().read(&parts.headers) {
        Some(token) => {
            context
                .store
                .officers()
                .signed_in(&token.hash(), context.clock.now())
                .await?
        }
        None => None,
    };
    let signed_in = signed_in.map(|(officer, session)| SignedIn { officer, session });
    if let Some(signed_in) = &signed_in {
        current_request::identify("officer", signed_in.officer.id.as_str());
    }
    let may = match (needs, &signed_in) {
        (Some(Needs::Nothing), _) => true,
        (Some(Needs::May(permission)), Some(who)) => who.officer.role.may(permission),
        (Some(Needs::May(_)) | None, _) => false,
    };
    if may {
        if let Some(signed_in) = signed_in {
            parts.extensions.insert(signed_in);
        }
        return Ok(next.run(Request::from_parts(parts, body)).await);
    }
    let visit = Visit::from_request_parts(&mut parts, &guard.service)
        .await
        .unwrap_or_else(|never| match never {});
    Ok(match (needs, signed_in) {
        // The path has no listed route for this method.
        (None, _) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        (_, Some(who)) => visit.show_with(StatusCode::FORBIDDEN, || {
            not_allowed_page(&CurrentOfficer {
                end: end_of(&who.officer, &who.session, context.clock.now()),
                name: who.officer.name,
                role: who.officer.role,
                has_shortcuts: who.officer.has_shortcuts,
            })
        }),
        (_, None) if method == Method::GET => {
            Redirect::to(&sign_in_then(parts.uri.path())).into_response()
        }
        (_, None) => {
            let cookie = [(header::SET_COOKIE, context.cookie.officer().clear())];
            let typed = typed(body).await;
            let page = visit.show_with(StatusCode::UNAUTHORIZED, || signed_out_page(typed));
            (cookie, page).into_response()
        }
    })
}

/// Returns the end of a session, as the pages show it.
pub(super) fn end_of(officer: &Officer, session: &OfficerSession, now: Moment) -> SessionEnd {
    let end = session.idle_end();
    SessionEnd {
        at: end.time_in_words(),
        officer: officer.id.to_string(),
        seconds: (end.millis() - now.millis()).max(0) / 1_000,
        moves: end < session.last_end(),
    }
}

/// Returns the longer texts of a form, such as notes and reasons, so that the officer can copy
/// them. None of these fields contains a password or a code. Returns an empty list if the form is
/// larger than `MAX_BYTES_SHOWN`.
async fn typed(body: Body) -> Vec<String> {
    let is_written = |name: &str| {
        matches!(name, "note" | "reason" | "words" | "correction_reason")
            || name.starts_with("asked-")
            || name.starts_with("note-")
    };
    let Ok(body) = to_bytes(body, MAX_BYTES_SHOWN).await else {
        return Vec::new();
    };
    form_urlencoded::parse(&body)
        .filter(|(name, words)| {
            // Skip the key of a selected reason, because nobody typed it.
            is_written(name) && !words.trim().is_empty() && RefusalReason::from_key(words).is_none()
        })
        .map(|(_, words)| words.into_owned())
        .collect()
}

/// Returns the address of the sign-in page that leads back to a page of the desk afterwards. The
/// address leaves out the query of that page, because a query may contain a person's name. If the
/// path has unusual characters, the sign-in page leads to the start of the desk instead.
fn sign_in_then(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-".contains(&byte);
    if path.bytes().all(plain) {
        format!("{SIGN_IN}?to={path}")
    } else {
        SIGN_IN.to_owned()
    }
}
