//! The footer of every page: links to help and to the statements that the law requires, and the
//! licence.
//!
//! The footer of govuk-frontend also has the crown and the crest. This project may not copy them.

use leptos::prelude::*;

use super::words::Words;

/// A link of the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterLink {
    /// The target address.
    pub href: Words,
    /// The link text.
    pub words: Words,
    /// Whether the browser must load the page without the router.
    pub is_outside: bool,
}

impl FooterLink {
    /// Creates a link with the text `words` to `href`.
    pub fn new(href: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self {
            href: href.into(),
            words: words.into(),
            is_outside: false,
        }
    }

    /// Returns the same link with `is_outside` set: the browser loads the page without the router.
    #[must_use]
    pub fn outside(self) -> Self {
        Self {
            is_outside: true,
            ..self
        }
    }
}

/// The footer of a page.
#[component]
pub fn Footer(
    /// The links to help, privacy, accessibility and so on.
    #[prop(optional)]
    links: Vec<FooterLink>,
    /// The text below the links, such as the name of the body that runs the service.
    #[prop(optional)]
    children: Option<Children>,
    /// Whether to say that the content is under the Open Government Licence.
    #[prop(optional)]
    licence: bool,
    /// Whether to say that the content is Crown copyright.
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

/// Renders one link. The router does not handle links with `rel="external"`.
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

/// Renders the sentence about the licence.
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

/// Renders the notice of Crown copyright.
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
