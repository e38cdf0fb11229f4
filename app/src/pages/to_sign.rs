//! Where the link leads by which an accountable person comes to a form that the desk took in for them: a button, so that
//! a program that follows every link of a message does not use it up.

use leptos::prelude::*;
use registration::coming_back::RETURN;

use crate::components::{Button, text};
use crate::pages::coming_back::{Written, with, written};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of};

/// The page of a link.
pub fn to_sign_page(secret: &str) -> Written {
    const TITLE: &str = "Check and sign your organisation’s registration";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "The Common Platform Desk has filled in a registration on behalf of your organisation. You are named in it as the accountable person.",
        ),
        paragraph(
            "Check the answers and change what is not right. Then accept the Terms and Conditions and submit the registration.",
        ),
        paragraph("The link works once. After that you can come back with your email address."),
        view! {
            <form action="/to-sign" method="post" novalidate>
                <input type="hidden" name="secret" value=secret.to_owned()/>
                <Button prevent_double_click=true>{text("Check the answers")}</Button>
            </form>
        }
        .into_any(),
    ];
    written(TITLE, None, with(None), parts)
}

/// What is said of a link that does not work.
pub fn to_sign_over_page() -> Written {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph("A link to a registration works once, for 28 days. It may be that:"),
        list(vec![
            text("you have used it before"),
            text("the desk has sent you a newer one"),
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
