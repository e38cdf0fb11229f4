//! The desk's pages. Each route states the permission that it needs, and the guard checks the
//! permission before the handler runs.
//!
//! Each page or group of pages has its own file, with a function `routes`. `all` lists all routes,
//! for the test that requests each route in each role.

mod access;
mod account;
mod addresses;
mod assignment;
mod assisted;
mod audit;
mod bulk;
mod confirmation;
mod enrolment;
mod fields;
mod figures;
mod format_requests;
mod home;
mod keyed_form;
mod list_export;
mod messages;
mod people;
mod provisioning;
mod queue;
mod registration;
mod routes;
mod searches;
mod second_factor;
mod session_end;
mod settings;
mod shortcuts;
mod sign_in;
mod sign_in_visit;
mod single_sign_on;
mod take_over;
mod unsent_forms;
mod user_agent;
mod visit;

use axum::Router;

pub use self::access::Needs;
pub use self::routes::DeskRoute;
use self::routes::DeskRoutes;
pub use self::single_sign_on::SINGLE_SIGN_ON_CALLBACK;
use super::state::Service;

/// Returns every route of the desk.
#[must_use]
pub fn all() -> Vec<DeskRoute> {
    desk(&Router::new()).listed()
}

/// Returns the router of the desk's pages, behind the guard. `applicants` is the router of the
/// applicants' pages, on which officers key in forms.
pub(super) fn routes(service: &Service, applicants: &Router) -> Router<Service> {
    desk(applicants).guarded(service)
}

fn desk(applicants: &Router) -> DeskRoutes {
    let routes = home::routes(DeskRoutes::default());
    let routes = messages::routes(routes);
    let routes = sign_in::routes(routes);
    let routes = single_sign_on::routes(routes);
    let routes = enrolment::routes(routes);
    let routes = account::routes(routes);
    let routes = confirmation::routes(routes);
    let routes = session_end::routes(routes);
    let routes = shortcuts::routes(routes);
    let routes = people::routes(routes);
    let routes = queue::routes(routes);
    let routes = bulk::routes(routes);
    let routes = list_export::routes(routes);
    let routes = assignment::routes(routes);
    let routes = format_requests::routes(routes);
    let routes = registration::routes(routes);
    let routes = settings::routes(routes);
    let routes = audit::routes(routes);
    let routes = figures::routes(routes);
    let routes = provisioning::routes(routes);
    let routes = keyed_form::routes(routes, applicants);
    assisted::routes(routes)
}
