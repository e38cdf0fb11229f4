//! The error message of one answer, directly above its input.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The error message of an input. The input refers to it by `aria-describedby`.
#[component]
pub fn ErrorMessage(
    /// The `id` attribute: by convention the id of the input with `-error` at the end.
    #[prop(into, optional)]
    id: Words,
    /// The problem and how to fix it. The error summary uses the same text.
    #[prop(into)]
    words: Words,
) -> AnyView {
    element("p")
        .given("id", id)
        .class("govuk-error-message")
        .child(
            element("span")
                .class("govuk-visually-hidden")
                .words("Error:")
                .view(),
        )
        .words(" ")
        .words(words)
        .view()
}
