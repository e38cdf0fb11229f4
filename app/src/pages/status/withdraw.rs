//! The page that asks for confirmation before a registration is withdrawn.

use leptos::prelude::*;
use registration::lifecycle::{STATUS, WITHDRAW};

use crate::components::{Button, ButtonKind, text};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page that asks whether to withdraw the registration with this reference.
pub fn withdraw_page(reference: &str) -> ServerPage {
    const TITLE: &str = "Withdraw your registration?";
    let parts = vec![
        heading(TITLE),
        paragraph(
            [
                "The Common Platform Desk will not decide on the registration ",
                reference,
                " and no accounts will be set up.",
            ]
            .concat(),
        ),
        paragraph(
            "You can start again from the same answers later. The registration gets a new reference then.",
        ),
        view! {
            <form action=WITHDRAW method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Withdraw registration")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(STATUS, "Do not withdraw it")]),
    ];
    server_page(TITLE, Some(STATUS), form_with(None), parts)
}
