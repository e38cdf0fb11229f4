//! The page that asks for the code in an email. The page is the same whether or not an email was
//! sent, so it does not reveal which addresses are known.

use leptos::prelude::*;
use registration::lifetimes::ACCESS_CODE_MINUTES;
use registration::problem::Problem;
use registration::resume::{CODE, RETURN};

use crate::components::{Button, InputWidth, TextInput, text};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The address to which the email with the code was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeSentTo {
    /// An address of the draft that the person fills in.
    Address(String),
    /// The address of a person who returns. The email is sent only if a registration is saved with
    /// the address, and the page does not say whether one is.
    AddressIfSaved(String),
    /// The address is unknown, because the server no longer has the request for an email.
    Unknown,
}

impl CodeSentTo {
    fn words(&self) -> String {
        match self {
            Self::Address(email) => format!("We have sent an email to {email}."),
            Self::AddressIfSaved(email) => format!(
                "If a registration is saved with {email}, we have sent an email to that address."
            ),
            Self::Unknown => "We have sent an email to the address that you gave, if a registration is saved with it.".to_owned(),
        }
    }
}

/// Renders the page for the code. `request` identifies the request for an email; `typed` is the
/// code, as typed.
pub fn code_page(
    request: &str,
    sent_to: &CodeSentTo,
    typed: &str,
    problem: Option<Problem>,
) -> ServerPage {
    const TITLE: &str = "Check your email";
    let form = form_with(problem);
    let minutes = ACCESS_CODE_MINUTES.to_string();
    let input = view! {
        <TextInput
            name="code"
            label="Code"
            hint="8 letters, like WDJB-MJHT"
            width=InputWidth::Ten
            value=typed.to_owned()
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph(
            [
                &sent_to.words(),
                " It can take a few minutes to arrive. Check your junk folder too.",
            ]
            .concat(),
        ),
        paragraph(
            [
                "Open the link in the email, or enter its code here. Use either once, within ",
                &minutes,
                " minutes.",
            ]
            .concat(),
        ),
        view! {
            <form action=CODE method="post" novalidate>
                <input type="hidden" name="request" value=request.to_owned()/>
                {input}
                <Button prevent_double_click=true>{text("Continue")}</Button>
            </form>
        }
        .into_any(),
        subheading("If you have no email from us"),
        paragraph_of(vec![
            text("Check the address and "),
            outside_link(RETURN, "ask for a new link and code"),
            text(". If you are saving for the first time, "),
            outside_link("/save", "go back to where you save your registration"),
            text("."),
        ]),
    ];
    server_page(TITLE, None, form, parts)
}

/// Renders the page shown after too many wrong codes.
pub fn code_throttled_page() -> ServerPage {
    const TITLE: &str = "You have tried too many codes";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "You can no longer use this code. The link in the email works until it expires. We have kept your answers.",
        ),
        paragraph_of(vec![outside_link(RETURN, "Ask for a new link and code")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
