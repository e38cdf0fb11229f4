//! The parts that all form components share: the group around an input, the hint, the error message
//! and the ids that connect them.
//!
//! The signal `problem` decides, on the server and in the browser, whether the error message and
//! its red bar are shown.

use leptos::prelude::*;
use registration::journey::TASKS;

use super::element::{element, following, text};
use super::error_message::ErrorMessage;
use super::hint::hint_of;
use super::words::{Words, joined};

/// The desk's questions about the fields of a page, as pairs of field name and question. A page
/// with such questions provides them as Leptos context.
#[derive(Debug, Clone, Default)]
pub struct QuestionsAtFields(pub Vec<(String, String)>);

/// The text of the link from a question of the desk to the list of all its questions.
pub const ALL_QUESTIONS: &str = "See all questions";

/// The parts of a form component that do not depend on the kind of input.
#[derive(Clone)]
pub(super) struct Field {
    /// The id of the input. The ids of the hint and the error message begin with it.
    id: Words,
    /// The hint; empty if there is none.
    hint: Words,
    /// The desk's questions about the answer.
    asked: Vec<String>,
    /// The error message; `None` while the answer has no problem.
    problem: Signal<Option<String>>,
    /// The id of a note below the input that also describes the input; `None` while there is no note.
    note: Signal<Option<String>>,
}

impl Field {
    /// Adds the id of a note below the input that also describes the input.
    pub(super) fn with_note(mut self, note: Signal<Option<String>>) -> Self {
        self.note = note;
        self
    }

    /// Creates a field. If `id` is empty, `name` is the id.
    pub(super) fn new(
        id: Words,
        name: &Words,
        hint: Words,
        problem: Signal<Option<String>>,
    ) -> Self {
        let id = if id.is_empty() { name.clone() } else { id };
        let asked = use_context::<QuestionsAtFields>()
            .map(|QuestionsAtFields(questions)| {
                let here = questions.into_iter().filter(|(field, _)| *field == *id);
                here.map(|(_, asked)| asked).collect()
            })
            .unwrap_or_default();
        Self {
            id,
            hint,
            asked,
            problem,
            note: Signal::default(),
        }
    }

    /// Returns the id of the input.
    pub(super) fn id(&self) -> Words {
        self.id.clone()
    }

    /// Returns the value of `aria-describedby`: the ids of the hint, the desk's questions, the
    /// error message and the note, in this order. Returns `None` if the field has none of them.
    pub(super) fn described_by(&self) -> Signal<Option<String>> {
        let (problem, note) = (self.problem, self.note);
        let before = [
            (!self.hint.is_empty()).then(|| joined(&self.id, "-hint")),
            (!self.asked.is_empty()).then(|| joined(&self.id, "-asked")),
        ];
        let before: Vec<String> = before.into_iter().flatten().collect();
        let before = before.join(" ");
        let error = joined(&self.id, "-error");
        Signal::derive(move || {
            let mut ids = before.clone();
            let error = problem.read().is_some().then(|| error.clone());
            for id in error.into_iter().chain(note.get()) {
                if !ids.is_empty() {
                    ids.push(' ');
                }
                ids.push_str(&id);
            }
            (!ids.is_empty()).then_some(ids)
        })
    }

    /// Returns the classes of the input: `always`, followed by `when_wrong` while there is a
    /// problem.
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

    /// Renders the hint, the desk's questions and the error message, in this order.
    pub(super) fn messages(&self) -> Vec<AnyView> {
        let Self {
            id,
            hint,
            asked,
            problem,
            note: _,
        } = self.clone();
        let mut messages = Vec::new();
        if !hint.is_empty() {
            messages.push(hint_of(joined(&id, "-hint").into(), text(hint)));
        }
        if !asked.is_empty() {
            let said = ["The Common Platform Desk asks: ", &asked.join("\n")].concat();
            let said = element("div")
                .attr("id", joined(&id, "-asked"))
                .class("app-lines")
                .words(said);
            let all = element("a")
                .class("govuk-link")
                .attr("href", TASKS)
                .words(ALL_QUESTIONS);
            messages.push(
                element("div")
                    .class("govuk-inset-text app-asked")
                    .child(said.view())
                    .child(all.view())
                    .view(),
            );
        }
        messages.push(following(move || {
            let error_id = joined(&id, "-error");
            problem
                .get()
                .map(|words| view! { <ErrorMessage id=error_id words/> }.into_any())
        }));
        messages
    }

    /// Renders the group around `inside`. The group has a red bar at the side while there is a
    /// problem.
    pub(super) fn group(&self, inside: Vec<AnyView>) -> AnyView {
        let class = self.class("govuk-form-group".to_owned(), " govuk-form-group--error");
        element("div").class(class).children(inside).view()
    }
}
