//! The phase banner: says whether the service is in alpha or beta, and where to send feedback.

use leptos::prelude::*;

use super::words::Words;

/// A banner with the phase of the service, followed by any text.
#[component]
pub fn PhaseBanner(
    /// The phase: `Alpha` or `Beta`.
    #[prop(into)]
    phase: Words,
    /// The text after the phase, such as a link for feedback.
    children: Children,
) -> AnyView {
    view! {
        <div class="govuk-phase-banner govuk-width-container">
            <p class="govuk-phase-banner__content">
                <strong class="govuk-tag govuk-phase-banner__content__tag">{phase}</strong>
                <span class="govuk-phase-banner__text">{children()}</span>
            </p>
        </div>
    }
    .into_any()
}
