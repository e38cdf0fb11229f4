//! The messages that could not be sent.

use leptos::prelude::*;
use registration::desk::{MESSAGES, OfficerRole, Permission};

use super::frame::{DeskPage, Place};
use crate::components::{Button, ButtonKind, NotificationBanner, SummaryCard, SummaryRow, text};
use crate::pages::prose::{heading, outside_link, paragraph};

/// A message that was refused for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadMessage {
    /// Its identifier.
    pub id: String,
    /// What it tells, such as `registration-received`.
    pub kind: String,
    /// The reference of the registration that it is about, if it is about one.
    pub reference: Option<String>,
    /// To whom.
    pub recipient: String,
    /// When it was written, in words.
    pub written: String,
    /// What the other side answered.
    pub answered: String,
}

/// What became of the wish to send one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutBack {
    /// It is on its way.
    Done,
    /// Somebody else was quicker.
    Before,
}

/// The page, for a reader of a role; with what has just become of a message.
pub fn messages_page(
    dead: Vec<DeadMessage>,
    reader: OfficerRole,
    put_back: Option<PutBack>,
) -> DeskPage {
    const TITLE: &str = "Messages that could not be sent";
    let mut parts = Vec::new();
    if put_back == Some(PutBack::Done) {
        parts.push(
            view! {
                <NotificationBanner success=true heading="The message will be sent again"/>
            }
            .into_any(),
        );
    }
    if put_back == Some(PutBack::Before) {
        parts.push(
            view! {
                <NotificationBanner heading="That message was put back by somebody else, or has been sent"/>
            }
            .into_any(),
        );
    }
    parts.push(heading(TITLE));
    if dead.is_empty() {
        parts.push(paragraph(
            "Every message was sent or is on its way. A message comes here when it was refused for good, or for three days.",
        ));
    } else {
        parts.push(paragraph(
            "The other side refused these for good. Find out why, for example whether the address is right, before you send one again.",
        ));
        parts.extend(dead.into_iter().map(|message| card(message, reader)));
    }
    DeskPage::new(TITLE, Place::Messages, parts)
}

fn card(message: DeadMessage, reader: OfficerRole) -> AnyView {
    let title = in_words(&message.kind);
    let mut rows = vec![
        SummaryRow::new("To", text(message.recipient)),
        SummaryRow::new("Written", text(message.written)),
        SummaryRow::new("Answer", text(message.answered)),
    ];
    if let Some(reference) = message.reference {
        let about = if reader.may(Permission::ReadRegistrations) {
            outside_link(["/desk/registrations/", &reference].concat(), reference)
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

/// `more-information-needed` as people read it.
fn in_words(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let rest = letters.map(|letter| if letter == '-' { ' ' } else { letter });
    first.into_iter().chain(rest).collect()
}
