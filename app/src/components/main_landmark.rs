//! The main landmark of a page, and the Back link above it.

use leptos::prelude::*;

use super::back_link::BackLink;
use super::element::element;
use super::words::Words;

/// Renders the part of a page between header and footer: the Back link, if there is one, and the
/// main landmark. The content is in one column: full width if `is_wide` is true, otherwise two
/// thirds.
pub fn page_body(back: Option<Words>, is_wide: bool, content: Vec<AnyView>) -> AnyView {
    let column = if is_wide {
        "govuk-grid-column-full"
    } else {
        "govuk-grid-column-two-thirds"
    };
    let column = element("div").class(column).children(content);
    let row = element("div").class("govuk-grid-row").child(column.view());
    let mut body = Vec::new();
    body.extend(back.map(|href| view! { <BackLink href/> }.into_any()));
    body.push(main_landmark(row.view()));
    body.into_any()
}

/// Renders the main landmark around content that has its own columns.
pub fn main_landmark(content: AnyView) -> AnyView {
    element("main")
        .class("govuk-main-wrapper")
        .attr("id", "main-content")
        .child(content)
        .view()
}
