//! The header of a service that is not on GOV.UK: a name without a crown.

use leptos::prelude::*;

use super::words::Words;

/// The header for a service that is not on GOV.UK.
#[component]
pub fn GenericHeader(
    /// The name in the header, such as the name of the service.
    #[prop(into)]
    name: Words,
    /// The address that the name leads to.
    #[prop(into, default = Words::Borrowed("/"))]
    href: Words,
) -> AnyView {
    view! {
        <div class="govuk-generic-header">
            <div class="govuk-generic-header__container govuk-width-container">
                <div class="govuk-generic-header__logo">
                    <a href=href class="govuk-generic-header__homepage-link">
                        {name}
                    </a>
                </div>
            </div>
        </div>
    }
    .into_any()
}
