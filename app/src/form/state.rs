//! The state of a form on the screen: the problems beside the fields and in the summary, the
//! warnings, and the text that a screen reader announces.
//!
//! The answers themselves stay in the input elements of the browser, because text that a person
//! typed before hydration must not be lost.

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::Words;

/// The problems and warnings of a form.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The problems beside their fields.
    pub beside: RwSignal<Vec<Problem>>,
    /// The problems of the last attempt to send, in the error summary.
    pub summary: RwSignal<Vec<Problem>>,
    /// The warnings about answers that are valid but may be wrong.
    pub warnings: RwSignal<Vec<Problem>>,
    /// The text that is announced to people who cannot see the page change.
    pub said: RwSignal<String>,
}

impl FormState {
    /// Creates the state of a form that is drawn with these problems and warnings.
    #[must_use]
    pub fn new(problems: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        Self {
            beside: RwSignal::new(problems.clone()),
            summary: RwSignal::new(problems),
            warnings: RwSignal::new(warnings),
            said: RwSignal::new(String::new()),
        }
    }

    /// Returns the text of the first problem beside a field.
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

    /// Returns the text of the first warning at a field.
    #[must_use]
    pub fn warning(self, field: &'static str) -> Option<String> {
        self.warnings.with(|warnings| {
            warnings
                .iter()
                .find(|warning| warning.field == field)
                .map(|warning| warning.words.to_string())
        })
    }

    /// Shows the problems of an attempt to send, in the summary and beside each field.
    pub fn show(self, problems: Vec<Problem>) {
        self.beside.set(problems.clone());
        self.summary.set(problems);
    }
}
