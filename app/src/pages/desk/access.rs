//! What is said to somebody who may not open a page of the desk, or is not signed in any more, or for whom the server
//! could not do it.

use leptos::prelude::*;
use registration::desk::{DESK, SIGN_IN};

use super::frame::{Who, first_place, menu};
use crate::pages::coming_back::{Written, with, written};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The page for an officer whose role has not the permission.
pub fn not_allowed_page(who: &Who) -> Written {
    const TITLE: &str = "Your role does not allow this";
    let parts = vec![
        heading(TITLE),
        paragraph(
            [
                "You are signed in as ",
                &who.name,
                " with the role “",
                who.role.words(),
                "”. Somebody with another role can do this. Nothing was changed.",
            ]
            .concat(),
        ),
        paragraph("If you think that you should be able to, ask a desk administrator."),
        paragraph_of(vec![outside_link(first_place(who.role), "Go to the desk")]),
    ];
    Written {
        navigation: Some(menu(who, None)),
        ..written(TITLE, None, with(None), parts)
    }
}

/// The page for a fault of the server, for officers.
pub fn desk_fault_page() -> Written {
    const TITLE: &str = "Sorry, there is a problem with the service";
    let parts = vec![
        heading(TITLE),
        paragraph("Try again later."),
        paragraph(
            "If you sent a form, it may not have been done. Look at how things stand before you send it again.",
        ),
        paragraph("If this goes on, tell whoever runs the service at what time it happened."),
        paragraph_of(vec![outside_link(DESK, "Go to the desk")]),
    ];
    written(TITLE, None, with(None), parts)
}

/// The page for what was sent when nobody was signed in any more; `typed` is what somebody may want to copy.
pub fn signed_out_page(typed: Vec<String>) -> Written {
    const TITLE: &str = "You are signed out";
    let mut parts = vec![
        heading(TITLE),
        paragraph("What you sent was not done, because you are not signed in any more."),
        paragraph(
            "Sign in in another tab. Then come back here, load this page again and confirm that it is sent again: nothing that you typed is lost.",
        ),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in")]),
    ];
    if !typed.is_empty() {
        parts.push(subheading("What you typed"));
        parts.push(paragraph("You can copy it from here as well."));
        let shown = typed.into_iter().map(|words| {
            view! { <div class="govuk-inset-text app-lines">{words}</div> }.into_any()
        });
        parts.extend(shown);
    }
    written(TITLE, None, with(None), parts)
}
