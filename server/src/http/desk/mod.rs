//! The desk's pages. Each route states the permission that it needs, which is checked before its
//! handler runs.
//!
//! Each file holds a page or a group of pages and has its own `routes`. `all` lists all of them,
//! for the test that requests each route in each role.

mod access;
mod account;
mod audit;
mod browser;
mod department;
mod entering;
mod fields;
mod figures;
mod format_requests;
mod holders;
mod home;
mod join;
mod messages;
mod new_passkey;
mod people;
mod queue;
mod registration;
mod routes;
mod set_up;
mod settings;
mod sign_in;
mod stay;
mod take_in;
mod visit;

use axum::Router;

pub use self::department::DEPARTMENT_BACK;
use self::routes::DeskRoutes;
pub use self::routes::{DeskRoute, Needs};
use super::router::Service;

/// Returns every route of the desk.
#[must_use]
pub fn all() -> Vec<DeskRoute> {
    desk().listed()
}

/// Returns the router of the desk's pages, behind the guard.
pub(super) fn routes(service: &Service) -> Router<Service> {
    desk().guarded(service)
}

fn desk() -> DeskRoutes {
    let routes = home::routes(DeskRoutes::default());
    let routes = messages::routes(routes);
    let routes = sign_in::routes(routes);
    let routes = department::routes(routes);
    let routes = join::routes(routes);
    let routes = account::routes(routes);
    let routes = stay::routes(routes);
    let routes = people::routes(routes);
    let routes = queue::routes(routes);
    let routes = holders::routes(routes);
    let routes = format_requests::routes(routes);
    let routes = registration::routes(routes);
    let routes = settings::routes(routes);
    let routes = audit::routes(routes);
    let routes = figures::routes(routes);
    let routes = set_up::routes(routes);
    take_in::routes(routes)
}
