//! Where the link of a message about a registration leads: a button, so that a program that follows every link of a
//! message does not use it up.

use leptos::prelude::*;
use registration::coming_back::RETURN;
use registration::standing::STATUS_LINK;

use crate::components::{Button, text};
use crate::pages::coming_back::{Written, with, written};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// The page of a link.
pub fn registration_link_page(secret: &str) -> Written {
    const TITLE: &str = "See where your registration stands";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Select the button to open your registration on this device. The link works once. After that you can come back with your email address.",
        ),
        view! {
            <form action=STATUS_LINK method="post" novalidate>
                <input type="hidden" name="secret" value=secret.to_owned()/>
                <Button prevent_double_click=true>{text("Open my registration")}</Button>
            </form>
        }
        .into_any(),
    ];
    written(TITLE, None, with(None), parts)
}

/// What is said of a link that does not work.
pub fn registration_link_over_page() -> Written {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph("A link to a registration works once, for 28 days. It may be that:"),
        list(vec![
            text("you have used it before"),
            text("its time is over"),
            text("part of the address is missing"),
        ]),
        paragraph("If you have used it, the email address that it was sent to is confirmed."),
        paragraph_of(vec![outside_link(
            RETURN,
            "Come back with your email address",
        )]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    written(TITLE, None, with(None), parts)
}
