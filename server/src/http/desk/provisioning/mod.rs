//! The set-up pages, where officers have the accounts of approved registrations created.

mod batches;
mod lists;
mod organisation;
mod results;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use registration::desk::Permission;

use super::access::Needs;
use super::routes::DeskRoutes;

/// Adds the routes of the set-up pages and of their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let reads = Needs::May(Permission::ReadSetUp);
    let changes = Needs::May(Permission::SetUpAccounts);
    // The route has no body limit: if the file is too large, the handler shows the error at the
    // field.
    let take_results = results::take.layer(DefaultBodyLimit::disable());
    routes
        .get("/desk/set-up", reads, lists::show)
        .post("/desk/set-up", reads, lists::search)
        .get("/desk/set-up/batches", reads, batches::list)
        .post("/desk/set-up/batches", changes, batches::make)
        .get("/desk/set-up/batches/{number}", reads, batches::show)
        .post("/desk/set-up/batches/{number}", changes, batches::close)
        .get("/desk/set-up/batches/{number}/{file}", reads, batches::send)
        .get("/desk/set-up/results", reads, results::ask)
        .post("/desk/set-up/results", changes, take_results)
        .get("/desk/set-up/results/{id}", reads, results::show)
        .post("/desk/set-up/results/{id}", changes, results::apply)
        .get("/desk/set-up/{reference}", reads, organisation::show)
        .post("/desk/set-up/{reference}", changes, organisation::change)
}

/// Returns a number of accounts in words.
fn accounts_in_words(count: usize) -> String {
    match count {
        1 => "1 account".to_owned(),
        count => format!("{count} accounts"),
    }
}
