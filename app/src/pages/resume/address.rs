//! The page that asks for an email address: to save a draft, share it, return to it, or get emails
//! about a registration.

use const_format::concatcp;
use leptos::prelude::*;
use registration::journey;
use registration::language::{LANGUAGE, Language};
use registration::lifecycle::{STATUS, STATUS_ADDRESS};
use registration::lifetimes::DRAFT_DAYS;
use registration::problem::Problem;
use registration::resume::{RETURN, SAVE};

use crate::components::{Button, TextInput, text};
use crate::form::FormState;
use crate::pages::email_language::{QUESTION, language_question};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, server_page};

/// The purpose for which the page asks for an email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFor {
    /// To save the applicant's draft, so that they can return to it on another day or device.
    Saving,
    /// To let a colleague open the draft.
    Sharing,
    /// To return to a saved draft.
    Returning,
    /// To get emails about a submitted registration.
    Following,
}

/// Renders the page that asks for an email address, with the typed address, the chosen language and
/// their problems.
///
/// A person who returns is not asked for a language, because their address has a stored language.
pub fn address_page(
    purpose: AddressFor,
    typed: &str,
    language: Language,
    problems: Vec<Problem>,
) -> ServerPage {
    let form = FormState::new(problems, Vec::new());
    let (title, label, hint, action, back) = match purpose {
        AddressFor::Saving => (
            "Save and come back later",
            "Your email address",
            "We use it to send you a link and a code, and to update you about your registration",
            SAVE,
            journey::TASKS,
        ),
        AddressFor::Sharing => (
            "Share your registration with a colleague",
            "Your colleague’s email address",
            "We use it to send them a link and a code, and to update them about this registration",
            "/save/share",
            SAVE,
        ),
        AddressFor::Following => (
            "Get emails about your registration",
            "Your email address",
            "We use it to send you a link and a code, and to update you about this registration",
            STATUS_ADDRESS,
            STATUS,
        ),
        AddressFor::Returning => (
            "Return to a saved registration",
            "Your email address",
            "The address that you saved your registration with",
            RETURN,
            "/",
        ),
    };
    let mut parts = vec![heading(title)];
    parts.extend(match purpose {
        AddressFor::Saving => vec![paragraph(concatcp!(
            "Your answers so far are saved in this browser. To come back on another day or device, give us an email address. We will send you a link and a code to confirm it. Then we keep your answers for ",
            DRAFT_DAYS,
            " days.",
        ))],
        AddressFor::Sharing => vec![
            paragraph(
                "We will send your colleague an email with a link. They can then see and change every answer, and submit the registration.",
            ),
            paragraph("Tell them that the email is coming. It does not say who you are."),
        ],
        AddressFor::Returning => vec![paragraph(
            "We will send you a link and a code. Use either to open your registration on this device.",
        )],
        AddressFor::Following => vec![paragraph(
            "We will send you a link and a code to confirm the address. Then we will write to it when something happens to your registration. You can also use it to check the progress on any device.",
        )],
    });
    let input = view! {
        <TextInput
            name="email"
            label
            hint
            input_type="email"
            value=typed.to_owned()
            problem=form.problem("email")
            autocomplete=if purpose == AddressFor::Sharing { "" } else { "email" }
            spellcheck=false
        />
    };
    let question = match purpose {
        AddressFor::Saving | AddressFor::Following => Some(QUESTION),
        AddressFor::Sharing => Some("Which language should we use for their emails?"),
        AddressFor::Returning => None,
    };
    let language =
        question.map(|question| language_question(question, language, form.problem(LANGUAGE)));
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {input}
                {language}
                <Button prevent_double_click=true>{text("Send the email")}</Button>
            </form>
        }
        .into_any(),
    );
    if purpose == AddressFor::Saving {
        parts.push(paragraph_of(vec![outside_link(
            "/save/throw-away",
            "Delete this registration",
        )]));
    }
    server_page(title, Some(back), form, parts)
}
