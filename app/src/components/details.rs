//! The details component: text that only some people need, behind a line that opens it.

use leptos::prelude::*;

use super::words::{Words, given};

/// The details component.
#[component]
pub fn Details(
    /// The text of the line that opens it.
    #[prop(into)]
    summary: Words,
    /// The id.
    #[prop(into, optional)]
    id: Words,
    /// Whether it is open from the start.
    #[prop(optional)]
    open: bool,
    /// What is shown when it is open.
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
