//! The pages that sign an applicant out of a device that other people use. Only the server renders
//! them.

use leptos::prelude::*;
use registration::journey::TASKS;
use registration::lifecycle::SIGN_OUT_OF_DEVICE;
use registration::resume::{RETURN, SAVE};

use super::prose::{heading, outside_link, paragraph, paragraph_of, text};
use super::server_page::{ServerPage, form_with, server_page};
use crate::components::{Button, WarningText};

/// Whether an applicant can return to the answers after signing out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterSignOut {
    /// The applicant can return, because the answers are saved with an email address or were
    /// submitted.
    CanReturn,
    /// Nobody can open the answers again.
    Lost,
}

/// Renders the page that asks for confirmation before an applicant is signed out.
pub fn ask_sign_out_page(after: AfterSignOut) -> ServerPage {
    const TITLE: &str = "Sign out of this device?";
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "Do this if other people use this device. This browser will no longer show your answers.",
        ),
    ];
    parts.extend(match after {
        AfterSignOut::CanReturn => vec![paragraph(
            "You can return on any device with the email address that you gave.",
        )],
        AfterSignOut::Lost => vec![
            view! {
                <WarningText>
                    {text("You have not saved your answers with an email address. If you sign out, nobody can open them again.")}
                </WarningText>
            }
            .into_any(),
            paragraph_of(vec![outside_link(
                SAVE,
                "Save them with an email address first",
            )]),
        ],
    });
    parts.push(
        view! {
            <form action=SIGN_OUT_OF_DEVICE method="post" novalidate>
                <Button prevent_double_click=true>{text("Sign out")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.push(paragraph_of(vec![outside_link(TASKS, "Cancel")]));
    server_page(TITLE, Some(TASKS), form_with(None), parts)
}

/// Renders the page for an applicant who is signed out.
pub fn signed_out_of_device_page() -> ServerPage {
    const TITLE: &str = "You are signed out of this device";
    let parts = vec![
        heading(TITLE),
        paragraph("This browser shows no registration. You can close this tab."),
        paragraph_of(vec![
            text("If you gave an email address, you can "),
            outside_link(RETURN, "return to your registration"),
            text("."),
        ]),
        paragraph_of(vec![outside_link("/", "Go to the start page")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
