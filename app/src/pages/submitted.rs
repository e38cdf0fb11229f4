//! The confirmation page after submission, and the copy of the registration. Both can be reloaded
//! without submitting again.

use const_format::concatcp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::feedback::FEEDBACK;
use registration::journey;
use registration::lifecycle::STATUS;
use registration::lifetimes::{ACTIVATION_LINK_DAYS, APPLICANT_SESSION_HOURS};
use registration::problem::Problem;
use serde::{Deserialize, Serialize};

use super::answers::{Section, sections};
use super::layout::{Content, loaded, page, set_status};
use super::lookup::Lookup;
use super::prose::{
    heading, link, outside_link, paragraph, paragraph_of, sign_out_link, subheading, text,
};
use crate::components::{Button, ButtonKind, Panel, element};
use crate::fault::Fault;
use crate::form::plain_form;
use crate::service::Contact;
#[cfg(feature = "ssr")]
use crate::service::TargetDays;

/// The data for the confirmation page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Confirmation {
    reference: String,
    submitted_at: String,
    /// The time of the latest submission, as display text; `None` if the registration was submitted
    /// only once.
    sent_again_at: Option<String>,
    organisation: String,
    /// The organisation's email address, to which the acknowledgement was sent.
    email: String,
    /// The addresses to which a copy was sent.
    copied_to: Vec<String>,
    /// The desk's target for a decision, in working days.
    target_days: u32,
    desk: Contact,
    /// The links that download the registration, as HTML.
    downloads: String,
}

/// The confirmation page.
#[component]
pub fn SubmittedPage() -> AnyView {
    loaded(
        || (LoadSubmitted {}, String::new()),
        |found: Lookup<Confirmation>| {
            let Lookup::Found(Confirmation {
                reference,
                submitted_at,
                sent_again_at,
                organisation,
                email,
                copied_to,
                target_days,
                desk,
                downloads,
            }) = found
            else {
                return no_confirmation();
            };
            let (title, begins, at) = match &sent_again_at {
                None => (
                    "Registration submitted",
                    "We received the registration of ",
                    &submitted_at,
                ),
                Some(at) => (
                    "Registration sent again",
                    "We received your changes to the registration of ",
                    at,
                ),
            };
            let received = [begins, &organisation, " on ", at, "."];
            let mut emailed =
                ["We have sent an email with your reference to ", &email, "."].concat();
            if !copied_to.is_empty() {
                emailed.push_str(" We have sent a copy of your answers to ");
                emailed.push_str(&copied_to.join(", "));
                emailed.push('.');
            }
            let aim = [
                "The Common Platform Desk checks your organisation. It aims to decide within ",
                &target_days.to_string(),
                " working days. If you told us about an early hearing, it does so sooner. If it needs to know more, it writes to the email addresses with which you saved this registration, or to your accountable person.",
            ];
            let telephone = [
                " or telephone ",
                &desk.telephone,
                " (",
                &desk.hours,
                "). Give your reference.",
            ];
            let reference = element("strong").words(reference).view();
            let panel = vec![text("Your reference"), element("br").view(), reference].into_any();
            let mut parts = vec![
                view! { <Panel title=title>{panel}</Panel> }.into_any(),
                paragraph(received.concat()),
                paragraph(emailed),
                paragraph_of(vec![link(
                    journey::COPY,
                    "View, print or save a copy of your registration",
                )]),
                element("div").written(downloads).view(),
                paragraph_of(vec![outside_link(
                    STATUS,
                    "Check the progress of your registration, and get emails about it",
                )]),
                subheading("What happens next"),
                paragraph(aim.concat()),
                paragraph(concatcp!(
                    "Once your organisation is checked, each user gets an email with a link to activate their account. The link works for ",
                    ACTIVATION_LINK_DAYS,
                    " days.",
                )),
                paragraph_of(vec![
                    text("To ask about your registration, email "),
                    outside_link(["mailto:", &desk.email].concat(), desk.email.clone()),
                    text(telephone.concat()),
                ]),
            ];
            parts.push(paragraph_of(vec![
                outside_link(FEEDBACK, "What did you think of this service?"),
                text(" (takes 30 seconds)"),
            ]));
            parts.extend(begin_another_form());
            parts.push(sign_out_link());
            page(Content {
                title: title.into(),
                parts,
                ..Content::default()
            })
        },
    )
}

/// The page with a copy of the registration, for printing or saving.
#[component]
pub fn CopyPage() -> AnyView {
    const TITLE: &str = "Copy of your registration";
    loaded(
        || (LoadCopy {}, String::new()),
        |found: Lookup<(Vec<Section>, String)>| {
            let Lookup::Found((copy, downloads)) = found else {
                return no_confirmation();
            };
            let hint = "To print or save this page, use your browser’s print command.";
            let mut parts = vec![
                heading(TITLE),
                element("p")
                    .class("govuk-body app-screen-only")
                    .words(hint)
                    .view(),
            ];
            let downloads = element("div").class("app-screen-only").written(downloads);
            parts.push(downloads.view());
            parts.extend(sections(copy));
            page(Content {
                title: TITLE.into(),
                back: Some(journey::SUBMITTED.to_owned()),
                wide: true,
                parts,
                ..Content::default()
            })
        },
    )
}

/// The page shown in place of a question page after the registration was submitted.
#[component]
pub fn AlreadySubmittedPage() -> AnyView {
    const TITLE: &str = "You have already submitted this registration";
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "You can no longer change its answers here. To correct something, contact the Common Platform Desk and give your reference.",
        ),
        paragraph_of(vec![outside_link(
            STATUS,
            "Check the progress of your registration",
        )]),
        paragraph_of(vec![link(
            journey::SUBMITTED,
            "Go to your reference and your copy",
        )]),
    ];
    parts.extend(begin_another_form());
    page(Content {
        title: TITLE.into(),
        parts,
        ..Content::default()
    })
}

/// Renders the button that starts another registration in this browser.
fn begin_another_form() -> Vec<AnyView> {
    let button =
        view! { <Button kind=ButtonKind::Secondary>{text("Start another registration")}</Button> }
            .into_any();
    vec![
        subheading("Register another organisation"),
        paragraph("Note your reference first. You can only see one registration at a time."),
        plain_form(BeginAnother::url(), vec![button]),
    ]
}

fn no_confirmation() -> AnyView {
    const TITLE: &str = "There is no registration to show";
    set_status(404);
    page(Content {
        title: TITLE.into(),
        parts: vec![
            heading(TITLE),
            paragraph(concatcp!(
                "This browser shows a submitted registration until ",
                APPLICANT_SESSION_HOURS,
                " hours after you start it or return to it. The registration itself is kept: contact the Common Platform Desk and give your reference.",
            )),
            paragraph_of(vec![
                text("If you have not submitted yet, "),
                link(journey::TASKS, "go to your registration"),
                text("."),
            ]),
            paragraph_of(vec![outside_link("/help", "Get help")]),
        ],
        ..Content::default()
    })
}

/// Loads the main facts of the submitted registration.
#[server(endpoint = "submitted")]
async fn load_submitted() -> Result<Option<Lookup<Confirmation>>, Fault> {
    let applicant = crate::answering::applicant()?;
    let found = applicant.submitted().await?;
    let desk = use_context::<std::sync::Arc<Contact>>().ok_or(Fault::Unavailable)?;
    let target_days = use_context::<TargetDays>().ok_or(Fault::Unavailable)?;
    let confirmation = found.map(|found| Confirmation {
        reference: found.reference,
        submitted_at: found.submitted_at,
        sent_again_at: found.sent_again_at,
        organisation: found.registration.organisation.name.to_string(),
        email: found.registration.organisation.email.to_string(),
        copied_to: found.copied_to,
        target_days: target_days.0,
        desk: desk.as_ref().clone(),
        downloads: super::spreadsheets::downloads_of_registration(applicant.as_ref()),
    });
    Ok(Some(confirmation.into()))
}

/// Loads all sections of the submitted registration.
#[server(endpoint = "submitted/copy")]
async fn load_copy() -> Result<Option<Lookup<(Vec<Section>, String)>>, Fault> {
    let applicant = crate::answering::applicant()?;
    let found = applicant.submitted().await?;
    let downloads = super::spreadsheets::downloads_of_registration(applicant.as_ref());
    let copy = found.map(|found| (super::answers_of_registration::sections(found), downloads));
    Ok(Some(copy.into()))
}

/// Ends the session for the submitted registration, and redirects to the task list of a new
/// registration.
#[server(endpoint = "begin-another")]
async fn begin_another() -> Result<Vec<Problem>, Fault> {
    crate::answering::applicant()?.begin_another().await?;
    crate::answering::redirect(journey::TASKS);
    Ok(Vec::new())
}
