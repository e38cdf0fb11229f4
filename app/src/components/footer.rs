//! The foot of every page: help, the statements that the law asks for, and the licence.
//!
//! govuk-frontend draws a crown and the crest here. They are not ours to copy, so they are missing.

use leptos::prelude::*;

use super::words::Words;

/// A link of the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterLink {
    /// Where it leads.
    pub href: Words,
    /// What it says.
    pub words: Words,
    /// Whether it leads to a page that the browser loads, past the router of the other pages.
    pub is_outside: bool,
}

impl FooterLink {
    /// The link that says `words` and leads to `href`.
    pub fn new(href: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self {
            href: href.into(),
            words: words.into(),
            is_outside: false,
        }
    }

    /// The same link past the router.
    #[must_use]
    pub fn outside(self) -> Self {
        Self {
            is_outside: true,
            ..self
        }
    }
}

/// The footer.
#[component]
pub fn Footer(
    /// Help, privacy, accessibility and so on.
    #[prop(optional)]
    links: Vec<FooterLink>,
    /// What is said below the links, such as who runs the service.
    #[prop(optional)]
    children: Option<Children>,
    /// Whether to say that the content is under the Open Government Licence.
    #[prop(optional)]
    licence: bool,
    /// Whether to say that it is Crown copyright.
    #[prop(optional)]
    crown_copyright: bool,
) -> AnyView {
    let title = (!links.is_empty() || children.is_some())
        .then(|| view! { <h2 class="govuk-visually-hidden">"Support links"</h2> });
    let list = (!links.is_empty()).then(|| {
        view! {
            <ul class="govuk-footer__inline-list">{links.into_iter().map(link).collect_view()}</ul>
        }
    });
    let custom = children
        .map(|children| view! { <div class="govuk-footer__meta-custom">{children()}</div> });
    view! {
        <div class="govuk-footer">
            <div class="govuk-width-container">
                <div class="govuk-footer__meta">
                    <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
                        {title} {list} {custom} {licence.then(licence_description)}
                    </div>
                    {crown_copyright.then(copyright)}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// One link; `rel` is what the router leaves to the browser.
fn link(
    FooterLink {
        href,
        words,
        is_outside,
    }: FooterLink,
) -> AnyView {
    view! {
        <li class="govuk-footer__inline-list-item">
            <a class="govuk-footer__link" href=href rel=is_outside.then_some("external")>
                {words}
            </a>
        </li>
    }
    .into_any()
}

/// The licence in one sentence.
fn licence_description() -> AnyView {
    view! {
        <span class="govuk-footer__licence-description">
            "All content is available under the "
            <a
                class="govuk-footer__link"
                href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
                rel="license"
            >
                "Open Government Licence v3.0"
            </a>
            ", except where otherwise stated"
        </span>
    }
    .into_any()
}

/// Whose words they are.
fn copyright() -> AnyView {
    view! {
        <div class="govuk-footer__meta-item">
            <a
                class="govuk-footer__link govuk-footer__copyright-logo"
                href="https://www.nationalarchives.gov.uk/information-management/re-using-public-sector-information/uk-government-licensing-framework/crown-copyright/"
            >
                "© Crown copyright"
            </a>
        </div>
    }.into_any()
}
