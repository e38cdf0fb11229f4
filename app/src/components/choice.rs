//! One of the answers that radios, checkboxes and selects offer, and the list of them.
//!
//! Radios and checkboxes differ in a handful of class names, so both are rendered here.

use leptos::prelude::*;

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
                    return view! { <div class=kind.divider>{choice.words}</div> }.into_any();
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
            .collect_view();
        view! { <div class=joined(kind.module, modifier) data-module=kind.module>{items}</div> }
            .into_any()
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
    let hint = hint_id
        .clone()
        .map(|hint_id| view! { <div id=hint_id class=kind.hint>{choice.hint}</div> });
    let description =
        Signal::derive(
            move || match (described_by.and_then(|ids| ids.get()), hint_id.clone()) {
                (Some(ids), Some(hint_id)) => Some([ids, hint_id].join(" ")),
                (ids, hint_id) => ids.or(hint_id),
            },
        );
    view! {
        <div class=kind.item>
            <input
                class=kind.input
                id=id.clone()
                name=name
                type=kind.input_type
                value=choice.value
                checked=is_chosen
                aria-describedby=description
            />
            <label class=kind.label for=id>
                {choice.words}
            </label>
            {hint}
        </div>
    }
    .into_any()
}
