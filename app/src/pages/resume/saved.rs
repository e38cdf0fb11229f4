//! The page about a saved draft: when it expires, who can open it, and what else the person can do.
//!
//! The page is shown if the draft has a confirmed email address.

use leptos::prelude::*;
use registration::journey;
use registration::lifetimes::REMINDER_DAYS;
use registration::resume::RETURN;

use crate::components::{LinkButton, text};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The data for the page about a saved draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The last day on which the draft can be opened, as display text.
    pub kept_until: String,
    /// The confirmed email addresses of the draft.
    pub addresses: Vec<String>,
    /// Whether this person may delete the draft: only the person who began it may do so.
    pub may_delete: bool,
}

/// Renders the page about a saved draft.
pub fn saved_page(saved: Saved) -> ServerPage {
    const TITLE: &str = "Your registration is saved";
    let Saved {
        kept_until,
        addresses,
        may_delete,
    } = saved;
    let mut parts = vec![
        heading(TITLE),
        paragraph(format!(
            "We keep your answers until {kept_until}. We will remind you {REMINDER_DAYS} days before."
        )),
        paragraph("Anyone who can read email sent to these addresses can open it:"),
        list(addresses.into_iter().map(text).collect()),
        subheading("How to come back"),
        paragraph_of(vec![
            text("On any device, go to "),
            outside_link(RETURN, "return to a saved registration"),
            text(" and enter one of these email addresses. We send you a new link and code."),
        ]),
        paragraph_of(vec![outside_link(
            "/save/share",
            "Share this registration with a colleague",
        )]),
        view! { <LinkButton href=journey::TASKS>{text("Continue your registration")}</LinkButton> }
            .into_any(),
    ];
    if may_delete {
        parts.push(paragraph_of(vec![outside_link(
            "/save/throw-away",
            "Delete this registration",
        )]));
    }
    server_page(TITLE, Some(journey::TASKS), form_with(None), parts)
}
