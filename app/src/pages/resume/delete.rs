//! The page that asks for confirmation before a draft is deleted, and the page shown afterwards.

use leptos::prelude::*;
use registration::resume::SAVE;

use crate::components::{Button, ButtonKind, WarningText, text};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page that asks for confirmation before the draft is deleted.
pub fn delete_draft_page() -> ServerPage {
    const TITLE: &str = "Are you sure you want to delete this registration?";
    let parts = vec![
        heading(TITLE),
        view! {
            <WarningText>
                {text("We will delete all its answers and users at once. You cannot undo this. People who you shared it with will not be able to open it.")}
            </WarningText>
        }
        .into_any(),
        view! {
            <form action="/save/throw-away" method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Delete this registration")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(SAVE, "Keep it")]),
    ];
    server_page(TITLE, Some(SAVE), form_with(None), parts)
}

/// Renders the page shown after the draft was deleted.
pub fn draft_deleted_page() -> ServerPage {
    const TITLE: &str = "We have deleted your registration";
    let parts = vec![
        heading(TITLE),
        paragraph("All its answers and users are gone."),
        paragraph_of(vec![outside_link("/", "Start a new registration")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
