//! The header of a service on GOV.UK.
//!
//! The logotype is the Crown's and no part of this project: whoever may show it gives the file in
//! the settings. Everybody else takes the generic header.

use leptos::prelude::*;

use super::words::Words;

/// The GOV.UK header.
#[component]
pub fn Header(
    /// The logotype: an SVG element from a file that the operator has put there, never from a person
    /// who uses the service. It is written as it is.
    #[prop(into)]
    logotype: Words,
    /// Where the logotype leads.
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
