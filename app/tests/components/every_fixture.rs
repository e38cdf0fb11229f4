//! Tests that our components equal every fixture of govuk-frontend, except those that `not_ours`
//! lists with a reason.

use crate::fixtures::{Ours, Render, compared, components};
use crate::{confirmations, frame, inputs, lists, not_ours, words};

/// Our components, by the names of their folders in govuk-frontend.
const OURS: &[Ours] = &[
    ours("back-link", frame::back_link),
    ours("button", confirmations::button),
    ours("checkboxes", inputs::checkboxes),
    ours("date-input", inputs::date_input),
    ours("details", words::details),
    ours("error-message", inputs::error_message),
    ours("error-summary", confirmations::error_summary),
    ours("fieldset", inputs::fieldset),
    ours("file-upload", inputs::file_upload),
    // Our footer deliberately has no crown and no licence logo.
    ours("footer", frame::footer).without(&["govuk-footer__crown", "govuk-footer__licence-logo"]),
    ours("generic-header", frame::generic_header),
    ours("header", frame::header),
    ours("hint", inputs::hint),
    ours("input", inputs::text_input),
    ours("inset-text", words::inset_text),
    ours("label", inputs::label),
    ours("notification-banner", confirmations::notification_banner),
    ours("pagination", lists::pagination),
    ours("panel", confirmations::panel),
    ours("phase-banner", frame::phase_banner),
    ours("radios", inputs::radios),
    // Our select deliberately has no disabled options.
    ours("select", inputs::select).without(&["[disabled]"]),
    ours("service-navigation", frame::service_navigation),
    ours("skip-link", frame::skip_link),
    ours("summary-list", lists::summary_list),
    ours("table", lists::table),
    ours("tag", words::tag),
    ours("task-list", lists::task_list),
    ours("textarea", inputs::textarea),
    ours("warning-text", words::warning_text),
];

const fn ours(component: &'static str, render: Render) -> Ours {
    Ours {
        component,
        render,
        missing: &[],
    }
}

/// Returns the fixtures of a component that `not_ours` lists.
fn not_ours_of(component: &str) -> Vec<&'static str> {
    let reasons = not_ours::FIXTURES.iter();
    reasons
        .flat_map(|reason| reason.fixtures)
        .filter(|(of, _)| *of == component)
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}

#[test]
fn every_fixture_of_our_components_is_equalled_or_is_not_ours_for_a_reason() {
    let mut wrong = Vec::new();
    let mut equalled = 0;
    for ours in OURS {
        let component = ours.component;
        let mut not_ours = not_ours_of(component);
        for fixture in compared(ours) {
            let name = fixture.name;
            let listed = not_ours.iter().position(|other| *other == name);
            if let Some(place) = listed {
                not_ours.swap_remove(place);
            }
            match (listed, fixture.difference) {
                (None, None) => equalled += 1,
                (None, Some(difference)) => wrong.push(difference),
                (Some(_), Some(_)) => {}
                (Some(_), None) => wrong.push(format!("{component}, “{name}” is ours after all")),
            }
        }
        let gone = not_ours.iter().map(|name| {
            format!("{component}, “{name}” is listed twice or is no fixture (any more)")
        });
        wrong.extend(gone);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{equalled} fixtures are equalled");
}

#[test]
fn every_component_of_govuk_frontend_is_ours_or_is_not_for_a_reason() {
    let ours = OURS.iter().map(|ours| ours.component);
    let mut known: Vec<&str> = ours
        .chain(not_ours::COMPONENTS.iter().map(|(component, _)| *component))
        .collect();
    known.sort_unstable();
    assert_eq!(known, components());
    for reason in not_ours::FIXTURES {
        assert!(!reason.because.is_empty());
        for (component, _) in reason.fixtures {
            assert!(
                OURS.iter().any(|ours| ours.component == *component),
                "{component}"
            );
        }
    }
}
