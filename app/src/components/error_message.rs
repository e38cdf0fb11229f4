//! What is wrong with one answer, written right above its input.

use leptos::prelude::*;

use super::words::{Words, given};

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
    view! {
        <p id=given(id) class="govuk-error-message">
            <span class="govuk-visually-hidden">"Error:"</span>
            " "
            {words}
        </p>
    }
    .into_any()
}
