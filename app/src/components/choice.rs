//! An answer of radios, checkboxes or a select, and the list of answers of radios or checkboxes.
//!
//! Radios and checkboxes differ only in class names and the input type, so this file renders both.

use leptos::prelude::*;

use super::element::{Value, element};
use super::welsh::with_welsh;
use super::words::{Words, given, joined};

/// An answer to choose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The value that the form sends if the answer is chosen.
    pub(super) value: Words,
    /// The text of the answer.
    pub(super) words: Words,
    /// The hint below this answer.
    pub(super) hint: Words,
    /// The id, if it is not derived from the id of the question.
    pub(super) id: Words,
    /// The name of the form field, if it differs from the name of the list.
    pub(super) name: Words,
    /// Whether this entry is only a word between two answers, such as `or`.
    pub(super) is_divider: bool,
}

impl Choice {
    /// Creates an answer with the text `words`. If the answer is chosen, the form sends `value`.
    pub fn new(value: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self {
            value: value.into(),
            words: words.into(),
            ..Self::default()
        }
    }

    /// Creates a divider: a word between two answers, such as `or`.
    pub fn divider(words: impl Into<Words>) -> Self {
        Self {
            words: words.into(),
            is_divider: true,
            ..Self::default()
        }
    }

    /// Adds a hint below the answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Sets the id of the answer.
    #[must_use]
    pub fn id(mut self, id: impl Into<Words>) -> Self {
        self.id = id.into();
        self
    }

    /// Sets the name, for a checkbox that is a form field of its own.
    #[must_use]
    pub fn name(mut self, name: impl Into<Words>) -> Self {
        self.name = name.into();
        self
    }
}

/// The class names and the input type of radios or of checkboxes.
pub(super) struct Kind {
    /// The `type` attribute of each input.
    pub(super) input_type: &'static str,
    /// The `data-module` attribute of the list, which is also its class.
    pub(super) module: &'static str,
    /// The class of each item.
    pub(super) item: &'static str,
    /// The class of each input.
    pub(super) input: &'static str,
    /// The classes of each label.
    pub(super) label: &'static str,
    /// The classes of each hint.
    pub(super) hint: &'static str,
    /// The class of each divider.
    pub(super) divider: &'static str,
}

/// The list of answers of one question.
pub(super) struct ChoiceList {
    /// Whether the answers are radios or checkboxes.
    pub(super) kind: &'static Kind,
    /// Additional classes for the list, each with a space in front.
    pub(super) modifier: &'static str,
    /// The id of the first answer. The ids of the other answers add a number to it.
    pub(super) id: Words,
    /// The name of the form field.
    pub(super) name: Words,
    /// The answers to choose from.
    pub(super) choices: Vec<Choice>,
    /// The values of the chosen answers.
    pub(super) chosen: Vec<Words>,
    /// The value of `aria-describedby` for each checkbox; `None` if a fieldset around the list has it.
    pub(super) described_by: Option<Signal<Option<String>>>,
}

impl ChoiceList {
    /// Renders the list of answers.
    pub(super) fn view(self) -> AnyView {
        let Self {
            kind,
            modifier,
            id,
            name,
            choices,
            chosen,
            described_by,
        } = self;
        let items = choices
            .into_iter()
            .enumerate()
            .map(|(at, choice)| {
                if choice.is_divider {
                    return element("div")
                        .class(kind.divider)
                        .words(choice.words)
                        .view();
                }
                let is_chosen = chosen.contains(&choice.value);
                let choice = Choice {
                    id: given(choice.id).unwrap_or_else(|| place_id(&id, at)),
                    name: given(choice.name).unwrap_or_else(|| name.clone()),
                    ..choice
                };
                item(kind, choice, is_chosen, described_by)
            })
            .collect::<Vec<_>>();
        element("div")
            .class(joined(kind.module, modifier))
            .attr("data-module", kind.module)
            .children(items)
            .view()
    }
}

/// Returns the id of the answer at this index.
///
/// The first answer has the plain id, so that a link to the question leads to it. The other ids end
/// in `-2`, `-3` and so on.
fn place_id(id: &Words, at: usize) -> Words {
    if at == 0 {
        id.clone()
    } else {
        [id, "-", &(at + 1).to_string()].concat().into()
    }
}

/// Renders one answer. Its id and name must be set.
fn item(
    kind: &'static Kind,
    choice: Choice,
    is_chosen: bool,
    described_by: Option<Signal<Option<String>>>,
) -> AnyView {
    let (id, name) = (choice.id, choice.name);
    let hint_id = (!choice.hint.is_empty()).then(|| joined(&id, "-item-hint"));
    let hint = hint_id.clone().map(|hint_id| {
        element("div")
            .attr("id", hint_id)
            .class(kind.hint)
            .words(choice.hint)
            .view()
    });
    let description: Value = match (described_by, hint_id) {
        (Some(ids), Some(hint_id)) => {
            let with_hint = move || match ids.get() {
                Some(ids) => Some([ids.as_str(), " ", &hint_id].concat()),
                None => Some(hint_id.clone()),
            };
            Signal::derive(with_hint).into()
        }
        (Some(ids), None) => ids.into(),
        (None, hint_id) => hint_id.into(),
    };
    let input = element("input")
        .class(kind.input)
        .attr("id", id.clone())
        .attr("name", name)
        .attr("type", kind.input_type)
        .attr("value", choice.value)
        .flag("checked", is_chosen)
        .attr("aria-describedby", description);
    let label = element("label").class(kind.label).attr("for", id);
    element("div")
        .class(kind.item)
        .child(input.view())
        .child(with_welsh(label, choice.words).view())
        .children(hint)
        .view()
}
