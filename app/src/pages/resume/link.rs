//! The pages behind the links in emails to applicants.
//!
//! Opening a page changes nothing, because some email programs follow every link. Only the button
//! on the page uses up the link.

use const_format::concatcp;
use leptos::prelude::*;
use registration::lifetimes::{ACCESS_CODE_MINUTES, STATUS_LINK_DAYS};
use registration::resume::{LINK, RETURN};

use crate::components::{Button, InsetText, text};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page behind the link that opens a draft.
///
/// `leaves_another` is true if this browser has another draft that is not saved with an email
/// address. The page then warns that this browser will lose that other draft.
pub fn link_page(secret: &str, leaves_another: bool) -> ServerPage {
    const TITLE: &str = "Continue your registration";
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "Select the button to open your registration on this device. The link works once.",
        ),
    ];
    if leaves_another {
        parts.push(
            view! {
                <InsetText>
                    {text("This browser holds another registration, which you have not saved with an email address. If you go on, you will no longer find it here. ")}
                    {outside_link("/save", "Save the other registration first")} {text(".")}
                </InsetText>
            }
            .into_any(),
        );
    }
    parts.push(secret_form(LINK, secret, "Open my registration"));
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders a form with one button, which sends the secret from the address of the link.
pub(in crate::pages) fn secret_form(
    action: &'static str,
    secret: &str,
    button: &'static str,
) -> AnyView {
    view! {
        <form action=action method="post" novalidate>
            <input type="hidden" name="secret" value=secret.to_owned()/>
            <Button prevent_double_click=true>{text(button)}</Button>
        </form>
    }
    .into_any()
}

/// Renders the page for a registration link that does not work, with possible reasons.
///
/// A registration link works once, for 28 days.
pub(in crate::pages) fn registration_link_expired(reasons: &[&'static str]) -> ServerPage {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph(concatcp!(
            "A link to a registration works once, for ",
            STATUS_LINK_DAYS,
            " days. It may be that:",
        )),
        list(reasons.iter().map(|reason| text(*reason)).collect()),
        paragraph("If you have used it, the email address that it was sent to is confirmed."),
        paragraph_of(vec![outside_link(
            RETURN,
            "Come back with your email address",
        )]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a draft link that does not work.
pub fn link_expired_page() -> ServerPage {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph(concatcp!(
            "A link works once, for ",
            ACCESS_CODE_MINUTES,
            " minutes. It may be that:",
        )),
        list(vec![
            text("you have used it, or its code, before"),
            text("it has expired"),
            text("you have asked for a newer one"),
            text("part of the address is missing"),
        ]),
        paragraph("Your answers are kept."),
        paragraph_of(vec![outside_link(RETURN, "Ask for a new link and code")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
