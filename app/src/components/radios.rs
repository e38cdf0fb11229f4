//! Radios: a question that allows one answer out of a few.

use leptos::prelude::*;

use super::choice::{Choice, ChoiceList, Kind};
use super::field::Field;
use super::fieldset::{Legend, fieldset};
use super::label::LabelSize;
use super::words::Words;

/// The class names and the input type of radios.
static RADIOS: Kind = Kind {
    input_type: "radio",
    module: "govuk-radios",
    item: "govuk-radios__item",
    input: "govuk-radios__input",
    label: "govuk-label govuk-radios__label",
    hint: "govuk-hint govuk-radios__hint",
    divider: "govuk-radios__divider",
};

/// Radios with their question, hint and error message.
#[component]
pub fn Radios(
    /// The name of the form field, and the id of the first radio.
    #[prop(into)]
    name: Words,
    /// The question; if it is empty, there is no fieldset.
    #[prop(into, optional)]
    label: Words,
    /// The answers to choose from.
    choices: Vec<Choice>,
    /// The id of the first radio, if it differs from the name.
    #[prop(into, optional)]
    id: Words,
    /// The text size of the question.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the question is the heading of the page.
    #[prop(optional)]
    label_is_heading: bool,
    /// The hint: one short sentence that helps the person to answer.
    #[prop(into, optional)]
    hint: Words,
    /// The value of the chosen answer; empty if none is chosen.
    #[prop(into, optional)]
    value: Words,
    /// The error message; `None` while the answer has no problem.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// Whether the answers are side by side; only for two short answers.
    #[prop(optional)]
    inline: bool,
    /// Whether to draw small radios, such as in a list of filters.
    #[prop(optional)]
    small: bool,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let modifier = match (small, inline) {
        (false, false) => "",
        (true, false) => " govuk-radios--small",
        (false, true) => " govuk-radios--inline",
        (true, true) => " govuk-radios--small govuk-radios--inline",
    };
    let chosen = if value.is_empty() {
        Vec::new()
    } else {
        vec![value]
    };
    let id = field.id();
    let list = ChoiceList {
        kind: &RADIOS,
        modifier,
        id,
        name,
        choices,
        chosen,
        described_by: None,
    };
    let answers = list.view();
    let mut inside = field.messages();
    inside.push(answers);
    if !label.is_empty() {
        let legend = Legend {
            words: label,
            size: label_size,
            is_heading: label_is_heading,
        };
        inside = vec![fieldset(legend, field.described_by().into(), "", inside)];
    }
    field.group(inside)
}
