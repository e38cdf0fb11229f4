//! Shared parts of the pages about a registration: a banner about changes since the page was
//! opened, the preview of a message, and two error pages.

use leptos::prelude::*;

use super::timeline::TimelineEntry;
use crate::components::{NotificationBanner, text};
use crate::form::hidden_field;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// What has happened to a registration since a page about it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stale {
    /// The events, oldest first.
    pub since: Vec<TimelineEntry>,
}

/// A message as its reader will get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The addresses that it goes to, each with its language.
    pub to: Vec<String>,
}

/// Renders the page for a reference that no registration has.
pub fn no_registration_page(typed: &str) -> DeskPage {
    const TITLE: &str = "There is no registration with this reference";
    let parts = vec![
        heading(TITLE),
        paragraph(["Nothing was found for “", typed, "”."].concat()),
        paragraph(
            "Check the reference. It is CP and 8 letters and numbers, for example CP-7K3M-9QXF.",
        ),
        paragraph_of(vec![outside_link("/desk/queue", "Go to the queue")]),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
}

/// Renders a banner that a registration has changed since its page was opened.
///
/// It says that nothing was done, and what happened instead.
pub(super) fn stale_banner(stale: Option<Stale>, can_be_sent_again: bool) -> Option<AnyView> {
    let since = stale?.since;
    let changes = if since.is_empty() {
        paragraph("Check the registration before you try again.")
    } else {
        list(
            since
                .into_iter()
                .map(|entry| text(entry.in_one_line()))
                .collect(),
        )
    };
    Some(
        view! {
            <NotificationBanner heading="This registration has changed since you opened this page. Your change was not saved.">
                {changes}
                {can_be_sent_again
                    .then(|| {
                        paragraph(
                            "What you entered is still below. Send it again if it is still correct.",
                        )
                    })}
            </NotificationBanner>
        }
        .into_any(),
    )
}

/// Renders the hidden fields that say what the officer saw of the registration.
pub(super) fn seen_fields(version: i64, sequence: i64) -> Vec<AnyView> {
    vec![
        hidden_field("version", version.to_string()),
        hidden_field("seen", sequence.to_string()),
    ]
}

/// Renders a message as its reader will get it.
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

/// Renders the page for an action that the state of the registration does not allow.
pub fn cannot_be_done_page(reference: &str, why: &'static str) -> DeskPage {
    const TITLE: &str = "You cannot do this now";
    let parts = vec![
        heading(TITLE),
        paragraph(why),
        paragraph_of(vec![outside_link(
            super::address(reference, ""),
            ["Go to ", reference].concat(),
        )]),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
}
