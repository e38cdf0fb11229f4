//! The queue: its entries, order, search and counts, and that each entry is assigned to at most one
//! officer.

use std::collections::HashSet;

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::desk::correction::{Correction, Part};
use registration::desk::queue::{ItemKind, ItemStatus, QueueList};
use registration::desk::{OfficerRole, Workload};
use registration::form::Topic;
use registration::format_request::FormatRequest;
use registration::identifiers::{
    Email, Mobile, OrganisationName, PersonName, Postcode, Reference, SraNumber, Telephone,
};
use registration::lifecycle::State;
use registration::more_information::Question;
use registration::page::Page;
use registration::submitted_answers::SubmittedAnswers;
use server::casework::assignment::{AssignmentOutcome, assign, claim_next};
use server::casework::context::CaseContext;
use server::casework::lifecycle::{AttemptOutcome, CaseAction, try_action};
use server::clock::{Clock, Moment};
use server::randomness::{NoRandomness, Randomness, SystemRandomness};
use server::store::{
    Actor, FormatRequestOutcome, FormatRequestStep, NewCorrection, NewFormatRequest, NewOfficer,
    NewStep, Officer, OfficerId, PersonChange, PreviousSubmission, Proposal, Queue, QueueItem,
    QueueQuery, StepOutcome, Store, StoredLifecycle, Subject, Submission,
};
use sqlx::{Connection, Executor, PgConnection};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, at_hour};

/// A clock that stands still.
struct At(Moment);

impl Clock for At {
    fn now(&self) -> Moment {
        self.0
    }
}

/// Randomness that always fails: no action in these tests needs any.
struct Nothing;

impl Randomness for Nothing {
    fn fill(&self, _bytes: &mut [u8]) -> Result<(), NoRandomness> {
        Err(NoRandomness)
    }
}

async fn officer(store: &TestStore, name: &str) -> Officer {
    let new = NewOfficer {
        id: format!("officer-{name}"),
        name: name.to_owned(),
        email: Email::parse(&format!("{name}@desk.example")).unwrap(),
        role: OfficerRole::Officer,
        at: at_hour(0),
    };
    assert!(store.officers().add_officer(&new).await.unwrap());
    store
        .officers()
        .officer(&OfficerId::named(new.id))
        .await
        .unwrap()
        .unwrap()
}

/// Submits a registration for an organisation with this name, at this hour after the test began.
async fn registered(
    store: &TestStore,
    number: u64,
    name: &str,
    hour: i64,
    hearing: Option<CalendarDate>,
) -> Reference {
    let draft = store.begin_signed(number).await;
    let mut new = store.submission(&draft, number).await;
    new.registration.organisation.name = OrganisationName::parse(name).unwrap();
    new.registration.organisation.first_hearing = hearing;
    new.at = at_hour(hour);
    assert_eq!(
        store.registrations().submit(&new).await.unwrap(),
        Submission::Saved
    );
    new.reference
}

async fn lifecycle(store: &TestStore, reference: &Reference) -> StoredLifecycle {
    store
        .casework()
        .lifecycle(reference)
        .await
        .unwrap()
        .unwrap()
}

async fn come_to(store: &TestStore, reference: &Reference, state: State, hour: i64) {
    let question = Question::parse(Topic::Other, "Which office?").unwrap();
    let step = NewStep {
        from: lifecycle(store, reference).await,
        to: state,
        actor: Actor::Officer(OfficerId::named("A")),
        action: Action::Set,
        details: "{}".to_owned(),
        at: at_hour(hour),
        asked: (state == State::MoreInformationNeeded)
            .then(|| (vec![question], SubmittedAnswers::default())),
        told: None,
        assignee: None,
        messages: Vec::new(),
    };
    assert_eq!(
        store.casework().apply_step(&step).await.unwrap(),
        StepOutcome::Applied
    );
}

async fn list(store: &TestStore, query: &str, hour: i64) -> Queue {
    let list = QueueList::of_form(query);
    let me = OfficerId::named("officer-me");
    let now = at_hour(hour);
    let asked = QueueQuery {
        list: &list,
        officer: &me,
        now,
        today: now.calendar_date().unwrap(),
        target: 5,
    };
    store.casework().queue(&asked).await.unwrap()
}

/// Encodes the form that searches for a text.
fn search_for(typed: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("search", typed)
        .finish()
}

async fn names(store: &TestStore, query: &str, hour: i64) -> Vec<String> {
    let queue = list(store, query, hour).await;
    queue.items.into_iter().map(|item| item.name).collect()
}

async fn is_indexing(store: &TestStore) -> bool {
    list(store, "search=hartwell", 3).await.notes.is_indexing
}

async fn request(store: &TestStore, number: u64, name: &str, hour: i64) -> String {
    let typed = FormatRequest {
        format: "braille".to_owned(),
        name: name.to_owned(),
        email: format!("asker.{number}@firm.example"),
        ..FormatRequest::default()
    };
    let new = NewFormatRequest {
        id: format!("request-{number}"),
        at: at_hour(hour),
        request: typed.complete().unwrap(),
        source: None,
        message: None,
    };
    let kept = store
        .format_requests()
        .add_format_request(&new)
        .await
        .unwrap();
    assert_eq!(kept, FormatRequestOutcome::Saved);
    new.id
}

/// Returns the date this many days after hour 0, which is on a Monday.
fn day_after(days: i64) -> Option<CalendarDate> {
    let today = at_hour(0).calendar_date().unwrap();
    CalendarDate::of_day_number(today.day_number() + days)
}

fn context<'a>(store: &'a Store, clock: &'a dyn Clock) -> CaseContext<'a> {
    CaseContext {
        store,
        clock,
        randomness: &Nothing,
    }
}

/// Two transactions overlap: one adds the word and has not committed while the other removes it.
/// This happens only on PostgreSQL, because SQLite has one writer at a time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_word_that_one_adds_while_another_removes_it_is_found_by_its_middle() {
    let store = TestStore::on_postgres().await;
    let by = officer(&store, "A").await;
    let corrected = registered(&store, 1, "Zorro Law", 2, None).await;
    let found = store.registrations().registration(&corrected).await;
    let before = found.unwrap().unwrap().registration;
    let draft = store.begin_signed(2).await;
    let mut new = store.submission(&draft, 2).await;
    new.registration.organisation.name = OrganisationName::parse("Zorro Chambers").unwrap();
    // A submission writes its message last, so a lock on the outbox stops it after it has added the
    // word.
    let mut holder = PgConnection::connect(store.address()).await.unwrap();
    let mut held = holder.begin().await.unwrap();
    held.execute("lock table outbox in share mode")
        .await
        .unwrap();
    let shared = store.shared();
    let adds = tokio::spawn(async move { shared.registrations().submit(&new).await });
    while store
        .number("select count(*) from pg_locks where not granted and relation = 'outbox'::regclass")
        .await
        == 0
    {}
    let part = Part::Page(Page::OrganisationName);
    let typed = part
        .typed(vec![("name".to_owned(), "Crane Law".to_owned())])
        .unwrap();
    let correction = NewCorrection {
        from: lifecycle(&store, &corrected).await,
        correction: Correction::of(&before, part, &typed, "Mistyped").unwrap(),
        before,
        officer: by.id,
        at: at_hour(3),
        messages: Vec::new(),
    };
    let shared = store.shared();
    let removes = tokio::spawn(async move { shared.casework().correct(&correction).await });
    while !removes.is_finished()
        && store
            .number("select count(*) from pg_locks where not granted and relation = 'word_end'::regclass")
            .await
            == 0
    {}
    held.rollback().await.unwrap();
    assert_eq!(adds.await.unwrap().unwrap(), Submission::Saved);
    assert_eq!(removes.await.unwrap().unwrap(), StepOutcome::Applied);
    assert_eq!(names(&store, "search=orro", 5).await, ["Zorro Chambers"]);
}

contract! {
    async fn early_hearings_come_first_and_then_whatever_waits_longest(store: &TestStore) {
        registered(store, 1, "Second", 3, None).await;
        registered(store, 2, "First", 2, None).await;
        registered(store, 3, "Hearing in a week", 50, day_after(7)).await;
        registered(store, 4, "Hearing tomorrow", 51, day_after(3)).await;
        registered(store, 5, "Hearing next year", 4, day_after(300)).await;
        registered(store, 6, "Hearing that is over", 5, day_after(1)).await;
        request(store, 1, "Braille", 26).await;
        let expected = [
            "Hearing tomorrow", "Hearing in a week", "First", "Second", "Hearing next year",
            "Hearing that is over", "Braille",
        ];
        assert_eq!(names(store, "", 52).await, expected);
        let mut turned = expected;
        turned.reverse();
        assert_eq!(names(store, "order=descending", 52).await, turned);
        assert_eq!(names(store, "early=yes", 52).await, expected[..2]);
        assert_eq!(names(store, "early=yes&sort=arrived&order=descending", 52).await, expected[..2]);
        assert_eq!(names(store, "sort=due", 52).await[..2], ["First", "Second"]);
    }

    async fn what_was_longer_with_the_desk_comes_before_what_came_earlier_and_waited_for_its_applicant(store: &TestStore) {
        let asked = registered(store, 1, "Asked for a week", 2, None).await;
        come_to(store, &asked, State::MoreInformationNeeded, 3).await;
        registered(store, 2, "Waits", 26, None).await;
        assert_eq!(names(store, "", 30).await, ["Waits"]);
        assert_eq!(names(store, "status=more-information-needed", 30).await, ["Asked for a week"]);
        come_to(store, &asked, State::Received, 170).await;
        assert_eq!(names(store, "", 171).await, ["Waits", "Asked for a week"]);
        // The target is five working days; only "Waits" has been with the desk for longer.
        assert_eq!(names(store, "overdue=yes", 26 + 24 * 8).await, ["Waits"]);
        assert!(names(store, "overdue=yes", 26 + 24 * 7).await.is_empty());
        for decided in ["answered", "approved", "more-information-needed"] {
            for filter in ["whose=mine", "whose=someone", "organisation=other", "early=yes"] {
                let query = format!("overdue=yes&status=being-checked&status={decided}&{filter}");
                assert!(names(store, &query, 26 + 24 * 8).await.is_empty(), "{query}");
            }
        }
    }

    async fn what_needs_a_second_officer_is_a_list_of_its_own(store: &TestStore) {
        let me = officer(store, "me").await;
        let proposed = registered(store, 1, "Proposed", 2, None).await;
        registered(store, 2, "Waits", 3, None).await;
        assert!(names(store, "second-officer=yes", 4).await.is_empty());
        let seen = lifecycle(store, &proposed).await;
        let proposal = Proposal { officer: me.id.clone(), at: at_hour(4), refusal: None };
        assert_eq!(store.casework().propose(&seen, &proposal).await.unwrap(), StepOutcome::Applied);
        assert_eq!(names(store, "second-officer=yes", 5).await, ["Proposed"]);
        assert_eq!(names(store, "second-officer=yes&search=proposed", 5).await, ["Proposed"]);
        assert!(names(store, "second-officer=yes&search=waits", 5).await.is_empty());
        let now = at_hour(5);
        let asked = QueueQuery {
            list: &QueueList::default(),
            officer: &me.id,
            now,
            today: now.calendar_date().unwrap(),
            target: 5,
        };
        let counts = store.casework().queue_counts(&asked).await.unwrap();
        assert_eq!(counts.second_officer.0, 1);
        let items = store.casework().queue(&asked).await.unwrap().items;
        let marked: Vec<bool> = items.iter().map(|item| item.is_proposed).collect();
        assert_eq!(marked, [true, false]);
        let sent_back = |items: Vec<QueueItem>| items.into_iter().map(|item| item.is_sent_back).collect::<Vec<_>>();
        assert_eq!(sent_back(list(store, "", 6).await.items), [false, false]);
        let seen = lifecycle(store, &proposed).await;
        let back = store.casework().send_proposal_back(&seen, &OfficerId::named("officer-me"), "Not yet", at_hour(6)).await.unwrap();
        assert_eq!(back, StepOutcome::Applied);
        assert_eq!(sent_back(list(store, "", 6).await.items), [true, false]);
        come_to(store, &proposed, State::MoreInformationNeeded, 6).await;
        assert!(names(store, "second-officer=yes", 7).await.is_empty());
    }

    async fn lists_are_filtered_by_status_kind_and_holder(store: &TestStore) {
        let me = officer(store, "me").await;
        let other = officer(store, "other").await;
        let taken = registered(store, 1, "Taken", 2, None).await;
        let approved = registered(store, 2, "Approved", 2, None).await;
        registered(store, 3, "New", 3, None).await;
        let request_id = request(store, 1, "Asker", 3).await;
        assign(&context(store, &At(at_hour(4))), lifecycle(store, &taken).await, Some(&me.id), &other).await.unwrap();
        come_to(store, &approved, State::Approved, 4).await;
        let cases: [(&str, &[&str]); 12] = [
            ("", &["Taken", "New", "Asker"]),
            ("status=received", &["New", "Asker"]),
            ("status=being-checked", &["Taken"]),
            ("status=approved&status=being-checked", &["Taken", "Approved"]),
            ("status=withdrawn", &[]),
            ("status=answered", &[]),
            ("kind=format-request", &["Asker"]),
            ("kind=new", &["Taken", "New"]),
            ("kind=sent-again", &[]),
            ("whose=mine", &["Taken"]),
            ("whose=nobodys", &["New", "Asker"]),
            ("organisation=other", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(names(store, query, 5).await, expected, "{query}");
        }
        assert_eq!(names(store, "status=approved&organisation=solicitors-firm&sort=organisation", 5).await, ["Approved"]);
        assert!(names(store, "status=approved&whose=mine&sort=users", 5).await.is_empty());
        let item = list(store, "whose=officer-me", 5).await.items.remove(0);
        assert_eq!(item.assignee, Some((me.id.clone(), "me".to_owned())));
        assert_eq!((item.kind, item.status, item.users), (ItemKind::New, ItemStatus::BeingChecked, Some(3)));

        let session_draft = store.format_requests().request_for_desk(&request_id).await.unwrap().unwrap();
        let answer = FormatRequestStep::Answer;
        let first = store.format_requests().apply_format_request_step(&session_draft, &answer, &me.id, at_hour(6)).await.unwrap();
        let second = store.format_requests().apply_format_request_step(&session_draft, &answer, &other.id, at_hour(6)).await.unwrap();
        assert_eq!((first, second), (StepOutcome::Applied, StepOutcome::Stale));
        let session_draft = store.format_requests().request_for_desk(&request_id).await.unwrap().unwrap();
        assert_eq!(session_draft.answered, Some((at_hour(6), "me".to_owned())));
        assert_eq!(names(store, "status=answered", 7).await, ["Asker"]);
        assert_eq!(store.audit().audit_of(&Subject::FormatRequest(request_id.clone())).await.unwrap().len(), 1);
    }

    async fn lists_are_sorted_by_status_kind_and_assignee(store: &TestStore) {
        let zoe = officer(store, "Zoe").await;
        let abe = officer(store, "abe").await;
        let of_zoe = registered(store, 1, "Of Zoe", 2, None).await;
        let of_abe = registered(store, 2, "Of Abe", 3, None).await;
        registered(store, 3, "Nobody’s", 4, None).await;
        let approved = registered(store, 4, "Approved", 5, None).await;
        request(store, 1, "Asker", 6).await;
        for (reference, holder) in [(&of_zoe, &zoe), (&of_abe, &abe)] {
            assign(&context(store, &At(at_hour(7))), lifecycle(store, reference).await, Some(&holder.id), &zoe).await.unwrap();
        }
        come_to(store, &approved, State::Approved, 8).await;
        store.execute("update registration set kind = 'other' where name = 'Nobody’s'").await.unwrap();
        let cases: [(&str, &[&str]); 9] = [
            ("sort=assignee", &["Of Abe", "Of Zoe", "Nobody’s", "Asker"]),
            ("sort=assignee&order=descending", &["Asker", "Nobody’s", "Of Zoe", "Of Abe"]),
            ("sort=assignee&whose=nobodys", &["Nobody’s", "Asker"]),
            ("sort=status", &["Nobody’s", "Asker", "Of Zoe", "Of Abe"]),
            ("sort=status&status=approved&status=received", &["Nobody’s", "Asker", "Approved"]),
            ("sort=status&status=approved&status=received&order=descending", &["Approved", "Asker", "Nobody’s"]),
            ("sort=kind", &["Of Zoe", "Of Abe", "Nobody’s", "Asker"]),
            ("sort=kind&kind=new", &["Of Zoe", "Of Abe", "Nobody’s"]),
            ("sort=kind&organisation=other", &["Nobody’s"]),
        ];
        for (query, expected) in cases {
            assert_eq!(names(store, query, 9).await, expected, "{query}");
        }
        // What a search finds has the same orders.
        assert_eq!(names(store, "search=of&sort=assignee&status=being-checked", 9).await, ["Of Abe", "Of Zoe"]);
        assert_eq!(names(store, "search=of&sort=assignee&order=descending&status=being-checked", 9).await, ["Of Zoe", "Of Abe"]);
    }

    async fn lists_are_sorted_by_name_users_and_arrival_and_come_in_pages(store: &TestStore) {
        for number in 1..=30 {
            registered(store, number, &format!("Émile {:02} & Co", 31 - number), 2 + i64::try_from(number).unwrap(), None).await;
        }
        let page = list(store, "sort=organisation&page=2", 40).await;
        assert_eq!((page.items.len(), page.size.listed, page.page), (5, 30, 1));
        assert_eq!(page.items[0].name, "Émile 26 & Co");
        let last = list(store, "page=999", 40).await;
        assert_eq!((last.page, last.items.len()), (1, 5));
        let newest = list(store, "sort=arrived&order=descending", 40).await;
        assert_eq!(newest.items[0].name, "Émile 01 & Co");
        assert_eq!(list(store, "sort=users", 40).await.items.len(), 25);
        assert_eq!(list(store, "search=nothing+like+it&page=3", 40).await.items.len(), 0);
    }

    async fn registrations_are_found_by_names_numbers_addresses_and_reference(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let mut new = store.submission(&draft, 1).await;
        new.registration.organisation.name = OrganisationName::parse("Hartwell Crane & Co LLP").unwrap();
        new.registration.people[1].first_name = PersonName::parse("Siân").unwrap();
        new.registration.people[1].last_name = PersonName::parse("O’Dowd").unwrap();
        new.registration.people[1].email = Email::parse("S_Odowd@crane.example").unwrap();
        store.registrations().submit(&new).await.unwrap();
        let reference = new.reference;
        registered(store, 2, "Another Firm", 3, None).await;
        request(store, 1, "Siân Crâne", 4).await;
        let found = [
            "hartwell", "HART", "crane hartwell", "crane & co", "Sian ODowd", "o'dowd", "Odowd Siân", "sian o’dowd crane",
            "s_odowd@crane.example", "S_Odowd@", reference.as_str(), &reference.as_str().to_lowercase(),
        ];
        for typed in found {
            let found = names(store, &search_for(typed), 5).await;
            assert!(found.contains(&"Hartwell Crane & Co LLP".to_owned()), "{typed}: {found:?}");
            assert!(!found.contains(&"Another Firm".to_owned()), "{typed}: {found:?}");
        }
        // Both registrations have the same postcode, numbers and accountable person.
        for typed in ["WR1 2ND", "wr12nd", "483452", "1A 234B", "yusuf ni dhomhnaill", "yusuf@hartwell.example"] {
            assert_eq!(list(store, &search_for(typed), 5).await.size.listed, 2, "{typed}");
        }
        for typed in ["%", "crane zebra", "wd", "9999 999999"] {
            assert!(names(store, &search_for(typed), 5).await.is_empty(), "{typed}");
        }
        for requester in ["sian+crane", "SIÂN+CR", "asker.1@firm.example"] {
            let query = format!("search={requester}&kind=format-request");
            assert_eq!(names(store, &query, 5).await, ["Siân Crâne"], "{requester}");
        }
        assert!(names(store, "search=hartwell+crane&status=approved", 5).await.is_empty());
    }

    async fn those_who_do_not_answer_are_listed_by_how_long_they_are_silent(store: &TestStore) {
        for (number, name, hour) in [(1, "Silent for a day", 10), (2, "Silent for a week", 3), (3, "Silent for an hour", 30)] {
            let reference = registered(store, number, name, 2, None).await;
            come_to(store, &reference, State::MoreInformationNeeded, hour).await;
        }
        let waits = registered(store, 4, "Waits for the desk", 40, None).await;
        assert!(lifecycle(store, &waits).await.officer.is_none());
        let silent = ["Silent for a week", "Silent for a day", "Silent for an hour"];
        assert_eq!(names(store, "status=more-information-needed", 50).await, silent);
        let queue = list(store, "status=more-information-needed", 50).await;
        assert_eq!(queue.items[0].silence.map(|silence| silence.since), Some(at_hour(3)));
        let both = names(store, "status=received&status=more-information-needed", 50).await;
        assert_eq!(both[0], "Waits for the desk");
        assert_eq!(both[1..], silent);
        assert_eq!(names(store, "status=more-information-needed&search=silent", 50).await, silent);
        assert_eq!(list(store, "status=received", 50).await.items[0].silence, None);
    }

    async fn a_search_takes_every_usual_spelling(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let mut new = store.submission(&draft, 1).await;
        new.registration.organisation.name = OrganisationName::parse("Hartwell Crane & Co LLP").unwrap();
        new.registration.organisation.postcode = Postcode::parse("WR1 2ND").unwrap();
        new.registration.organisation.telephone = Telephone::parse("020 7946 0991").unwrap();
        new.registration.organisation.sra_number = Some(SraNumber::parse("316713").unwrap());
        new.registration.people[1].last_name = PersonName::parse("Bexleyheath").unwrap();
        new.registration.people[1].email = Email::parse("jane.o-dowd@quill.example").unwrap();
        new.registration.people[1].mobile = Mobile::parse("07700 900456").unwrap();
        store.registrations().submit(&new).await.unwrap();
        let reference = new.reference.as_str();
        let (half, rest) = (&reference[3..7], &reference[8..]);
        registered(store, 2, "Another Firm", 3, None).await;
        request(store, 1, "Siân Crâne", 4).await;
        let typed = [
            // Telephone numbers of the organisation and of a user.
            "+44 7700 900456", "0044 (0)7700 900-456", "447700900456", "07700900456", "7700 900456", "07700 900 456", "+44 7700 90045",
            "tel 07700 900456", "(020) 7946 0991", "02079460991", "+442079460991",
            // Addresses in part.
            "@quill.example", "quill.example", "jane.o-dowd", "jane.o-dowd@", "jane o dowd",
            "quill", "mailto:jane.o-dowd@quill.example", "<jane.o-dowd@quill.example>",
            // Beside other words.
            "Hartwell WR1 2ND", "wr1 2nd, hartwell", "Hartwell +44 7700 900456", "Hartwell SRA 316713", "sra Hartwell",
            "SRA316713", "SRA-ID: 316713", "law society 316713", "firm 316713",
            &format!("Re:{reference}"), &reference.replace('-', "_"), &format!("your email about {} today", reference.replace('-', " ")),
            // Numbers and references with a label, or in part.
            "SRA 316713", "sra: 316713", "SRA number 316713",
            &format!("Ref: {reference}"), &format!("our ref {}", reference.to_lowercase()), &format!("about {reference}."),
            half, &format!("CP-{half}"), rest, &format!("{half}-{}", &rest[..2]), &reference[3..7].to_lowercase(),
            // The middle of a word.
            "twell", "leyhea", "heath", "RTWELL crane",
            // One mistake.
            "hartwel1", "hatrwell", "hrtwell", "harttwell crane", "hartwell crabe", "bexleyhaeth", "316731", "316 714",
            "jane.o-dowd@quil.example", "jane.odowd@quill.example", "07700 900546",
        ];
        for typed in typed {
            let found = names(store, &search_for(typed), 5).await;
            assert!(found.contains(&"Hartwell Crane & Co LLP".to_owned()), "{typed}: {found:?}");
            assert!(!found.contains(&"Another Firm".to_owned()), "{typed}: {found:?}");
        }
        for requester in ["râne", "Sina Crane", "Sian Crqne", "@firm.example"] {
            let found = names(store, &[&search_for(requester), "&kind=format-request"].concat(), 5).await;
            assert_eq!(found, ["Siân Crâne"], "{requester}");
        }
        let similar = list(store, &search_for("hatrwell"), 5).await.notes.similar;
        assert_eq!(similar, ["hartwell"]);
        assert!(list(store, &search_for("hartwell"), 5).await.notes.similar.is_empty());
    }

    async fn a_mistyped_reference_is_told_and_the_nearest_are_offered(store: &TestStore) {
        let reference = registered(store, 1, "Hartwell Crane", 2, None).await;
        let letters: Vec<char> = reference.as_str().chars().collect();
        let mut swapped = letters.clone();
        swapped.swap(6, 8);
        let mut replaced = letters.clone();
        replaced[11] = if letters[11] == 'Q' { 'R' } else { 'Q' };
        let mut left_out = letters.clone();
        left_out.remove(4);
        for mistyped in [swapped, replaced, left_out] {
            let typed: String = mistyped.into_iter().collect();
            if Reference::parse(&typed) == Ok(reference) {
                continue;
            }
            let found = list(store, &search_for(&typed), 5).await;
            let missing = found.notes.missing.unwrap_or_else(|| panic!("{typed} is mistyped"));
            assert!(missing.mistyped && missing.nearest == [reference], "{typed}: {missing:?}");
        }
        let absent = Reference::from_random(0x1_2345_6789);
        let missing = list(store, &search_for(absent.as_str()), 5).await.notes.missing.unwrap();
        assert!(!missing.mistyped && missing.nearest.is_empty(), "{missing:?}");
        assert!(list(store, &search_for("Bradshaw"), 5).await.notes.missing.is_none());
        let approved = [&search_for(reference.as_str()), "&status=approved"].concat();
        assert!(list(store, &approved, 5).await.notes.missing.is_none(), "it is there, but filtered out");
    }

    async fn a_frequent_word_finds_its_middle_beside_a_rarer_word(store: &TestStore) {
        registered(store, 1, "Ward Firm", 2, None).await;
        registered(store, 2, "Edwards Xyzlaw", 3, None).await;
        store.execute(
            "insert into registration_word (word, search_key) with recursive n(i) as (select 1 union all select i + 1 from n \
             where i < 1001) select 'ward' || i, (select min(search_key) from registration_search) from n",
        ).await.unwrap();
        let found = list(store, "search=ward+xyzlaw", 5).await;
        let named: Vec<&str> = found.items.iter().map(|item| &*item.name).collect();
        assert_eq!((named, found.size.partly), (vec!["Edwards Xyzlaw"], false));
    }

    async fn a_search_that_leaves_out_the_middles_of_words_says_so(store: &TestStore) {
        registered(store, 1, "Ward Firm", 2, None).await;
        registered(store, 2, "Edwards Xyzlaw", 3, None).await;
        assert!(!list(store, "search=ward", 5).await.size.partly);
        store.execute(
            "insert into registration_word (word, search_key) with recursive n(i) as (select 1 union all select i + 1 from n \
             where i < 1000) select 'edwards ' || i, (select min(search_key) from registration_search) from n",
        ).await.unwrap();
        assert!(list(store, "search=ward", 5).await.size.partly);
    }

    async fn a_short_word_that_begins_words_does_not_say_that_there_may_be_more(store: &TestStore) {
        registered(store, 1, "Jones Smith", 2, None).await;
        store.execute(
            "insert into word_end (part, word) with recursive n(i) as (select 1 union all select i + 1 from n where i < 40) \
             select 'jones' || i, 'bejones' || i from n",
        ).await.unwrap();
        for typed in ["j smith", "jo smith", "jon smith", "jon"] {
            let found = list(store, &search_for(typed), 5).await;
            assert_eq!((found.items.len(), found.size.partly), (1, false), "{typed}");
        }
        // Three letters find words that contain them in the middle, because no word begins with
        // them.
        assert_eq!(names(store, "search=mit", 5).await, ["Jones Smith"]);
    }

    async fn a_word_with_digits_is_no_mistyped_reference(store: &TestStore) {
        registered(store, 1, "Hartwell Crane", 2, None).await;
        for typed in ["bar45678", "zartwel9", "hartwel9"] {
            assert_eq!(list(store, &search_for(typed), 5).await.notes.missing, None, "{typed}");
        }
        let missing = list(store, &search_for("CP-BAR4-5678"), 5).await.notes.missing.unwrap();
        assert!(missing.mistyped && missing.nearest.is_empty(), "{missing:?}");
    }

    async fn a_search_among_very_many_requests_says_that_there_may_be_more(store: &TestStore) {
        request(store, 1, "Siân Crâne", 4).await;
        assert!(!list(store, "search=crane", 5).await.size.partly);
        store.execute(
            "insert into format_request (id, asked_at, format, details, technology, name, reached_by, language, phrases) \
             with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) \
             select 'many-' || i, 1900000000000 + i, 'braille', '', '', 'Somebody', 'x', 'en', ' somebody' from n",
        ).await.unwrap();
        let found = list(store, "search=crane", 5).await;
        assert!(found.items.is_empty() && found.size.partly);
        assert!(!list(store, "search=crane&kind=new", 5).await.size.partly);
    }

    async fn what_is_sent_again_is_found_by_its_new_words_alone(store: &TestStore) {
        let reference = registered(store, 1, "Hartwell Crane", 2, None).await;
        let before = store.registrations().registration(&reference).await.unwrap().unwrap().registration;
        let words = store.number("select count(*) from registration_word").await;
        come_to(store, &reference, State::MoreInformationNeeded, 3).await;
        let asked = lifecycle(store, &reference).await;
        store.execute("update draft set submitted_at = null").await.unwrap();
        let mut new = store.submission(&asked.draft, 2).await;
        new.at = at_hour(5);
        new.registration.organisation.name = OrganisationName::parse("Hartwell Zebra").unwrap();
        new.registration.organisation.postcode = Postcode::parse("SW1A 1AA").unwrap();
        new.previous_submission = Some(PreviousSubmission {
            id: asked.id,
            reference,
            revision: 1,
            sent_at: at_hour(2),
            registration: before,
        });
        assert_eq!(store.registrations().submit(&new).await.unwrap(), Submission::Saved);
        assert_eq!(names(store, "search=hartwell+zebra", 6).await, ["Hartwell Zebra"]);
        assert_eq!(names(store, "search=sw1a&kind=sent-again", 6).await, ["Hartwell Zebra"]);
        assert!(names(store, "search=hartwell+crane", 6).await.is_empty());
        assert!(names(store, "search=wr1", 6).await.is_empty());
        assert_eq!(store.number("select count(*) from registration_word").await, words);
        assert!(store.number("select count(*) from word_end where word = 'zebra'").await > 0);
        assert_eq!(store.number("select count(*) from word_end where word = 'crane'").await, 0);
    }

    async fn everything_is_counted(store: &TestStore) {
        let me = officer(store, "me").await;
        let taken = registered(store, 1, "Taken", 2, day_after(3)).await;
        let approved = registered(store, 2, "Approved", 2, None).await;
        registered(store, 3, "New", 2, None).await;
        request(store, 1, "Asker", 2).await;
        assign(&context(store, &At(at_hour(4))), lifecycle(store, &taken).await, Some(&me.id), &me).await.unwrap();
        come_to(store, &approved, State::Approved, 4).await;
        let now = at_hour(5);
        let queue = QueueList::default();
        let mut asked = QueueQuery {
            list: &queue,
            officer: &me.id,
            now,
            today: now.calendar_date().unwrap(),
            target: 5,
        };
        let counts = store.casework().queue_counts(&asked).await.unwrap();
        let statuses: Vec<usize> = counts.statuses.iter().map(|(_, count)| count.0).collect();
        assert_eq!(statuses, [2, 1, 0, 1, 0, 0, 0]);
        let kinds: Vec<usize> = counts.kinds.iter().map(|(_, count)| count.0).collect();
        assert_eq!(kinds, [2, 0, 1]);
        assert_eq!(counts.organisations[0].1.0, 2);
        let few = [counts.mine, counts.unassigned, counts.early, counts.overdue].map(|count| count.0);
        assert_eq!(few, [1, 2, 1, 0]);
        asked.today = day_after(30).unwrap();
        let counts = store.casework().queue_counts(&asked).await.unwrap();
        assert_eq!((counts.early.0, counts.overdue.0), (0, 3));
    }

    async fn of_many_who_take_the_next_at_once_no_two_get_the_same(store: &TestStore) {
        const WAITING: u64 = 12;
        for number in 1..=WAITING {
            registered(store, number, "Waits", 2, None).await;
        }
        let mut tasks = JoinSet::new();
        for number in 0..20 {
            let officer = officer(store, &format!("taker-{number}")).await;
            let store = store.shared();
            tasks.spawn(async move { claim_next(&context(&store, &At(at_hour(3))), &officer).await.unwrap() });
        }
        let taken: Vec<Reference> = tasks.join_all().await.into_iter().flatten().collect();
        let different: HashSet<Reference> = taken.iter().copied().collect();
        assert_eq!((taken.len(), different.len()), (12, 12));
        for reference in taken {
            let lifecycle = lifecycle(store, &reference).await;
            assert_eq!(lifecycle.state, State::BeingChecked);
            let audit = store.audit().audit_of(&Subject::Registration(reference)).await.unwrap();
            let assignee = lifecycle.officer.unwrap();
            assert_eq!((audit.len(), audit[1].actor.clone()), (2, assignee.actor().to_string()));
            assert!(audit[1].details.contains(&format!("\"holder_after\":\"{assignee}\"")), "{}", audit[1].details);
        }
    }

    async fn the_next_is_the_first_of_the_queue(store: &TestStore) {
        let me = officer(store, "me").await;
        let second = registered(store, 1, "Second", 2, None).await;
        let first = registered(store, 2, "First", 3, day_after(2)).await;
        let clock = At(at_hour(4));
        assert_eq!(claim_next(&context(store, &clock), &me).await.unwrap(), Some(first));
        assert_eq!(claim_next(&context(store, &clock), &me).await.unwrap(), Some(second));
        assert_eq!(claim_next(&context(store, &clock), &me).await.unwrap(), None);
    }

    async fn whose_it_is_changes_with_an_audit_row_and_not_on_a_page_that_is_no_longer_true(store: &TestStore) {
        let me = officer(store, "me").await;
        let other = officer(store, "other").await;
        let reference = registered(store, 1, "Firm", 2, None).await;
        let seen = lifecycle(store, &reference).await;
        let clock = At(at_hour(3));
        let give_to = |from: StoredLifecycle, to: Option<OfficerId>| {
            let (me, clock) = (me.clone(), &clock);
            async move { assign(&context(store, clock), from, to.as_ref(), &me).await.unwrap() }
        };
        assert_eq!(give_to(seen.clone(), Some(other.id.clone())).await, AssignmentOutcome::Done);
        assert_eq!(give_to(seen, Some(me.id.clone())).await, AssignmentOutcome::Stale);
        let now = lifecycle(store, &reference).await;
        assert_eq!((now.state, now.officer.clone()), (State::BeingChecked, Some(other.id.clone())));
        assert_eq!(give_to(now.clone(), Some(other.id.clone())).await, AssignmentOutcome::Nothing);
        assert_eq!(give_to(now.clone(), Some(me.id.clone())).await, AssignmentOutcome::Done);
        assert_eq!(give_to(now, None).await, AssignmentOutcome::Stale);
        let now = lifecycle(store, &reference).await;
        assert_eq!(give_to(now, None).await, AssignmentOutcome::Done);
        let now = lifecycle(store, &reference).await;
        assert_eq!((now.state, now.officer), (State::Received, None));
        let audit = store.audit().audit_of(&Subject::Registration(reference)).await.unwrap();
        let actions: Vec<&str> = audit.iter().map(|row| &*row.action).collect();
        assert_eq!(actions, ["submitted", "taken", "assigned", "given-back"]);
        assert_eq!(audit[2].details, r#"{"holder_after":"officer-me","holder_before":"officer-other"}"#);
        come_to(store, &reference, State::Withdrawn, 4).await;
        let over = lifecycle(store, &reference).await;
        assert_eq!(give_to(over, Some(me.id.clone())).await, AssignmentOutcome::Nothing);
    }

    async fn what_somebody_had_is_nobodys_once_they_may_not_work_on_it(store: &TestStore) {
        for (place, change) in ["ended", "role-changed"].into_iter().enumerate() {
            let number = 10 * u64::try_from(place).unwrap();
            let leaver = officer(store, change).await;
            let clock = At(at_hour(3));
            let mut references = Vec::new();
            for more in 1..=3 {
                references.push(registered(store, number + more, "Firm", 2, None).await);
                let taken = claim_next(&context(store, &clock), &leaver).await.unwrap();
                assert_eq!(taken, references.last().copied());
            }
            let [checked, asked, decided] = references[..] else { panic!() };
            come_to(store, &asked, State::MoreInformationNeeded, 4).await;
            come_to(store, &decided, State::Approved, 4).await;
            let request = request(store, number + 4, "Asker", 2).await;
            let waits = store.format_requests().request_for_desk(&request).await.unwrap().unwrap();
            let assign = FormatRequestStep::Assign(Some(leaver.id.clone()));
            store.format_requests().apply_format_request_step(&waits, &assign, &leaver.id, at_hour(3)).await.unwrap();
            store.casework().mark_present(&Subject::Registration(checked), &leaver.id, at_hour(4)).await.unwrap();
            let session_draft = Workload { registrations: 2, requests: 1 };
            assert_eq!(store.officers().workload(&leaver.id).await.unwrap(), session_draft);
            let changed = match change {
                "ended" => store.officers().end_officer(&leaver.id, &Actor::Officer(OfficerId::named("boss")), at_hour(5)).await,
                _ => store.officers().change_officer_role(&leaver.id, OfficerRole::Auditor, &Actor::Officer(OfficerId::named("boss")), at_hour(5)).await,
            };
            assert_eq!(changed.unwrap(), PersonChange::Done(session_draft), "{change}");
            assert_eq!(store.officers().workload(&leaver.id).await.unwrap(), Workload::default());
            for (reference, state, assignee, action) in [
                (checked, State::Received, None, "given-back"),
                (asked, State::MoreInformationNeeded, None, "assigned"),
                (decided, State::Approved, Some(leaver.id.clone()), "set"),
            ] {
                let now = lifecycle(store, &reference).await;
                assert_eq!((now.state, now.officer), (state, assignee), "{change}: {action}");
                let subject = Subject::Registration(reference);
                let last = store.audit().audit_of(&subject).await.unwrap().pop().unwrap();
                assert_eq!(last.action, action, "{change}");
                assert!(store.audit().verify_chain(&subject.to_string()).await.unwrap().1.is_empty());
                if action != "set" {
                    assert_eq!(last.actor, "officer/boss");
                    assert!(last.details.contains(leaver.id.as_str()), "{}", last.details);
                }
            }
            let request = store.format_requests().request_for_desk(&request).await.unwrap().unwrap();
            assert_eq!(request.assignee, None);
            let last = store.audit().audit_of(&Subject::FormatRequest(request.id.clone())).await.unwrap().pop().unwrap();
            assert_eq!((&*last.actor, &*last.action), ("officer/boss", "assigned"));
            assert_eq!(store.number("select count(*) from desk_looking").await, 0);
            let next = officer(store, &format!("next-{change}")).await;
            let taken = claim_next(&context(store, &clock), &next).await.unwrap();
            assert_eq!(taken, Some(checked), "{change}: it waits for the next who takes one");
        }
    }

    async fn another_role_that_works_on_registrations_leaves_somebody_what_they_have(store: &TestStore) {
        let me = officer(store, "me").await;
        let reference = registered(store, 1, "Firm", 2, None).await;
        claim_next(&context(store, &At(at_hour(3))), &me).await.unwrap();
        let senior = OfficerRole::SeniorOfficer;
        let changed = store.officers().change_officer_role(&me.id, senior, &Actor::Officer(OfficerId::named("boss")), at_hour(4)).await.unwrap();
        assert_eq!(changed, PersonChange::Done(Workload::default()));
        assert_eq!(lifecycle(store, &reference).await.officer, Some(me.id));
    }

    async fn what_is_undone_is_of_whoever_undid_it_where_its_officer_is_gone(store: &TestStore) {
        let (leaver, senior) = (officer(store, "leaver").await, officer(store, "senior").await);
        let reference = registered(store, 1, "Firm", 2, None).await;
        let clock = At(at_hour(3));
        let undo = CaseAction::Undo("A mistake".to_owned());
        claim_next(&context(store, &clock), &leaver).await.unwrap();
        for assignee in [&leaver, &senior] {
            come_to(store, &reference, State::NotApproved, 3).await;
            let from = lifecycle(store, &reference).await;
            if assignee.id == senior.id {
                store.officers().end_officer(&leaver.id, &Actor::Officer(OfficerId::named("boss")), at_hour(4)).await.unwrap();
            }
            let with_links = CaseContext { randomness: &SystemRandomness, ..context(store, &clock) };
            let undone = try_action(&with_links, from, &senior.actor(), &undo).await.unwrap();
            assert_eq!(undone, AttemptOutcome::Done(State::BeingChecked));
            assert_eq!(lifecycle(store, &reference).await.officer, Some(assignee.id.clone()));
        }
    }

    async fn colleagues_see_who_has_a_page_open_until_it_is_left(store: &TestStore) {
        let me = officer(store, "me").await;
        let other = officer(store, "other").await;
        let reference = registered(store, 1, "Firm", 2, None).await;
        let subject = Subject::Registration(reference);
        let minute = |minutes: u64| at_hour(3).plus(std::time::Duration::from_mins(minutes));
        store.casework().mark_present(&subject, &other.id, minute(0)).await.unwrap();
        store.casework().mark_present(&subject, &me.id, minute(1)).await.unwrap();
        let else_on = |minutes| {
            let (subject, me) = (&subject, &me);
            async move { store.casework().others_present(subject, &me.id, minute(minutes)).await.unwrap() }
        };
        let viewers = else_on(2).await;
        assert_eq!(viewers.len(), 1);
        assert_eq!((viewers[0].name.as_str(), viewers[0].since), ("other", minute(0)));
        store.casework().mark_present(&subject, &other.id, minute(9)).await.unwrap();
        assert_eq!(else_on(19).await[0].since, minute(0), "looking again renews it");
        assert!(else_on(20).await.is_empty());
        store.casework().mark_present(&subject, &other.id, minute(30)).await.unwrap();
        assert_eq!(else_on(31).await[0].since, minute(30), "who comes back has just come");
        store.casework().mark_present(&subject, &other.id, minute(60)).await.unwrap();
        assert_eq!(list(store, "", 4).await.items[0].viewers.len(), 1);
    }

    async fn what_is_of_before_the_search_gets_its_words_while_the_service_runs(store: &TestStore) {
        registered(store, 1, "Hartwell Crane", 2, None).await;
        request(store, 1, "Siân Crâne", 4).await;
        for statement in [
            "delete from registration_word",
            "delete from registration_search",
            "delete from word_end",
            "update registration set words_version = 0, waits_since = 0, user_count = 0, sort_name = ''",
            "update format_request set phrases = ''",
        ] {
            store.execute(statement).await.unwrap();
        }
        assert!(names(store, "search=crane", 3).await.is_empty());
        store.opened_again().await;
        assert!(names(store, "search=crane", 3).await.is_empty(), "the start does not wait for it");
        assert_eq!(store.indexed().await, 2);
        assert_eq!(store.indexed().await, 0);
        assert_eq!(names(store, "search=crane", 5).await, ["Hartwell Crane", "Siân Crâne"]);
        assert_eq!(store.number("select user_count from registration").await, 3);
        assert!(store.number("select waits_since from registration").await > 0);
    }

    async fn the_index_is_made_in_pieces_and_the_search_says_so_meanwhile(store: &TestStore) {
        for number in 1..=5 {
            registered(store, number, &format!("Hartwell {number}"), 1, None).await;
        }
        registered(store, 6, "Unreadable", 1, None).await;
        store.execute("update registration set answers = 'x' where name = 'Unreadable'").await.unwrap();
        store.execute("update registration set words_version = words_version - 1").await.unwrap();
        assert!(is_indexing(store).await);
        assert_eq!(store.casework().index_old(2).await.unwrap(), 2);
        // The server stops here and starts again.
        store.opened_again().await;
        assert!(is_indexing(store).await);
        assert_eq!(store.indexed().await, 4, "what was done is not done again");
        assert!(!is_indexing(store).await);
        assert_eq!(store.number("select count(distinct words_version) from registration").await, 1);
    }

    async fn several_servers_index_each_registration_once(store: &TestStore) {
        const ALL: u64 = 24;
        for number in 1..=ALL {
            registered(store, number, &format!("Hartwell {number}"), 1, None).await;
        }
        store.execute("update registration set words_version = 0").await.unwrap();
        let mut servers = JoinSet::new();
        for _ in 0..4 {
            let shared = store.shared();
            servers.spawn(async move {
                let mut all = 0;
                loop {
                    match shared.casework().index_old(3).await.unwrap() {
                        0 => return all,
                        indexed => all += indexed,
                    }
                }
            });
        }
        assert_eq!(servers.join_all().await.iter().sum::<u64>(), ALL);
        assert!(!is_indexing(store).await);
    }
}
