//! Where the keyboard is after the page has changed: without a page load nobody moves it but we.
//!
//! Each change of page moves it to the h1 unless its user has put it elsewhere meanwhile, a failed attempt to send moves it to the
//! summary. On the server, and on the first page of a visit, nothing is moved.

#[cfg(feature = "hydrate")]
use std::cell::Cell;

#[cfg(feature = "hydrate")]
thread_local! {
    static IS_FIRST_PAGE: Cell<bool> = const { Cell::new(true) };
}

/// How long after a page is drawn the focus moves: the router writes the address when the page stands.
#[cfg(feature = "hydrate")]
const SETTLED_MS: u32 = 30;

/// Moves the focus to where a page begins that was drawn without loading: to the field that the address
/// names, to the summary of its problems, or to its heading.
pub fn new_page() {
    #[cfg(feature = "hydrate")]
    if !IS_FIRST_PAGE.replace(false) {
        let before = browser::focused();
        browser::after(SETTLED_MS, move || {
            // Who is in a field already stays there: what they type would go into another.
            if browser::focused() != before && browser::is_in_main() {
                return;
            }
            let named = browser::field_of_address().is_some_and(|field| browser::focus(&field));
            let _moved =
                named || browser::focus_on(".govuk-error-summary") || browser::focus_on("main h1");
        });
    }
}

/// Moves the focus to the summary of problems.
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
    use web_sys::{Element, HtmlElement};

    /// After the page has been brought up to date.
    pub fn after(milliseconds: u32, act: impl FnOnce() + 'static) {
        Timeout::new(milliseconds, act).forget();
    }

    pub fn focused() -> Option<Element> {
        document().active_element()
    }

    pub fn is_in_main() -> bool {
        matches!(document().query_selector("main :focus"), Ok(Some(_)))
    }

    pub fn field_of_address() -> Option<Element> {
        let hash = window().location().hash().ok()?;
        document().get_element_by_id(hash.strip_prefix('#')?)
    }

    pub fn focus_on(selector: &str) -> bool {
        let Ok(Some(element)) = document().query_selector(selector) else {
            return false;
        };
        if element.get_attribute("tabindex").is_none() {
            let _always_works = element.set_attribute("tabindex", "-1");
        }
        focus(&element)
    }

    pub fn focus(element: &Element) -> bool {
        let Some(element) = element.dyn_ref::<HtmlElement>() else {
            return false;
        };
        let label = document()
            .query_selector(&format!("label[for='{}']", element.id()))
            .ok()
            .flatten()
            .filter(|_| !element.id().is_empty());
        label.as_ref().unwrap_or(element).scroll_into_view();
        element.focus().is_ok()
    }
}
