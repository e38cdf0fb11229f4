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
    let legend = Legend {
        words: legend,
        size: legend_size,
        is_heading: legend_is_heading,
    };
    fieldset(legend, described_by.into(), role, vec![children()])
}

/// The question of a fieldset.
pub(super) struct Legend {
    /// The words of the question.
    pub words: Words,
    /// The text size of the question.
    pub size: LabelSize,
    /// Whether the question is the heading of the page.
    pub is_heading: bool,
}

/// The id of a question that is the heading of its page.
const HEADING_ID: &str = "page-question";

/// Renders a fieldset around parts that are rendered already.
///
/// If the question is the heading of the page, it is above the fieldset and names the fieldset. Inside the fieldset,
/// screen readers would announce it twice: as the name of the group, and as a heading.
pub(super) fn fieldset(
    legend: Legend,
    described_by: Value,
    role: &'static str,
    inside: Vec<AnyView>,
) -> AnyView {
    let class = joined("govuk-fieldset__legend", legend.size.legend_modifier());
    let fieldset = element("fieldset")
        .class("govuk-fieldset")
        .given("role", role.into())
        .attr("aria-describedby", described_by);
    if !legend.is_heading {
        let legend = element("legend").class(class).child(text(legend.words));
        return fieldset.child(legend.view()).children(inside).view();
    }
    let heading = element("h1")
        .class("govuk-fieldset__heading")
        .attr("id", HEADING_ID)
        .words(legend.words);
    let heading = element("div").class(class).child(heading.view());
    let fieldset = fieldset
        .attr("aria-labelledby", HEADING_ID)
        .children(inside);
    vec![heading.view(), fieldset.view()].into_any()
}
