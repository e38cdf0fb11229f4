//! The hint under a label: one short sentence that helps with the answer.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The hint of an input. The input refers to it by `aria-describedby`.
#[component]
pub fn Hint(
    /// The `id` attribute: by convention the id of the input with `-hint` at the end.
    #[prop(into, optional)]
    id: Words,
    /// The text of the hint.
    children: Children,
) -> AnyView {
    hint_of(id, children())
}

/// Renders a hint around a view.
pub(super) fn hint_of(id: Words, words: AnyView) -> AnyView {
    element("div")
        .given("id", id)
        .class("govuk-hint")
        .child(words)
        .view()
}
