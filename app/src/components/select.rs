//! The select: a question that allows one answer out of a drop-down list. Use radios instead if
//! they fit on the page.

use leptos::prelude::*;

use super::choice::Choice;
use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::Words;

/// A select with its label, hint and error message.
#[component]
pub fn Select(
    /// The name of the form field.
    #[prop(into)]
    name: Words,
    /// The label, which says what to choose.
    #[prop(into)]
    label: Words,
    /// The answers to choose from.
    choices: Vec<Choice>,
    /// The id of the input, if it differs from the name.
    #[prop(into, optional)]
    id: Words,
    /// The text size of the label.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the label is the heading of the page.
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
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let class = field.class("govuk-select".to_owned(), " govuk-select--error");
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = !value.is_empty() && choice.value == value;
            let option = element("option")
                .attr("value", choice.value)
                .flag("selected", selected);
            option.words(choice.words).view()
        })
        .collect::<Vec<_>>();
    let select = element("select")
        .class(class)
        .attr("id", field.id())
        .attr("name", name)
        .attr("aria-describedby", field.described_by())
        .children(options);
    let mut inside = vec![label_of(label, field.id(), label_size, label_is_heading)];
    inside.extend(field.messages());
    inside.push(select.view());
    field.group(inside)
}
