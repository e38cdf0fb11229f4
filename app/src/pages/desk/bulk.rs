//! The pages that assign several registrations of the queue at once, or release them to the queue: one asks for
//! confirmation, the other shows the result.

use leptos::prelude::*;

use super::frame::{DeskPage, MenuEntry};
use super::registration::address;
use crate::components::{Button, ButtonKind, LinkButton, NotificationBanner, text};
use crate::form::hidden_field;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// The address to which the selection in the queue is sent.
pub const SELECTED: &str = "/desk/queue/selected";

/// The change to the selected registrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkAction {
    /// Assigns the registrations to the officer with this identifier and name.
    Assign {
        /// The identifier of the officer.
        officer: String,
        /// The name of the officer.
        name: String,
    },
    /// Releases the registrations to the queue.
    GiveBack,
}

/// A selected registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedRow {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The version of the registration when the officer selected it.
    pub version: i64,
    /// The name of the colleague to whom the registration is assigned, if any.
    pub colleague: Option<String>,
}

/// A selected registration that was not or will not be changed, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The reason why the registration is not changed, as display text.
    pub why: &'static str,
}

/// Returns a number of registrations in words.
fn registrations(count: usize) -> String {
    match count {
        1 => "1 registration".to_owned(),
        count => format!("{count} registrations"),
    }
}

/// Renders the page that asks for confirmation before the selected registrations are changed. `back` is the address of
/// the list in the queue.
pub fn bulk_question_page(
    action: &BulkAction,
    rows: &[SelectedRow],
    left_out: &[LeftOut],
    back: String,
) -> DeskPage {
    let count = registrations(rows.len());
    let (title, button) = match action {
        BulkAction::Assign { name, .. } => (
            ["Assign ", &count, " to ", name, "?"].concat(),
            ["Assign ", &count].concat(),
        ),
        BulkAction::GiveBack => (
            ["Give ", &count, " back to the queue?"].concat(),
            ["Give back ", &count].concat(),
        ),
    };
    let items = rows.iter().map(|row| {
        let from = row.colleague.as_ref().map_or_else(String::new, |name| {
            [", assigned to ", name, " now"].concat()
        });
        text([&*row.organisation, " ", &row.reference, &from].concat())
    });
    let mut parts = vec![heading(title.clone())];
    if rows.is_empty() {
        parts.push(paragraph(
            "None of the selected registrations can be changed.",
        ));
    } else {
        parts.push(paragraph(match action {
            BulkAction::Assign { .. } => "Their assignment changes, and nothing else. Each change is in the history of its registration.",
            BulkAction::GiveBack => "Nobody has them afterwards, and “Take the next registration” finds them again. Each change is in the history of its registration.",
        }));
        parts.push(list(items.collect()));
    }
    parts.extend(not_changed("Left out", left_out));
    if !rows.is_empty() {
        let (what, officer) = match action {
            BulkAction::Assign { officer, .. } => ("assign", officer.clone()),
            BulkAction::GiveBack => ("give-back", String::new()),
        };
        let fields: Vec<AnyView> = rows
            .iter()
            .flat_map(|row| {
                let version = ["version-", &row.reference].concat();
                [
                    hidden_field("selected", row.reference.clone()),
                    hidden_field(version, row.version.to_string()),
                ]
            })
            .collect();
        let href = back.clone();
        parts.push(
            view! {
                <form action=SELECTED method="post" novalidate>
                    {hidden_field("officer", officer)}
                    {hidden_field("confirm", "yes")}
                    {fields}
                    <div class="govuk-button-group">
                        <Button name="do" value=what prevent_double_click=true>{text(button)}</Button>
                        <LinkButton href kind=ButtonKind::Secondary>{text("Cancel")}</LinkButton>
                    </div>
                </form>
            }
            .into_any(),
        );
    }
    DeskPage::new(title, MenuEntry::Queue, parts).back(back)
}

/// Renders the number of changed registrations, and the registrations that were not changed.
pub fn bulk_result_page(
    action: &BulkAction,
    done: usize,
    not_done: &[LeftOut],
    back: String,
) -> DeskPage {
    const TITLE: &str = "Selected registrations";
    let count = registrations(done);
    let said = match action {
        BulkAction::Assign { name, .. } => [&*count, " assigned to ", name].concat(),
        BulkAction::GiveBack => [&*count, " given back to the queue"].concat(),
    };
    let success = done > 0;
    let mut parts = vec![
        view! { <NotificationBanner success=success heading=said/> }.into_any(),
        heading(TITLE),
    ];
    parts.extend(not_changed("Not changed", not_done));
    parts.push(paragraph_of(vec![outside_link(
        back.clone(),
        "Go back to the queue",
    )]));
    DeskPage::new(TITLE, MenuEntry::Queue, parts).back(back)
}

/// Renders the registrations that are not changed, below the heading `words`. Renders nothing if there are none.
fn not_changed(words: &'static str, rows: &[LeftOut]) -> Vec<AnyView> {
    if rows.is_empty() {
        return Vec::new();
    }
    let items = rows.iter().map(|row| {
        let name = [&*row.organisation, " ", &row.reference].concat();
        let link = outside_link(address(&row.reference, ""), name);
        view! { {link} {[": ", row.why].concat()} }.into_any()
    });
    vec![subheading(words), list(items.collect())]
}
