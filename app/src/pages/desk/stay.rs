//! Until when somebody is signed in: at the foot of every page of the desk, and the dialog that the script shows five
//! minutes before. Nothing that was typed is lost by staying (WCAG 2.2.1).

use leptos::prelude::*;
use registration::desk::{SIGN_OUT, STAY};

use crate::components::{Button, ButtonKind, text};
use crate::pages::prose::{heading, new_tab_link, paragraph};

/// Until when somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEnd {
    /// When, in words, such as `3:05pm`.
    pub at: String,
    /// In how many seconds.
    pub seconds: i64,
    /// Whether opening a page moves it.
    pub moves: bool,
}

/// What stands at the foot of a page.
pub(super) fn foot(end: &SessionEnd) -> AnyView {
    let words = if end.moves {
        [
            "You will be signed out at ",
            &end.at,
            " unless you open another page of the desk before. ",
        ]
        .concat()
    } else {
        [
            "You will be signed out at ",
            &end.at,
            ", because you signed in 12 hours before. ",
        ]
        .concat()
    };
    let link = end.moves.then(|| new_tab_link(STAY, "Stay signed in"));
    view! {
        <aside class="app-session-end" aria-label="Until when you are signed in">
            <p class="govuk-body-s">{words} {link}</p>
        </aside>
        {dialog(end)}
    }
    .into_any()
}

/// The dialog, which only the script opens.
fn dialog(end: &SessionEnd) -> AnyView {
    let stay = end.moves.then(|| {
        view! {
            <form action=STAY method="post" data-stay>
                <Button>{text("Stay signed in")}</Button>
            </form>
        }
    });
    let close = (!end.moves).then(|| {
        view! {
            <form method="dialog">
                <Button>{text("Go back to the page")}</Button>
            </form>
        }
    });
    view! {
        <dialog
            class="app-dialog"
            id="session-end"
            aria-labelledby="session-end-title"
            data-seconds=end.seconds.to_string()
            data-moves=end.moves.to_string()
        >
            <h2 class="govuk-heading-m" id="session-end-title">
                "You will soon be signed out"
            </h2>
            <p class="govuk-body" aria-live="polite" data-left></p>
            <div class="govuk-button-group">
                {stay} {close}
                <form action=SIGN_OUT method="post">
                    <Button kind=ButtonKind::Secondary>{text("Sign out")}</Button>
                </form>
            </div>
        </dialog>
    }
    .into_any()
}

/// The page that the link at the foot opens.
pub fn still_signed_in(end: &SessionEnd) -> Vec<AnyView> {
    vec![
        heading("You are still signed in"),
        paragraph(
            [
                "You will be signed out at ",
                &end.at,
                " unless you open another page of the desk before.",
            ]
            .concat(),
        ),
        paragraph(
            "You can close this tab and go on in the other one. What you typed there is kept.",
        ),
    ]
}
