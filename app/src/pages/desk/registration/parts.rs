//! What the pages about a registration share: what has happened since a page was opened, the preview of a message, and
//! the page for a reference that nobody has.

use leptos::prelude::*;

use super::timeline::Happened;
use crate::components::{NotificationBanner, text};
use crate::form::hidden_field;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// What happened to a registration since a page about it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stale {
    /// What happened, the oldest first.
    pub since: Vec<Happened>,
}

/// A message as its reader will get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its subject.
    pub subject: String,
    /// What it says, as text.
    pub text: String,
    /// To whom it goes.
    pub to: Vec<String>,
}

/// The page for a reference that no registration has.
pub fn no_registration_page(typed: &str) -> DeskPage {
    const TITLE: &str = "There is no registration with this reference";
    let parts = vec![
        heading(TITLE),
        paragraph(["Nothing was found for “", typed, "”."].concat()),
        paragraph("Check the reference: it is CP and 8 letters and numbers, like CP-7K3M-9QXF."),
        paragraph_of(vec![outside_link("/desk/queue", "Go to the queue")]),
    ];
    DeskPage::new(TITLE, Place::Queue, parts)
}

/// Says above a form that something happened since it was opened, and that nothing was done.
pub(super) fn stale_banner(stale: Option<Stale>, can_be_sent_again: bool) -> Option<AnyView> {
    let since = stale?.since;
    let happened = if since.is_empty() {
        paragraph("Look at the registration again before you decide.")
    } else {
        list(
            since
                .into_iter()
                .map(|happened| text(happened.in_a_line()))
                .collect(),
        )
    };
    Some(
        view! {
            <NotificationBanner heading="This registration has changed since you opened this page. What you sent was not done.">
                {happened}
                {can_be_sent_again
                    .then(|| {
                        paragraph(
                            "What you entered is still below. Send it again if it is still right.",
                        )
                    })}
            </NotificationBanner>
        }
        .into_any(),
    )
}

/// The fields by which a form says what of the registration its officer had seen.
pub(super) fn seen_fields(version: i64, sequence: i64) -> Vec<AnyView> {
    vec![
        hidden_field("version", version.to_string()),
        hidden_field("seen", sequence.to_string()),
    ]
}

/// A message as its reader will get it.
pub(super) fn preview(preview: Preview) -> AnyView {
    let to = preview.to.join(", ");
    view! {
        <div class="app-preview">
            <p class="govuk-body govuk-!-font-weight-bold">{["To: ", &to].concat()}</p>
            <p class="govuk-body govuk-!-font-weight-bold">
                {["Subject: ", &preview.subject].concat()}
            </p>
            <div class="govuk-body app-lines">{preview.text}</div>
        </div>
    }
    .into_any()
}

/// The page for what cannot be done to a registration as it stands.
pub fn cannot_be_done_page(reference: &str, why: &'static str) -> DeskPage {
    const TITLE: &str = "This cannot be done now";
    let parts = vec![
        heading(TITLE),
        paragraph(why),
        paragraph_of(vec![outside_link(
            super::address(reference, ""),
            ["Go to ", reference].concat(),
        )]),
    ];
    DeskPage::new(TITLE, Place::Queue, parts)
}
