//! The page that shows two registrations side by side.

use app::pages::desk::registration::{CompareView, compare_page, compared};
use axum::extract::Path;
use registration::desk::key::{likeness, owners};

use super::{DeskRegistration, PageResult, unknown};
use crate::http::desk::visit::DeskVisit;
use crate::store::in_common;

pub(super) async fn show(
    visit: DeskVisit,
    one: DeskRegistration,
    Path((_, other)): Path<(String, String)>,
) -> PageResult {
    let Some(other) = DeskRegistration::open(&visit, &other).await? else {
        return Ok(unknown(&visit, &other));
    };
    let registrations = (&one.stored.registration, &other.stored.registration);
    let (rows, users) = compared(registrations.0, registrations.1);
    let common = in_common(registrations.0, registrations.1)
        .into_iter()
        .map(|(kind, value)| {
            let [here, there] = [registrations.0, registrations.1]
                .map(|registration| owners(registration, kind, &value).join(" and "));
            let likeness = likeness(kind, &value);
            if here.is_empty() {
                return likeness;
            }
            format!(
                "{likeness}: of {here} in {}, of {there} in {}",
                one.reference(),
                other.reference()
            )
        })
        .collect();
    let state = |opened: &DeskRegistration| {
        let lifecycle = &opened.lifecycle;
        format!(
            "{} since {}",
            lifecycle.applicant_status().words(),
            lifecycle.since.day_in_words()
        )
    };
    Ok(visit.show(|| {
        compare_page(CompareView {
            reference: one.reference().to_owned(),
            other: other.reference().to_owned(),
            common,
            states: [state(&one), state(&other)],
            rows,
            users,
        })
    }))
}
