//! The page shown after a draft was shared with a colleague, which says what the colleague must do.
//! The page is the same whether or not an email was sent.

use registration::journey;
use registration::lifetimes::ACCESS_CODE_MINUTES;
use registration::resume::SAVE;

use crate::components::{LinkButton, text};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};
use leptos::prelude::*;

/// Renders the page about a shared draft.
pub fn shared_page() -> ServerPage {
    const TITLE: &str = "Tell your colleague to check their email";
    let minutes = ACCESS_CODE_MINUTES.to_string();
    let parts = vec![
        heading(TITLE),
        paragraph(
            "If we can use the email address that you gave, we have sent an email to it. It can take a few minutes to arrive. It may be in their junk folder.",
        ),
        paragraph(
            [
                "Your colleague opens the link in it within ",
                &minutes,
                " minutes. After that they can see and change every answer, and return at any time with their own email address.",
            ]
            .concat(),
        ),
        view! { <LinkButton href=journey::TASKS>{text("Continue your registration")}</LinkButton> }
            .into_any(),
        subheading("If they have no email from us"),
        paragraph_of(vec![
            text("Check the address and "),
            outside_link("/save/share", "share it again"),
            text(". You can "),
            outside_link(SAVE, "see who can open your registration"),
            text("."),
        ]),
    ];
    server_page(TITLE, Some(SAVE), form_with(None), parts)
}
