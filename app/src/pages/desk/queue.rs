//! The page of the queue: the button that claims the next registration, the search, the filters and
//! the list.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::TAKE_NEXT;
use registration::desk::queue::{Age, AgeTag, ItemKind, ItemStatus, PAGE_SIZE, QueueList, Sort};
use registration::problem::Problem;
use registration::text::with_commas;

use super::bulk::SELECTED;
use super::checkbox::checkbox;
use super::frame::{DeskPage, MenuEntry};
use super::list_export::downloads;
use super::provisioning::{expiring_notice, to_end_notice};
use super::queue_filters::{QueueCountsView, filters, views};
use crate::components::{
    Button, ButtonKind, Choice, ErrorMessage, PageItem, Pagination, Select, Tag, TagColour,
    element, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::prose::{heading, list as list_of, outside_link, paragraph, paragraph_of};
use crate::pages::status_colour::item_colour;

/// A fact about an entry of the queue that officers should notice, shown as a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueMark {
    /// A decision waits for a second officer.
    SecondOfficer,
    /// A message did not arrive.
    Undelivered,
    /// The second officer has sent the decision back, and nobody has decided again.
    SentBack,
    /// The desk is advised to close the registration, because nobody answers.
    ClosingSuggested,
}

impl QueueMark {
    fn tag(self) -> AnyView {
        let (words, colour) = match self {
            Self::SecondOfficer => ("Needs a second officer", TagColour::Yellow),
            Self::Undelivered => ("Message not delivered", TagColour::Red),
            Self::SentBack => ("Decision sent back", TagColour::Orange),
            Self::ClosingSuggested => ("Closing suggested", TagColour::Orange),
        };
        view! { <Tag words colour/> }.into_any()
    }
}

/// An entry of the queue, as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The address of the page of the entry.
    pub address: String,
    /// The value by which a form selects the entry.
    pub selects: String,
    /// The name of the organisation, or of the person who asks for another format.
    pub name: String,
    /// The reference of a registration; `None` for other entries.
    pub reference: Option<String>,
    /// The kind of entry.
    pub kind: ItemKind,
    /// The kind of organisation, or the requested format, as display text.
    pub of: String,
    /// The number of users of a registration; `None` for other entries.
    pub users: Option<u32>,
    /// The day on which the entry arrived, as display text.
    pub arrived: String,
    /// The status of the entry.
    pub status: ItemStatus,
    /// The facts that officers should notice about the entry.
    pub marks: Vec<QueueMark>,
    /// The age of the entry.
    pub age: Age,
    /// The number of days for which the registration has waited for answers; `None` if it does not wait.
    pub silent_days: Option<u32>,
    /// The day of the first hearing, if the hearing is early (`is_early`).
    pub early_hearing: Option<CalendarDate>,
    /// The name of the officer to whom the entry is, or was last, assigned; `You` for the current
    /// officer, `None` if there is no such officer.
    pub assignee: Option<String>,
    /// The names of the other officers who have the entry open.
    pub viewers: Vec<String>,
}

/// The search result for a reference that no registration has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReferenceView {
    /// Whether the reference is certainly mistyped.
    pub mistyped: bool,
    /// The registrations with a similar reference, as pairs of address and reference.
    pub nearest: Vec<(String, String)>,
}

/// The reason why results may be missing from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultsGap {
    /// Only a part of the entries was examined.
    NotExamined,
    /// Registrations are being indexed after an upgrade.
    NotIndexed,
}

impl ResultsGap {
    const fn words(self) -> &'static str {
        match self {
            Self::NotExamined => {
                "These results may be incomplete. Search for more words or choose fewer filters."
            }
            Self::NotIndexed => {
                "The search is being updated after an upgrade, so some registrations may be missing \
                 from these results. A registration is always found by its whole reference."
            }
        }
    }
}

/// The registrations that are selected when the page opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectedRows {
    /// All on this page of the list.
    Page,
    /// Those with these values.
    These(Vec<String>),
}

impl SelectedRows {
    fn has(&self, value: &str) -> bool {
        match self {
            Self::Page => true,
            Self::These(selected) => selected.iter().any(|known| known == value),
        }
    }
}

registration::keyed! {
    /// What is wrong with a selection that was sent.
    pub enum SelectionProblem {
        /// No registration is selected.
        NothingSelected = "nothing-selected",
        /// The chosen officer does not work on registrations.
        NoOfficer = "no-officer",
    }
}

/// The id of the first checkbox in the list, to which the error summary leads.
const FIRST_CHECKBOX: &str = "selected";

/// The id of the field for the officer to whom the selected registrations are assigned.
const ASSIGN_TO: &str = "assign-to";

impl SelectionProblem {
    fn problem(self) -> Problem {
        let (field, words) = match self {
            Self::NothingSelected => (FIRST_CHECKBOX, "Select at least one entry"),
            Self::NoOfficer => (ASSIGN_TO, "Select an officer who works on registrations"),
        };
        Problem::new(field, self.key(), words)
    }
}

/// The data for the page of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    /// The requested list: its search, filters, order and page.
    pub list: QueueList,
    /// The entries on this page of the list.
    pub items: Vec<QueueRow>,
    /// The number of entries on all pages.
    pub listed: usize,
    /// Whether there are more entries than the pages can show.
    pub more: bool,
    /// The reasons why results may be missing.
    pub gaps: Vec<ResultsGap>,
    /// The words that were searched for instead, because no entry has all the typed words.
    pub similar: Vec<String>,
    /// The reference in the search, if no registration has it.
    pub missing: Option<MissingReferenceView>,
    /// The number of entries for each list and filter.
    pub counts: QueueCountsView,
    /// The officers to filter by, as pairs of identifier and name.
    pub officers: Vec<(String, String)>,
    /// Whether the current officer may work on registrations.
    pub may_work: bool,
    /// Whether the current officer may download the list.
    pub may_download: bool,
    /// The selected registrations.
    pub selected: SelectedRows,
    /// What was wrong with a selection that was sent.
    pub problem: Option<SelectionProblem>,
    /// The number of activation links that expire soon, which also need the desk's attention.
    pub expiring: u64,
    /// The number of accounts that must be ended, because their approval was undone.
    pub to_end: u64,
    /// The first registrations with messages that did not arrive, whatever their status, as pairs
    /// of address and name of the organisation.
    pub undelivered: Vec<(String, String)>,
    /// The first registrations that the desk is advised to close, as pairs of address and name of the organisation. The
    /// registration that has waited for answers for longest comes first.
    pub closing: Vec<(String, String)>,
}

/// Renders the page of the queue. `notices` are the banners at its top.
pub fn queue_page(shown: &QueueView, notices: Vec<AnyView>) -> DeskPage {
    let list = &shown.list;
    let title = if list.search.is_empty() {
        "Queue"
    } else {
        "Queue: search results"
    };
    let mut parts = notices;
    parts.push(heading(title));
    if shown.may_work {
        parts.push(
            view! {
                <form action=TAKE_NEXT method="post" novalidate>
                    <Button prevent_double_click=true>{text("Take the next registration")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    parts.extend(expiring_notice(shown.expiring));
    parts.extend(to_end_notice(shown.to_end));
    parts.extend(undelivered_notice(&shown.undelivered));
    parts.extend(closing_notice(&shown.closing));
    parts.push(views(list, &shown.counts));
    parts.push(filters(list, &shown.counts, &shown.officers));
    let problems = shown.problem.map(SelectionProblem::problem);
    let form = FormState::new(problems.into_iter().collect(), Vec::new());
    parts.extend(results(shown, form));
    parts.extend(shown.may_download.then(|| downloads(list)));
    DeskPage::new(title, MenuEntry::Queue, parts)
        .form(form)
        .wide()
}

/// Renders the registrations with messages that did not arrive. Returns `None` if there are none.
fn undelivered_notice(undelivered: &[(String, String)]) -> Option<AnyView> {
    if undelivered.is_empty() {
        return None;
    }
    let links = undelivered
        .iter()
        .map(|(address, name)| outside_link(address.clone(), name.clone()));
    let parts = [
        paragraph("Messages about these registrations did not arrive:"),
        list_of(links.collect()),
    ];
    let notice = element("div").class("govuk-inset-text").children(parts);
    Some(notice.view())
}

/// Renders the registrations that the desk is advised to close. Returns `None` if there are none.
fn closing_notice(closing: &[(String, String)]) -> Option<AnyView> {
    if closing.is_empty() {
        return None;
    }
    let unanswered = QueueList {
        statuses: vec![ItemStatus::MoreInformationNeeded],
        ..QueueList::default()
    };
    let links = closing
        .iter()
        .map(|(address, name)| outside_link(address.clone(), name.clone()));
    let parts = [
        paragraph(
            "These applicants were reminded and have not answered. Decide whether to close their registrations:",
        ),
        list_of(links.collect()),
        outside_link(
            unanswered.address(),
            "All registrations that wait for an answer",
        ),
    ];
    let notice = element("div").class("govuk-inset-text").children(parts);
    Some(notice.view())
}

/// Returns a sentence about the number of days for which an applicant has not answered.
#[must_use]
pub fn silence(days: u32) -> String {
    match days {
        0 => "Asked today".to_owned(),
        1 => "No answer for 1 day".to_owned(),
        days => format!("No answer for {days} days"),
    }
}

/// Renders the tag of a status.
pub fn status_tag(status: ItemStatus) -> AnyView {
    view! { <Tag words=status.words() colour=item_colour(status)/> }.into_any()
}

/// Renders the age of an entry: as a tag if the entry is overdue or due today, otherwise as plain
/// text.
pub fn age_view(age: Age) -> AnyView {
    let words = age.words();
    match age.tag {
        Some(AgeTag::Overdue(_)) => view! { <Tag words=words colour=TagColour::Red/> }.into_any(),
        Some(AgeTag::DueToday) => view! { <Tag words=words colour=TagColour::Yellow/> }.into_any(),
        _ => text(words),
    }
}

fn results(shown: &QueueView, form: FormState) -> Vec<AnyView> {
    let list = &shown.list;
    let mut parts = Vec::new();
    parts.extend(shown.gaps.iter().map(|gap| paragraph(gap.words())));
    if let Some(missing) = &shown.missing {
        parts.push(missing_reference(missing));
        return parts;
    }
    if !shown.similar.is_empty() {
        parts.push(paragraph(
            [
                "No registration or request has all of these words. These results have words with a \
                 similar spelling: ",
                &shown.similar.join(", "),
                ".",
            ]
            .concat(),
        ));
    }
    if shown.items.is_empty() {
        parts.push(paragraph(if list.is_filtered() {
            "No results. Check the spelling, try fewer words or choose fewer filters."
        } else {
            "The queue is empty."
        }));
        return parts;
    }
    let first = list.page * PAGE_SIZE;
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
    parts.push(paragraph(counted));
    let rows = table(
        list,
        &shown.items,
        shown.may_work.then_some(&shown.selected),
    );
    parts.push(if shown.may_work {
        selection(shown, rows, form)
    } else {
        rows
    });
    let pages = shown.listed.div_ceil(PAGE_SIZE);
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

/// Renders a sentence that no registration has the reference, and links to registrations with a similar reference.
fn missing_reference(missing: &MissingReferenceView) -> AnyView {
    let words = if missing.mistyped {
        "This reference is mistyped: its letters and numbers do not match its check character."
    } else {
        "There is no registration with this reference."
    };
    let links: Vec<AnyView> = missing
        .nearest
        .iter()
        .map(|(address, reference)| {
            element("li")
                .child(outside_link(address.clone(), reference.clone()))
                .view()
        })
        .collect();
    if links.is_empty() {
        return paragraph(
            [
                words,
                " Check it, or search for a name, a number or an email address.",
            ]
            .concat(),
        );
    }
    let list = element("ul")
        .class("govuk-list govuk-list--bullet")
        .children(links);
    view! {
        {paragraph([words, " Registrations with a similar reference:"].concat())}
        {list.view()}
    }
    .into_any()
}

/// Renders the form around the list with which an officer assigns entries, gives them back, or
/// records requests as answered.
fn selection(shown: &QueueView, rows: AnyView, form: FormState) -> AnyView {
    let mut choices = vec![Choice::new("me", "Me")];
    choices.extend(
        shown
            .officers
            .iter()
            .map(|(id, name)| Choice::new(id.clone(), name.clone())),
    );
    let address = shown.list.address();
    let (all, words) = if shown.selected == SelectedRows::Page {
        (address, "Select none")
    } else {
        let joint = if address.contains('?') { "&" } else { "?" };
        (
            [&*address, joint, "selected=page"].concat(),
            "Select all on this page",
        )
    };
    let nothing = form.problem(FIRST_CHECKBOX);
    let nothing = nothing.get_untracked().map(|words| {
        let id = [FIRST_CHECKBOX, "-error"].concat();
        view! { <ErrorMessage id=id words=words/> }
    });
    let problem = form.problem(ASSIGN_TO);
    let list = hidden_field("list", shown.list.address());
    let everything = every_page(shown);
    let is_request = |item: &QueueRow| item.kind == ItemKind::FormatRequest;
    let answer = shown.items.iter().any(is_request).then(|| {
        view! {
            <Button kind=ButtonKind::Secondary name="do" value="answer">
                {text("Record the selected requests as answered")}
            </Button>
        }
    });
    let label = "Assign the selected to";
    view! {
        <form action=SELECTED method="post" novalidate>
            {paragraph_of(vec![outside_link(all, words)])}
            {list}
            {nothing}
            {rows}
            {everything}
            <Select name="officer" id=ASSIGN_TO label choices problem/>
            <div class="govuk-button-group">
                <Button kind=ButtonKind::Secondary name="do" value="assign">
                    {text("Assign")}
                </Button>
                <Button kind=ButtonKind::Secondary name="do" value="give-back">
                    {text("Give the selected back to the queue")}
                </Button>
                {answer}
            </div>
        </form>
    }
    .into_any()
}

/// Renders the checkbox that selects every entry of the list. Returns `None` if all are on the page.
fn every_page(shown: &QueueView) -> Option<AnyView> {
    if shown.listed <= shown.items.len() {
        return None;
    }
    let count = with_commas(shown.listed);
    let words = if shown.more {
        ["Select the first ", &count, " of this list, on every page"].concat()
    } else {
        ["Select all ", &count, " of this list, on every page"].concat()
    };
    let checkbox = checkbox(
        "all".to_owned(),
        "all",
        "yes".to_owned(),
        text(words),
        false,
    );
    Some(view! { <div class="govuk-form-group">{checkbox}</div> }.into_any())
}

/// Renders words that only screen readers announce.
fn hidden(words: String) -> AnyView {
    element("span")
        .class("govuk-visually-hidden")
        .words(words)
        .view()
}

/// Renders the checkbox that selects an entry.
fn row_checkbox(item: &QueueRow, selected: &SelectedRows, is_first: bool) -> AnyView {
    let value = item.selects.clone();
    let id = if is_first {
        FIRST_CHECKBOX.to_owned()
    } else {
        ["select-", &value.replace('/', "-")].concat()
    };
    let is_ticked = selected.has(&value);
    let of = item.reference.as_deref().unwrap_or("request");
    let words = hidden(["Select ", &item.name, " ", of].concat());
    checkbox(id, "selected", value, words, is_ticked)
}

/// Renders the list with the selected registrations; `None` if none can be selected.
fn table(list: &QueueList, items: &[QueueRow], selected: Option<&SelectedRows>) -> AnyView {
    let columns = [
        ("Organisation", Sort::Organisation),
        ("Kind", Sort::Kind),
        ("Users", Sort::Users),
        ("Arrived", Sort::Arrived),
        ("Status", Sort::Status),
        ("Age", Sort::Due),
        ("Assigned to", Sort::Assignee),
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
    let select = selected.map(|_| {
        element("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .class("govuk-table__header")
            .child(hidden("Select".to_owned()))
            .view()
    });
    let head = row().children(select).children(head);
    let head = element("thead")
        .class("govuk-table__head")
        .attr("role", "rowgroup")
        .child(head.view());
    let rows = items.iter().enumerate().map(|(place, item)| {
        let is_first = place == 0;
        let checkbox = selected.map(|selected| row_checkbox(item, selected, is_first));
        item_row(item, checkbox)
    });
    let body = element("tbody")
        .class("govuk-table__body")
        .attr("role", "rowgroup")
        .children(rows);
    let caption = element("caption")
        .class("govuk-table__caption govuk-visually-hidden")
        .words("Registrations and requests");
    element("table")
        .class("govuk-table app-table--reflows app-queue")
        .attr("role", "table")
        .child(caption.view())
        .child(head.view())
        .child(body.view())
        .view()
}

/// Renders a row. `checkbox` is `None` if the list has no column for checkboxes.
fn item_row(item: &QueueRow, checkbox: Option<AnyView>) -> AnyView {
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
    let mut assignee = vec![text(
        item.assignee
            .clone()
            .unwrap_or_else(|| "Unassigned".to_owned()),
    )];
    if !item.viewers.is_empty() {
        assignee.push(below(["Viewing: ", &item.viewers.join(", ")].concat()));
    }
    let mut status = vec![status_tag(item.status)];
    status.extend(item.marks.iter().map(|mark| {
        element("span")
            .class("app-queue__below")
            .child(mark.tag())
            .view()
    }));
    let mut age = vec![age_view(item.age)];
    if let Some(days) = item.silent_days {
        age.push(below(silence(days)));
    }
    let users = item.users.map_or_else(
        || "None".to_owned(),
        |users| with_commas(usize::try_from(users).unwrap_or_default()),
    );
    let select = checkbox.map(|inside| {
        element("td")
            .attr("role", "cell")
            .class("govuk-table__cell")
            .child(inside)
            .view()
    });
    row()
        .children(select)
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
        .child(cell("Age", age, false))
        .child(cell("Assigned to", assignee, false))
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
