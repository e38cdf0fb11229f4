//! What is wrong with one answer, written right above its input.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The error message of an input; the input names its id in `aria-describedby`.
#[component]
pub fn ErrorMessage(
    /// The id, by custom that of the input with `-error` at the end.
    #[prop(into, optional)]
    id: Words,
    /// What is wrong and how to mend it; the same words as in the summary.
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
