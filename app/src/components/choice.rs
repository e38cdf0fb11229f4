//! One of the answers that radios, checkboxes and selects offer, and the list of them.
//!
//! Radios and checkboxes differ in a handful of class names, so both are rendered here.

use leptos::prelude::*;

use super::element::{Value, element};
use super::words::{Words, given, joined};

/// One answer to choose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is sent when it is chosen.
    pub(super) value: Words,
    /// What a person reads.
    pub(super) words: Words,
    /// What helps with this answer alone.
    pub(super) hint: Words,
    /// The id, where it is not made from that of the question.
    pub(super) id: Words,
    /// The name, where each checkbox has its own.
    pub(super) name: Words,
    /// Whether this is no answer but a word between two of them.
    pub(super) is_divider: bool,
}

impl Choice {
    /// The answer that reads `words` and is sent as `value`.
    pub fn new(value: impl Into<Words>, words: impl Into<Words>) -> Self {
        Self {
            value: value.into(),
            words: words.into(),
            ..Self::default()
        }
    }

    /// A word between two answers, such as `or`.
    pub fn divider(words: impl Into<Words>) -> Self {
        Self {
            words: words.into(),
            is_divider: true,
            ..Self::default()
        }
    }

    /// With a hint of its own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With an id of its own.
    #[must_use]
    pub fn id(mut self, id: impl Into<Words>) -> Self {
        self.id = id.into();
        self
    }

    /// With a name of its own: checkboxes that are fields of their own in the answers.
    #[must_use]
    pub fn name(mut self, name: impl Into<Words>) -> Self {
        self.name = name.into();
        self
    }
}

/// The class names and the input type in which radios and checkboxes differ.
pub(super) struct Kind {
    /// The `type` of each input.
    pub(super) input_type: &'static str,
    /// The module, which is the class of the list too.
    pub(super) module: &'static str,
    /// The class of an item.
    pub(super) item: &'static str,
    /// The class of an input.
    pub(super) input: &'static str,
    /// The classes of a label.
    pub(super) label: &'static str,
    /// The classes of a hint.
    pub(super) hint: &'static str,
    /// The class of a divider.
    pub(super) divider: &'static str,
}

/// The list of answers of one question.
pub(super) struct ChoiceList {
    /// Radios or checkboxes.
    pub(super) kind: &'static Kind,
    /// What is added to the class of the list.
    pub(super) modifier: &'static str,
    /// The id of the first answer; the others have a number behind it.
    pub(super) id: Words,
    /// The name under which the answer is sent.
    pub(super) name: Words,
    /// The answers.
    pub(super) choices: Vec<Choice>,
    /// The values of those that are chosen.
    pub(super) chosen: Vec<Words>,
    /// What describes each checkbox where no fieldset does.
    pub(super) described_by: Option<Signal<Option<String>>>,
}

impl ChoiceList {
    /// The list as HTML.
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
                item(
                    kind,
                    place_id(&id, at),
                    &name,
                    choice,
                    is_chosen,
                    described_by,
                )
            })
            .collect::<Vec<_>>();
        element("div")
            .class(joined(kind.module, modifier))
            .attr("data-module", kind.module)
            .children(items)
            .view()
    }
}

/// The id of the answer at this place: the bare one for the first, so that a link to the question
/// leads to it; `-2`, `-3` and so on for those after it.
fn place_id(id: &Words, at: usize) -> Words {
    if at == 0 {
        id.clone()
    } else {
        [id, "-", &(at + 1).to_string()].concat().into()
    }
}

/// One answer.
fn item(
    kind: &'static Kind,
    id: Words,
    name: &Words,
    choice: Choice,
    is_chosen: bool,
    described_by: Option<Signal<Option<String>>>,
) -> AnyView {
    let id = given(choice.id).unwrap_or(id);
    let name = given(choice.name).unwrap_or_else(|| name.clone());
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
    element("div")
        .class(kind.item)
        .child(input.view())
        .child(
            element("label")
                .class(kind.label)
                .attr("for", id)
                .words(choice.words)
                .view(),
        )
        .children(hint)
        .view()
}
