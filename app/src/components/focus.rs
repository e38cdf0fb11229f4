//! Links within a page that move the keyboard focus to their target.
//!
//! The router handles every click on a link, but only scrolls. The links of the error summary must
//! move the focus too, as govuk-frontend's own script does.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Follows a link to an input of this page. Scrolls to the label or question of the input, and
/// focuses the input.
///
/// If the page has no such input, does nothing, so the browser follows the link.
pub(super) fn to_input(event: &Event, href: &str) {
    let Some(input) = target(href) else { return };
    event.prevent_default();
    question_of(&input, href)
        .unwrap_or_else(|| input.clone().into())
        .scroll_into_view();
    focus(&input);
}

/// Finds the target of a link of the form `#id` in this page.
fn target(href: &str) -> Option<HtmlElement> {
    document()
        .get_element_by_id(href.strip_prefix('#')?)?
        .dyn_into()
        .ok()
}

/// Moves the focus to an element, if the element can have the focus.
fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Finds the element that describes an input: the legend of its fieldset for a radio, a checkbox or
/// a part of a date, otherwise its label.
fn question_of(input: &HtmlElement, href: &str) -> Option<Element> {
    let legend = input
        .closest("fieldset")
        .ok()
        .flatten()
        .and_then(|group| group.query_selector("legend").ok().flatten());
    let is_choice = matches!(
        input.get_attribute("type").as_deref(),
        Some("radio" | "checkbox")
    );
    let is_part_of_date = input.closest(".govuk-date-input").ok().flatten().is_some();
    if is_choice || is_part_of_date {
        return legend;
    }
    let label = ["label[for='", href.strip_prefix('#')?, "']"].concat();
    document().query_selector(&label).ok().flatten()
}
