//! The state of a form on the screen: problems, warnings, and the text for screen readers.
//!
//! The answers stay in the input elements of the browser, so that text typed before hydration is
//! not lost.

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::Words;

/// The problems and warnings of a form.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The problems shown beside their fields. Live validation updates these problems.
    pub beside: RwSignal<Vec<Problem>>,
    /// The problems shown in the error summary: those when the page was drawn, or those of the
    /// latest attempt to send the form.
    pub summary: RwSignal<Vec<Problem>>,
    /// The warnings about answers that are valid but may be wrong.
    pub warnings: RwSignal<Vec<Problem>>,
    /// The text that screen readers announce after live validation has changed the page; empty if
    /// there is nothing to announce.
    pub announcement: RwSignal<String>,
}

impl FormState {
    /// Creates the state of a form that is first drawn with these problems and warnings.
    #[must_use]
    pub fn new(problems: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        Self {
            beside: RwSignal::new(problems.clone()),
            summary: RwSignal::new(problems),
            warnings: RwSignal::new(warnings),
            announcement: RwSignal::new(String::new()),
        }
    }

    /// Returns the text of the first problem of a field, as a signal; `None` while there is no
    /// problem.
    #[must_use]
    pub fn problem(self, field: impl Into<Words>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || {
            let words = |problems: &Vec<Problem>| {
                problems
                    .iter()
                    .find(|problem| problem.field == field)
                    .map(|problem| problem.words.to_string())
            };
            self.beside.with(words)
        })
    }

    /// Returns the text of the first warning about a field; `None` if there is no warning.
    #[must_use]
    pub fn warning(self, field: &'static str) -> Option<String> {
        self.warnings.with(|warnings| {
            warnings
                .iter()
                .find(|warning| warning.field == field)
                .map(|warning| warning.words.to_string())
        })
    }

    /// Returns the id of the warning about a field, as a signal; `None` while there is none. The
    /// input refers to the warning by this id.
    #[must_use]
    pub fn warning_id(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.warning(field)
                .map(|_| [field, super::warning::WARNING].concat())
        })
    }

    /// Shows problems in the error summary and beside their fields.
    pub fn show(self, problems: Vec<Problem>) {
        self.beside.set(problems.clone());
        self.summary.set(problems);
    }
}
