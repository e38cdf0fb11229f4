//! What every form component shares: the group around it, its hint, its error message and the ids
//! that tie them together.
//!
//! All of it follows one signal, the problem with the answer, on the server and in the browser.

use leptos::prelude::*;

use super::element::{element, following, text};
use super::error_message::ErrorMessage;
use super::hint::hint_of;
use super::words::{Words, joined};

/// The parts of a form component that do not depend on its kind.
#[derive(Clone)]
pub(super) struct Field {
    /// The id of the input, from which those of the hint and the error are made.
    id: Words,
    /// The hint; empty when there is none.
    hint: Words,
    /// What is wrong with the answer.
    problem: Signal<Option<String>>,
}

impl Field {
    /// The field whose id is `id`, or `name` where no id is given.
    pub(super) fn new(
        id: Words,
        name: &Words,
        hint: Words,
        problem: Signal<Option<String>>,
    ) -> Self {
        let id = if id.is_empty() { name.clone() } else { id };
        Self { id, hint, problem }
    }

    /// The id of the input.
    pub(super) fn id(&self) -> Words {
        self.id.clone()
    }

    /// The value of `aria-describedby`: the hint first, then the error, then nothing.
    pub(super) fn described_by(&self) -> Signal<Option<String>> {
        let problem = self.problem;
        let hint = (!self.hint.is_empty()).then(|| joined(&self.id, "-hint"));
        let error = joined(&self.id, "-error");
        Signal::derive(move || match (&hint, problem.read().is_some()) {
            (None, false) => None,
            (Some(hint), false) => Some(hint.clone()),
            (None, true) => Some(error.clone()),
            (Some(hint), true) => Some([hint.as_str(), error.as_str()].join(" ")),
        })
    }

    /// The classes of the input: `always`, and `when_wrong` while there is a problem.
    pub(super) fn class(&self, always: String, when_wrong: &'static str) -> Signal<Option<String>> {
        let problem = self.problem;
        Signal::derive(move || {
            Some(if problem.read().is_some() {
                joined(&always, when_wrong)
            } else {
                always.clone()
            })
        })
    }

    /// The hint and the error message, in the order in which they stand.
    pub(super) fn messages(&self) -> Vec<AnyView> {
        let Self { id, hint, problem } = self.clone();
        let mut messages = Vec::new();
        if !hint.is_empty() {
            messages.push(hint_of(joined(&id, "-hint").into(), text(hint)));
        }
        messages.push(following(move || {
            let error_id = joined(&id, "-error");
            problem
                .get()
                .map(|words| view! { <ErrorMessage id=error_id words/> }.into_any())
        }));
        messages
    }

    /// The group around the whole: `inside` with the bar at its side while there is a problem.
    pub(super) fn group(&self, inside: Vec<AnyView>) -> AnyView {
        let class = self.class("govuk-form-group".to_owned(), " govuk-form-group--error");
        element("div").class(class).children(inside).view()
    }
}
