//! The settings of the desk: a desk administrator can change them, and an auditor can read them.

use leptos::prelude::*;

use crate::components::{
    Button, Choice, LabelSize, NotificationBanner, Radios, SummaryList, SummaryRow, text,
};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::heading;

const TITLE: &str = "Desk settings";
const TWO_OFFICERS: &str = "Does a second officer confirm each decision?";

/// Renders the settings for an officer who may not change them.
pub fn settings_to_read_page(two: bool) -> DeskPage {
    let answer = if two { "Yes" } else { "No" };
    let rows = vec![SummaryRow::new(TWO_OFFICERS, text(answer))];
    let parts = vec![heading(TITLE), view! { <SummaryList rows/> }.into_any()];
    DeskPage::new(TITLE, MenuEntry::Settings, parts)
}

/// Renders the form for the settings. `two` is the answer to the question about two officers:
/// `yes`, `no`, or empty if none was chosen.
pub fn settings_page(two: &'static str, is_saved: bool, form: FormState) -> DeskPage {
    let mut parts = Vec::new();
    if is_saved {
        parts.push(
            view! { <NotificationBanner success=true heading="The settings are saved"/> }
                .into_any(),
        );
    }
    parts.push(heading(TITLE));
    parts.push(
        view! {
            <form action="/desk/settings" method="post" novalidate>
                <Radios
                    name="two_officers"
                    label=TWO_OFFICERS
                    label_size=LabelSize::Medium
                    hint="The applicant is told only after another officer confirms the decision"
                    choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                    value=two
                    problem=form.problem("two_officers")
                />
                <Button prevent_double_click=true>{text("Save")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, MenuEntry::Settings, parts).form(form)
}
