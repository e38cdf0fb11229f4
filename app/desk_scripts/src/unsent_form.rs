//! Sends the answers in a form to the server when the officer leaves the page without sending the form. The page shows
//! them again when the officer comes back.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement, RequestInit, RequestRedirect,
};

use crate::dom;

/// The fields that the server has stored; `None` until this page has sent any.
type Stored = Rc<RefCell<Option<String>>>;

/// Watches the forms with the attribute `data-unsent`. The attribute's value is sent in the field `do`, as if a button
/// had been pressed.
pub fn watch() {
    let Some(window) = dom::window() else { return };
    for form in dom::all::<HtmlFormElement>("form[data-unsent]") {
        let stored = Stored::default();
        let (sent, now_stored) = (form.clone(), Rc::clone(&stored));
        EventListener::new(&form, "submit", move |_| {
            now_stored.replace(typed(&sent));
        })
        .forget();
        EventListener::new(&window, "pagehide", move |_| store(&form, &stored)).forget();
    }
}

fn store(form: &HtmlFormElement, stored: &Stored) {
    let typed = typed(form);
    let is_stored = match &*stored.borrow() {
        None => !is_changed(form),
        stored => *stored == typed,
    };
    let Ok(fields) = dom::fields(form) else {
        return;
    };
    if is_stored {
        return;
    }
    stored.replace(typed);
    fields.append("do", &dom::data(form, "unsent"));
    let request = RequestInit::new();
    request.set_body_opt_url_search_params(Some(&fields));
    // Do not follow the redirect, because the server would record a view of a page that nobody has seen.
    request.set_redirect(RequestRedirect::Manual);
    dom::set_option(&request, "keepalive", &true.into());
    let address = form.action();
    // The page is gone before the answer arrives, so the answer is ignored.
    spawn_local(async move {
        let _nobody_waits = dom::post(&address, &request).await;
    });
}

fn typed(form: &HtmlFormElement) -> Option<String> {
    let fields = dom::fields(form).ok()?;
    fields.to_string().as_string()
}

/// Whether a field differs from what the server rendered. This compares with the rendered values, because the officer
/// may have typed before this WebAssembly was loaded.
fn is_changed(form: &HtmlFormElement) -> bool {
    let fields = form.elements();
    (0..fields.length())
        .filter_map(|at| fields.item(at))
        .any(|field| is_field_changed(&field))
}

fn is_field_changed(field: &Element) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.checked() != input.default_checked() || input.value() != input.default_value()
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        Ok(area.value()) != area.default_value()
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        let options = select.options();
        (0..options.length())
            .filter_map(|at| options.item(at)?.dyn_into::<HtmlOptionElement>().ok())
            .any(|option| option.selected() != option.default_selected())
    } else {
        false
    }
}
