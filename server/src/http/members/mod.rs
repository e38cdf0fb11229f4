//! The requests with which an organisation manages its people after its approval.

mod add;
mod changes;
mod home;
mod planned;
mod sign_in;
mod visit;

use axum::Router;
use axum::routing::{get, post};
use registration::membership::path::{
    ACCOUNTABLE, ADD, CANCEL, MEMBERS, ORGANISATIONS, SIGN_IN, SIGN_IN_CODE, SIGN_IN_LINK, SIGN_OUT,
};

use super::state::Service;

/// Returns the routes of the pages and of their forms. Each handler that shows or changes people
/// takes a `MemberVisit` (`visit.rs`), which only somebody gets who manages the organisation now.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(SIGN_IN, get(sign_in::ask).post(sign_in::request))
        .route(SIGN_IN_CODE, get(sign_in::code).post(sign_in::post_code))
        .route(
            SIGN_IN_LINK,
            get(sign_in::bare_link).post(sign_in::post_link),
        )
        .route("/members/sign-in/link/{secret}", get(sign_in::link))
        .route(SIGN_OUT, post(sign_in::sign_out))
        .route(
            ORGANISATIONS,
            get(sign_in::choose).post(sign_in::post_choose),
        )
        .route(MEMBERS, get(home::home))
        .route(ADD, get(add::ask).post(add::add))
        .route(
            ACCOUNTABLE,
            get(changes::ask_accountable).post(changes::accountable),
        )
        .route(CANCEL, post(planned::cancel))
        .route(
            "/members/{member}/remove",
            get(changes::ask_remove).post(changes::remove),
        )
        .route(
            "/members/{member}/administrator",
            get(changes::ask_administrator).post(changes::administrator),
        )
}
