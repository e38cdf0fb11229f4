//! A form whose answers are checked in the browser while it is filled in, and by the server when sent.
//!
//! By HTML alone it is a plain form; with WebAssembly the same fields are watched, the same rules run and
//! the same server function is called without leaving the page.

use std::sync::Arc;

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::{element, following, text};
use crate::form::FormState;

/// What the rules find in a form.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What deserves a second look.
    pub warnings: Vec<Problem>,
}

/// The rules of a form: what they find in its fields, given as JSON; `None` when they cannot be read.
pub type Rules = Arc<dyn Fn(&str) -> Option<Found> + Send + Sync>;

/// The form: `address` is that of the server function, `fields` end with the button.
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
    let said = following(move || Some(text(form.said.get())));
    let status = element("div")
        .class("govuk-visually-hidden")
        .attr("role", "status")
        .child(said);
    view! {
        <form action=address method="post" novalidate node_ref=node>
            {fields}
            {status.view()}
        </form>
    }
    .into_any()
}

/// A form without questions, such as one button: sent the same way.
pub fn plain_form(address: &'static str, fields: Vec<AnyView>) -> AnyView {
    let form = FormState::new(Vec::new(), Vec::new());
    live_form(address, form, Arc::new(|_| Some(Found::default())), fields)
}
