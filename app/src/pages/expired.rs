//! What is said when the cookie belongs to a draft that has gone: what is kept, and how to go on.

use leptos::prelude::*;
use registration::coming_back::RETURN;
use registration::journey;

use super::layout::{Content, page, set_status};
use super::prose::{heading, link, outside_link, paragraph, paragraph_of, text};

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
                "This browser keeps answers for 20 hours after you last used it to fill them in. Answers that you saved with an email address are kept for 28 days.",
            ),
            paragraph_of(vec![
                text("If you gave an email address, "),
                outside_link(RETURN, "return to your saved registration"),
                text("."),
            ]),
            paragraph(
                "If you have just saved a page, we kept the answers of that page in a new registration.",
            ),
            paragraph_of(vec![link(journey::TASKS, "Go to your registration")]),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}
