//! The page of the queue, its search, and the button that claims the next registration.

use app::pages::desk::{
    MissingReferenceView, QueueCountsView, QueueMark, QueueNotice, QueueRow, QueueView, ResultsGap,
    SelectedRows, SelectionProblem, queue_page,
};
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use registration::date::CalendarDate;
use registration::desk::queue::{Age, ItemKind, PAGE, QueueList, is_early};
use registration::desk::{Permission, TAKE_NEXT};
use registration::format_request::{Format, WORKING_DAYS};

use super::access::Needs;
use super::addresses::{registration_address, request_address};
use super::fields::{Fields, QueryFields};
use super::registration::decided_before;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::assignment::claim_next;
use crate::http::visit::{InternalError, PageResult};
use crate::store::{
    CountedUpTo, MissingReference, Officer, QueueCounts, QueueItem, QueueQuery, StoreError,
};

/// The maximum number of registrations with undelivered messages that the page of the queue lists.
const MAX_UNDELIVERED_SHOWN: i64 = 10;

/// The maximum number of registrations that the page of the queue suggests closing.
const MAX_CLOSING_SHOWN: usize = 10;

/// Adds the routes of the queue: its page, its search, and the button that claims the next
/// registration.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(PAGE, Needs::May(Permission::ReadRegistrations), queue)
        .post(PAGE, Needs::May(Permission::ReadRegistrations), search)
        .get(TAKE_NEXT, Needs::May(Permission::WorkOnRegistrations), list)
        .post(TAKE_NEXT, Needs::May(Permission::WorkOnRegistrations), next)
}

async fn queue(
    visit: DeskVisit,
    RawQuery(query): RawQuery,
    QueryFields(asked_of): QueryFields,
) -> PageResult {
    let query = query.unwrap_or_default();
    let mut list = visit.list_of_query(&query).await?;
    visit.record_list_view("queue").await?;
    visit.remember_list(&list).await?;
    let today = visit.today()?;
    let target = visit.visit.service.target_days;
    let now = visit.now();
    let asked = QueueQuery {
        list: &list,
        officer: &visit.officer.id,
        now,
        today,
        target,
    };
    let store = visit.store();
    let queue = store.casework().queue(&asked).await?;
    let counts = store.casework().queue_counts(&asked).await?;
    let (_, expiring) = store.provisioning().about_to_lapse(0, now).await?;
    let (_, to_end) = store.provisioning().accounts_to_end("", (0, 0)).await?;
    let undelivered = store
        .outbox()
        .undelivered(MAX_UNDELIVERED_SHOWN)
        .await?
        .into_iter()
        .map(|(reference, name)| (registration_address(&reference), name))
        .collect();
    // Suggest closing only to officers who can close a registration.
    let may_work = visit.may(Permission::WorkOnRegistrations);
    let rules = store.casework().silence_rules().await?;
    let closing = if may_work {
        let casework = store.casework();
        casework.to_close(rules, now, MAX_CLOSING_SHOWN).await?
    } else {
        Vec::new()
    };
    let closing = closing
        .into_iter()
        .map(|(reference, name)| (registration_address(reference.as_str()), name))
        .collect();
    let works = |officer: &Officer| officer.role.may(Permission::WorkOnRegistrations);
    let officers = store.officers().list().await?.into_iter().filter(works);
    let officers = officers
        .map(|officer| (officer.id.to_string(), officer.name))
        .collect();
    list.page = queue.page;
    let me = &visit.officer;
    let shown = QueueView {
        items: queue
            .items
            .into_iter()
            .map(|item| {
                let is_advised = may_work && item.suggests_closing(rules, now);
                let closing = is_advised.then_some(QueueMark::ClosingSuggested);
                let mut row = shown(item, me, today, target);
                row.marks.extend(closing);
                row
            })
            .collect(),
        listed: queue.size.listed,
        more: queue.size.more,
        gaps: [
            (queue.size.partly, ResultsGap::NotExamined),
            (queue.notes.is_indexing, ResultsGap::NotIndexed),
        ]
        .into_iter()
        .filter_map(|(is_so, gap)| is_so.then_some(gap))
        .collect(),
        similar: queue.notes.similar,
        missing: queue.notes.missing.as_ref().map(shown_missing),
        counts: shown_counts(counts),
        officers,
        may_work,
        may_download: visit.may(Permission::DownloadLists),
        selected: selected(&asked_of),
        problem: SelectionProblem::from_key(asked_of.text("problem")),
        expiring,
        to_end,
        undelivered,
        closing,
        list,
    };
    let notice = QueueNotice::of_query(&query);
    let decided = decided_before(&asked_of);
    Ok(visit.show(|| {
        let decided = decided.map(|decided| decided.view("No registration is unassigned."));
        let notices = notice.map(QueueNotice::view).into_iter().chain(decided);
        queue_page(&shown, notices.collect())
    }))
}

/// Leads from the address of a button to the list with the button.
async fn list(visit: DeskVisit) -> PageResult {
    Ok(Redirect::to(&visit.last_list().await?).into_response())
}

/// Redirects to the address of the list that the search form describes.
async fn search(visit: DeskVisit, form: String) -> PageResult {
    let mut list = QueueList::of_form(&form);
    list.search_id.clear();
    if !list.search.is_empty() {
        visit.record_search("queue", &list.search).await?;
    }
    if list.keeps_search() {
        list.search_id = visit.keep_search(&list.search).await?;
    }
    Ok(Redirect::to(&list.address()).into_response())
}

/// The key of the list, among an officer's unsent forms.
const LIST: &str = "queue";

impl DeskVisit {
    /// Returns the list of an address, with the words of its search.
    pub(super) async fn list_of_query(&self, query: &str) -> Result<QueueList, InternalError> {
        let mut list = QueueList::of_query(query);
        if list.search.is_empty() {
            list.search = self.search_words(&list.search_id).await?;
        }
        if list.search.is_empty() {
            list.search_id.clear();
        }
        Ok(list)
    }

    /// Remembers the list of the queue that the officer has open, for the way back.
    async fn remember_list(&self, list: &QueueList) -> Result<(), StoreError> {
        let fields = Fields::of(vec![("address".to_owned(), list.address())]);
        let own = self.officer.id.subject();
        self.save_unsent_form(&own, LIST, &fields).await
    }

    /// Returns the address of the list of the queue that the officer had open last.
    pub(super) async fn last_list(&self) -> Result<String, StoreError> {
        let own = self.officer.id.subject();
        let fields = self.unsent_form(&own, LIST).await?.unwrap_or_default();
        let address = fields.text("address");
        let is_list = address == PAGE || address.starts_with(&format!("{PAGE}?"));
        Ok(if is_list { address } else { PAGE }.to_owned())
    }
}

async fn next(visit: DeskVisit) -> PageResult {
    let context = &visit.visit.service.context;
    let taken = claim_next(&context.case_context(), &visit.officer).await?;
    let address = match taken {
        Some(reference) => QueueNotice::AssignedToMe.at(&registration_address(reference.as_str())),
        None => QueueNotice::NoUnassigned.at(PAGE),
    };
    Ok(Redirect::to(&address).into_response())
}

/// Returns the registrations that the address of the list selects.
fn selected(asked: &Fields) -> SelectedRows {
    if asked.text("selected") == "page" {
        return SelectedRows::Page;
    }
    SelectedRows::These(asked.all("selected").map(str::to_owned).collect())
}

fn shown(item: QueueItem, me: &Officer, today: CalendarDate, target: u32) -> QueueRow {
    let target = match item.kind {
        ItemKind::FormatRequest => WORKING_DAYS.into(),
        ItemKind::New | ItemKind::SentAgain => target,
    };
    let early = item
        .first_hearing
        .filter(|hearing| item.status.waits() && is_early(*hearing, today));
    let format = item.format.as_deref().and_then(Format::from_key);
    let of = match (item.organisation, format) {
        (Some(kind), _) => kind.words(),
        (None, Some(format)) => format.words(),
        (None, None) => "",
    };
    let (address, selects) = match item.reference {
        Some(reference) => (
            registration_address(reference.as_str()),
            reference.to_string(),
        ),
        None => (request_address(&item.id), item.subject().to_string()),
    };
    QueueRow {
        address,
        selects,
        reference: item.reference.map(|reference| reference.to_string()),
        kind: item.kind,
        of: of.to_owned(),
        users: item.users,
        arrived: item.arrived.day_in_words(),
        status: item.status,
        marks: [
            (item.is_proposed, QueueMark::SecondOfficer),
            (item.is_undelivered, QueueMark::Undelivered),
            (item.is_sent_back, QueueMark::SentBack),
        ]
        .into_iter()
        .filter_map(|(is_marked, mark)| is_marked.then_some(mark))
        .collect(),
        age: Age::on(today, item.clock, item.status, target),
        silent_days: item.silence.map(|silence| silence.asked.days_until(today)),
        early_hearing: early,
        assignee: item
            .assignee
            .map(|(id, name)| if id == me.id { "You".to_owned() } else { name }),
        viewers: item
            .viewers
            .into_iter()
            .filter(|viewers| viewers.officer != me.id)
            .map(|viewers| viewers.name)
            .collect(),
        name: item.name,
    }
}

fn shown_missing(missing: &MissingReference) -> MissingReferenceView {
    let nearest = missing.nearest.iter().map(|reference| {
        let address = registration_address(reference.as_str());
        (address, reference.to_string())
    });
    MissingReferenceView {
        mistyped: missing.mistyped,
        nearest: nearest.collect(),
    }
}

fn shown_counts(counts: QueueCounts) -> QueueCountsView {
    fn numbers<T>(counts: Vec<(T, CountedUpTo)>) -> Vec<(T, usize)> {
        counts
            .into_iter()
            .map(|(one, count)| (one, count.0))
            .collect()
    }
    QueueCountsView {
        statuses: numbers(counts.statuses),
        kinds: numbers(counts.kinds),
        organisations: numbers(counts.organisations),
        mine: counts.mine.0,
        unassigned: counts.unassigned.0,
        early: counts.early.0,
        overdue: counts.overdue.0,
        second_officer: counts.second_officer.0,
    }
}
