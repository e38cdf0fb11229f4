//! The green panel of a confirmation page.

use leptos::prelude::*;

use super::words::Words;

/// The confirmation panel. No links inside: they would be hard to see.
#[component]
pub fn Panel(
    /// What has been done; the heading of the page.
    #[prop(into)]
    title: Words,
    /// What to keep, such as the reference.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    view! {
        <div class="govuk-panel govuk-panel--confirmation">
            <h1 class="govuk-panel__title">{title}</h1>
            {children.map(|children| view! { <div class="govuk-panel__body">{children()}</div> })}
        </div>
    }
    .into_any()
}
