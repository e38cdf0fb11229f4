//! The page of messages that could not be sent: those that are no longer retried, and the number of
//! those that are still waiting.

use ::registration::desk::delivery::kind_in_words;
use ::registration::desk::{MESSAGES, OfficerRole, Permission};
use ::registration::lifetimes::MESSAGE_RETRY_DAYS;
use leptos::prelude::*;

use super::frame::{DeskPage, MenuEntry};
use super::registration;
use crate::components::{Button, ButtonKind, NotificationBanner, SummaryCard, SummaryRow, text};
use crate::pages::prose::{heading, outside_link, paragraph};

/// A message that is no longer retried: it was rejected permanently, or failed for about three
/// days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadMessage {
    /// The identifier of the message.
    pub id: String,
    /// The kind of message, such as `registration-received`.
    pub kind: String,
    /// The reference of the registration that the message is about, if there is one.
    pub reference: Option<String>,
    /// The email address of the recipient.
    pub recipient: String,
    /// The time at which the message was written, as display text.
    pub written: String,
    /// The last error while sending the message; empty if none was recorded.
    pub answered: String,
}

/// The messages that are waiting to be sent, if the oldest has waited for longer than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateMessages {
    /// The number of waiting messages.
    pub count: u64,
    /// The time at which the oldest waiting message was written, as display text.
    pub since: String,
}

/// The outcome of a request to send a message again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequeueNotice {
    /// The message was queued again for sending.
    Done,
    /// Nothing was done, because the message was already sent or requeued.
    Before,
}

/// Renders the page of unsent messages.
///
/// `dead` are the messages that are no longer retried; `late` are those that are still waiting.
/// `reader` is the role of the officer, and `requeued` the outcome of the officer's request to send
/// a message again.
pub fn messages_page(
    dead: Vec<DeadMessage>,
    late: Option<LateMessages>,
    reader: OfficerRole,
    requeued: Option<RequeueNotice>,
) -> DeskPage {
    const TITLE: &str = "Messages that could not be sent";
    let mut parts = Vec::new();
    if requeued == Some(RequeueNotice::Done) {
        parts.push(
            view! {
                <NotificationBanner success=true heading="The message will be sent again"/>
            }
            .into_any(),
        );
    }
    if requeued == Some(RequeueNotice::Before) {
        parts.push(
            view! {
                <NotificationBanner heading="That message has already been sent or queued again"/>
            }
            .into_any(),
        );
    }
    parts.push(heading(TITLE));
    parts.extend(late.map(|LateMessages { count, since }| {
        let words = if count == 1 {
            format!("1 message has been waiting to be sent since {since}. It will be sent when the mail server can be reached.")
        } else {
            format!("{count} messages are waiting to be sent, the oldest since {since}. They will be sent when the mail server can be reached.")
        };
        paragraph(words)
    }));
    if dead.is_empty() {
        parts.push(paragraph(format!(
            "No failed messages. A message is listed here if it is rejected, or cannot be sent for {MESSAGE_RETRY_DAYS} days.",
        )));
    } else {
        parts.push(paragraph(
            "These messages failed. Check why (for example, a wrong address) before you send one again.",
        ));
        parts.extend(dead.into_iter().map(|message| card(message, reader)));
    }
    DeskPage::new(TITLE, MenuEntry::Messages, parts)
}

fn card(message: DeadMessage, reader: OfficerRole) -> AnyView {
    let title = kind_in_words(&message.kind);
    let mut rows = vec![
        SummaryRow::new("To", text(message.recipient)),
        SummaryRow::new("Created", text(message.written)),
        SummaryRow::new("Last error", text(message.answered)),
    ];
    if let Some(reference) = message.reference {
        let about = if reader.may(Permission::WorkOnRegistrations) {
            let at = registration::address(&reference, "");
            let correct = [&*at, "/messages/", &message.id].concat();
            let words = "Correct the address";
            view! { {outside_link(at, reference)} " (" {outside_link(correct, words)} ")" }
                .into_any()
        } else if reader.may(Permission::ReadRegistrations) {
            outside_link(registration::address(&reference, ""), reference)
        } else {
            text(reference)
        };
        rows.insert(0, SummaryRow::new("Registration", about));
    }
    let form = reader.may(Permission::SeeToMessages).then(|| {
        let about = [" ", &title, ": message ", &message.id].concat();
        view! {
            <form action=MESSAGES method="post" novalidate>
                <input type="hidden" name="message" value=message.id/>
                <Button kind=ButtonKind::Secondary prevent_double_click=true>
                    {text("Send again")}
                    <span class="govuk-visually-hidden">{about}</span>
                </Button>
            </form>
        }
    });
    view! {
        <SummaryCard title rows/>
        {form}
    }
    .into_any()
}
