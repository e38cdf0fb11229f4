//! Renders our header, footer, navigation and other parts around a page from govuk-frontend's
//! fixtures.

use app::components::{
    BackLink, Footer, FooterLink, GenericHeader, Header, NavigationItem, PhaseBanner,
    ServiceNavigation, SkipLink,
};
use leptos::prelude::*;

use crate::fixtures::{Options, inside_of};

pub fn skip_link(options: Options, _: &str) -> AnyView {
    let href = options
        .maybe("href")
        .unwrap_or_else(|| "#content".to_owned())
        .leak();
    view! { <SkipLink href words=options.words("text")/> }.into_any()
}

pub fn back_link(options: Options, _: &str) -> AnyView {
    let href = options.maybe("href").unwrap_or_else(|| "#".to_owned());
    let words = options.maybe("text").unwrap_or_else(|| "Back".to_owned());
    view! { <BackLink href words/> }.into_any()
}

pub fn phase_banner(options: Options, _: &str) -> AnyView {
    view! {
        <PhaseBanner phase=options.words("tag.text")>
            {options.inside("html", "text")}
        </PhaseBanner>
    }
    .into_any()
}

pub fn service_navigation(options: Options, _: &str) -> AnyView {
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
}

pub fn generic_header(options: Options, _: &str) -> AnyView {
    let href = options.maybe("url").unwrap_or_else(|| "/".to_owned());
    view! { <GenericHeader name=options.words("logoText") href/> }.into_any()
}

/// Renders our header with the logotype of the fixture, because our component has no logotype of
/// its own.
pub fn header(options: Options, html: &str) -> AnyView {
    let logotype = inside_of(html, ".govuk-header__homepage-link");
    let href = options
        .maybe("homepageUrl")
        .unwrap_or_else(|| "//gov.uk".to_owned());
    view! { <Header logotype href/> }.into_any()
}

/// Renders our footer, which deliberately has no crown and no licence logo.
pub fn footer(options: Options, html: &str) -> AnyView {
    let links: Vec<FooterLink> = options
        .list("meta.items")
        .into_iter()
        .map(|link| FooterLink::new(link.words("href"), link.words("text")))
        .collect();
    let licence = html.contains("govuk-footer__licence-description");
    let has_words = options
        .maybe("meta.text")
        .or_else(|| options.maybe("meta.html"));
    if has_words.is_none() {
        return view! { <Footer links licence crown_copyright=true/> }.into_any();
    }
    view! {
        <Footer links licence crown_copyright=true>
            {options.inside("meta.html", "meta.text")}
        </Footer>
    }
    .into_any()
}
