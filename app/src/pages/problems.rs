//! The error summary at the top of a page with a form.

use leptos::prelude::*;

use crate::components::{ErrorSummary, SummaryLink};
use crate::form::FormState;

/// Renders the error summary of a form. The summary is visible only while the form has problems.
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
