//! The settings of the desk: a desk administrator can change them, and an auditor can read them.

use leptos::prelude::*;
use registration::desk::silence::{CLOSING_DAYS, REMINDER_DAYS, SilenceRules};

use crate::components::{
    Button, Choice, InputWidth, LabelSize, NotificationBanner, Radios, SummaryList, SummaryRow,
    TextInput, text,
};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::heading;

const TITLE: &str = "Desk settings";
const TWO_OFFICERS: &str = "Does a second officer confirm each decision?";
const REMINDER: &str = "Days without an answer until the applicant is reminded";
const CLOSING: &str = "Days after the reminder until closing is suggested";

/// The form for the settings, as the page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsForm {
    /// The answer to the question about two officers: `yes`, `no`, or empty if none was chosen.
    pub two_officers: String,
    /// The days until the reminder, as typed.
    pub reminder: String,
    /// The days until the suggestion to close, as typed.
    pub closing: String,
}

impl SettingsForm {
    /// Returns the form with the stored settings.
    #[must_use]
    pub fn of(two_officers: bool, rules: SilenceRules) -> Self {
        let days = |days: Option<u16>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            two_officers: if two_officers { "yes" } else { "no" }.to_owned(),
            reminder: days(rules.reminder),
            closing: days(rules.closing),
        }
    }
}

/// Renders the settings for an officer who may not change them.
pub fn settings_to_read_page(two_officers: bool, rules: SilenceRules) -> DeskPage {
    let answer = if two_officers { "Yes" } else { "No" };
    let days = |days: Option<u16>| days.map_or_else(|| "Never".to_owned(), |days| days.to_string());
    let rows = vec![
        SummaryRow::new(TWO_OFFICERS, text(answer)),
        SummaryRow::new(REMINDER, text(days(rules.reminder))),
        SummaryRow::new(CLOSING, text(days(rules.closing))),
    ];
    let parts = vec![heading(TITLE), view! { <SummaryList rows/> }.into_any()];
    DeskPage::new(TITLE, MenuEntry::Settings, parts)
}

/// Renders the form for the settings.
pub fn settings_page(shown: SettingsForm, is_saved: bool, form: FormState) -> DeskPage {
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
                    value=shown.two_officers
                    problem=form.problem("two_officers")
                />
                <TextInput
                    name=REMINDER_DAYS
                    label=REMINDER
                    label_size=LabelSize::Medium
                    hint="Counted from the last questions. Leave it empty to send no reminder"
                    width=InputWidth::Three
                    inputmode="numeric"
                    value=shown.reminder
                    problem=form.problem(REMINDER_DAYS)
                />
                <TextInput
                    name=CLOSING_DAYS
                    label=CLOSING
                    label_size=LabelSize::Medium
                    hint="The queue then suggests closing the registration, and an officer decides. Leave it empty for no suggestion"
                    width=InputWidth::Three
                    inputmode="numeric"
                    value=shown.closing
                    problem=form.problem(CLOSING_DAYS)
                />
                <Button prevent_double_click=true>{text("Save")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, MenuEntry::Settings, parts).form(form)
}
