//! Words that stand apart from those around them.

use leptos::prelude::*;

use super::words::{Words, given};

/// Inset text.
#[component]
pub fn InsetText(
    /// The id.
    #[prop(into, optional)]
    id: Words,
    /// The words.
    children: Children,
) -> AnyView {
    view! { <div id=given(id) class="govuk-inset-text">{children()}</div> }.into_any()
}
