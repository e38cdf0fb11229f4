//! Headings, paragraphs, lists and links, above all for the pages that run in the browser.
//!
//! Each kind of element is written once, so a page made of them adds words but little code to the
//! WebAssembly.

use leptos::prelude::*;
use registration::lifecycle::SIGN_OUT_OF_DEVICE;

pub use crate::components::text;
use crate::components::{Words, element};

/// Renders the h1 of a page.
pub fn heading(words: impl Into<Words>) -> AnyView {
    element("h1").class("govuk-heading-l").words(words).view()
}

/// Renders an h2.
pub fn subheading(words: impl Into<Words>) -> AnyView {
    element("h2").class("govuk-heading-m").words(words).view()
}

/// Renders a paragraph of words.
pub fn paragraph(words: impl Into<Words>) -> AnyView {
    paragraph_of(vec![text(words)])
}

/// Renders a paragraph with links or other elements in it.
pub fn paragraph_of(parts: Vec<AnyView>) -> AnyView {
    element("p").class("govuk-body").children(parts).view()
}

/// Renders a bullet list.
pub fn list(items: Vec<AnyView>) -> AnyView {
    let items = items
        .into_iter()
        .map(|item| element("li").child(item).view());
    element("ul")
        .class("govuk-list govuk-list--bullet")
        .children(items)
        .view()
}

/// Renders a link to a page that runs in the browser, which opens it without a page load.
pub fn link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    element("a")
        .class("govuk-link")
        .attr("href", href.into())
        .words(words)
        .view()
}

/// Renders a link that opens in a new tab, so that the page somebody is working on stays open.
pub fn new_tab_link(href: impl Into<Words>, words: &str) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "noopener external")
        .attr("target", "_blank")
        .words([words, " (opens in new tab)"].concat())
        .view()
}

/// Renders a link to any other page, which the browser loads.
pub fn outside_link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "external").words(words).view()
}

/// Renders the link to the page on which an applicant signs out.
pub fn sign_out_link() -> AnyView {
    paragraph_of(vec![outside_link(
        SIGN_OUT_OF_DEVICE,
        "Sign out of this device",
    )])
}
