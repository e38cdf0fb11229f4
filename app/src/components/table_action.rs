//! A link at the end of a table row that changes or removes the entry in the row.

use leptos::prelude::*;

use super::element::{element, text};

/// Renders the link. Screen readers announce `name`, the name of the row, after the link text.
pub fn table_action(href: String, words: &'static str, name: &str) -> AnyView {
    let name = [" ", name].concat();
    let name = element("span").class("govuk-visually-hidden").words(name);
    let link = element("a")
        .class("govuk-link app-table-action")
        .attr("href", href);
    vec![link.words(words).child(name.view()).view(), text(" ")].into_any()
}
