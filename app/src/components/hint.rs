//! The hint under a label: one short sentence that helps with the answer.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The hint of an input; the input names its id in `aria-describedby`.
#[component]
pub fn Hint(
    /// The id; by convention that of the input with `-hint` at the end.
    #[prop(into, optional)]
    id: Words,
    /// The sentence.
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
