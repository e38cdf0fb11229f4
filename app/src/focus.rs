//! Moves the keyboard focus after a page change without a page load. The browser itself moves the
//! focus only when it loads a page.
//!
//! On a new page, the focus moves to the field in the fragment of the address, or else to the error summary, or else to
//! the heading. After Back or Forward, the fragment is ignored, and the page scrolls to its earlier position. The focus
//! stays where it is on the first page of a visit, and if the person has already moved it into the new page. If a form
//! is sent with problems, the focus moves to the error summary.
//!
//! The focus moves to the heading only after a screen reader has noticed that the old page is gone.
//! Otherwise Orca takes the heading for the place that the old page has left, and does not read it.

#[cfg(feature = "hydrate")]
use std::cell::Cell;

#[cfg(feature = "hydrate")]
use leptos::prelude::window;

#[cfg(feature = "hydrate")]
use crate::history::{self, Arrival};

#[cfg(feature = "hydrate")]
thread_local! {
    static IS_FIRST_PAGE: Cell<bool> = const { Cell::new(true) };
}

/// The delay between drawing a page and moving the focus, in milliseconds. By then the router has
/// changed the address.
#[cfg(feature = "hydrate")]
const SETTLED_MS: u32 = 30;

/// The further delay before the focus moves to the heading, in milliseconds. Chromium tells screen
/// readers of changes in batches, up to a tenth of a second after them.
#[cfg(feature = "hydrate")]
const NOTICED_MS: u32 = 200;

/// Moves the focus on a page that was drawn without a page load. Does nothing on the first page of
/// a visit.
///
/// The focus moves to the field in the fragment of the address (except after Back or Forward), or else to the error
/// summary, or else to the heading.
pub fn new_page() {
    #[cfg(feature = "hydrate")]
    if !IS_FIRST_PAGE.replace(false) {
        let (before, change) = (browser::focused(), history::drawn());
        browser::after(SETTLED_MS, move || {
            // Do nothing if another page change has begun. If the person is already in a field,
            // leave the focus there, because their typing would otherwise go elsewhere.
            let Some(Arrival { scroll }) = history::arrive(change) else {
                return;
            };
            let has_moved = (browser::focused() != before && browser::is_in_main())
                || (scroll.is_none()
                    && browser::field_of_address().is_some_and(|field| browser::focus(&field)))
                || browser::focus_on(".govuk-error-summary");
            if !has_moved {
                heading_of(change);
            }
            if let Some(scroll) = scroll {
                window().scroll_to_with_x_and_y(0.0, scroll);
            }
        });
    }
}

/// Moves the focus to the heading of a new page, unless the person moves the focus or the page changes again in the
/// meantime.
#[cfg(feature = "hydrate")]
fn heading_of(change: history::Change) {
    let before = browser::focused();
    browser::forget_caret();
    browser::after(NOTICED_MS, move || {
        if history::is_latest(change) && browser::focused() == before {
            browser::focus_without_scrolling("main h1");
        }
    });
}

/// Moves the focus to the error summary.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "forms are watched in the browser only")
)]
pub fn summary() {
    #[cfg(feature = "hydrate")]
    browser::after(0, || {
        browser::focus_on(".govuk-error-summary");
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use gloo::timers::callback::Timeout;
    use leptos::prelude::{document, window};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, FocusOptions, HtmlElement};

    /// Runs `act` after a delay, so that the page is updated first.
    pub fn after(milliseconds: u32, act: impl FnOnce() + 'static) {
        Timeout::new(milliseconds, act).forget();
    }

    pub fn focused() -> Option<Element> {
        document().active_element()
    }

    /// Removes the caret, which the browser would otherwise put where the old page was.
    pub fn forget_caret() {
        if let Ok(Some(selection)) = window().get_selection() {
            let _always_works = selection.remove_all_ranges();
        }
    }

    pub fn is_in_main() -> bool {
        matches!(document().query_selector("main :focus"), Ok(Some(_)))
    }

    pub fn field_of_address() -> Option<Element> {
        let hash = window().location().hash().ok()?;
        document().get_element_by_id(hash.strip_prefix('#')?)
    }

    pub fn focus_on(selector: &str) -> bool {
        focusable(selector).is_some_and(|element| focus(&element))
    }

    /// Focuses an element without scrolling, because a new page is shown from its top.
    pub fn focus_without_scrolling(selector: &str) -> bool {
        let Some(element) = focusable(selector).and_then(|found| found.dyn_into().ok()) else {
            return false;
        };
        let element: HtmlElement = element;
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        element.focus_with_options(&options).is_ok()
    }

    fn focusable(selector: &str) -> Option<Element> {
        let element = document().query_selector(selector).ok()??;
        if element.get_attribute("tabindex").is_none() {
            let _always_works = element.set_attribute("tabindex", "-1");
        }
        Some(element)
    }

    pub fn focus(element: &Element) -> bool {
        let Some(element) = element.dyn_ref::<HtmlElement>() else {
            return false;
        };
        let label = document()
            .query_selector(&format!("label[for='{}']", element.id()))
            .ok()
            .flatten();
        label.as_ref().unwrap_or(element).scroll_into_view();
        element.focus().is_ok()
    }
}
