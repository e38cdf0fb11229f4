//! Words that stand apart from those around them.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// Inset text.
#[component]
pub fn InsetText(
    /// The id.
    #[prop(into, optional)]
    id: Words,
    /// The words.
    children: Children,
) -> AnyView {
    element("div")
        .given("id", id)
        .class("govuk-inset-text")
        .child(children())
        .view()
}
