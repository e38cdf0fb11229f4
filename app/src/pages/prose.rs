//! Headings, paragraphs, lists and links of the pages that are taken over in the browser.
//!
//! Each of a few kinds once: a page made of these adds words to the WebAssembly, and little code.

use std::borrow::Cow;

use leptos::prelude::*;

/// The h1 of a page.
pub fn heading(words: impl Into<Cow<'static, str>>) -> AnyView {
    let words = words.into();
    view! { <h1 class="govuk-heading-l">{words}</h1> }.into_any()
}

/// An h2.
pub fn subheading(words: &'static str) -> AnyView {
    view! { <h2 class="govuk-heading-m">{words}</h2> }.into_any()
}

/// A paragraph of words.
pub fn paragraph(words: impl Into<Cow<'static, str>>) -> AnyView {
    paragraph_of(vec![text(words)])
}

/// A paragraph with links or the like in it.
pub fn paragraph_of(parts: Vec<AnyView>) -> AnyView {
    view! { <p class="govuk-body">{parts}</p> }.into_any()
}

/// A bullet list.
pub fn list(items: Vec<AnyView>) -> AnyView {
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> }.into_any())
        .collect();
    view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }.into_any()
}

/// Words.
pub fn text(words: impl Into<Cow<'static, str>>) -> AnyView {
    let words: Cow<'static, str> = words.into();
    words.into_any()
}

/// A link to a page that is taken over in the browser.
pub fn link(href: impl Into<Cow<'static, str>>, words: impl Into<Cow<'static, str>>) -> AnyView {
    let (href, words) = (href.into(), words.into());
    view! { <a class="govuk-link" href=href>{words}</a> }.into_any()
}

/// A link to anything else, which the browser loads.
pub fn outside_link(
    href: impl Into<Cow<'static, str>>,
    words: impl Into<Cow<'static, str>>,
) -> AnyView {
    let (href, words) = (href.into(), words.into());
    view! { <a class="govuk-link" href=href rel="external">{words}</a> }.into_any()
}
