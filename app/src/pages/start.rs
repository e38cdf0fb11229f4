//! The start page: the purpose of an account, what to have ready, how long the form takes, and
//! other formats.

use leptos::prelude::*;
use registration::lifecycle::STATUS;
use registration::resume::RETURN;

use super::layout::{Content, loaded, page};
use super::prose::{list, outside_link, paragraph, paragraph_of, subheading, text};
use crate::components::{LinkButton, element};
use crate::fault::Fault;
use crate::service::SERVICE_NAME;
#[cfg(feature = "ssr")]
use crate::service::TargetDays;

/// The start page of the service.
#[component]
pub fn StartPage() -> AnyView {
    loaded(|| (LoadTarget {}, String::new()), start_page)
}

/// Loads the number of working days in which the desk aims to decide.
#[server(endpoint = "target")]
async fn load_target() -> Result<Option<u32>, Fault> {
    let found = use_context().map(|TargetDays(days)| Some(days));
    // A server function is always asynchronous, but this one has nothing to wait for.
    std::future::ready(found.ok_or(Fault::Unavailable)).await
}

fn start_page(target_days: u32) -> AnyView {
    let target = target_days.to_string();
    let decision = [
        "The Common Platform Desk checks your organisation first. It aims to decide within ",
        &target,
        " working days. Then Common Platform sends each user an email with a link to activate their account.",
    ];
    let heading = element("h1").class("govuk-heading-xl").words(SERVICE_NAME);
    let start = view! { <LinkButton href="/tasks" start=true>{text("Start now")}</LinkButton> };
    page(Content {
        title: SERVICE_NAME.into(),
        parts: vec![
            heading.view(),
            paragraph(
                "Use this service to register your firm or chambers, or yourself as a barrister. You get accounts on Common Platform, the case system of the criminal courts in England and Wales.",
            ),
            paragraph("With a Common Platform account you can:"),
            list(vec![
                text(
                    "link yourself to a case and a defendant, so the Legal Aid Agency knows to pay you",
                ),
                text(
                    "get case papers yourself, such as the Initial Details of the Prosecution Case",
                ),
                text("serve documents on the magistrates’ court"),
            ]),
            paragraph(
                "It takes about 10 minutes, and a minute more for each user. We save your answers on every page.",
            ),
            start.into_any(),
            paragraph_of(vec![outside_link(RETURN, "Return to a saved registration")]),
            paragraph_of(vec![outside_link(
                STATUS,
                "Check the progress of a registration",
            )]),
            subheading("Before you start"),
            paragraph(
                "Ask your colleagues if your organisation has registered before. If it has, your organisation administrator can add you.",
            ),
            paragraph("You need:"),
            list(vec![
                text("the address, telephone number and email address of your head office"),
                text(
                    "your SRA number, Bar number or LAA account numbers, if your organisation has them",
                ),
                text(
                    "the name, job title, email address and telephone number of your accountable person",
                ),
                text("the name, email address, mobile number and role of each user"),
                vec![
                    text("someone who can accept the "),
                    outside_link("/terms-and-conditions", "Terms and Conditions"),
                    text(" for your organisation"),
                ]
                .into_any(),
            ]),
            paragraph(
                "If you have many users, you can upload a spreadsheet of them. You can use your own or our template.",
            ),
            paragraph(
                "If you are a self-employed barrister, register as an organisation of one person. This includes freelance and direct access barristers.",
            ),
            subheading("After you register"),
            paragraph(decision.concat()),
            subheading("If you need another format"),
            paragraph_of(vec![
                text(
                    "You can use this service with a screen reader, with a keyboard alone and without scripts. If you need something else, you can ",
                ),
                outside_link("/other-formats", "ask for another format"),
                text("."),
            ]),
        ],
        ..Content::default()
    })
}
