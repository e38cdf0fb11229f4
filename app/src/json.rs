//! What the server sends and what a form holds, read from JSON.
//!
//! A browser reads JSON by itself: there the types are filled from what its own parser gives. With
//! serde's reader of text, and the words of its errors, the WebAssembly would be a tenth larger.

use serde::de::DeserializeOwned;

/// The value that the JSON stands for; `None` when it stands for no such value.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    #[cfg(feature = "hydrate")]
    return serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok();
    #[cfg(not(feature = "hydrate"))]
    serde_json::from_str(text).ok()
}
