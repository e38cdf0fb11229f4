//! Listens for the keyboard shortcuts of officers who have switched them on. `src/desk/shortcut.rs` has the table of
//! shortcuts.

use std::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions};
use registration::desk::shortcut::{SHORTCUTS, Shortcut, ShortcutKeys, takes_letters};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlAnchorElement, HtmlButtonElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent,
};

use crate::dom;

/// Listens for shortcuts, if the page says that the officer has switched them on.
pub fn watch() {
    let Some(document) = dom::document() else {
        return;
    };
    if dom::all::<Element>("[data-shortcuts]").is_empty() {
        return;
    }
    mark_keys();
    let typed = Cell::new(ShortcutKeys::default());
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        let mut keys = typed.take();
        let element = key_of(event)
            .and_then(|key| keys.press(key))
            .and_then(element_of);
        typed.set(keys);
        if let Some(element) = element {
            // Prevent the browser from typing the key into the field that gets the focus.
            event.prevent_default();
            act(&element);
        }
    })
    .forget();
}

/// Sets `aria-keyshortcuts`, from which screen readers announce the key of an element. The attribute cannot express a
/// sequence of two keys.
fn mark_keys() {
    for shortcut in SHORTCUTS.iter().filter(|shortcut| shortcut.keys.len() == 1) {
        if let Some(element) = element_of(shortcut) {
            let _always_works = element.set_attribute("aria-keyshortcuts", shortcut.keys);
        }
    }
}

/// Returns the key of an event. Returns `None` for keys that cannot be shortcuts, such as keys typed into a field.
fn key_of(event: &Event) -> Option<char> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let is_shortcut = !(event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.repeat()
        || event.is_composing()
        || event.default_prevented());
    if !is_shortcut || is_typing() || !dom::all::<Element>("dialog[open]").is_empty() {
        return None;
    }
    let key = event.key();
    let mut characters = key.chars();
    let character = characters.next()?;
    characters.next().is_none().then_some(character)
}

/// Whether the focus is in a field, to which the keys belong. Letters do nothing in a radio, a
/// checkbox or a button.
fn is_typing() -> bool {
    let focused = dom::document().and_then(|document| document.active_element());
    focused.is_some_and(|element| {
        element
            .dyn_ref::<HtmlInputElement>()
            .is_some_and(|input| takes_letters(&input.type_()))
            || element.has_type::<HtmlTextAreaElement>()
            || element.has_type::<HtmlSelectElement>()
            || element
                .dyn_ref::<HtmlElement>()
                .is_some_and(HtmlElement::is_content_editable)
    })
}

fn element_of(shortcut: &Shortcut) -> Option<HtmlElement> {
    let found = dom::all(&shortcut.target.selector());
    found.into_iter().next()
}

/// Clicks a link or a button; moves the focus to any other element.
fn act(element: &HtmlElement) {
    if element.has_type::<HtmlAnchorElement>() || element.has_type::<HtmlButtonElement>() {
        element.click();
        return;
    }
    let is_field = element.tab_index() >= 0;
    if !is_field && !element.has_attribute("tabindex") {
        let _always_works = element.set_attribute("tabindex", "-1");
    }
    let _always_works = element.focus();
}
