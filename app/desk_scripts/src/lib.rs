//! What scripts add to the desk's pages. The server renders these pages completely, and they work
//! without this crate.
//!
//! It is a WebAssembly of its own, without Leptos, which only the desk's pages load.
#![cfg(target_arch = "wasm32")]

mod dom;
mod passkeys;
mod session_end;
mod shortcuts;
mod unsent_form;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts everything that the current page has elements for, then marks the document as started.
#[wasm_bindgen]
pub fn start() {
    session_end::watch();
    unsent_form::watch();
    passkeys::watch();
    shortcuts::watch();
    if let Some(root) = dom::document().and_then(|document| document.document_element()) {
        let _always_works = root.set_attribute("data-desk-started", "");
    }
}
