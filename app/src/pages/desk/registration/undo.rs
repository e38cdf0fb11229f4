//! The page that undoes a decision: a senior officer gives a reason, and the decision stays in the
//! history.

use leptos::prelude::*;

use super::address;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, ButtonKind, Textarea, WarningText, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, paragraph};

/// The data for the page that undoes a decision.
pub struct UndoView {
    /// The reference of the registration.
    pub reference: String,
    /// The state of the registration after the decision, as text for a sentence.
    pub decided: &'static str,
    /// The number of accounts that must be ended if the approval is undone.
    pub accounts: usize,
    /// The reason for undoing the decision, as typed.
    pub typed: String,
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// The events since the page was opened, if they prevented saving.
    pub stale: Option<Stale>,
    /// The state of the form, with its problems.
    pub form: FormState,
}

/// Renders the page that undoes a decision.
pub fn undo_page(shown: UndoView) -> DeskPage {
    const TITLE: &str = "Undo the decision";
    let UndoView {
        reference,
        decided,
        accounts,
        typed,
        version,
        seen,
        stale,
        form,
    } = shown;
    let mut parts: Vec<AnyView> = stale_banner(stale, true).into_iter().collect();
    parts.push(heading(TITLE));
    parts.push(paragraph(format!(
        "{reference} is {decided}. If you undo the decision, it will be checked again. The decision and your reason stay in the history. The applicant is told by email, with your reason."
    )));
    if accounts > 0 {
        let words = match accounts {
            1 => "Set-up has begun for 1 account. It must then be ended: it will be on the list “To be ended” in account set-up.".to_owned(),
            more => format!(
                "Set-up has begun for {more} accounts. They must then be ended: they will be on the list “To be ended” in account set-up."
            ),
        };
        parts.push(view! { <WarningText>{text(words)}</WarningText> }.into_any());
    }
    let action = address(&reference, "undo");
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(version, seen)}
                <Textarea
                    name="reason"
                    label="Why are you undoing this decision?"
                    hint="The applicant reads this"
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
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
        .back(address(&reference, ""))
        .form(form)
}
