//! The green panel of a confirmation page.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The confirmation panel. It must not contain links, which would be hard to see.
#[component]
pub fn Panel(
    /// What has been done; the heading of the page.
    #[prop(into)]
    title: Words,
    /// What the person should note, such as the reference.
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
