//! The green panel at the top of a confirmation page.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The confirmation panel. It must not contain links, because they would be hard to see on green.
#[component]
pub fn Panel(
    /// The heading of the page, which says what has been done.
    #[prop(into)]
    title: Words,
    /// The content to note down, such as the reference.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let body = children.map(|children| {
        element("div")
            .class("govuk-panel__body")
            .child(children())
            .view()
    });
    element("div")
        .class("govuk-panel govuk-panel--confirmation")
        .child(
            element("h1")
                .class("govuk-panel__title")
                .words(title)
                .view(),
        )
        .children(body)
        .view()
}
