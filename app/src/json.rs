//! Parses JSON from the server and from forms.
//!
//! In the browser, the parser of the browser is used. The parser of serde and its error messages
//! would make the WebAssembly a tenth larger.

use serde::de::DeserializeOwned;

/// Parses JSON. Returns `None` if the text is not valid JSON for the type `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    #[cfg(feature = "hydrate")]
    return serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok();
    #[cfg(not(feature = "hydrate"))]
    serde_json::from_str(text).ok()
}
