//! The start page: the purpose of an account, what to have ready, how long the form takes, and
//! other formats.

use leptos::prelude::*;
use registration::lifecycle::STATUS;
use registration::resume::RETURN;

use super::layout::{Content, page};
use super::prose::{list, outside_link, paragraph, paragraph_of, subheading, text};
use crate::components::{LinkButton, element};
use crate::service::SERVICE_NAME;

/// The start page of the service.
#[component]
pub fn StartPage() -> AnyView {
    page(Content {
        title: SERVICE_NAME.into(),
        parts: vec![
            element("h1")
                .class("govuk-heading-xl")
                .words(SERVICE_NAME)
                .view(),
            paragraph(
                "Use this service to register your firm, chambers or yourself for accounts on the Common Platform, the case system of the criminal courts in England and Wales.",
            ),
            paragraph("With a Common Platform account you can:"),
            list(vec![
                text(
                    "link yourself to a case and a defendant, so the Legal Aid Agency knows to pay you",
                ),
                text(
                    "get case materials yourself, such as the Initial Details of the Prosecution Case and the Pre-Trial Readiness form in the magistrates’ court",
                ),
                text(
                    "serve documents on the court for Common Platform cases in the magistrates’ court",
                ),
            ]),
            paragraph(
                "Registering takes about 10 minutes, and a minute more for each user. Your answers are saved on every page.",
            ),
            view! { <LinkButton href="/tasks" start=true>{text("Start now")}</LinkButton> }
                .into_any(),
            paragraph_of(vec![outside_link(RETURN, "Return to a saved registration")]),
            paragraph_of(vec![outside_link(
                STATUS,
                "Check the progress of a registration",
            )]),
            subheading("Before you start"),
            paragraph("You need:"),
            list(vec![
                text("the address, telephone number and email address of your head office"),
                text(
                    "your SRA number, Bar number or LAA account numbers, whichever your organisation has",
                ),
                text(
                    "the name, job title, email address and telephone number of your accountable person",
                ),
                text("the name, email address, mobile number and role of each user"),
                vec![
                    text("somebody with the authority to accept the "),
                    outside_link("/terms-and-conditions", "Terms and Conditions"),
                ]
                .into_any(),
            ]),
            paragraph(
                "We check your organisation first. Then each user gets an email with a link to activate their account.",
            ),
            paragraph(
                "If you are a self-employed, freelance or direct access barrister, register as an organisation of one person.",
            ),
            subheading("If you need another format"),
            paragraph_of(vec![
                text(
                    "This service is made to work with screen readers, with a keyboard alone and without scripts. If you need something else, you can ",
                ),
                outside_link("/other-formats", "ask for another format"),
                text("."),
            ]),
        ],
        ..Content::default()
    })
}
