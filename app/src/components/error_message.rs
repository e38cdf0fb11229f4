//! The error message of one answer, right above its input.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The error message of an input; the input names its id in `aria-describedby`.
#[component]
pub fn ErrorMessage(
    /// The id; by convention that of the input with `-error` at the end.
    #[prop(into, optional)]
    id: Words,
    /// The problem and how to fix it, in the same words as in the error summary.
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
