//! Inputs that belong to one question, under the question itself.

use leptos::prelude::*;

use super::label::LabelSize;
use super::words::{Words, given_str, joined};

/// A group of inputs with the question that they answer.
#[component]
pub fn Fieldset(
    /// The question.
    #[prop(into)]
    legend: Words,
    /// How large the question is written.
    #[prop(optional)]
    legend_size: LabelSize,
    /// Whether the question is the heading of the page.
    #[prop(optional)]
    legend_is_heading: bool,
    /// The ids of the hint and of the error message.
    #[prop(into, optional)]
    described_by: Signal<Option<String>>,
    /// The role, where it is not the element's own.
    #[prop(optional)]
    role: &'static str,
    /// The inputs.
    children: Children,
) -> AnyView {
    let class = joined("govuk-fieldset__legend", legend_size.legend_modifier());
    let legend = if legend_is_heading {
        view! { <h1 class="govuk-fieldset__heading">{legend}</h1> }.into_any()
    } else {
        legend.into_any()
    };
    view! {
        <fieldset class="govuk-fieldset" role=given_str(role) aria-describedby=described_by>
            <legend class=class>{legend}</legend>
            {children()}
        </fieldset>
    }
    .into_any()
}
