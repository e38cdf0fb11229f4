//! Links within a page that bring the keyboard to where they lead.
//!
//! The router takes over every click on a link and only scrolls; a link of the error summary or the
//! skip link must move the focus too, as govuk-frontend's own script does.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Follows a link to an input of this page: shows its label or question and gives it the focus.
/// Without such an input the link is left to the browser.
pub(super) fn to_input(event: &Event, href: &str) {
    let Some(input) = target(href) else { return };
    event.prevent_default();
    question_of(&input, href)
        .unwrap_or_else(|| input.clone().into())
        .scroll_into_view();
    focus(&input);
}

/// Follows a link to a part of this page, which need not be an input.
pub(super) fn to_part(event: &Event, href: &str) {
    let Some(part) = target(href) else { return };
    event.prevent_default();
    if !part.has_attribute("tabindex") {
        // Failing to make it focusable leaves the page as it was.
        let _ = part.set_attribute("tabindex", "-1");
    }
    part.scroll_into_view();
    focus(&part);
}

/// The element of this page to which a link of the form `#id` leads.
fn target(href: &str) -> Option<HtmlElement> {
    document()
        .get_element_by_id(href.strip_prefix('#')?)?
        .dyn_into()
        .ok()
}

/// Moves the focus; an element that cannot have it is left alone.
fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// The words that say what an input is for: the question of its group, or else its label.
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
