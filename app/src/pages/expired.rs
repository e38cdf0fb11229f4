//! What is said when the cookie belongs to a draft that has gone: what is kept, and how to go on.

use leptos::prelude::*;
use registration::journey;

use super::layout::{Content, page, set_status};
use super::prose::{heading, link, outside_link, paragraph, paragraph_of};

const TITLE: &str = "Your saved answers have expired";

/// The page.
#[component]
pub fn ExpiredPage() -> AnyView {
    set_status(410);
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph(
                "We delete answers 20 hours after you last used this browser to fill them in, and 28 days after you began.",
            ),
            paragraph(
                "If you have just saved a page, we kept the answers of that page in a new registration.",
            ),
            paragraph_of(vec![link(journey::TASKS, "Go to your registration")]),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}
