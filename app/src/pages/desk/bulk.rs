//! The pages about a change to many entries of the queue: the question with what will happen, the
//! progress, and the result with what was not changed and why.

use leptos::prelude::*;
use registration::desk::bulk::{BulkAction, MAX_AT_ONCE};
use registration::text::with_commas;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{Button, ButtonKind, LinkButton, NotificationBanner, element, text};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// The address to which the selection in the queue is sent. The page of a job is below it.
pub const SELECTED: &str = "/desk/queue/selected";

/// A change to many entries, as its pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkView {
    /// The address of the page.
    pub address: String,
    /// What happens to each entry.
    pub action: BulkAction,
    /// The name of the officer to whom the entries are assigned; empty if they are not.
    pub assignee: String,
    /// What the entries are.
    pub noun: BulkNoun,
    /// The address of the list in which the entries were selected.
    pub back: String,
}

/// What the entries of a change are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkNoun {
    /// All are registrations.
    Registrations,
    /// All are requests for another format.
    Requests,
    /// Some are registrations and some requests.
    Both,
}

/// An entry of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// The address of the page of the entry.
    pub address: String,
    /// The name of the organisation and the reference, or the name of the person who asks for
    /// another format.
    pub name: String,
    /// The name of the colleague to whom the entry is assigned, or why it is not changed; empty if
    /// there is nothing to say.
    pub remark: String,
}

/// Some entries of a change, and how many more there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkRows {
    /// The entries that the page lists.
    pub rows: Vec<BulkRow>,
    /// The number of entries that the page does not list.
    pub more: usize,
}

/// What a question says about the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkQuestion {
    /// The entries that would be changed.
    pub changed: BulkRows,
    /// The number of entries that would be changed and are assigned to colleagues.
    pub of_colleagues: usize,
    /// The entries that are left out.
    pub left_out: BulkRows,
    /// Whether the list has more entries than one change takes.
    pub is_part: bool,
}

impl BulkNoun {
    /// Returns a number of entries in words.
    fn count(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Registrations => ("registration", "registrations"),
            Self::Requests => ("request", "requests"),
            Self::Both => ("entry", "entries"),
        };
        [
            &*with_commas(count),
            " ",
            if count == 1 { one } else { many },
        ]
        .concat()
    }
}

impl BulkView {
    fn in_words(&self, verb: [&'static str; 3], count: usize) -> String {
        let count = self.noun.count(count);
        match self.action {
            BulkAction::Assign => [verb[0], " ", &count, " to ", &self.assignee].concat(),
            BulkAction::GiveBack => [verb[1], " ", &count, " back to the queue"].concat(),
            BulkAction::Answer => [verb[2], " ", &count, " as answered"].concat(),
        }
    }
}

/// Renders the question before the entries are changed.
pub fn bulk_question_page(job: &BulkView, asked: BulkQuestion) -> DeskPage {
    let count = asked.changed.rows.len() + asked.changed.more;
    let what = job.in_words(["Assign", "Give", "Record"], count);
    let title = [&*what, "?"].concat();
    let mut parts = vec![heading(title.clone())];
    if asked.is_part {
        parts.push(paragraph(format!(
            "The list has more entries. These are the first {}: select the others afterwards.",
            with_commas(MAX_AT_ONCE)
        )));
    }
    if count == 0 {
        parts.push(paragraph("None of the selected entries can be changed."));
    } else {
        parts.push(paragraph(match job.action {
            BulkAction::Assign => "Their assignment changes, and nothing else. Each change is in the history of its registration or request.",
            BulkAction::GiveBack => "Nobody has them afterwards, and “Take the next registration” finds the registrations again. Each change is in the history of its registration or request.",
            BulkAction::Answer => "They leave the queue. Nobody is written to. This cannot be undone.",
        }));
        match asked.of_colleagues {
            0 => {}
            1 => parts.push(paragraph("1 of them is assigned to a colleague now.")),
            colleagues => parts.push(paragraph(format!(
                "{} of them are assigned to colleagues now.",
                with_commas(colleagues)
            ))),
        }
        parts.push(entries(asked.changed));
    }
    parts.extend(not_changed("Left out", asked.left_out));
    let back = job.back.clone();
    if count > 0 {
        let (address, href) = (job.address.clone(), back.clone());
        let number = job.noun.count(count);
        let button = match job.action {
            BulkAction::Assign => ["Assign ", &number].concat(),
            BulkAction::GiveBack => ["Give back ", &number].concat(),
            BulkAction::Answer => ["Record ", &number, " as answered"].concat(),
        };
        parts.push(
            view! {
                <form action=address method="post" novalidate>
                    <div class="govuk-button-group">
                        <Button prevent_double_click=true>{text(button)}</Button>
                        <LinkButton href kind=ButtonKind::Secondary>{text("Cancel")}</LinkButton>
                    </div>
                </form>
            }
            .into_any(),
        );
    }
    DeskPage::new(title, MenuEntry::Queue, parts).back(back)
}

/// Renders how far a change has got. The page reloads itself.
pub fn bulk_progress_page(job: &BulkView, done: usize, all: usize) -> DeskPage {
    let title = job.in_words(["Assigning", "Giving", "Recording"], all);
    let label = element("label")
        .class("govuk-label")
        .attr("for", "progress")
        .words("How far we have got");
    let bar = element("progress")
        .class("app-progress")
        .attr("id", "progress")
        .attr("max", all.to_string())
        .attr("value", done.to_string());
    let group = element("div")
        .class("govuk-form-group")
        .child(label.view())
        .child(bar.view());
    let parts = vec![
        heading(title.clone()),
        paragraph(format!(
            "{} of {}. This page brings itself up to date. You can leave it: the work goes on.",
            with_commas(done),
            with_commas(all)
        )),
        group.view(),
        paragraph_of(vec![outside_link(
            job.address.clone(),
            "Bring this page up to date",
        )]),
    ];
    DeskPage::new(title, MenuEntry::Queue, parts).back(job.back.clone())
}

/// Renders the result: how many entries were changed, and which were not.
pub fn bulk_result_page(job: &BulkView, done: usize, not_done: BulkRows) -> DeskPage {
    const TITLE: &str = "Selected entries of the queue";
    let count = job.noun.count(done);
    let said = match job.action {
        BulkAction::Assign => [&*count, " assigned to ", &job.assignee].concat(),
        BulkAction::GiveBack => [&*count, " given back to the queue"].concat(),
        BulkAction::Answer => [&*count, " recorded as answered"].concat(),
    };
    let success = done > 0;
    let mut parts = vec![
        view! { <NotificationBanner success=success heading=said/> }.into_any(),
        heading(TITLE),
    ];
    parts.extend(not_changed("Not changed", not_done));
    parts.push(paragraph_of(vec![outside_link(
        job.back.clone(),
        "Go back to the queue",
    )]));
    DeskPage::new(TITLE, MenuEntry::Queue, parts).back(job.back.clone())
}

fn entries(listed: BulkRows) -> AnyView {
    let mut items: Vec<AnyView> = listed.rows.into_iter().map(row).collect();
    if listed.more > 0 {
        items.push(text(["and ", &with_commas(listed.more), " more"].concat()));
    }
    list(items)
}

fn row(row: BulkRow) -> AnyView {
    let link = outside_link(row.address, row.name);
    let remark = if row.remark.is_empty() {
        String::new()
    } else {
        [": ", &row.remark].concat()
    };
    view! { {link} {remark} }.into_any()
}

/// Renders the entries that are not changed; nothing if there are none.
fn not_changed(words: &'static str, listed: BulkRows) -> Vec<AnyView> {
    if listed.rows.is_empty() {
        return Vec::new();
    }
    vec![subheading(words), entries(listed)]
}
