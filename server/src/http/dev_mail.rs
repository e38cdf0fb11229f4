//! `/dev/mail`: the unsent messages on a developer's machine. The page does not exist over HTTPS,
//! if messages are really sent, or for requests from another machine.

use std::sync::Arc;

use app::shell::with_own_owner;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Json, Response};
use axum::routing::get;
use axum::{Router, http};
use leptos::prelude::*;
use mail::{Memory, SentMessage};
use serde::Deserialize;

use super::client_address::peer;
use super::origin::host;
use super::state::Service;
use crate::this_machine::{is_loopback, is_this_machine};

/// Query: the recipient of the messages to show.
#[derive(Deserialize)]
struct RecipientQuery {
    to: Option<String>,
}

/// Returns the routes of the pages that show the messages.
pub fn routes(memory: Arc<Memory>) -> Router<Service> {
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail.json", get(json))
        .route("/dev/mail/{id}", get(message))
        .with_state(memory)
        .layer(from_fn(on_this_machine))
}

/// The headers with which a proxy names its client.
const OF_PROXIES: [&str; 5] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-real-ip",
];

/// Answers only requests that come from this machine, name it as their host, and came through no
/// proxy. The host matters because another site’s name can resolve to this machine (DNS rebinding).
async fn on_this_machine(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_here = peer(&parts).is_some_and(is_loopback)
        && host(&parts.headers).is_some_and(|host| is_this_machine(host.host()))
        && OF_PROXIES
            .iter()
            .all(|name| !parts.headers.contains_key(*name));
    if is_here {
        next.run(Request::from_parts(parts, body)).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

async fn list(State(memory): State<Arc<Memory>>, Query(query): Query<RecipientQuery>) -> Response {
    let messages = recipient_of(&memory, &query);
    let nothing = messages
        .is_empty()
        .then(|| view! { <p>"No message was sent since the service was started."</p> });
    let messages: Vec<_> = messages.into_iter().map(one).collect();
    let page = with_own_owner(|| {
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>"Messages on this machine"</title>
                    <style>"pre { white-space: pre-wrap; overflow-wrap: anywhere }"</style>
                </head>
                <body>
                    <main>
                        <h1>"Messages on this machine"</h1>
                        <p>"They went to nobody. The newest is on top."</p>
                        {nothing}
                        {messages}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    (with_own_styles(), Html(format!("<!DOCTYPE html>{page}"))).into_response()
}

/// Returns a content security policy that allows the inline styles of messages.
fn with_own_styles() -> [(http::HeaderName, HeaderValue); 1] {
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    );
    [(header::CONTENT_SECURITY_POLICY, policy)]
}

fn one(shown: SentMessage) -> impl IntoView {
    view! {
        <article>
            <h2>{shown.subject}</h2>
            <p>"To " {shown.to}</p>
            <pre>{shown.text}</pre>
            <p>
                <a href=format!("/dev/mail/{}", shown.id)>"As HTML"</a>
            </p>
        </article>
    }
}

async fn json(
    State(memory): State<Arc<Memory>>,
    Query(query): Query<RecipientQuery>,
) -> Json<Vec<SentMessage>> {
    Json(recipient_of(&memory, &query))
}

async fn message(State(memory): State<Arc<Memory>>, Path(id): Path<String>) -> Response {
    let found = memory.messages().into_iter().find(|shown| shown.id == id);
    let Some(shown) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (with_own_styles(), Html(shown.html)).into_response()
}

fn recipient_of(memory: &Memory, query: &RecipientQuery) -> Vec<SentMessage> {
    let mut messages = memory.messages();
    if let Some(to) = &query.to {
        messages.retain(|shown| shown.to.eq_ignore_ascii_case(to));
    }
    messages
}
