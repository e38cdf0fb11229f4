//! The back link: the link to the page before, above the main part of the page.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The back link.
#[component]
pub fn BackLink(
    /// The address of the page before.
    #[prop(into)]
    href: Words,
    /// The link text.
    #[prop(into, default = Words::Borrowed("Back"))]
    words: Words,
) -> AnyView {
    element("a")
        .attr("href", href)
        .class("govuk-back-link")
        .words(words)
        .view()
}
