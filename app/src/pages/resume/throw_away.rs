//! Asks before a draft is deleted for good, and says when it is gone.

use leptos::prelude::*;
use registration::resume::SAVE;

use super::{Written, with, written};
use crate::components::{Button, ButtonKind, WarningText, text};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};

/// Renders the page that asks.
pub fn throw_away_page() -> Written {
    const TITLE: &str = "Throw away this registration?";
    let parts = vec![
        heading(TITLE),
        view! {
            <WarningText>
                {text("All its answers and users will be deleted at once. This cannot be undone, and nobody with whom you shared it can open it any more.")}
            </WarningText>
        }
        .into_any(),
        view! {
            <form action="/save/throw-away" method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Throw away this registration")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(SAVE, "Keep it")]),
    ];
    written(TITLE, Some(SAVE), with(None), parts)
}

/// Renders the page shown once the draft is deleted.
pub fn thrown_away_page() -> Written {
    const TITLE: &str = "Your registration is thrown away";
    let parts = vec![
        heading(TITLE),
        paragraph("We have deleted all its answers and users."),
        paragraph_of(vec![outside_link("/", "Start a new registration")]),
    ];
    written(TITLE, None, with(None), parts)
}
