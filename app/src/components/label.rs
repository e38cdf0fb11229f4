//! The label of one input, which can also be the heading of the page.

use leptos::prelude::*;

use super::element::element;
use super::words::{Words, joined};

/// The text size of a label, a legend or a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LabelSize {
    /// The size of body text.
    #[default]
    Normal,
    /// The size of body text, in bold.
    Small,
    /// The size of a heading within a page.
    Medium,
    /// The size of the page's heading.
    Large,
    /// The size of an extra-large page heading.
    ExtraLarge,
    /// Hidden from view, but announced by screen readers: for an input that sighted people
    /// understand from its surroundings.
    Hidden,
}

impl LabelSize {
    /// Returns additional classes for a label, with a space in front.
    pub(super) fn label_modifier(self) -> &'static str {
        match self {
            Self::Normal => "",
            Self::Small => " govuk-label--s",
            Self::Medium => " govuk-label--m",
            Self::Large => " govuk-label--l",
            Self::ExtraLarge => " govuk-label--xl",
            Self::Hidden => " govuk-visually-hidden",
        }
    }

    /// Returns additional classes for a legend, with a space in front.
    pub(super) fn legend_modifier(self) -> &'static str {
        match self {
            Self::Normal => "",
            Self::Small => " govuk-fieldset__legend--s",
            Self::Medium => " govuk-fieldset__legend--m",
            Self::Large => " govuk-fieldset__legend--l",
            Self::ExtraLarge => " govuk-fieldset__legend--xl",
            Self::Hidden => " govuk-visually-hidden",
        }
    }
}

/// The label of one input.
#[component]
pub fn Label(
    /// The label text.
    #[prop(into)]
    words: Words,
    /// The id of the input.
    #[prop(into, optional)]
    for_id: Words,
    /// The text size of the label.
    #[prop(optional)]
    size: LabelSize,
    /// Whether the label is the heading of the page.
    #[prop(optional)]
    is_heading: bool,
) -> AnyView {
    label_of(words, for_id, size, is_heading)
}

/// Renders a label.
pub(super) fn label_of(words: Words, for_id: Words, size: LabelSize, is_heading: bool) -> AnyView {
    let class = joined("govuk-label", size.label_modifier());
    let label = element("label")
        .class(class)
        .given("for", for_id)
        .words(words)
        .view();
    if is_heading {
        element("h1")
            .class("govuk-label-wrapper")
            .child(label)
            .view()
    } else {
        label
    }
}
