//! The end of an officer's session: a line at the foot of the desk's pages, and a dialog.
//!
//! The script opens the dialog five minutes before the session ends. After the end, the script
//! hides the content of the page, which may be personal data. The dialog then links to the sign-in
//! page in a new tab. If the same officer signs in, the script shows the content again, with all
//! typed text (WCAG 2.2.1).

use const_format::concatcp;
use leptos::prelude::*;
use registration::desk::{SIGN_IN, SIGN_OUT, STAY};
use registration::lifetimes::DESK_SESSION_HOURS;

use crate::components::{Button, ButtonKind, text};
use crate::pages::prose::{heading, new_tab_link, paragraph};

/// The end of an officer's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEnd {
    /// The time of the end, as display text, such as `3:05pm`.
    pub at: String,
    /// The identifier of the officer. The script uses it to tell whether the same officer has
    /// signed in again.
    pub officer: String,
    /// The number of seconds until the end.
    pub seconds: i64,
    /// Whether opening a page extends the session. False if the session ends at its limit of 12
    /// hours after sign-in.
    pub moves: bool,
}

/// Renders the line at the foot of a page, and the dialog.
pub(super) fn foot(end: &SessionEnd) -> AnyView {
    let words = if end.moves {
        [
            "You will be signed out at ",
            &end.at,
            " unless you open another page of the desk. ",
        ]
        .concat()
    } else {
        [
            "You will be signed out at ",
            &end.at,
            concatcp!(", ", DESK_SESSION_HOURS, " hours after you signed in. "),
        ]
        .concat()
    };
    let link = end.moves.then(|| new_tab_link(STAY, "Stay signed in"));
    view! {
        <aside class="app-session-end" aria-label="When your session ends">
            <p class="govuk-body-s">{words} {link}</p>
        </aside>
        {dialog(end)}
    }
    .into_any()
}

/// Renders the dialog, which stays closed without the script.
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
            data-officer=end.officer.clone()
            data-seconds=end.seconds.to_string()
            data-moves=end.moves.to_string()
        >
            <h2 class="govuk-heading-m" id="session-end-title">
                "You will soon be signed out"
            </h2>
            <p class="govuk-body" aria-live="polite" data-left></p>
            <div data-before-end>
                <div class="govuk-button-group">
                    {stay} {close}
                    <form action=SIGN_OUT method="post">
                        <Button kind=ButtonKind::Secondary>{text("Sign out")}</Button>
                    </form>
                </div>
            </div>
            <p class="govuk-body" data-after-end hidden>
                <a class="govuk-link" href=SIGN_IN target="_blank" rel="noopener">
                    "Sign in (opens in new tab)"
                </a>
            </p>
        </dialog>
    }
    .into_any()
}

/// Renders the page that the link at the foot opens in a new tab.
pub fn still_signed_in(end: &SessionEnd) -> Vec<AnyView> {
    vec![
        heading("You are still signed in"),
        paragraph(
            [
                "You will be signed out at ",
                &end.at,
                " unless you open another page of the desk.",
            ]
            .concat(),
        ),
        paragraph(
            "You can close this tab and continue in the other one. Nothing you typed there is lost.",
        ),
    ]
}
