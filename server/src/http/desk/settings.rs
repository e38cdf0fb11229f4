//! The page of the desk's settings: whether a second officer confirms each decision.

use app::form::FormState;
use app::pages::desk::registration::{settings_page, settings_to_read_page};
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::problem::Problem;

use super::access::Needs;
use super::fields::{Fields, QueryFields};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::PageResult;

const SETTINGS: &str = "/desk/settings";

/// Adds the routes of the settings page and of its form.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(SETTINGS, Needs::May(Permission::ReadSettings), show)
        .post(SETTINGS, Needs::May(Permission::ChangeSettings), save)
}

async fn show(visit: DeskVisit, QueryFields(asked): QueryFields) -> PageResult {
    let two = if visit.store().casework().two_officers().await? {
        "yes"
    } else {
        "no"
    };
    let is_saved = asked.text("done") == "saved";
    if !visit.may(Permission::ChangeSettings) {
        return Ok(visit.show(|| settings_to_read_page(two == "yes")));
    }
    Ok(visit.show(|| settings_page(two, is_saved, FormState::new(Vec::new(), Vec::new()))))
}

async fn save(visit: DeskVisit, fields: Fields) -> PageResult {
    let two = match fields.text("two_officers") {
        "yes" => true,
        "no" => false,
        _ => {
            let problem = Problem::new(
                "two_officers",
                "two-officers-empty",
                "Select yes if a second officer confirms each decision",
            );
            return Ok(
                visit.show(|| settings_page("", false, FormState::new(vec![problem], Vec::new())))
            );
        }
    };
    visit
        .store()
        .casework()
        .set_two_officers(two, &visit.officer.id, visit.now())
        .await?;
    Ok(Redirect::to("/desk/settings?done=saved").into_response())
}
