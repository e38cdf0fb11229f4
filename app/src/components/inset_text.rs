//! Inset text: text that is set apart from the text around it by a bar.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// Inset text.
#[component]
pub fn InsetText(
    /// The `id` attribute.
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
