//! The small checkbox that selects a row of a list: a registration or an account.

use leptos::prelude::*;

use crate::components::element;

/// Renders a small checkbox. `words` are the content of its label.
pub(super) fn checkbox(
    id: String,
    name: &'static str,
    value: String,
    words: AnyView,
    ticked: bool,
) -> AnyView {
    let input = element("input")
        .class("govuk-checkboxes__input")
        .attr("id", id.clone())
        .attr("name", name)
        .attr("type", "checkbox")
        .attr("value", value)
        .flag("checked", ticked);
    let label = element("label")
        .class("govuk-label govuk-checkboxes__label")
        .attr("for", id)
        .child(words);
    let item = element("div")
        .class("govuk-checkboxes__item")
        .child(input.view())
        .child(label.view());
    element("div")
        .class("govuk-checkboxes govuk-checkboxes--small")
        .child(item.view())
        .view()
}
