//! The name of the service, under the header. A journey from start to end has no menu.

use leptos::prelude::*;

use super::words::{Words, given};

/// Service navigation with the name of the service alone.
#[component]
pub fn ServiceNavigation(
    /// The name of the service.
    #[prop(into)]
    name: Words,
    /// Where the name leads.
    #[prop(into, optional)]
    href: Words,
) -> AnyView {
    let name = match given(href) {
        Some(href) => {
            view! { <a href=href class="govuk-service-navigation__link">{name}</a> }.into_any()
        }
        None => view! { <span class="govuk-service-navigation__text">{name}</span> }.into_any(),
    };
    view! {
        <section
            aria-label="Service information"
            class="govuk-service-navigation"
            data-module="govuk-service-navigation"
        >
            <div class="govuk-width-container">
                <div class="govuk-service-navigation__container">
                    <span class="govuk-service-navigation__service-name">{name}</span>
                </div>
            </div>
        </section>
    }
    .into_any()
}
