//! Headings, paragraphs, lists and links of the pages that are taken over in the browser.
//!
//! Each of a few kinds once: a page made of these adds words to the WebAssembly, and little code.

use leptos::prelude::*;

pub use crate::components::text;
use crate::components::{Words, element};

/// The h1 of a page.
pub fn heading(words: impl Into<Words>) -> AnyView {
    element("h1").class("govuk-heading-l").words(words).view()
}

/// An h2.
pub fn subheading(words: impl Into<Words>) -> AnyView {
    element("h2").class("govuk-heading-m").words(words).view()
}

/// A paragraph of words.
pub fn paragraph(words: impl Into<Words>) -> AnyView {
    paragraph_of(vec![text(words)])
}

/// A paragraph with links or the like in it.
pub fn paragraph_of(parts: Vec<AnyView>) -> AnyView {
    element("p").class("govuk-body").children(parts).view()
}

/// A bullet list.
pub fn list(items: Vec<AnyView>) -> AnyView {
    let items = items
        .into_iter()
        .map(|item| element("li").child(item).view());
    element("ul")
        .class("govuk-list govuk-list--bullet")
        .children(items)
        .view()
}

/// A link to a page that is taken over in the browser.
pub fn link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    element("a")
        .class("govuk-link")
        .attr("href", href.into())
        .words(words)
        .view()
}

/// A link that leaves a page open on which somebody is at work, as its words say.
pub fn new_tab_link(href: impl Into<Words>, words: &str) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "noopener external")
        .attr("target", "_blank")
        .words([words, " (opens in new tab)"].concat())
        .view()
}

/// A link to anything else, which the browser loads.
pub fn outside_link(href: impl Into<Words>, words: impl Into<Words>) -> AnyView {
    let link = element("a").class("govuk-link").attr("href", href.into());
    link.attr("rel", "external").words(words).view()
}
