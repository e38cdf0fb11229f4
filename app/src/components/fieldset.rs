//! The fieldset: several inputs below the question that they answer together.

use leptos::prelude::*;

use super::element::{Value, element, text};
use super::label::LabelSize;
use super::words::{Words, joined};

/// A fieldset: several inputs with the question that they answer together.
#[component]
pub fn Fieldset(
    /// The question.
    #[prop(into)]
    legend: Words,
    /// The text size of the question.
    #[prop(optional)]
    legend_size: LabelSize,
    /// Whether the question is the heading of the page.
    #[prop(optional)]
    legend_is_heading: bool,
    /// The value of `aria-describedby`: the ids of the hint and of the error message.
    #[prop(into, optional)]
    described_by: Signal<Option<String>>,
    /// The `role` attribute; empty for the default role of a fieldset.
    #[prop(optional)]
    role: &'static str,
    /// The inputs.
    children: Children,
) -> AnyView {
    let legend = legend_of(legend, legend_size, legend_is_heading);
    fieldset(legend, described_by.into(), role, vec![children()])
}

/// Renders the question of a fieldset.
pub(super) fn legend_of(words: Words, size: LabelSize, is_heading: bool) -> AnyView {
    let words = if is_heading {
        element("h1")
            .class("govuk-fieldset__heading")
            .words(words)
            .view()
    } else {
        text(words)
    };
    let class = joined("govuk-fieldset__legend", size.legend_modifier());
    element("legend").class(class).child(words).view()
}

/// Renders a fieldset around parts that are rendered already.
pub(super) fn fieldset(
    legend: AnyView,
    described_by: Value,
    role: &'static str,
    inside: Vec<AnyView>,
) -> AnyView {
    element("fieldset")
        .class("govuk-fieldset")
        .given("role", role.into())
        .attr("aria-describedby", described_by)
        .child(legend)
        .children(inside)
        .view()
}
