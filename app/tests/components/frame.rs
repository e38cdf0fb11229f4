//! What stands around every page: header, footer, and the ways in and back.

use app::components::{
    BackLink, Footer, FooterLink, GenericHeader, Header, NavigationItem, PhaseBanner,
    ServiceNavigation, SkipLink,
};
use leptos::prelude::*;

use crate::fixtures::{compare, compare_without, inside_of};

#[test]
fn skip_link() {
    compare(
        "skip-link",
        &["default", "custom href", "html as text"],
        |options| {
            let href = options
                .maybe("href")
                .unwrap_or_else(|| "#content".to_owned())
                .leak();
            view! { <SkipLink href words=options.words("text")/> }.into_any()
        },
    );
}

#[test]
fn back_link() {
    compare(
        "back-link",
        &["default", "html as text", "with custom text and link"],
        |options| {
            let href = options.maybe("href").unwrap_or_else(|| "#".to_owned());
            let words = options.maybe("text").unwrap_or_else(|| "Back".to_owned());
            view! { <BackLink href words/> }.into_any()
        },
    );
}

#[test]
fn phase_banner() {
    compare("phase-banner", &["default"], |options| {
        view! {
            <PhaseBanner phase=options.words("tag.text")>
                "This is a new service - your " <a href="#" class="govuk-link">"feedback"</a>
                " will help us to improve it."
            </PhaseBanner>
        }
        .into_any()
    });
}

#[test]
fn service_navigation() {
    compare(
        "service-navigation",
        &[
            "with service name",
            "with service link",
            "with long service name",
            "with service name and navigation",
            "default",
        ],
        |options| {
            let items = options
                .list("navigation")
                .into_iter()
                .map(|item| NavigationItem {
                    href: item.words("href").into(),
                    words: item.words("text").into(),
                    is_current: item.is("active"),
                })
                .collect();
            view! {
                <ServiceNavigation
                    name=options.words("serviceName")
                    href=options.words("serviceUrl")
                    items
                />
            }
            .into_any()
        },
    );
}

#[test]
fn generic_header() {
    compare("generic-header", &["default", "custom url"], |options| {
        let href = options.maybe("url").unwrap_or_else(|| "/".to_owned());
        view! { <GenericHeader name=options.words("logoText") href/> }.into_any()
    });
}

/// The logotype is taken out of the fixture: our component is given it, and does not have it.
#[test]
fn header() {
    compare_without(
        "header",
        &[],
        &["default", "with product name", "custom homepage url"],
        |options, html| {
            let logotype = inside_of(html, ".govuk-header__homepage-link");
            let href = options
                .maybe("homepageUrl")
                .unwrap_or_else(|| "//gov.uk".to_owned());
            view! { <Header logotype href/> }.into_any()
        },
    );
}

/// The crown and the licence's logo are missing from ours on purpose.
#[test]
fn footer() {
    compare_without(
        "footer",
        &["govuk-footer__crown", "govuk-footer__licence-logo"],
        &[
            "default",
            "with no content licence",
            "with custom meta",
            "with only custom meta",
            "with only meta links",
            "with meta links and meta content",
        ],
        |options, html| {
            let links: Vec<FooterLink> = options
                .list("meta.items")
                .into_iter()
                .map(|link| FooterLink::new(link.words("href"), link.words("text")))
                .collect();
            let licence = html.contains("govuk-footer__licence-description");
            match options
                .maybe("meta.text")
                .or_else(|| options.maybe("meta.html"))
            {
                None => view! { <Footer links licence crown_copyright=true/> }.into_any(),
                Some(words) if words.starts_with("Built by") => view! {
                    <Footer links licence crown_copyright=true>
                        "Built by the "
                        <a href="#" class="govuk-footer__link">
                            "Department of Magical Law Enforcement"
                        </a>
                    </Footer>
                }
                .into_any(),
                Some(words) => {
                    view! { <Footer links licence crown_copyright=true>{words}</Footer> }.into_any()
                }
            }
        },
    );
}
