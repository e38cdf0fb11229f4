//! Functions that find elements of the page, and send the fields of a form.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, FormData, HtmlElement, HtmlFormElement, NodeList, RequestInit, Response,
    UrlSearchParams, Window,
};

/// Returns the window of the page.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// Returns the document of the page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Returns the elements of the page that match a selector and have the type `T`.
pub fn all<T: JsCast>(selector: &str) -> Vec<T> {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    found.map_or_else(Vec::new, |found| elements(&found))
}

/// Returns the first element inside `element` that matches a selector, if it has the type `T`.
pub fn first_in<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    let found = element.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// Returns the value of a `data-` attribute, named as in `dataset`; empty if the element has no such attribute.
pub fn data(element: &HtmlElement, name: &str) -> String {
    element.dataset().get(name).unwrap_or_default()
}

/// Returns the fields of a form as a browser would send them.
pub fn fields(form: &HtmlFormElement) -> Result<UrlSearchParams, JsValue> {
    let fields = FormData::new_with_form(form)?;
    UrlSearchParams::new_with_str_sequence_sequence(&fields)
}

/// Sends a POST request to an address. `request` has the body and any other options.
pub async fn post(address: &str, request: &RequestInit) -> Result<Response, JsValue> {
    request.set_method("POST");
    let window = window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(address, request)).await?;
    response.dyn_into()
}

/// Sets an option of a request for which web-sys has no function.
pub fn set_option(request: &RequestInit, name: &str, value: &JsValue) {
    let _always_works = Reflect::set(request, &name.into(), value);
}

fn elements<T: JsCast>(found: &NodeList) -> Vec<T> {
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}
