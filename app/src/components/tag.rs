//! The tag: one or two words that show a status.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The colour of a tag. The text alone must show the status, because some people do not see the
/// colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TagColour {
    /// No particular meaning.
    #[default]
    Plain,
    /// Inactive or not needed.
    Grey,
    /// The status "in progress".
    Teal,
    /// To do or in progress.
    Blue,
    /// Done, with a good outcome.
    Green,
    /// The status "received".
    Purple,
    /// The status "sent".
    Magenta,
    /// Rejected, wrong or overdue.
    Red,
    /// Waiting for somebody to act.
    Orange,
    /// In need of attention.
    Yellow,
}

impl TagColour {
    /// Returns the CSS classes of a tag of this colour.
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "govuk-tag",
            Self::Grey => "govuk-tag govuk-tag--grey",
            Self::Teal => "govuk-tag govuk-tag--teal",
            Self::Blue => "govuk-tag govuk-tag--blue",
            Self::Green => "govuk-tag govuk-tag--green",
            Self::Purple => "govuk-tag govuk-tag--purple",
            Self::Magenta => "govuk-tag govuk-tag--magenta",
            Self::Red => "govuk-tag govuk-tag--red",
            Self::Orange => "govuk-tag govuk-tag--orange",
            Self::Yellow => "govuk-tag govuk-tag--yellow",
        }
    }
}

/// A short text on a coloured background, which shows a status.
#[component]
pub fn Tag(
    /// The text, an adjective such as `Received`.
    #[prop(into)]
    words: Words,
    /// The colour of the tag.
    #[prop(optional)]
    colour: TagColour,
) -> AnyView {
    element("strong").class(colour.class()).words(words).view()
}
