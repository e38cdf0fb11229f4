//! The first link of every page, seen when it has the focus: past the header to what is new.

use leptos::prelude::*;

use super::focus;
use super::words::Words;

/// The skip link.
#[component]
pub fn SkipLink(
    /// Where it leads.
    #[prop(default = "#main-content")]
    href: &'static str,
    /// What it says.
    #[prop(into, default = Words::Borrowed("Skip to main content"))]
    words: Words,
) -> AnyView {
    view! {
        <a
            href=href
            class="govuk-skip-link"
            data-module="govuk-skip-link"
            on:click=move |event| focus::to_part(&event, href)
        >
            {words}
        </a>
    }
    .into_any()
}
