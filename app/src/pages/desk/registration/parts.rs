//! Shared parts of the pages about a registration: a banner about changes since the page was
//! opened, the preview of a message, and three error pages.

use leptos::prelude::*;

use super::timeline::TimelineEntry;
use crate::components::{NotificationBanner, text};
use crate::form::hidden_field;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// The changes to a registration since a page about it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stale {
    /// The events since the page was opened, oldest first.
    pub since: Vec<TimelineEntry>,
}

/// A message, as its recipient will read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The subject line of the message.
    pub subject: String,
    /// The text of the message.
    pub text: String,
    /// The addresses of the recipients, each with the language of the message.
    pub to: Vec<String>,
}

/// Renders the page for a reference that does not exist. `typed` is that reference, as typed.
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

/// The facts about an erased registration that are still stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasedRegistration {
    /// The reference of the registration.
    pub reference: String,
    /// The last state of the registration, as display text.
    pub state: &'static str,
    /// The time since which the registration had its last state, as display text.
    pub since: String,
    /// The time of the erasure, as display text.
    pub erased_at: String,
}

/// Renders the page of a registration whose personal data was erased.
pub fn erased_registration_page(erased: &ErasedRegistration) -> DeskPage {
    const TITLE: &str = "The personal data of this registration was erased";
    let ErasedRegistration {
        reference,
        state,
        since,
        erased_at,
    } = erased;
    let parts = vec![
        heading(TITLE),
        paragraph(format!("{reference} was erased on {erased_at}.")),
        paragraph(format!(
            "Before that, its status was “{state}” since {since}."
        )),
        paragraph(
            "Its answers, people, notes and checks are gone. The audit still shows what was done, by which officer and when.",
        ),
        paragraph_of(vec![outside_link("/desk/queue", "Go to the queue")]),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
}

/// Renders a banner about changes to a registration since its page was opened.
///
/// The banner says that nothing was saved, and lists the changes. If `can_be_sent_again` is true,
/// the banner also says that the typed text is still on the page. Returns `None` if `stale` is
/// `None`.
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

/// Renders the hidden fields that tell the server which state of the registration the officer saw.
pub(super) fn seen_fields(version: i64, sequence: i64) -> Vec<AnyView> {
    vec![
        hidden_field("version", version.to_string()),
        hidden_field("seen", sequence.to_string()),
    ]
}

/// Renders the preview of a message.
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

/// Renders the page for an action that the state of the registration does not allow. `why` is the
/// reason.
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
