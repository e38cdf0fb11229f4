//! The page of a message about a registration: the delivery state of the message, and a form that
//! sends it again if it did not arrive.

use leptos::prelude::*;

use super::address;
use crate::components::{
    Button, ButtonKind, NotificationBanner, SummaryList, SummaryRow, TextInput, text,
};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The data for the page of a message.
pub struct MessageView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The identifier of the message.
    pub id: String,
    /// The kind of message, as display text.
    pub kind: String,
    /// The email address of the recipient.
    pub recipient: String,
    /// The time at which the message was written, as display text.
    pub written: String,
    /// The delivery state of the message, as display text.
    pub delivery: String,
    /// Whether the message did not arrive and can be sent again.
    pub may_send_again: bool,
    /// Whether the message was sent, so that a mail server may still return it as undeliverable.
    pub may_come_back: bool,
    /// The address to which the message is sent again, as typed.
    pub typed: String,
    /// Whether somebody else has changed the message since the page was opened.
    pub is_stale: bool,
    /// The state of the form, with its problems.
    pub form: FormState,
}

/// Renders the page of a message.
pub fn message_page(shown: MessageView) -> DeskPage {
    let title = ["Message: ", &shown.kind].concat();
    let here = address(&shown.reference, &["messages/", &shown.id].concat());
    let form = shown.form;
    let mut parts = Vec::new();
    if shown.is_stale {
        parts.push(
            view! { <NotificationBanner heading="Your change was not saved because somebody else has dealt with this message since you opened this page."/> }
                .into_any(),
        );
    }
    parts.push(
        view! {
            <span class="govuk-caption-l">
                {[&*shown.organisation, " ", &shown.reference].concat()}
            </span>
        }
        .into_any(),
    );
    parts.push(heading(title.clone()));
    let rows = vec![
        SummaryRow::new("To", text(shown.recipient)),
        SummaryRow::new("Created", text(shown.written)),
        SummaryRow::new("Delivery", text(shown.delivery)),
    ];
    parts.push(view! { <SummaryList rows/> }.into_any());
    if shown.may_send_again {
        parts.push(subheading("Send it again"));
        parts.push(paragraph(
            "If you correct the address, later messages about this registration go to it too. The answers of the registration do not change.",
        ));
        parts.push(
            view! {
                <form action=here.clone() method="post" novalidate>
                    <TextInput
                        name="email"
                        label="Email address"
                        input_type="email"
                        value=shown.typed
                        problem=form.problem("email")
                        spellcheck=false
                    />
                    <Button prevent_double_click=true>{text("Send again")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    if shown.may_come_back {
        parts.push(paragraph(
            "If the desk has received an email that says this message could not be delivered, record that it came back. You can then correct the address and send it again.",
        ));
        parts.push(
            view! {
                <form action=[&*here, "/bounced"].concat() method="post" novalidate>
                    <Button kind=ButtonKind::Secondary prevent_double_click=true>
                        {text("Record that it came back")}
                    </Button>
                </form>
            }
            .into_any(),
        );
    }
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(address(&shown.reference, "") + "#timeline")
        .form(form)
}

/// Renders the page for a message that does not exist, or whose address was erased.
pub fn no_message_page(reference: &str) -> DeskPage {
    const TITLE: &str = "There is no such message";
    let parts = vec![
        heading(TITLE),
        paragraph("The address of a message is deleted some weeks after it was sent."),
        paragraph_of(vec![outside_link(
            address(reference, ""),
            ["Go to ", reference].concat(),
        )]),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
}
