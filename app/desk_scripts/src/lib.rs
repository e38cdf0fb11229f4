//! Additions to the desk's pages that need a script: passkeys, the dialog at the end of a session, keyboard shortcuts,
//! and the storing of unsent forms. The server renders these pages completely.
//!
//! The crate is compiled to a WebAssembly of its own, without Leptos. Only the desk's pages load it.
#![cfg(target_arch = "wasm32")]

mod dom;
mod passkeys;
mod session_end;
mod shortcuts;
mod unsent_form;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the parts for which the current page has elements, then marks the document as started.
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
