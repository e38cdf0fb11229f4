//! Inset text: text that stands apart from the text around it.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// Inset text.
#[component]
pub fn InsetText(
    /// The id.
    #[prop(into, optional)]
    id: Words,
    /// The text.
    children: Children,
) -> AnyView {
    element("div")
        .given("id", id)
        .class("govuk-inset-text")
        .child(children())
        .view()
}
