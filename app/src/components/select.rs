//! One answer out of a list that opens. Radios are better wherever they fit on the page.

use leptos::prelude::*;

use super::choice::Choice;
use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::Words;

/// A select with its label, hint and error message.
#[component]
pub fn Select(
    /// The name under which the answer is sent.
    #[prop(into)]
    name: Words,
    /// What is asked for.
    #[prop(into)]
    label: Words,
    /// The answers to choose from.
    choices: Vec<Choice>,
    /// The id, where it is not the name.
    #[prop(into, optional)]
    id: Words,
    /// How large the label is written.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the label is the heading of the page.
    #[prop(optional)]
    label_is_heading: bool,
    /// One short sentence that helps with the answer.
    #[prop(into, optional)]
    hint: Words,
    /// The value of the answer so far.
    #[prop(into, optional)]
    value: Words,
    /// What is wrong with the answer.
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
