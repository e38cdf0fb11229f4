//! Error pages of the desk: for a missing permission, an expired session, a failure of the server
//! and an unavailable database.

use leptos::prelude::*;
use registration::desk::{DESK, SIGN_IN};

use super::frame::{CurrentOfficer, first_page_of, menu};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page for an officer whose role lacks a permission.
pub fn not_allowed_page(officer: &CurrentOfficer) -> ServerPage {
    const TITLE: &str = "Your role does not allow this";
    let parts = vec![
        heading(TITLE),
        paragraph(
            [
                "You are signed in as ",
                &officer.name,
                " with the role “",
                officer.role.words(),
                "”, which does not include this. Nothing was changed.",
            ]
            .concat(),
        ),
        paragraph("If you need access, ask a desk administrator."),
        paragraph_of(vec![outside_link(
            first_page_of(officer.role),
            "Go to the desk",
        )]),
    ];
    ServerPage {
        navigation: Some(menu(officer, None)),
        ..server_page(TITLE, None, form_with(None), parts)
    }
}

/// Renders the page for a failure of the server.
pub fn desk_fault_page() -> ServerPage {
    const TITLE: &str = "Sorry, there is a problem with the service";
    let parts = vec![
        heading(TITLE),
        paragraph("Try again later."),
        paragraph(
            "If you sent a form, your change may not have been saved. Check before you send it again.",
        ),
        paragraph(
            "If the problem continues, tell the team that runs the service when it happened.",
        ),
        paragraph_of(vec![outside_link(DESK, "Go to the desk")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a request during which the database could not be used.
pub fn desk_unavailable_page() -> ServerPage {
    const TITLE: &str = "The service is not available at the moment";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Reload this page in a few minutes. If you sent a form, the browser asks whether to send it again: check first, in another tab, whether your change was saved.",
        ),
        paragraph(
            "If the problem continues, tell the team that runs the service when it happened.",
        ),
        paragraph_of(vec![outside_link(DESK, "Go to the desk")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a form that was sent after the session had ended.
///
/// `typed` are the texts from the form, which the officer may want to copy.
pub fn signed_out_page(typed: Vec<String>) -> ServerPage {
    const TITLE: &str = "You are signed out";
    let mut parts = vec![
        heading(TITLE),
        paragraph("Your change was not saved because you are no longer signed in."),
        paragraph(
            "Sign in in another tab. Then reload this page and confirm that you want to send the form again. Nothing you typed will be lost.",
        ),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in")]),
    ];
    if !typed.is_empty() {
        parts.push(subheading("What you typed"));
        parts.push(paragraph("You can also copy it from here."));
        let shown = typed.into_iter().map(|words| {
            view! { <div class="govuk-inset-text app-lines">{words}</div> }.into_any()
        });
        parts.extend(shown);
    }
    server_page(TITLE, None, form_with(None), parts)
}
