//! The settings of the desk, for its administrator.

use leptos::prelude::*;

use crate::components::{Button, Choice, LabelSize, NotificationBanner, Radios, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::heading;

/// The page: `two` is the answer so far.
pub fn settings_page(two: &'static str, is_saved: bool, form: FormState) -> DeskPage {
    const TITLE: &str = "Settings of the desk";
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
                    label="Does a second officer confirm each decision?"
                    label_size=LabelSize::Medium
                    hint="The first officer’s decision then waits, and the applicant hears nothing, until another officer confirms it"
                    choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                    value=two
                    problem=form.problem("two_officers")
                />
                <Button prevent_double_click=true>{text("Save")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, Place::Settings, parts).form(form)
}
