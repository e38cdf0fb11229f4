//! One answer out of a list that opens. Radios are better wherever they fit on the page.

use leptos::prelude::*;

use super::choice::Choice;
use super::field::Field;
use super::label::{Label, LabelSize};
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
            view! {
                <option value=choice.value selected=selected>
                    {choice.words}
                </option>
            }
        })
        .collect_view();
    let inside = view! {
        <Label words=label for_id=field.id() size=label_size is_heading=label_is_heading/>
        {field.messages()}
        <select class=class id=field.id() name=name aria-describedby=field.described_by()>
            {options}
        </select>
    };
    field.group(inside.into_any())
}
