//! What people read: warnings, tags, things that open.

use app::components::{Details, InsetText, Tag, TagColour, WarningText};
use leptos::prelude::*;

use crate::fixtures::compare;

#[test]
fn details() {
    compare(
        "details",
        &[
            "default",
            "expanded",
            "id",
            "html as text",
            "summary html as text",
        ],
        |options| {
            view! {
                <Details
                    summary=options.words("summaryText")
                    id=options.words("id")
                    open=options.is("open")
                >
                    {options.words("text")}
                </Details>
            }
            .into_any()
        },
    );
}

#[test]
fn inset_text() {
    compare(
        "inset-text",
        &["default", "id", "html as text"],
        |options| {
            view! { <InsetText id=options.words("id")>{options.words("text")}</InsetText> }
                .into_any()
        },
    );
}

#[test]
fn warning_text() {
    compare(
        "warning-text",
        &[
            "default",
            "multiple lines",
            "html as text",
            "no icon fallback text",
        ],
        |options| view! { <WarningText>{options.words("text")}</WarningText> }.into_any(),
    );
}

#[test]
fn tag() {
    let names = [
        "default",
        "grey",
        "turquoise",
        "green",
        "purple",
        "pink",
        "red",
        "orange",
        "yellow",
        "html as text",
    ];
    compare("tag", &names, |options| {
        let colour = match options
            .words("classes")
            .rsplit_once("--")
            .map(|(_, colour)| colour)
        {
            None => TagColour::Plain,
            Some("grey") => TagColour::Grey,
            Some("teal") => TagColour::Teal,
            Some("green") => TagColour::Green,
            Some("purple") => TagColour::Purple,
            Some("magenta") => TagColour::Magenta,
            Some("red") => TagColour::Red,
            Some("orange") => TagColour::Orange,
            Some("yellow") => TagColour::Yellow,
            Some(other) => panic!("there is no colour {other}"),
        };
        view! { <Tag words=options.words("text") colour/> }.into_any()
    });
}
