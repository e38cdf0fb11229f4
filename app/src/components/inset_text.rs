//! Inset text: text that is set apart from the text around it by a bar.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// A block of text with a bar at its side.
#[component]
pub fn InsetText(
    /// The `id` attribute.
    #[prop(into, optional)]
    id: Words,
    /// The content of the block.
    children: Children,
) -> AnyView {
    element("div")
        .given("id", id)
        .class("govuk-inset-text")
        .child(children())
        .view()
}
