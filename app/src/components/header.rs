//! The header of a service on GOV.UK.
//!
//! The logotype belongs to the Crown and is not part of this project. If the settings choose the
//! GOV.UK brand, the server reads the logotype from a file. All other services use the generic
//! header.

use leptos::prelude::*;

use super::words::Words;

/// The header with the GOV.UK logotype.
#[component]
pub fn Header(
    /// The logotype, as an SVG element. It is not escaped, so it must come from the operator's file
    /// and never from a user of the service.
    #[prop(into)]
    logotype: Words,
    /// The address that the logotype leads to.
    #[prop(into, default = Words::Borrowed("//gov.uk"))]
    href: Words,
) -> AnyView {
    view! {
        <div class="govuk-header">
            <div class="govuk-header__container govuk-width-container">
                <div class="govuk-header__logo">
                    <a href=href class="govuk-header__homepage-link" inner_html=logotype.into_owned()></a>
                </div>
            </div>
        </div>
    }.into_any()
}
