//! The queue: the button that takes the next registration, the search, the filters, and the list.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::queue::{A_PAGE, Age, AgeTag, ItemKind, ItemStatus, QueueList, Sort};
use registration::text::with_commas;

use super::frame::{DeskPage, Place};
use super::notice::QueueNotice;
use super::queue_filters::{ShownCounts, filters, views};
use super::set_up::lapsing_notice;
use crate::components::{Button, PageItem, Pagination, Tag, TagColour, element, text};
use crate::pages::prose::{heading, outside_link, paragraph};

/// Where the next registration is taken.
pub const NEXT: &str = "/desk/queue/next";

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownItem {
    /// Where it leads.
    pub address: String,
    /// The organisation, or whoever asks.
    pub name: String,
    /// The reference, of a registration.
    pub reference: Option<String>,
    /// What it is.
    pub kind: ItemKind,
    /// The kind of organisation, or the format that is asked for, in words.
    pub of: String,
    /// How many users there are.
    pub users: Option<u32>,
    /// The day on which it came, in words.
    pub arrived: String,
    /// How it stands.
    pub status: ItemStatus,
    /// Whether a decision about it waits for a second officer.
    pub is_proposed: bool,
    /// How old it is.
    pub age: Age,
    /// The day of an early hearing.
    pub early_hearing: Option<CalendarDate>,
    /// Who has it.
    pub holder: Option<String>,
    /// Who has its page open.
    pub on_it: Vec<String>,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownQueue {
    /// The list, as it was asked for.
    pub list: QueueList,
    /// The entries of the page.
    pub items: Vec<ShownItem>,
    /// How many entries can be paged through.
    pub listed: usize,
    /// Whether there are more.
    pub more: bool,
    /// Whether only some of those that might be meant were looked at.
    pub partly: bool,
    /// How much there is of each.
    pub counts: ShownCounts,
    /// Officers by whom the list may be filtered: identifier and name.
    pub officers: Vec<(String, String)>,
    /// Whether whoever looks may take registrations.
    pub may_work: bool,
    /// How many activation links are about to lapse, which wait for the desk too.
    pub lapsing: u64,
}

/// The page.
pub fn queue_page(shown: &ShownQueue, notice: Option<QueueNotice>) -> DeskPage {
    let list = &shown.list;
    let title = if list.sought.is_empty() {
        "Queue"
    } else {
        "Queue: search results"
    };
    let mut parts: Vec<AnyView> = notice.map(QueueNotice::view).into_iter().collect();
    parts.push(heading(title));
    if shown.may_work {
        parts.push(
            view! {
                <form action=NEXT method="post" novalidate>
                    <Button prevent_double_click=true>{text("Take the next registration")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    parts.extend(lapsing_notice(shown.lapsing));
    parts.push(views(list, &shown.counts));
    parts.push(filters(list, &shown.counts, &shown.officers));
    parts.extend(results(shown));
    DeskPage::new(title, Place::Queue, parts).wide()
}

/// The tag of a status.
pub fn status_tag(status: ItemStatus) -> AnyView {
    let colour = match status {
        ItemStatus::Received => TagColour::Purple,
        ItemStatus::BeingChecked => TagColour::Blue,
        ItemStatus::MoreInformationNeeded => TagColour::Orange,
        ItemStatus::Approved | ItemStatus::Answered => TagColour::Green,
        ItemStatus::NotApproved => TagColour::Red,
        ItemStatus::Withdrawn => TagColour::Grey,
    };
    view! { <Tag words=status.words() colour=colour/> }.into_any()
}

/// An age: a tag where it is or is about to be late, else words.
pub fn age_view(age: Age) -> AnyView {
    let words = age.words();
    match age.tag {
        Some(AgeTag::Overdue(_)) => view! { <Tag words=words colour=TagColour::Red/> }.into_any(),
        Some(AgeTag::DueToday) => view! { <Tag words=words colour=TagColour::Yellow/> }.into_any(),
        _ => text(words),
    }
}

fn results(shown: &ShownQueue) -> Vec<AnyView> {
    let list = &shown.list;
    let mut parts = Vec::new();
    if shown.partly {
        parts.push(paragraph(
            "There is too much for all of it to be looked through. Something that you mean may be missing: search for more of its words, or choose fewer filters.",
        ));
    }
    if shown.items.is_empty() {
        parts.push(paragraph(if list.is_filtered() {
            "Nothing was found. Check the spelling, try fewer words, or choose fewer filters."
        } else {
            "Nothing waits for the desk."
        }));
        return parts;
    }
    let first = list.page * A_PAGE;
    let counted = [
        "Showing ",
        &with_commas(first + 1),
        " to ",
        &with_commas(first + shown.items.len()),
        " of ",
        &with_commas(shown.listed),
        if shown.more { " or more" } else { "" },
    ]
    .concat();
    parts.push(paragraph(counted.clone()));
    parts.push(table(list, &shown.items, counted));
    let pages = shown.listed.div_ceil(A_PAGE);
    if pages > 1 {
        let current = list.page + 1;
        let href = |number: usize| list.at_page(number - 1).address();
        let previous = if current > 1 {
            href(current - 1)
        } else {
            String::new()
        };
        let next = if current < pages {
            href(current + 1)
        } else {
            String::new()
        };
        let items = PageItem::around(current, pages, href);
        parts.push(view! { <Pagination previous=previous next=next items=items/> }.into_any());
    }
    parts
}

fn table(list: &QueueList, items: &[ShownItem], caption: String) -> AnyView {
    let columns = [
        ("Organisation", Some(Sort::Organisation)),
        ("Kind", None),
        ("Users", Some(Sort::Users)),
        ("Arrived", Some(Sort::Arrived)),
        ("Status", None),
        ("Age", Some(Sort::Due)),
        ("Who has it", None),
    ];
    let head = columns.into_iter().map(|(words, sort)| {
        let cell = element("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .class(if words == "Users" {
                "govuk-table__header govuk-table__header--numeric"
            } else {
                "govuk-table__header"
            });
        let Some(sort) = sort else {
            return cell.words(words).view();
        };
        let is_current = list.sort == sort;
        let direction = match (is_current, list.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let mark = match (is_current, list.descending) {
            (false, _) => "",
            (true, false) => " ▲",
            (true, true) => " ▼",
        };
        let mark = element("span")
            .attr("aria-hidden", "true")
            .words(mark)
            .view();
        cell.attr("aria-sort", direction)
            .child(outside_link(list.sorted_by(sort).address(), words))
            .child(mark)
            .view()
    });
    let head = row().children(head);
    let head = element("thead")
        .class("govuk-table__head")
        .attr("role", "rowgroup")
        .child(head.view());
    let rows = items.iter().map(item_row);
    let body = element("tbody")
        .class("govuk-table__body")
        .attr("role", "rowgroup")
        .children(rows);
    let caption = element("caption")
        .class("govuk-table__caption govuk-visually-hidden")
        .words(caption);
    element("table")
        .class("govuk-table app-table--reflows app-queue")
        .attr("role", "table")
        .child(caption.view())
        .child(head.view())
        .child(body.view())
        .view()
}

fn item_row(item: &ShownItem) -> AnyView {
    let below = |words: String| {
        element("span")
            .class("app-queue__below")
            .words(words)
            .view()
    };
    let mut name = vec![outside_link(item.address.clone(), item.name.clone())];
    name.extend(item.reference.clone().map(below));
    if let Some(hearing) = item.early_hearing {
        let words = ["Hearing ", &hearing.in_words()].concat();
        name.push(
            element("span")
                .class("app-queue__below")
                .child(view! { <Tag words=words colour=TagColour::Yellow/> }.into_any())
                .view(),
        );
    }
    let mut kind = vec![text(item.of.clone())];
    if item.kind != ItemKind::New {
        kind.push(below(item.kind.words().to_owned()));
    }
    let mut holder = vec![text(
        item.holder.clone().unwrap_or_else(|| "Nobody".to_owned()),
    )];
    if !item.on_it.is_empty() {
        holder.push(below(["Open with ", &item.on_it.join(", ")].concat()));
    }
    let mut status = vec![status_tag(item.status)];
    if item.is_proposed {
        status.push(
            element("span")
                .class("app-queue__below")
                .child(
                    view! { <Tag words="Needs a second officer" colour=TagColour::Yellow/> }
                        .into_any(),
                )
                .view(),
        );
    }
    let users = item.users.map_or_else(
        || "None".to_owned(),
        |users| with_commas(usize::try_from(users).unwrap_or_default()),
    );
    row()
        .child(
            element("th")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .class("govuk-table__header")
                .children(name)
                .view(),
        )
        .child(cell("Kind", kind, false))
        .child(cell("Users", vec![text(users)], true))
        .child(cell("Arrived", vec![text(item.arrived.clone())], false))
        .child(cell("Status", status, false))
        .child(cell("Age", vec![age_view(item.age)], false))
        .child(cell("Who has it", holder, false))
        .view()
}

fn row() -> crate::components::Element {
    element("tr").class("govuk-table__row").attr("role", "row")
}

fn cell(column: &'static str, inside: Vec<AnyView>, is_numeric: bool) -> AnyView {
    let column = element("span")
        .class("app-table__column")
        .attr("aria-hidden", "true")
        .words(column);
    element("td")
        .attr("role", "cell")
        .class(if is_numeric {
            "govuk-table__cell govuk-table__cell--numeric"
        } else {
            "govuk-table__cell"
        })
        .child(column.view())
        .children(inside)
        .view()
}
