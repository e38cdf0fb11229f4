//! Undoes a decision: a senior officer gives a reason, and the decision stays in the history.

use leptos::prelude::*;

use super::address;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, ButtonKind, Textarea, WarningText, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::{heading, paragraph};

/// Renders the page: `decided` is the state in words, `accounts` how many accounts were begun.
#[expect(
    clippy::too_many_arguments,
    reason = "each value is used once, so a struct would only repeat their names"
)]
pub fn undo_page(
    reference: &str,
    decided: &'static str,
    accounts: u32,
    typed: String,
    version: i64,
    seen: i64,
    stale: Option<Stale>,
    form: FormState,
) -> DeskPage {
    const TITLE: &str = "Undo the decision";
    let mut parts: Vec<AnyView> = stale_banner(stale, true).into_iter().collect();
    parts.push(heading(TITLE));
    parts.push(paragraph(format!(
        "{reference} is {decided}. If you undo the decision, it will be checked again. The decision and your reason stay in the history. The applicant sees that the decision was undone."
    )));
    if accounts > 0 {
        let words = match accounts {
            1 => "Set-up has begun for 1 account. Undoing the decision does not end it.".to_owned(),
            more => format!(
                "Set-up has begun for {more} accounts. Undoing the decision does not end them."
            ),
        };
        parts.push(view! { <WarningText>{text(words)}</WarningText> }.into_any());
    }
    let action = address(reference, "undo");
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(version, seen)}
                <Textarea
                    name="reason"
                    label="Why are you undoing this decision?"
                    hint="For the desk. The applicant never sees it"
                    value=typed
                    problem=form.problem("reason")
                />
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Undo the decision")}
                </Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, Place::Queue, parts)
        .back(address(reference, ""))
        .form(form)
}
