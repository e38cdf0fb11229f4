//! The guard of the desk: finds out who asks, and lets nobody past who may not.
//!
//! A route that is not in the list needs nothing less than what nobody has: it is refused.

use std::collections::HashMap;
use std::sync::Arc;

use app::pages::desk::{SessionEnd, Who, not_allowed_page, signed_out_page};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use registration::decision::Reason;
use registration::desk::SIGN_IN;

use super::routes::Needs;
use crate::clock::Moment;
use crate::http::router::Service;
use crate::http::visit::{Broken, Visit};
use crate::store::{Officer, OfficerSession};

/// How much of what was sent is shown to who is signed out.
const MOST_BYTES_SHOWN: usize = 256 * 1024;

/// What the guard knows.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) service: Service,
    pub(super) needs: Arc<HashMap<(Method, &'static str), Needs>>,
}

/// Who is signed in, as the guard hands it on.
#[derive(Debug, Clone)]
pub(super) struct SignedIn {
    pub(super) officer: Officer,
    pub(super) session: OfficerSession,
}

/// Asks whether a request may go on.
pub(super) async fn guard(
    State(guard): State<Guard>,
    request: Request,
    next: Next,
) -> Result<Response, Broken> {
    let (mut parts, body) = request.into_parts();
    // A page may be asked for by its head alone.
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
    let desk = &guard.service.desk;
    let signed_in = match desk.cookie.officer().read(&parts.headers) {
        Some(token) => {
            desk.store
                .signed_in(&token.hash(), desk.clock.now())
                .await?
        }
        None => None,
    };
    let signed_in = signed_in.map(|(officer, session)| SignedIn { officer, session });
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
        // What is not a GET or a POST of the list.
        (None, _) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        (_, Some(who)) => visit.show_with(StatusCode::FORBIDDEN, || {
            not_allowed_page(&Who {
                end: end_of(&who.session, desk.clock.now()),
                name: who.officer.name,
                role: who.officer.role,
            })
        }),
        (_, None) if method == Method::GET => {
            Redirect::to(&sign_in_then(parts.uri.path())).into_response()
        }
        (_, None) => {
            let cookie = [(header::SET_COOKIE, desk.cookie.officer().clear())];
            let typed = typed(body).await;
            let page = visit.show_with(StatusCode::UNAUTHORIZED, || signed_out_page(typed));
            (cookie, page).into_response()
        }
    })
}

/// Until when a session lasts, for its page.
pub(super) fn end_of(session: &OfficerSession, now: Moment) -> SessionEnd {
    let end = session.idle_end();
    SessionEnd {
        at: end.time_in_words(),
        seconds: (end.millis() - now.millis()).max(0) / 1_000,
        moves: end < session.last_end(),
    }
}

/// What somebody wrote in the form that they sent, in the fields of our pages into which sentences are written: no
/// password and no code is among them.
async fn typed(body: Body) -> Vec<String> {
    let is_written = |name: &str| {
        matches!(name, "note" | "reason" | "words" | "correction_reason")
            || name.starts_with("asked-")
    };
    let Ok(body) = to_bytes(body, MOST_BYTES_SHOWN).await else {
        return Vec::new();
    };
    form_urlencoded::parse(&body)
        .filter(|(name, words)| {
            // The word of a reason that was chosen is nobody's writing.
            is_written(name) && !words.trim().is_empty() && Reason::from_key(words).is_none()
        })
        .map(|(_, words)| words.into_owned())
        .collect()
}

/// The page of signing in that leads back to a page of the desk. What it was asked for is left out: it may be
/// somebody's name.
fn sign_in_then(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-".contains(&byte);
    if path.bytes().all(plain) {
        format!("{SIGN_IN}?to={path}")
    } else {
        SIGN_IN.to_owned()
    }
}
