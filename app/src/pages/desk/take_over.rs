//! The page that asks an officer to confirm before they act on work that is assigned to a colleague.

use leptos::prelude::*;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{Button, element, text};
use crate::pages::prose::{heading, outside_link, paragraph};

/// The data for the page that asks an officer to confirm that they take work over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOverView {
    /// The name of the work, such as `CP-…`.
    pub what: String,
    /// The name of the officer to whom the work is assigned.
    pub colleague: String,
    /// A sentence that says what the form changes once the officer has confirmed.
    pub words: &'static str,
    /// The address to which the form is sent again once the officer confirms.
    pub action: String,
    /// The names and values of the form's fields.
    pub fields: Vec<(String, String)>,
    /// The text of the button.
    pub button: &'static str,
    /// The address to which Cancel and the Back link lead.
    pub back: String,
}

/// Renders the page that asks an officer to confirm that they take work over.
pub fn take_over_page(shown: TakeOverView) -> DeskPage {
    let title = ["Assigned to ", &shown.colleague, ": take it over?"].concat();
    let fields: Vec<AnyView> = shown
        .fields
        .into_iter()
        .map(|(name, value)| {
            element("input")
                .attr("type", "hidden")
                .attr("name", name)
                .attr("value", value)
                .view()
        })
        .collect();
    let words = [
        &*shown.what,
        " is assigned to ",
        &shown.colleague,
        ". ",
        shown.words,
    ]
    .concat();
    let parts = vec![
        heading(title.clone()),
        paragraph(words),
        view! {
            <form action=shown.action method="post" novalidate>
                {fields}
                <div class="govuk-button-group">
                    <Button prevent_double_click=true>{text(shown.button)}</Button>
                    {outside_link(shown.back.clone(), "Cancel")}
                </div>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(title, MenuEntry::Queue, parts).back(shown.back)
}
