//! A page and a request whose only effect is to extend an officer's session. Every other request of
//! the officer extends the session too.

use app::pages::desk::{DeskPage, MenuEntry, still_signed_in};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{Permission, STAY};
use serde_json::json;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::json as answer;
use super::visit::DeskVisit;

/// Adds the routes of the page “You are still signed in” and of the request that the dialog sends.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let needs = Needs::May(Permission::OwnAccount);
    routes.get(STAY, needs, show).post(STAY, needs, stay)
}

async fn show(visit: DeskVisit) -> Response {
    let parts = || still_signed_in(&visit.end());
    visit.show(|| DeskPage::new("You are still signed in", MenuEntry::Account, parts()))
}

async fn stay(visit: DeskVisit, headers: HeaderMap) -> Response {
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("application/json"));
    if wants_json {
        answer(&json!({ "seconds": visit.end().seconds }))
    } else {
        Redirect::to(STAY).into_response()
    }
}
