//! A form whose answers are checked in the browser while it is filled in, and by the server when sent.
//!
//! By HTML alone it is a plain form; with WebAssembly the same fields are watched, the same rules run and
//! the same server function is called without leaving the page.

use std::sync::Arc;

use leptos::form::ActionForm;
use leptos::prelude::*;
use registration::problem::Problem;

use crate::form::{FormState, SentForm};
use crate::pages::problems::ProblemSummary;

/// The rules of a form: the problems and the warnings in what would be sent.
pub type Rules<S> = Arc<dyn Fn(&S) -> (Vec<Problem>, Vec<Problem>) + Send + Sync>;

/// The form, the summary of its problems above it.
#[component]
pub fn LiveForm<S>(
    /// The server function to which the form is sent.
    action: ServerAction<S>,
    /// The problems and warnings of the form.
    form: FormState,
    /// The rules.
    rules: Rules<S>,
    /// The fields and the button.
    children: Children,
) -> impl IntoView
where
    S: SentForm,
{
    let node = NodeRef::<leptos::html::Form>::new();
    watch(node, form, action, rules);
    view! {
        <ProblemSummary form/>
        <ActionForm action node_ref=node attr:novalidate=true>
            {children()}
            <div class="govuk-visually-hidden" role="status">{form.said}</div>
        </ActionForm>
    }
}

/// In the browser: the rules run while the person types, and what the server answers is shown.
#[cfg(feature = "hydrate")]
fn watch<S>(
    node: NodeRef<leptos::html::Form>,
    form: FormState,
    action: ServerAction<S>,
    rules: Rules<S>,
) where
    S: SentForm,
{
    use std::rc::Rc;

    use leptos::form::FromFormData;

    use super::live::{self, Found};

    let check: live::Check = Rc::new(move |data| {
        let (problems, warnings) = rules(&S::from_form_data(data).ok()?);
        Some(Found { problems, warnings })
    });
    live::attach(node, form, action.pending().into(), check);
    live::show_answer(form, action.value().into());
}

#[cfg(not(feature = "hydrate"))]
fn watch<S: SentForm>(
    _node: NodeRef<leptos::html::Form>,
    _form: FormState,
    _action: ServerAction<S>,
    _rules: Rules<S>,
) {
}
