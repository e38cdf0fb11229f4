//! The desk's pages: each route with the permission that it needs, asked before its handler runs.
//!
//! A file a page or a group of pages, each with its own `routes`; `all` is the one list of them, which the
//! test of roles walks.

mod access;
mod audit;
mod figures;
mod home;
mod messages;
mod routes;
mod visit;

use axum::Router;

use self::routes::DeskRoutes;
pub use self::routes::{DeskRoute, Needs};
use super::router::Service;

/// Every route of the desk.
#[must_use]
pub fn all() -> Vec<DeskRoute> {
    desk().listed()
}

/// The pages, guarded.
pub(super) fn routes(service: &Service) -> Router<Service> {
    desk().guarded(service)
}

fn desk() -> DeskRoutes {
    let routes = home::routes(DeskRoutes::default());
    let routes = messages::routes(routes);
    let routes = audit::routes(routes);
    figures::routes(routes)
}
