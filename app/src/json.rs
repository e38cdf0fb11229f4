//! Parses JSON from the server and from forms.
//!
//! In the browser, the browser's own parser does the work. With serde's parser and its error
//! messages the WebAssembly would be a tenth larger.

use serde::de::DeserializeOwned;

/// Parses JSON; returns `None` if the text is not a value of the type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    #[cfg(feature = "hydrate")]
    return serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok();
    #[cfg(not(feature = "hydrate"))]
    serde_json::from_str(text).ok()
}
