//! The skip link: the first link of every page, which leads past the header to the main content. It
//! is visible only while it has the focus.
//!
//! The link is outside the part of the page that the browser hydrates, so `app/bundle/start.js`
//! moves the focus.

use leptos::prelude::*;

use super::words::Words;

/// A link past the header to the main content.
#[component]
pub fn SkipLink(
    /// The target, such as `#main-content`.
    #[prop(default = "#main-content")]
    href: &'static str,
    /// The link text.
    #[prop(into, default = Words::Borrowed("Skip to main content"))]
    words: Words,
) -> AnyView {
    view! {
        <a
            href=href
            class="govuk-skip-link"
            data-module="govuk-skip-link"
        >
            {words}
        </a>
    }
    .into_any()
}
