//! The way back to the page before, above the main part of the page.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The back link.
#[component]
pub fn BackLink(
    /// Where it leads.
    #[prop(into)]
    href: Words,
    /// What it says.
    #[prop(into, default = Words::Borrowed("Back"))]
    words: Words,
) -> AnyView {
    element("a")
        .attr("href", href)
        .class("govuk-back-link")
        .words(words)
        .view()
}
