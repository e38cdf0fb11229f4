//! The page of the keyboard shortcuts, and the form that switches them on and off for an officer.

use app::pages::desk::{AccountNotice, shortcuts_page};
use axum::response::{IntoResponse, Redirect};
use registration::desk::{ACCOUNT, Permission, SHORTCUT_PAGE};
use registration::problem::Problem;

use super::access::Needs;
use super::fields::Fields;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::PageResult;

/// Adds the routes of the page and of its form.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let needs = Needs::May(Permission::OwnAccount);
    routes
        .get(SHORTCUT_PAGE, needs, show)
        .post(SHORTCUT_PAGE, needs, save)
}

async fn show(visit: DeskVisit) -> PageResult {
    Ok(page(&visit, None))
}

async fn save(visit: DeskVisit, fields: Fields) -> PageResult {
    let (on, notice) = match fields.text("shortcuts") {
        "on" => (true, AccountNotice::ShortcutsOn),
        "off" => (false, AccountNotice::ShortcutsOff),
        _ => {
            let words = "Select whether to use keyboard shortcuts";
            let problem = Problem::new("shortcuts", "shortcuts-empty", words);
            return Ok(page(&visit, Some(problem)));
        }
    };
    let officers = visit.store().officers();
    officers.set_shortcuts(&visit.officer.id, on).await?;
    Ok(Redirect::to(&[ACCOUNT, "?done=", notice.key()].concat()).into_response())
}

fn page(visit: &DeskVisit, problem: Option<Problem>) -> axum::response::Response {
    let officer = &visit.officer;
    visit.show(|| shortcuts_page(officer.role, officer.has_shortcuts, problem))
}
