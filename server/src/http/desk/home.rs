//! The start of the desk: redirects each role to the first page that it may open.

use axum::response::Redirect;
use registration::desk::{DESK, Permission};

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;

/// Adds the route of the desk's own address.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes.get(DESK, Needs::May(Permission::OwnAccount), begin)
}

async fn begin(visit: DeskVisit) -> Redirect {
    Redirect::to(app::pages::desk::first_page_of(visit.officer.role))
}
