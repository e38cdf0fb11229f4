//! Headings, paragraphs, lists and links, mostly for pages that the browser hydrates.
//!
//! The code for each kind of element exists once, so each page adds little more than its text to
//! the WebAssembly.

use leptos::prelude::*;
use registration::lifecycle::SIGN_OUT_OF_DEVICE;

pub use crate::components::text;
use crate::components::{Words, element};

/// Renders the h1 of a page.
pub fn heading(words: impl Into<Words>) -> AnyView {
    element("h1").class("govuk-heading-l").words(words).view()
}

/// Renders an h2 within a page.
pub fn subheading(words: impl Into<Words>) -> AnyView {
    element("h2").class("govuk-heading-m").words(words).view()
}

/// Renders a paragraph of plain text.
pub fn paragraph(words: impl Into<Words>) -> AnyView {
    paragraph_of(vec![text(words)])
}

/// Renders a paragraph with links or other elements in it.
pub fn paragraph_of(parts: Vec<AnyView>) -> AnyView {
    element("p").class("govuk-body").children(parts).view()
}

/// Renders a bulleted list.
pub fn list(items: Vec<AnyView>) -> AnyView {
    let items = items
        .into_iter()
        .map(|item| element("li").child(item).view());
    element("ul")
        .class("govuk-list govuk-list--bullet")
        .children(items)
        .view()
}

/// Renders a link to a page that the router can show without a page load.
pub fn link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    element("a")
        .class("govuk-link")
        .attr("href", href.into())
        .words(words)
        .view()
}

/// Renders a link that opens in a new tab, so that the current page stays open.
pub fn new_tab_link(href: impl Into<Words>, words: &str) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "noopener external")
        .attr("target", "_blank")
        .words([words, " (opens in new tab)"].concat())
        .view()
}

/// Renders a link to a page that the browser must load without the router.
pub fn outside_link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "external").words(words).view()
}

/// Renders a paragraph with the link to the page on which an applicant signs out.
pub fn sign_out_link() -> AnyView {
    paragraph_of(vec![outside_link(
        SIGN_OUT_OF_DEVICE,
        "Sign out of this device",
    )])
}
