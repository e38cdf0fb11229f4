//! A list of the queue and its URL: the filters, the search, the order and the page.
//!
//! One type parses and prints the URL, so that the form and every link of the page agree. A search
//! text may be a person's name, so it is stored and the URL has only its identifier. A search text
//! that is a registration's reference is written into the URL itself.

use form_urlencoded::{Serializer, parse};

use super::item::{ItemKind, ItemStatus};
use crate::identifiers::Reference;
use crate::organisation::OrganisationKind;
use crate::text::tidy;

/// Path of the queue.
pub const PAGE: &str = "/desk/queue";
/// The maximum length of a search text, in characters.
pub const MAX_SEARCH_CHARACTERS: usize = 200;
/// The maximum length of an officer's or a search's identifier, in characters.
const MAX_IDENTIFIER_CHARACTERS: usize = 64;

/// The filter by officer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AssigneeFilter {
    /// All entries, assigned or not.
    #[default]
    All,
    /// Entries assigned to the current officer.
    Mine,
    /// Unassigned entries.
    Unassigned,
    /// Entries assigned to the officer with this identifier.
    Officer(String),
}

crate::keyed! {
    /// The order of a list.
    #[derive(Default)]
    pub enum Sort {
        /// By urgency: early hearings first, then by how much of the target is used up.
        #[default]
        Next = "next",
        /// By the name of the organisation.
        Organisation = "organisation",
        /// By the number of users.
        Users = "users",
        /// By the day on which the entry arrived or was sent again.
        Arrived = "arrived",
        /// By how much of the target is used up, ignoring hearings.
        Due = "due",
        /// By the status, in the order of the filter.
        Status = "status",
        /// By the kind of organisation; requests for another format come last.
        Kind = "kind",
        /// By the name of the officer to whom the entry is assigned; unassigned entries come last.
        Assignee = "assignee",
    }
}

/// A request for a list of the queue.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a filter by itself, as the address holds it"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueList {
    /// The chosen statuses. If empty, the list shows waiting entries, or every status in a search.
    pub statuses: Vec<ItemStatus>,
    /// The kinds of entry; if empty, every kind.
    pub kinds: Vec<ItemKind>,
    /// The kinds of organisation; if empty, every kind.
    pub organisations: Vec<OrganisationKind>,
    /// The filter by officer.
    pub whose: AssigneeFilter,
    /// Whether only entries with an early hearing are listed.
    pub early: bool,
    /// Whether only overdue entries are listed.
    pub overdue: bool,
    /// Whether only entries whose decision waits for a second officer are listed.
    pub second_officer: bool,
    /// The search text, tidied.
    pub search: String,
    /// The identifier of the stored search text; empty if there is none.
    pub search_id: String,
    /// The order of the list.
    pub sort: Sort,
    /// Whether the order is reversed.
    pub descending: bool,
    /// The page, from 0.
    pub page: usize,
}

impl QueueList {
    /// Parses the query string of a URL. Unknown parameters are ignored, and so is a search text
    /// that is not a reference.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        let list = Self::of_form(query);
        if is_reference(&list.search) {
            return Self {
                search_id: String::new(),
                ..list
            };
        }
        Self {
            search: String::new(),
            ..list
        }
    }

    /// Parses the fields of a list, such as its search and its filters. Unknown fields are ignored.
    #[must_use]
    pub fn of_form(form: &str) -> Self {
        let mut list = Self::default();
        for (name, value) in parse(form.as_bytes()) {
            match &*name {
                "status" => list.statuses.extend(ItemStatus::from_key(&value)),
                "kind" => list.kinds.extend(ItemKind::from_key(&value)),
                "organisation" => list
                    .organisations
                    .extend(OrganisationKind::from_key(&value)),
                "whose" => list.whose = whose(&value),
                "early" => list.early = value == "yes",
                "overdue" => list.overdue = value == "yes",
                "second-officer" => list.second_officer = value == "yes",
                "search" => {
                    list.search = tidy(&value).chars().take(MAX_SEARCH_CHARACTERS).collect();
                }
                "found" if is_identifier(&value) => list.search_id = value.into_owned(),
                "sort" => {
                    let known = Sort::from_key(&value);
                    list.sort = known.unwrap_or_default();
                }
                "order" => list.descending = value == "descending",
                "page" => list.page = value.parse::<usize>().unwrap_or(1).saturating_sub(1),
                _ => {}
            }
        }
        list.search = tidy(&list.search).into_owned();
        list.statuses = in_order(&ItemStatus::ALL, &list.statuses);
        list.kinds = in_order(&ItemKind::ALL, &list.kinds);
        list.organisations = in_order(&OrganisationKind::ALL, &list.organisations);
        list
    }

    /// Returns the parameters of the list's URL, without the parameters that have their default
    /// value.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut add = |name, value: &str| pairs.push((name, value.to_owned()));
        if is_reference(&self.search) {
            add("search", &self.search);
        } else if !self.search_id.is_empty() {
            add("found", &self.search_id);
        }
        for status in &self.statuses {
            add("status", status.key());
        }
        for kind in &self.kinds {
            add("kind", kind.key());
        }
        for kind in &self.organisations {
            add("organisation", kind.key());
        }
        match &self.whose {
            AssigneeFilter::All => {}
            AssigneeFilter::Mine => add("whose", "mine"),
            AssigneeFilter::Unassigned => add("whose", "nobodys"),
            AssigneeFilter::Officer(id) => add("whose", id),
        }
        if self.early {
            add("early", "yes");
        }
        if self.overdue {
            add("overdue", "yes");
        }
        if self.second_officer {
            add("second-officer", "yes");
        }
        if self.sort != Sort::Next {
            add("sort", self.sort.key());
        }
        if self.descending {
            add("order", "descending");
        }
        if self.page > 0 {
            add("page", &(self.page + 1).to_string());
        }
        pairs
    }

    /// Returns the path and query string of the list.
    #[must_use]
    pub fn address(&self) -> String {
        let query = Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish();
        if query.is_empty() {
            PAGE.to_owned()
        } else {
            [PAGE, "?", &query].concat()
        }
    }

    /// Returns the statuses that the list shows: the chosen statuses; if none is chosen, the
    /// waiting statuses, or every status in a search.
    #[must_use]
    pub fn shown_statuses(&self) -> &[ItemStatus] {
        if !self.statuses.is_empty() {
            &self.statuses
        } else if self.search.is_empty() {
            &ItemStatus::WAITING
        } else {
            &ItemStatus::ALL
        }
    }

    /// Whether entries of a kind are shown.
    #[must_use]
    pub fn shows(&self, kind: ItemKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether a filter or a search is set; the order and the page do not count.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let bare = Self {
            sort: self.sort,
            descending: self.descending,
            page: self.page,
            ..Self::default()
        };
        *self != bare
    }

    /// Whether the search text must be stored under an identifier, because it may be a person's
    /// name.
    #[must_use]
    pub fn keeps_search(&self) -> bool {
        !self.search.is_empty() && !is_reference(&self.search)
    }

    /// Returns the same list without a search.
    #[must_use]
    pub fn without_search(&self) -> Self {
        Self {
            search: String::new(),
            search_id: String::new(),
            ..self.clone()
        }
    }

    /// Returns the list with the same search, filters and order at another page; `page` counts
    /// from 0.
    #[must_use]
    pub fn at_page(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// Returns the first page of the list in the given order, or reversed if the list already has
    /// that order.
    #[must_use]
    pub fn sorted_by(&self, sort: Sort) -> Self {
        Self {
            sort,
            descending: self.sort == sort && !self.descending,
            page: 0,
            ..self.clone()
        }
    }
}

/// Whether a text is a registration's reference, which may appear in a URL.
fn is_reference(text: &str) -> bool {
    Reference::parse(text).is_ok()
}

fn is_identifier(value: &str) -> bool {
    let has_shape = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !value.is_empty() && value.len() <= MAX_IDENTIFIER_CHARACTERS && value.bytes().all(has_shape)
}

fn whose(value: &str) -> AssigneeFilter {
    match value {
        "mine" => AssigneeFilter::Mine,
        "nobodys" => AssigneeFilter::Unassigned,
        id if is_identifier(id) => AssigneeFilter::Officer(id.to_owned()),
        _ => AssigneeFilter::All,
    }
}

fn in_order<T: Copy + PartialEq>(all: &[T], chosen: &[T]) -> Vec<T> {
    all.iter()
        .copied()
        .filter(|one| chosen.contains(one))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;

    fn lists() -> impl Strategy<Value = QueueList> {
        let whose = prop_oneof![
            Just(AssigneeFilter::All),
            Just(AssigneeFilter::Mine),
            Just(AssigneeFilter::Unassigned),
            "[0-9a-f]{32}".prop_map(AssigneeFilter::Officer),
        ];
        let chosen = (
            subsequence(ItemStatus::ALL.to_vec(), 0..=ItemStatus::ALL.len()),
            subsequence(ItemKind::ALL.to_vec(), 0..=ItemKind::ALL.len()),
            subsequence(
                OrganisationKind::ALL.to_vec(),
                0..=OrganisationKind::ALL.len(),
            ),
        );
        let order = (select(Sort::ALL.to_vec()), any::<bool>(), 0_usize..2_000);
        let sought = prop_oneof![
            Just((String::new(), String::new())),
            any::<u64>()
                .prop_map(|number| { (Reference::from_random(number).to_string(), String::new()) }),
            "[0-9a-f]{32}".prop_map(|id| (String::new(), id)),
        ];
        (chosen, whose, any::<[bool; 3]>(), sought, order).prop_map(
            |(
                (statuses, kinds, organisations),
                whose,
                [early, overdue, second_officer],
                sought,
                order,
            )| {
                QueueList {
                    statuses,
                    kinds,
                    organisations,
                    whose,
                    early,
                    overdue,
                    second_officer,
                    search: sought.0,
                    search_id: sought.1,
                    sort: order.0,
                    descending: order.1,
                    page: order.2,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn every_list_comes_back_from_its_address(list in lists()) {
            let address = list.address();
            let query = address.strip_prefix(PAGE).unwrap();
            let query = query.strip_prefix('?').unwrap_or(query);
            prop_assert!(address.is_ascii());
            prop_assert_eq!(QueueList::of_query(query), list);
        }

        #[test]
        fn any_query_makes_a_valid_list(query in any::<String>()) {
            let list = QueueList::of_query(&query);
            let address = list.address();
            let query = address.strip_prefix(PAGE).unwrap();
            prop_assert_eq!(QueueList::of_query(query.trim_start_matches('?')), list);
        }
    }

    #[test]
    fn the_queue_itself_has_a_bare_address_and_shows_what_waits() {
        let queue = QueueList::default();
        assert_eq!(queue.address(), "/desk/queue");
        assert_eq!(queue.shown_statuses(), ItemStatus::WAITING);
        let reference = "CP-7K3M-9QXF";
        let query = format!("search={reference}&status=&page=0&sort=&order=");
        let search = QueueList::of_query(&query);
        assert_eq!(search.address(), format!("/desk/queue?search={reference}"));
        assert_eq!(search.shown_statuses(), ItemStatus::ALL);
        assert!(search.is_filtered() && !queue.is_filtered());
    }

    #[test]
    fn no_address_has_words_that_may_be_a_name() {
        for words in [
            "crane",
            "Siân Crâne",
            "wen@context.example",
            "CP-7K3M",
            "SW1A 1AA",
        ] {
            let form = Serializer::new(String::new())
                .append_pair("search", words)
                .append_pair("sort", "users")
                .finish();
            let list = QueueList::of_form(&form);
            assert_eq!(list.search, words);
            assert!(list.keeps_search());
            assert_eq!(list.address(), "/desk/queue?sort=users");
            assert_eq!(QueueList::of_query(&form).search, "", "from an address");
            let kept = QueueList {
                search_id: "0a1b".to_owned(),
                ..list
            };
            assert_eq!(kept.address(), "/desk/queue?found=0a1b&sort=users");
            assert_eq!(QueueList::of_query("found=0a1b").search_id, "0a1b");
        }
        assert!(!QueueList::of_form("search=CP-7K3M-9QXF").keeps_search());
        assert_eq!(QueueList::of_query("found=a%20b").search_id, "");
    }

    #[test]
    fn a_heading_sorts_and_the_same_heading_once_more_turns_round() {
        let list = QueueList::default().at_page(3).sorted_by(Sort::Users);
        assert_eq!(list.address(), "/desk/queue?sort=users");
        let turned = list.at_page(2).sorted_by(Sort::Users);
        assert_eq!(turned.address(), "/desk/queue?sort=users&order=descending");
        assert_eq!(turned.sorted_by(Sort::Users).address(), list.address());
    }
}
