//! The summary of what is wrong with a form, on top of its page.

use leptos::prelude::*;

use crate::components::{ErrorSummary, SummaryLink};
use crate::form::FormState;

/// The summary, while there is anything in it.
#[component]
pub fn ProblemSummary(
    /// The form.
    form: FormState,
) -> impl IntoView {
    move || {
        form.summary.with(|problems| {
            (!problems.is_empty()).then(|| {
                let links: Vec<SummaryLink> = problems
                    .iter()
                    .map(|problem| SummaryLink {
                        href: format!("#{}", problem.field),
                        words: problem.words.to_string(),
                    })
                    .collect();
                view! { <ErrorSummary problems=links/> }
            })
        })
    }
}
