//! What a form knows while it is on the screen: the problems beside the fields and those on top.
//!
//! The values themselves are in the fields, where the browser keeps them: what a person typed before
//! WebAssembly was there must survive its coming.

use leptos::prelude::*;
use registration::problem::Problem;

use crate::components::Words;

/// The problems and warnings of a form.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The problems that stand beside their fields.
    pub beside: RwSignal<Vec<Problem>>,
    /// The problems of the last attempt to send, in the summary on top.
    pub summary: RwSignal<Vec<Problem>>,
    /// What deserves a second look.
    pub warnings: RwSignal<Vec<Problem>>,
    /// What is said to people who cannot see the page change.
    pub said: RwSignal<String>,
}

impl FormState {
    /// The state of a form that was rendered with these problems.
    #[must_use]
    pub fn new(problems: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        Self {
            beside: RwSignal::new(problems.clone()),
            summary: RwSignal::new(problems),
            warnings: RwSignal::new(warnings),
            said: RwSignal::new(String::new()),
        }
    }

    /// The words of the first problem beside a field.
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

    /// The words of the first warning at a field that has no problem.
    #[must_use]
    pub fn warning(self, field: &'static str) -> Option<String> {
        self.warnings.with(|warnings| {
            warnings
                .iter()
                .find(|warning| warning.field == field)
                .map(|warning| warning.words.to_string())
        })
    }

    /// Shows the problems of an attempt to send: on top and beside each field.
    pub fn show(self, problems: Vec<Problem>) {
        self.beside.set(problems.clone());
        self.summary.set(problems);
    }
}
