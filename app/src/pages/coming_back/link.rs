//! Where the link of a message leads: a button, so that a program that follows every link of a message does
//! not use it up.

use leptos::prelude::*;
use registration::coming_back::{LINK, RETURN};

use super::{Written, with, written};
use crate::components::{Button, InsetText, text};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// The page of a link. `leaves_another` where this browser holds a draft of its own that is not saved.
pub fn link_page(secret: &str, leaves_another: bool) -> Written {
    const TITLE: &str = "Go on with your registration";
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
    parts.push(
        view! {
            <form action=LINK method="post" novalidate>
                <input type="hidden" name="secret" value=secret.to_owned()/>
                <Button prevent_double_click=true>{text("Open my registration")}</Button>
            </form>
        }
        .into_any(),
    );
    written(TITLE, None, with(None), parts)
}

/// What is said of a link that does not work.
pub fn link_over_page() -> Written {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph("A link works once, for 30 minutes. It may be that:"),
        list(vec![
            text("you have used it, or its code, before"),
            text("its time is over"),
            text("you have asked for a newer one"),
            text("part of the address is missing"),
        ]),
        paragraph("Your answers are kept."),
        paragraph_of(vec![outside_link(RETURN, "Ask for a new link and code")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    written(TITLE, None, with(None), parts)
}
