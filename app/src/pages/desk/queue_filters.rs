//! The search and the filters of the queue.
//!
//! Search and filters are one form, which redirects to the address of the resulting list. The
//! server stores the search text, because the text may be a name and must not be in an address.
//! Below the form, each chosen filter is shown as a link that removes the filter.

use leptos::prelude::*;
use registration::desk::queue::{
    AssigneeFilter, ItemKind, ItemStatus, MAX_LISTED, PAGE, QueueList, Sort,
};
use registration::organisation::OrganisationKind;
use registration::text::with_commas;

use crate::components::{
    Button, ButtonKind, Checkboxes, Choice, Details, LabelSize, Select, TextInput, Words, element,
    text,
};
use crate::pages::prose::outside_link;

/// The number of entries for each list and filter of the queue.
///
/// Except for `statuses`, the counts include only entries that wait for the desk. A count above
/// `MAX_LISTED` is not exact: there are more than `MAX_LISTED` entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueCountsView {
    /// The number of entries by status.
    pub statuses: Vec<(ItemStatus, usize)>,
    /// The number of entries by kind of entry.
    pub kinds: Vec<(ItemKind, usize)>,
    /// The number of entries by kind of organisation.
    pub organisations: Vec<(OrganisationKind, usize)>,
    /// The number of entries assigned to the current officer.
    pub mine: usize,
    /// The number of unassigned entries.
    pub unassigned: usize,
    /// The number of entries with an early hearing.
    pub early: usize,
    /// The number of overdue entries.
    pub overdue: usize,
    /// The number of entries with a decision that waits for a second officer.
    pub second_officer: usize,
}

/// Renders links to the lists that officers use most, each with its number of entries.
pub(super) fn views(list: &QueueList, counts: &QueueCountsView) -> AnyView {
    let waiting = |(status, count): &(ItemStatus, usize)| if status.waits() { *count } else { 0 };
    let all = counts.statuses.iter().map(waiting).sum();
    let list_of = |whose: AssigneeFilter, early: bool, overdue: bool| QueueList {
        whose,
        early,
        overdue,
        ..QueueList::default()
    };
    let mut items = vec![
        (
            "All waiting",
            list_of(AssigneeFilter::All, false, false),
            all,
        ),
        (
            "Unassigned",
            list_of(AssigneeFilter::Unassigned, false, false),
            counts.unassigned,
        ),
        (
            "Assigned to you",
            list_of(AssigneeFilter::Mine, false, false),
            counts.mine,
        ),
        (
            "Early hearing",
            list_of(AssigneeFilter::All, true, false),
            counts.early,
        ),
        (
            "Overdue",
            list_of(AssigneeFilter::All, false, true),
            counts.overdue,
        ),
    ];
    // Hide the list of entries that wait for a second officer if it is empty, unless it is the
    // current list. It is always empty if one officer alone can decide.
    if counts.second_officer > 0 || list.second_officer {
        let of = QueueList {
            second_officer: true,
            ..QueueList::default()
        };
        items.push(("Needs a second officer", of, counts.second_officer));
    }
    let current = QueueList {
        sort: Sort::Next,
        descending: false,
        page: 0,
        ..list.clone()
    };
    let items = items.into_iter().map(|(words, of, count)| {
        let link = element("a")
            .class("govuk-link govuk-link--no-visited-state")
            .attr("href", of.address())
            .attr("aria-current", (of == current).then_some("page"))
            .words([words, " (", &counted(count), ")"].concat());
        element("li").child(link.view()).view()
    });
    let items = element("ul").class("app-queue-views").children(items);
    element("nav")
        .attr("aria-label", "Lists")
        .child(items.view())
        .view()
}

/// Renders the form with the search and the filters, and the chosen filters below the form.
pub(super) fn filters(
    list: &QueueList,
    counts: &QueueCountsView,
    officers: &[(String, String)],
) -> AnyView {
    let hidden = [
        list.second_officer.then_some(("second-officer", "yes")),
        (list.sort != Sort::Next).then(|| ("sort", list.sort.key())),
        list.descending.then_some(("order", "descending")),
    ];
    let hidden: Vec<AnyView> = hidden
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let input = element("input").attr("type", "hidden");
            input.attr("name", name).attr("value", value).view()
        })
        .collect();
    let sought = list.search.clone();
    let fields = fields(list, counts, officers);
    let chosen = chosen(list, officers);
    view! {
        <form action=PAGE method="post" role="search" novalidate class="app-queue-search">
            {hidden}
            <div class="app-search">
                <TextInput
                    name="search"
                    label="Search registrations and requests"
                    hint="Name, reference, postcode, SRA, Bar or LAA number, or email address"
                    value=sought
                    spellcheck=false
                    autocomplete="off"
                />
                <Button kind=ButtonKind::Secondary>{text("Search")}</Button>
            </div>
            <Details summary="Filter the list">
                <div class="app-queue-filter">{fields}</div>
                <Button kind=ButtonKind::Secondary>{text("Apply filters")}</Button>
            </Details>
        </form>
        {chosen}
    }
    .into_any()
}

fn fields(
    list: &QueueList,
    counts: &QueueCountsView,
    officers: &[(String, String)],
) -> Vec<AnyView> {
    let statuses = counts
        .statuses
        .iter()
        .map(|(status, count)| choice(status.key(), status.words(), *count))
        .collect();
    let kinds = counts
        .kinds
        .iter()
        .map(|(kind, count)| choice(kind.key(), kind.words(), *count))
        .collect();
    let organisations = counts
        .organisations
        .iter()
        .map(|(kind, count)| choice(kind.key(), kind.words(), *count))
        .collect();
    let early = choice("yes", "Early hearing", counts.early).name("early");
    let overdue = choice("yes", "Overdue", counts.overdue)
        .name("overdue")
        .id("overdue");
    let urgent = [
        list.early.then_some(early_values()),
        list.overdue.then_some(early_values()),
    ];
    let whose = match &list.whose {
        AssigneeFilter::All => String::new(),
        AssigneeFilter::Mine => "mine".to_owned(),
        AssigneeFilter::Unassigned => "nobodys".to_owned(),
        AssigneeFilter::Officer(id) => id.clone(),
    };
    let mut people = vec![
        Choice::new("", "All"),
        Choice::new("mine", "You"),
        Choice::new("nobodys", "Unassigned"),
    ];
    people.extend(
        officers
            .iter()
            .map(|(id, name)| Choice::new(id.clone(), name.clone())),
    );
    let chosen_statuses: Vec<Words> = list.statuses.iter().map(|one| one.key().into()).collect();
    let chosen_kinds: Vec<Words> = list.kinds.iter().map(|one| one.key().into()).collect();
    let chosen_organisations: Vec<Words> = list
        .organisations
        .iter()
        .map(|one| one.key().into())
        .collect();
    let [early_chosen, overdue_chosen] = urgent.map(Option::unwrap_or_default);
    vec![
        view! { <Checkboxes name="status" label="Status" label_size=LabelSize::Small choices=statuses values=chosen_statuses small=true/> }.into_any(),
        view! { <Checkboxes name="kind" label="Type" label_size=LabelSize::Small choices=kinds values=chosen_kinds small=true/> }.into_any(),
        view! { <Checkboxes name="organisation" label="Kind of organisation" label_size=LabelSize::Small choices=organisations values=chosen_organisations small=true/> }.into_any(),
        view! {
            <div>
                <Checkboxes name="early" label="Hearing" label_size=LabelSize::Small choices=vec![early] values=early_chosen small=true/>
                <Checkboxes name="overdue" label="Target" label_size=LabelSize::Small choices=vec![overdue] values=overdue_chosen small=true/>
                <Select name="whose" label="Assigned to" label_size=LabelSize::Small choices=people value=whose/>
            </div>
        }
        .into_any(),
    ]
}

fn early_values() -> Vec<Words> {
    vec!["yes".into()]
}

/// Renders the search text and the chosen filters, each as a link that removes it. Returns `None`
/// if there is neither.
fn chosen(list: &QueueList, officers: &[(String, String)]) -> Option<AnyView> {
    if !list.is_filtered() {
        return None;
    }
    let from = list.at_page(0);
    let without = |change: &dyn Fn(&mut QueueList)| {
        let mut list = from.clone();
        change(&mut list);
        list.address()
    };
    let mut tags: Vec<(String, String)> = Vec::new();
    if !list.search.is_empty() {
        let words = ["Search: ", &list.search].concat();
        tags.push((words, from.without_search().address()));
    }
    for status in &list.statuses {
        let address = without(&|list| list.statuses.retain(|other| other != status));
        tags.push((status.words().to_owned(), address));
    }
    for kind in &list.kinds {
        let address = without(&|list| list.kinds.retain(|other| other != kind));
        tags.push((kind.words().to_owned(), address));
    }
    for kind in &list.organisations {
        let address = without(&|list| list.organisations.retain(|other| other != kind));
        tags.push((kind.words().to_owned(), address));
    }
    let whose = match &list.whose {
        AssigneeFilter::All => None,
        AssigneeFilter::Mine => Some("Assigned to you".to_owned()),
        AssigneeFilter::Unassigned => Some("Unassigned".to_owned()),
        AssigneeFilter::Officer(id) => {
            let officer = officers.iter().find(|(officer, _)| officer == id);
            let name = officer.map_or("another officer", |(_, name)| name);
            Some(["Assigned to ", name].concat())
        }
    };
    if let Some(words) = whose {
        tags.push((words, without(&|list| list.whose = AssigneeFilter::All)));
    }
    if list.early {
        tags.push((
            "Early hearing".to_owned(),
            without(&|list| list.early = false),
        ));
    }
    if list.overdue {
        tags.push(("Overdue".to_owned(), without(&|list| list.overdue = false)));
    }
    if list.second_officer {
        tags.push((
            "Needs a second officer".to_owned(),
            without(&|list| list.second_officer = false),
        ));
    }
    let tags = tags.into_iter().map(|(words, address)| {
        let hidden = element("span")
            .class("govuk-visually-hidden")
            .words("Remove this filter: ");
        let link = element("a")
            .class("app-filter-tags__tag")
            .attr("href", address)
            .child(hidden.view())
            .words(words);
        element("li").child(link.view()).view()
    });
    let clear = element("li").child(outside_link(PAGE, "Clear search and filters"));
    let tags = element("ul")
        .class("app-filter-tags")
        .attr("aria-label", "Selected filters")
        .children(tags)
        .child(clear.view());
    Some(tags.view())
}

fn choice(key: &'static str, words: &'static str, count: usize) -> Choice {
    Choice::new(key, [words, " (", &counted(count), ")"].concat())
}

fn counted(count: usize) -> String {
    if count > MAX_LISTED {
        [&with_commas(MAX_LISTED), " or more"].concat()
    } else {
        with_commas(count)
    }
}
