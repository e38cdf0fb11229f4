//! Renders our warning text, tags, inset text and details from govuk-frontend's fixtures.

use app::components::{Details, InsetText, Tag, TagColour, WarningText};
use leptos::prelude::*;

use crate::fixtures::Options;

pub fn details(options: Options, _: &str) -> AnyView {
    view! {
        <Details
            summary=options.words("summaryText")
            id=options.words("id")
            open=options.is("open")
        >
            {options.inside("html", "text")}
        </Details>
    }
    .into_any()
}

pub fn inset_text(options: Options, _: &str) -> AnyView {
    view! { <InsetText id=options.words("id")>{options.inside("html", "text")}</InsetText> }
        .into_any()
}

pub fn warning_text(options: Options, _: &str) -> AnyView {
    view! { <WarningText>{options.inside("html", "text")}</WarningText> }.into_any()
}

pub fn tag(options: Options, _: &str) -> AnyView {
    let colour = match options
        .words("classes")
        .rsplit_once("--")
        .map(|(_, colour)| colour)
    {
        Some("grey") => TagColour::Grey,
        Some("teal") => TagColour::Teal,
        Some("green") => TagColour::Green,
        Some("purple") => TagColour::Purple,
        Some("magenta") => TagColour::Magenta,
        Some("red") => TagColour::Red,
        Some("orange") => TagColour::Orange,
        Some("yellow") => TagColour::Yellow,
        // No modifier class, or a modifier class that our component does not offer.
        _ => TagColour::Plain,
    };
    view! { <Tag words=options.words("text") colour/> }.into_any()
}
