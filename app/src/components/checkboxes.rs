//! Checkboxes: a question that allows several answers, or one statement to agree to.

use leptos::prelude::*;

use super::choice::{Choice, ChoiceList, Kind};
use super::field::Field;
use super::fieldset::{Legend, fieldset};
use super::label::LabelSize;
use super::words::Words;

/// The class names and the input type of checkboxes.
static CHECKBOXES: Kind = Kind {
    input_type: "checkbox",
    module: "govuk-checkboxes",
    item: "govuk-checkboxes__item",
    input: "govuk-checkboxes__input",
    label: "govuk-label govuk-checkboxes__label",
    hint: "govuk-hint govuk-checkboxes__hint",
    divider: "govuk-checkboxes__divider",
};

/// Checkboxes with their question, hint and error message.
#[component]
pub fn Checkboxes(
    /// The name of the form field, and the id of the first checkbox.
    #[prop(into)]
    name: Words,
    /// The question; if it is empty, there is no fieldset.
    #[prop(into, optional)]
    label: Words,
    /// The answers to choose from.
    choices: Vec<Choice>,
    /// The id of the first checkbox, if it differs from the name.
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
    /// The values of the ticked checkboxes.
    #[prop(optional)]
    values: Vec<Words>,
    /// The error message; `None` while the answer has no problem.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// Whether to draw small checkboxes, such as in a list of filters.
    #[prop(optional)]
    small: bool,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let described_by = field.described_by();
    let has_fieldset = !label.is_empty();
    let list = ChoiceList {
        kind: &CHECKBOXES,
        modifier: if small {
            " govuk-checkboxes--small"
        } else {
            ""
        },
        id: field.id(),
        name,
        choices,
        chosen: values,
        described_by: (!has_fieldset).then_some(described_by),
    };
    let answers = list.view();
    let mut inside = field.messages();
    inside.push(answers);
    if has_fieldset {
        let legend = Legend {
            words: label,
            size: label_size,
            is_heading: label_is_heading,
        };
        inside = vec![fieldset(legend, described_by.into(), "", inside)];
    }
    field.group(inside)
}
