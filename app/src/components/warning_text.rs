//! Warning text: a warning about the consequences of an action.

use leptos::prelude::*;

/// Warning text.
#[component]
pub fn WarningText(
    /// The warning.
    children: Children,
) -> AnyView {
    view! {
        <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">
                "!"
            </span>
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">"Warning"</span>
                " "
                {children()}
            </strong>
        </div>
    }
    .into_any()
}
