//! The assignment of a queue entry: the assigned officer, the officers who have the entry open, and
//! the page that assigns it.

use leptos::prelude::*;
use registration::problem::Problem;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{
    Button, ButtonKind, Choice, InsetText, LabelSize, Radios, Words, element, text,
};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::form_with;

/// The officer to whom an entry is assigned, and whether the current officer can change the
/// assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssigneeView {
    /// The address of the entry, such as `/desk/registrations/CP-…`. The addresses of its forms
    /// begin with this address.
    pub address: String,
    /// The version of the entry when the page was opened.
    pub version: i64,
    /// The name of the assigned officer; `None` if the entry is unassigned.
    pub assignee: Option<String>,
    /// Whether the entry is assigned to the current officer.
    pub is_mine: bool,
    /// Whether the current officer may reassign the entry. False if the officer's role does not
    /// permit reassigning, or if the work on the entry has ended.
    pub may_change: bool,
}

/// An officer to whom an entry can be assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssigneeOption {
    /// The identifier of the officer.
    pub id: String,
    /// The name of the officer.
    pub name: String,
}

/// The data for the page that assigns an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentView {
    /// The name of the entry, such as `CP-…`.
    pub what: String,
    /// The current assignment.
    pub assignee: AssigneeView,
    /// The officers to choose from, beginning with the current officer.
    pub colleagues: Vec<AssigneeOption>,
    /// Whether somebody changed the entry while the page was open.
    pub was_changed: bool,
}

/// Renders the assigned officer. If the current officer may change the assignment, also renders the
/// buttons that assign the entry to them and that release it, and a link to the page that assigns
/// it to a colleague.
pub fn assignee_panel(shown: &AssigneeView) -> AnyView {
    let mut parts = vec![paragraph(assigned_to(shown))];
    if shown.may_change {
        let mut buttons = Vec::new();
        if !shown.is_mine {
            buttons.push(one_button(
                [&shown.address, "/assign"].concat(),
                shown.version,
                &[("officer", "me")],
                "Assign to me",
            ));
        }
        if shown.assignee.is_some() {
            buttons.push(one_button(
                [&shown.address, "/give-back"].concat(),
                shown.version,
                &[],
                "Give back to the queue",
            ));
        }
        parts.push(
            element("div")
                .class("app-button-row")
                .children(buttons)
                .view(),
        );
        parts.push(paragraph_of(vec![outside_link(
            [&shown.address, "/assign"].concat(),
            "Assign to a colleague",
        )]));
    }
    element("div").class("app-holder").children(parts).view()
}

/// Returns a sentence that says to whom the entry is assigned.
fn assigned_to(shown: &AssigneeView) -> Words {
    match (&shown.assignee, shown.is_mine) {
        (Some(_), true) => "Assigned to you.".into(),
        (Some(name), false) => ["Assigned to ", name, "."].concat().into(),
        (None, _) => "Unassigned.".into(),
    }
}

/// Renders a note about the other officers who have the page open. `viewers` are their names, each
/// with the time of opening. Returns `None` if there are none.
pub fn viewing_notice(viewers: &[(String, String)]) -> Option<AnyView> {
    if viewers.is_empty() {
        return None;
    }
    let who: Vec<String> = viewers
        .iter()
        .map(|(name, since)| format!("{name} has had this open since {since}"))
        .collect();
    let words = [
        &*who.join(". "),
        ". You can both work on it. Only the first decision is saved.",
    ]
    .concat();
    Some(view! { <InsetText>{text(words)}</InsetText> }.into_any())
}

/// Renders the page that assigns an entry.
pub fn assign_page(shown: AssignmentView, problem: Option<Problem>) -> DeskPage {
    let title = ["Assign ", &shown.what].concat();
    let form = form_with(problem);
    let address = shown.assignee.address.clone();
    let mut parts = Vec::new();
    if shown.was_changed {
        parts.push(super::notice::QueueNotice::Stale.view());
    }
    parts.push(heading(title.clone()));
    parts.push(paragraph(assigned_to(&shown.assignee)));
    let choices = shown
        .colleagues
        .into_iter()
        .map(|colleague| Choice::new(colleague.id, colleague.name))
        .collect();
    parts.push(
        view! {
            <form action=[&*address, "/assign"].concat() method="post" novalidate>
                <input type="hidden" name="version" value=shown.assignee.version.to_string()/>
                <Radios
                    name="officer"
                    label="Officer"
                    label_size=LabelSize::Medium
                    choices=choices
                    problem=form.problem("officer")
                />
                <Button prevent_double_click=true>{text("Assign")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(address)
        .form(form)
}

/// Renders a form with a single button. The form sends the `version` and the hidden `fields` to the
/// address `action`.
pub(super) fn one_button(
    action: String,
    version: i64,
    fields: &[(&'static str, &'static str)],
    words: &'static str,
) -> AnyView {
    let fields: Vec<AnyView> = fields
        .iter()
        .map(|(name, value)| {
            element("input")
                .attr("type", "hidden")
                .attr("name", *name)
                .attr("value", *value)
                .view()
        })
        .collect();
    view! {
        <form action=action method="post" novalidate>
            <input type="hidden" name="version" value=version.to_string()/>
            {fields}
            <Button kind=ButtonKind::Secondary prevent_double_click=true>{text(words)}</Button>
        </form>
    }
    .into_any()
}
