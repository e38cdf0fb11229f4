//! The back link above the main content, which leads to the previous page.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// A link to the previous page.
#[component]
pub fn BackLink(
    /// The address of the previous page.
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
