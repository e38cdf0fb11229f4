//! A word that says how far something is.

use leptos::prelude::*;

use super::element::element;
use super::words::Words;

/// The colour of a tag. The word must say it all: nobody should have to see the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TagColour {
    /// The colour of a tag of which nothing else is said.
    #[default]
    Plain,
    /// Not active any more.
    Grey,
    /// New.
    Teal,
    /// In hand.
    Blue,
    /// Done and good.
    Green,
    /// Received.
    Purple,
    /// Sent.
    Magenta,
    /// Rejected, or wrong.
    Red,
    /// Waiting for somebody.
    Orange,
    /// Delayed.
    Yellow,
}

impl TagColour {
    /// The classes of a tag of this colour.
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

/// A tag.
#[component]
pub fn Tag(
    /// An adjective, such as `Received`.
    #[prop(into)]
    words: Words,
    /// The colour.
    #[prop(optional)]
    colour: TagColour,
) -> AnyView {
    element("strong").class(colour.class()).words(words).view()
}
