//! A link in a row of a table that does something with what the row shows.

use leptos::prelude::*;

use super::element::{element, text};

/// Renders the link. Screen readers say the name of the row after its words.
pub fn table_action(href: String, words: &'static str, name: &str) -> AnyView {
    let name = [" ", name].concat();
    let name = element("span").class("govuk-visually-hidden").words(name);
    let link = element("a")
        .class("govuk-link app-table-action")
        .attr("href", href);
    vec![link.words(words).child(name.view()).view(), text(" ")].into_any()
}
