//! The status page of a registration: its state, what has happened, and what happens next.

use const_format::concatcp;
use leptos::prelude::*;
use registration::journey::{SUBMITTED, TASKS};
use registration::lifecycle::{
    ApplicantStatus, QUESTIONS, START_AGAIN, STATUS_ADDRESS, State, WITHDRAW,
};
use registration::lifetimes::ACTIVATION_LINK_DAYS;
use registration::membership::path::MEMBERS;
use registration::more_information::Question;
use registration::resume::RETURN;

use crate::components::{
    Button, InsetText, LinkButton, SummaryList, SummaryRow, Tag, element, text,
};
use crate::pages::prose::{
    heading, link, list, outside_link, paragraph, paragraph_of, sign_out_link, subheading,
};
use crate::pages::server_page::{ServerPage, form_with, server_page};
use crate::pages::status_colour::registration_colour;

/// An event in the history of a registration, as shown to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The time of the event, as display text.
    pub when: String,
    /// The description of the event.
    pub what: String,
}

/// The data for the status page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The status of the registration.
    pub status: ApplicantStatus,
    /// The time since which the registration has this status, as display text.
    pub since: String,
    /// The events, newest first.
    pub events: Vec<Event>,
    /// The desk's target for a decision, in working days.
    pub target_days: u32,
    /// The desk's questions to the applicant.
    pub asked: Vec<Question>,
    /// The reason given to the applicant, if the registration was not approved.
    pub message: Option<String>,
    /// The confirmed email addresses that receive emails about the registration.
    pub addresses: Vec<String>,
    /// Whether the person may withdraw the registration. False if somebody else shared the
    /// registration with the person.
    pub may_withdraw: bool,
}

/// Renders the status page.
pub fn status_page(shown: StatusView) -> ServerPage {
    const TITLE: &str = "Progress of your registration";
    let tag = view! { <Tag words=shown.status.words() colour=registration_colour(shown.status)/> };
    let rows = vec![
        SummaryRow::new("Reference", text(shown.reference)),
        SummaryRow::new("Organisation", text(shown.organisation)),
        SummaryRow::new("Status", tag),
        SummaryRow::new("Since", text(shown.since)),
    ];
    let mut parts = vec![
        heading(TITLE),
        view! { <SummaryList rows/> }.into_any(),
        subheading("What happens next"),
    ];
    parts.extend(next(
        shown.status,
        shown.target_days,
        shown.asked,
        shown.message,
    ));
    parts.push(subheading("What has happened"));
    parts.push(list(
        shown
            .events
            .into_iter()
            .map(|event| lines(&[&*event.when, ": ", &event.what].concat()))
            .collect(),
    ));
    parts.push(subheading("Emails about this registration"));
    if shown.addresses.is_empty() {
        parts.push(paragraph(
            "You have not confirmed an email address. We write to the accountable person.",
        ));
    } else {
        parts.push(paragraph("We write to:"));
        parts.push(list(shown.addresses.into_iter().map(text).collect()));
    }
    parts.push(paragraph_of(vec![outside_link(
        STATUS_ADDRESS,
        "Get emails at another address",
    )]));
    if let ApplicantStatus::State(state) = shown.status
        && !state.is_closed()
    {
        parts.push(subheading("If you do not need accounts any more"));
        parts.push(if shown.may_withdraw {
            paragraph_of(vec![outside_link(WITHDRAW, "Withdraw this registration")])
        } else {
            paragraph("Ask the person who started this registration to withdraw it.")
        });
    }
    parts.push(sign_out_link());
    let is_open = shown.status == ApplicantStatus::State(State::MoreInformationNeeded);
    let back = if is_open { TASKS } else { SUBMITTED };
    server_page(TITLE, Some(back), form_with(None), parts)
}

/// Renders the page for a browser without a submitted registration.
pub fn no_status_page() -> ServerPage {
    const TITLE: &str = "Check the progress of your registration";
    let parts = vec![
        heading(TITLE),
        paragraph("This browser does not know which registration is yours. You can:"),
        list(vec![
            text("open the link in the newest email that we sent you about it"),
            vec![
                outside_link(RETURN, "give the email address"),
                text(" that you saved it with, to get a link and a code"),
            ]
            .into_any(),
        ]),
        paragraph("The reference alone is not enough, because other people may have seen it."),
        paragraph_of(vec![
            text("If you have not sent it yet, "),
            outside_link(TASKS, "go to your registration"),
            text("."),
        ]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    server_page(TITLE, Some("/"), form_with(None), parts)
}

fn next(
    status: ApplicantStatus,
    target_days: u32,
    asked: Vec<Question>,
    message: Option<String>,
) -> Vec<AnyView> {
    const ACTIVATION: &str = concatcp!(
        "Each user gets an email with a link to activate their account. The link works for ",
        ACTIVATION_LINK_DAYS,
        " days. Look in junk folders too.",
    );
    match status {
        ApplicantStatus::State(State::Received) => vec![
            paragraph(format!(
                "The Common Platform Desk checks your organisation. It aims to decide within {target_days} working days of getting your registration. If you told us about an early hearing, it does so sooner."
            )),
            paragraph("You do not need to do anything. We write to you when something happens."),
        ],
        ApplicantStatus::State(State::BeingChecked) => vec![
            paragraph("An officer of the Common Platform Desk is checking your organisation."),
            paragraph("You do not need to do anything. We write to you when something happens."),
        ],
        ApplicantStatus::State(State::MoreInformationNeeded) => questions(asked),
        ApplicantStatus::State(State::Approved) => vec![
            paragraph("Your organisation is approved. We are about to set up the accounts."),
            paragraph(ACTIVATION),
            manage_people(),
        ],
        ApplicantStatus::SettingUp { activated, users } => vec![
            paragraph(format!(
                "We are setting up the accounts. {activated} of {users} users have activated theirs."
            )),
            paragraph(ACTIVATION),
            manage_people(),
        ],
        ApplicantStatus::Done => vec![
            paragraph("Every user has activated their account."),
            paragraph(
                "Your organisation administrators can add and change users on Common Platform.",
            ),
            manage_people(),
        ],
        ApplicantStatus::State(State::NotApproved) => {
            let mut parts = vec![paragraph(
                "The Common Platform Desk has not approved your registration:",
            )];
            if let Some(message) = message {
                parts.push(view! { <InsetText>{lines(&message)}</InsetText> }.into_any());
            }
            parts.extend(start_again());
            parts
        }
        ApplicantStatus::State(State::Withdrawn) => {
            let mut parts = vec![paragraph(
                "You withdrew this registration. No accounts will be set up.",
            )];
            parts.extend(start_again());
            parts
        }
    }
}

/// Renders the paragraph that leads to the pages on which the organisation manages its people.
fn manage_people() -> AnyView {
    paragraph_of(vec![
        text("When people join, change or leave, "),
        outside_link(MEMBERS, "tell us on your list of people"),
        text("."),
    ])
}

fn questions(asked: Vec<Question>) -> Vec<AnyView> {
    let asked = asked
        .into_iter()
        .map(|question| {
            vec![
                link(question.topic.address(), question.topic.words()),
                lines(&[": ", &question.asked].concat()),
            ]
            .into_any()
        })
        .collect();
    vec![
        paragraph("The Common Platform Desk needs to know more before it can decide:"),
        list(asked),
        paragraph(
            "Answer the questions or change your answers, then send your registration again. It keeps its reference.",
        ),
        paragraph_of(vec![outside_link(
            QUESTIONS,
            "Answer the questions in your own words",
        )]),
        view! { <LinkButton href=TASKS>{text("Change your answers")}</LinkButton> }.into_any(),
    ]
}

/// Renders a text that the desk wrote, with its line breaks.
fn lines(words: &str) -> AnyView {
    let mut parts = Vec::new();
    for (number, line) in words.lines().enumerate() {
        if number > 0 {
            parts.push(element("br").view());
        }
        parts.push(text(line.to_owned()));
    }
    parts.into_any()
}

fn start_again() -> Vec<AnyView> {
    let form = element("form")
        .attr("action", START_AGAIN)
        .attr("method", "post")
        .child(
            view! { <Button prevent_double_click=true>{text("Start again from these answers")}</Button> }
                .into_any(),
        );
    vec![
        paragraph(
            "You can start again from the same answers. You sign again, and the registration gets a new reference.",
        ),
        form.view(),
    ]
}
