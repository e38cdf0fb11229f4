//! The hint under a label: one short sentence that helps with the answer.

use leptos::prelude::*;

use super::words::{Words, given};

/// The hint of an input; the input names its id in `aria-describedby`.
#[component]
pub fn Hint(
    /// The id, by custom that of the input with `-hint` at the end.
    #[prop(into, optional)]
    id: Words,
    /// The sentence.
    children: Children,
) -> AnyView {
    view! { <div id=given(id) class="govuk-hint">{children()}</div> }.into_any()
}
