//! The details component: a line of text that opens to show more text, which only some people need.

use leptos::prelude::*;

use super::words::{Words, given};

/// Text that the person can open and close.
#[component]
pub fn Details(
    /// The text of the line that opens the details.
    #[prop(into)]
    summary: Words,
    /// The `id` attribute.
    #[prop(into, optional)]
    id: Words,
    /// Whether the details are open when the page loads.
    #[prop(optional)]
    open: bool,
    /// The content, which is visible while the details are open.
    children: Children,
) -> AnyView {
    view! {
        <details id=given(id) class="govuk-details" open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary}</span>
            </summary>
            <div class="govuk-details__text">{children()}</div>
        </details>
    }
    .into_any()
}
