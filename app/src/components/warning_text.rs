//! Warning text: a warning about the consequences of an action.

use leptos::prelude::*;

/// A warning about the consequences of an action.
#[component]
pub fn WarningText(
    /// The text of the warning.
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
