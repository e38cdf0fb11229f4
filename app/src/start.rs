//! The entry point in the browser: hydrates the pages that the server rendered.

use leptos::mount::hydrate_from;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::form::connection;
use crate::history;
use crate::pages::Pages;

/// Hydrates the pages inside `#pages`. A page that only the server renders has no such element, and
/// stays unchanged.
#[wasm_bindgen]
pub fn hydrate() {
    let document = document();
    let pages = document
        .get_element_by_id("pages")
        .and_then(|pages| pages.dyn_into::<HtmlElement>().ok());
    if let Some(pages) = pages {
        hydrate_from(pages, Pages).forget();
        history::watch();
        connection::watch();
        if let Some(root) = document.document_element() {
            let _always_works = root.set_attribute("data-hydrated", "");
        }
    }
}
