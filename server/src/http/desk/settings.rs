//! The page of the desk's settings: whether a second officer confirms each decision, and the days
//! after which the service reminds an applicant who does not answer, and suggests closing the
//! registration.

use app::form::FormState;
use app::pages::desk::registration::{SettingsForm, settings_page, settings_to_read_page};
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::desk::silence::{CLOSING_DAYS, REMINDER_DAYS, SilenceRules};
use registration::problem::Problem;

use super::access::Needs;
use super::fields::{Fields, QueryFields};
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::DeskSettings;

const SETTINGS: &str = "/desk/settings";

/// Adds the routes of the settings page and of its form.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(SETTINGS, Needs::May(Permission::ReadSettings), show)
        .post(SETTINGS, Needs::May(Permission::ChangeSettings), save)
}

async fn show(visit: DeskVisit, QueryFields(asked): QueryFields) -> PageResult {
    let casework = visit.store().casework();
    let two_officers = casework.two_officers().await?;
    let rules = casework.silence_rules().await?;
    let is_saved = asked.text("done") == "saved";
    if !visit.may(Permission::ChangeSettings) {
        return Ok(visit.show(|| settings_to_read_page(two_officers, rules)));
    }
    let form = SettingsForm::of(two_officers, rules);
    Ok(visit.show(|| settings_page(form, is_saved, FormState::new(Vec::new(), Vec::new()))))
}

async fn save(visit: DeskVisit, fields: Fields) -> PageResult {
    let casework = visit.store().casework();
    let mut sent = SettingsForm::of(false, casework.silence_rules().await?);
    fields
        .text("two_officers")
        .clone_into(&mut sent.two_officers);
    // A form from an older version of the page has no fields for the days. The stored days then
    // stay as they are.
    for (name, value) in [
        (REMINDER_DAYS, &mut sent.reminder),
        (CLOSING_DAYS, &mut sent.closing),
    ] {
        if let Some(typed) = fields.all(name).next() {
            typed.clone_into(value);
        }
    }
    let two_officers = match &*sent.two_officers {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Problem::new(
            "two_officers",
            "two-officers-empty",
            "Select yes if a second officer confirms each decision",
        )),
    };
    let silence = SilenceRules::parse(&sent.reminder, &sent.closing);
    let new = match (two_officers, silence) {
        (Ok(two_officers), Ok(silence)) => DeskSettings {
            two_officers,
            silence,
        },
        (two_officers, silence) => {
            let of_days = silence.err().unwrap_or_default();
            let problems = two_officers.err().into_iter().chain(of_days).collect();
            return Ok(
                visit.show(|| settings_page(sent, false, FormState::new(problems, Vec::new())))
            );
        }
    };
    casework
        .change_settings(new, &visit.officer.id, visit.now())
        .await?;
    Ok(Redirect::to("/desk/settings?done=saved").into_response())
}
