//! The page for a draft that has expired: says how long answers are stored, and how to continue. If
//! the answers that the person has just entered were saved in a new draft, the page links to them.

use const_format::concatcp;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use registration::journey;
use registration::lifetimes::{APPLICANT_SESSION_HOURS, DRAFT_DAYS};
use registration::page::Page;
use registration::resume::RETURN;

use super::layout::{Content, page, set_status};
use super::prose::{heading, link, outside_link, paragraph, paragraph_of, text};

const TITLE: &str = "Your saved answers have expired";

/// The page about an expired draft.
#[component]
pub fn ExpiredPage() -> AnyView {
    set_status(410);
    let kept = use_query_map().with_untracked(|query| query.get("kept"));
    let is_known = |path: &String| path == journey::USERS || Page::from_path(path).is_some();
    let new = match kept.filter(is_known) {
        Some(path) => vec![
            text("We kept what you have just entered in a new registration: "),
            link(path, "see what you entered"),
            text(" or "),
            link(journey::TASKS, "go to its task list"),
            text("."),
        ],
        None => vec![link(journey::TASKS, "Go to a new registration")],
    };
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph(concatcp!(
                "This browser keeps your answers for ",
                APPLICANT_SESSION_HOURS,
                " hours after you start or return to it. Answers that you saved with an email address are kept for ",
                DRAFT_DAYS,
                " days, unless the person who started them deletes them.",
            )),
            paragraph_of(vec![
                text("If you gave an email address, "),
                outside_link(RETURN, "return to your saved registration"),
                text("."),
            ]),
            paragraph_of(new),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}
