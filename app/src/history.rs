//! Restores typed text and the scroll position after Back and Forward between pages that are drawn
//! without a page load. For pages that the browser loads, the browser itself restores them.
//!
//! Each entry of the browser's history has a number as its state. The typed text and the scroll
//! position of a page are stored in memory under that number. Passwords and chosen files are not
//! stored, and nothing is written to the device.

use std::cell::RefCell;
use std::collections::HashMap;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Date;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, HtmlCollection, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, PopStateEvent, ScrollRestoration,
};

thread_local! {
    static ENTRIES: RefCell<Entries> = RefCell::default();
}

/// Starts to record the typed text and the scroll position of each page.
pub fn watch() {
    let options = EventListenerOptions::run_in_capture_phase();
    for event in ["input", "change", "click", "submit"] {
        EventListener::new_with_options(&window(), event, options, |_| keep()).forget();
    }
    EventListener::new_with_options(&window(), "scroll", options, |_| keep_scroll()).forget();
    // When `popstate` fires, the router may already have removed the old page. The listeners above
    // have therefore recorded its state beforehand.
    EventListener::new_with_options(&window(), "popstate", options, |event| {
        let state = event.dyn_ref::<PopStateEvent>().map(PopStateEvent::state);
        ENTRIES.with_borrow_mut(|entries| {
            entries.change();
            entries.returning = state.as_ref().and_then(number);
        });
    })
    .forget();
    // With automatic restoration, the browser would scroll before the page of the entry is drawn.
    // When the person leaves the whole document, automatic restoration is turned on, because the
    // browser itself draws the document on return.
    let restore = |by| {
        let _always_works = window()
            .history()
            .and_then(|history| history.set_scroll_restoration(by));
    };
    restore(ScrollRestoration::Manual);
    EventListener::new(&window(), "pagehide", move |_| {
        restore(ScrollRestoration::Auto);
    })
    .forget();
    EventListener::new(&window(), "pageshow", move |_| {
        restore(ScrollRestoration::Manual);
    })
    .forget();
    arrive(drawn());
}

/// Restores the text typed into a form that was just drawn, if the person came by Back or Forward.
pub fn fill_in(form: &HtmlFormElement) {
    ENTRIES.with_borrow(|entries| {
        let fields = entries.returned().and_then(|left| {
            left.forms
                .iter()
                .find(|(action, _)| *action == form.action())
        });
        if let Some((_, fields)) = fields {
            for field in fields {
                field.fill_in(&form.elements());
            }
        }
    });
}

/// The number of a page change.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Change(u32);

/// Records that a page has been drawn. Its history entry may not be the current entry yet.
pub fn drawn() -> Change {
    ENTRIES.with_borrow_mut(|entries| {
        entries.change();
        entries.change
    })
}

/// A page that has been drawn and whose history entry is the current entry.
pub struct Arrival {
    /// The stored scroll position in pixels, if the person came by Back or Forward.
    pub scroll: Option<f64>,
}

/// Ends a page change, and numbers the history entry if it has no number yet. Returns `None` if
/// another page change has begun in the meantime.
pub fn arrive(change: Change) -> Option<Arrival> {
    if !is_latest(change) {
        return None;
    }
    let history = window().history().ok()?;
    let here = history.state().ok().as_ref().and_then(number);
    let key = here.unwrap_or_else(Date::now);
    if here.is_none() {
        let _always_works = history.replace_state(&JsValue::from_f64(key), "");
    }
    ENTRIES.with_borrow_mut(|entries| {
        let scroll = entries.returned().map(|left| left.scroll);
        entries.here = Some(Key::of(key));
        entries.returning = None;
        Some(Arrival { scroll })
    })
}

/// Whether no other page change has begun since this one.
pub fn is_latest(change: Change) -> bool {
    ENTRIES.with_borrow(|entries| entries.change == change)
}

/// The number of a history entry: the time at which its page was first drawn, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key(u64);

impl Key {
    fn of(number: f64) -> Self {
        Self(number.to_bits())
    }
}

#[derive(Default)]
struct Entries {
    /// The latest page change.
    change: Change,
    /// The history entry of the current page; `None` during a page change.
    here: Option<Key>,
    /// The number of the history entry to which the person goes back or forward; `None` once its
    /// page is drawn.
    returning: Option<f64>,
    left: HashMap<Key, PageState>,
}

impl Entries {
    fn change(&mut self) {
        self.change.0 += 1;
        self.here = None;
    }

    /// Returns the history entry of the current page. Returns `None` during a page change, and if
    /// the browser has already moved to another entry.
    fn shown(&self) -> Option<Key> {
        let state = window().history().ok()?.state().ok()?;
        self.here
            .filter(|here| number(&state).map(Key::of) == Some(*here))
    }

    fn returned(&self) -> Option<&PageState> {
        self.left.get(&Key::of(self.returning?))
    }
}

/// The recorded scroll position and typed text of a page.
#[derive(Default)]
struct PageState {
    scroll: f64,
    /// The action address and the fields of each form.
    forms: Vec<(String, Vec<FieldState>)>,
}

/// The content of a form field.
struct FieldState {
    index: u32,
    name: String,
    value: String,
    checked: bool,
}

fn number(state: &JsValue) -> Option<f64> {
    state.as_f64()
}

/// Records the scroll position of the current page.
fn keep_scroll() {
    let scroll = window().scroll_y().unwrap_or_default();
    ENTRIES.with_borrow_mut(|entries| {
        if let Some(here) = entries.shown() {
            entries.left.entry(here).or_default().scroll = scroll;
        }
    });
}

/// Records the typed text and the scroll position of the current page.
fn keep() {
    let forms = window().document().map(|document| document.forms());
    let left = PageState {
        scroll: window().scroll_y().unwrap_or_default(),
        forms: forms
            .map(|forms| {
                (0..forms.length())
                    .filter_map(|at| forms.item(at)?.dyn_into::<HtmlFormElement>().ok())
                    .map(|form| (form.action(), typed_into(&form.elements())))
                    .collect()
            })
            .unwrap_or_default(),
    };
    ENTRIES.with_borrow_mut(|entries| {
        if let Some(here) = entries.shown() {
            entries.left.insert(here, left);
        }
    });
}

fn typed_into(fields: &HtmlCollection) -> Vec<FieldState> {
    (0..fields.length())
        .filter_map(|index| FieldState::of(index, &fields.item(index)?))
        .collect()
}

impl FieldState {
    fn of(index: u32, field: &Element) -> Option<Self> {
        let with = |name, value, checked| Self {
            index,
            name,
            value,
            checked,
        };
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            let is_typed = !matches!(input.type_().as_str(), "hidden" | "file" | "password");
            return is_typed.then(|| with(input.name(), input.value(), input.checked()));
        }
        if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            return Some(with(area.name(), area.value(), false));
        }
        let select = field.dyn_ref::<HtmlSelectElement>()?;
        Some(with(select.name(), select.value(), false))
    }

    fn fill_in(&self, fields: &HtmlCollection) {
        let Some(field) = fields.item(self.index) else {
            return;
        };
        if field
            .get_attribute("name")
            .is_none_or(|name| name != self.name)
        {
            return;
        }
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            if matches!(input.type_().as_str(), "radio" | "checkbox") {
                input.set_checked(self.checked);
            } else {
                input.set_value(&self.value);
            }
        } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(&self.value);
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&self.value);
        }
    }
}
