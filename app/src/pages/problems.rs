//! The summary of what is wrong with a form, on top of its page.

use leptos::prelude::*;

use crate::components::{ErrorSummary, SummaryLink};
use crate::form::FormState;

/// The summary, while there is anything in it.
pub fn problem_summary(form: FormState) -> AnyView {
    let links = Signal::derive(move || {
        form.summary.with(|problems| {
            problems
                .iter()
                .map(|problem| SummaryLink::to_input(&problem.field, problem.words.to_string()))
                .collect::<Vec<_>>()
        })
    });
    view! { <ErrorSummary problems=links/> }.into_any()
}
