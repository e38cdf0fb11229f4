//! Detects WebAssembly that an earlier version of the service delivered, so that a person can
//! finish a registration that they began before an upgrade.
//!
//! Each call from the browser names the WebAssembly file of its page. If the service now delivers another file, it
//! treats the call as a plain HTML form, and answers with `OUTDATED` and the address of the next page, if there is one.
//! The browser loads that page, or else reloads the current page, and so gets the new WebAssembly.

#[cfg(feature = "hydrate")]
use leptos::prelude::document;

/// The name of the query parameter with the address of the WebAssembly file, with its equals sign.
pub const VERSION: &str = "version=";

/// The HTTP status (Reset Content) of an answer to outdated WebAssembly.
pub const OUTDATED: u16 = 205;

/// Returns the address of the WebAssembly file that this page loaded.
#[cfg(feature = "hydrate")]
pub fn of_page() -> String {
    document()
        .get_element_by_id("registration-wasm")
        .and_then(|file| file.get_attribute("href"))
        .unwrap_or_default()
}
