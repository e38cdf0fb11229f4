//! A form that the browser validates while a person fills it in, and the server validates when it
//! is sent.
//!
//! Without WebAssembly it is a plain HTML form. With WebAssembly the page stays open: the browser
//! runs the same rules on the same fields, and calls the same server function.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{element, following};
use crate::form::FormState;
use crate::form::rules::{Rules, Validation};
use crate::keyed_form;

/// Renders the form. `address` is the address of the server function. `fields` are the fields and
/// the buttons.
pub fn live_form(
    address: &'static str,
    form: FormState,
    rules: Rules,
    fields: Vec<AnyView>,
) -> AnyView {
    let node = NodeRef::<leptos::html::Form>::new();
    #[cfg(feature = "hydrate")]
    super::live::attach(node, address, form, rules);
    #[cfg(not(feature = "hydrate"))]
    drop(rules);
    let announcement =
        following(move || Some(element("span").words(form.announcement.get()).view()));
    let status = element("div")
        .class("govuk-visually-hidden")
        .attr("aria-live", "polite")
        .child(announcement);
    let action = keyed_form::address(address.into());
    view! {
        <form action=action method="post" novalidate node_ref=node>
            {fields}
            {status.view()}
        </form>
    }
    .into_any()
}

/// Renders a form without questions, such as a single button. The browser sends it like any other
/// live form.
pub fn plain_form(address: &'static str, fields: Vec<AnyView>) -> AnyView {
    let form = FormState::new(Vec::new(), Vec::new());
    live_form(
        address,
        form,
        Arc::new(|_| Some(Validation::default())),
        fields,
    )
}
