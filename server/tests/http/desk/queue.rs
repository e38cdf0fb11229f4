//! The queue through the real router: list, search and pages; claiming, assigning and releasing
//! registrations; and answering requests for other formats.

use std::collections::HashSet;

use registration::date::CalendarDate;
use registration::desk::OfficerRole;
use registration::form::Topic;
use registration::more_information::Question;
use server::casework::lifecycle::CaseAction;
use server::command::demo::fill;
use server::demo::Demo;
use server::store::{StoredLifecycle, Subject};

use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::TestService;

/// Registers a firm; returns the state of its registration.
async fn registered(service: &TestService) -> StoredLifecycle {
    let before: HashSet<String> = references(service).await;
    service.browser().register().await;
    let after = references(service).await;
    let new = after.difference(&before).next().unwrap().parse().unwrap();
    service.lifecycle(&new).await
}

async fn references(service: &TestService) -> HashSet<String> {
    let listed = service.store.registrations().list().await.unwrap();
    listed.into_iter().map(|listed| listed.reference).collect()
}

async fn again(service: &TestService, kept: &StoredLifecycle) -> StoredLifecycle {
    service.lifecycle(&kept.reference).await
}

/// Fills the database with demo registrations, as of the test clock's day.
async fn filled(service: &TestService, registrations: u64) {
    let demo = Demo {
        registrations,
        seed: 3,
        today: CalendarDate::new(2026, 9, 3).unwrap(),
    };
    assert!(
        fill(service.store.demo(), demo, false, |_| {})
            .await
            .unwrap()
    );
}

/// Returns the fields of a form that assigns a registration or gives it back: the version of the
/// registration when the form's page was opened, and the officer.
fn sent(kept: &StoredLifecycle, officer: &str) -> Fields {
    vec![
        ("version", kept.version.to_string()),
        ("officer", officer.to_owned()),
    ]
}

fn rows(page: &Page) -> usize {
    page.text.matches("scope=\"row\"").count()
}

async fn ask_for_braille(browser: &Browser) {
    let fields = vec![
        ("format", "braille".to_owned()),
        ("name", "Morag Ó Sé".to_owned()),
        ("email", "morag@asker.example".to_owned()),
    ];
    let page = browser.post("/other-formats/request", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

#[tokio::test]
async fn waiting_work_is_listed_with_all_that_officers_need() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    ask_for_braille(&service.browser()).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer.get("/desk/queue").await;
    page.assert_page(200);
    for words in [
        "Take the next registration",
        "Hartwell Crane &amp; Co LLP",
        kept.reference.as_str(),
        "Solicitors’ firm",
        "3 September 2026",
        "Received",
        "0 working days, due 10 September",
        "Unassigned",
        "Morag Ó Sé",
        "Braille",
        "All waiting (2)",
        "Unassigned (2)",
        "aria-sort=\"none\"",
    ] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
    service.clock.move_on(24 * 7, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    assert!(officer.get("/desk/queue").await.has("Due today"));
    service.clock.move_on(24 * 4, 0);
    let officer = service.officer(OfficerRole::Officer).await;
    let late = officer.get("/desk/queue?overdue=yes").await;
    assert!(late.has("Overdue by 2 working days"), "{}", late.text);
}

#[tokio::test]
async fn a_search_finds_or_says_that_nothing_was_found() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let officer = service.officer(OfficerRole::Officer).await;
    for found in [
        "hartwell",
        "crane hart",
        "WR1 2ND",
        "483452",
        "wen.1@hartwell.example",
        kept.reference.as_str(),
    ] {
        let page = search(&officer, &[("search", found)]).await;
        assert_eq!(rows(&page), 1, "{found}: {}", page.text);
        assert!(page.has("Queue: search results"));
    }
    let page = search(&officer, &[("search", "hatrwell crane")]).await;
    assert_eq!(rows(&page), 1, "{}", page.text);
    assert!(
        page.has("words with a similar spelling: hartwell."),
        "{}",
        page.text
    );
    let mut mistyped = kept.reference.as_str().to_owned();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == 'Q' { 'R' } else { 'Q' });
    let page = search(&officer, &[("search", &mistyped)]).await;
    page.assert_page(200);
    let link = format!("href=\"/desk/registrations/{}\"", kept.reference.as_str());
    assert!(
        page.has("This reference is mistyped") && page.has(&link),
        "{}",
        page.text
    );
    let page = search(&officer, &[("search", "Zebra <b>"), ("status", "approved")]).await;
    page.assert_page(200);
    assert!(
        page.has("No results") && page.has("Zebra &lt;b&gt;"),
        "{}",
        page.text
    );
    let without_status = page.text.split("href=\"/desk/queue?found=").nth(1).unwrap();
    assert_eq!(
        without_status.split('"').next().unwrap().len(),
        32,
        "the status can be taken away"
    );
    for odd in [
        "search=%00",
        "search=%FF&page=abc&sort=nothing",
        "page=99999999999999999999",
        "whose=%27--",
        "search=%25%5C_",
    ] {
        officer
            .get(&format!("/desk/queue?{odd}"))
            .await
            .assert_page(200);
    }
}

#[tokio::test]
async fn a_search_says_that_it_may_miss_some_while_they_are_indexed() {
    const WORDS: &str = "The search is being updated after an upgrade";
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let officer = service.officer(OfficerRole::Officer).await;
    service
        .execute_on_sqlite(
            "update registration set words_version = 0; delete from registration_search; delete \
             from registration_word; delete from word_end",
        )
        .await;
    for (sought, found) in [("hartwell", 0), (kept.reference.as_str(), 1)] {
        let page = search(&officer, &[("search", sought)]).await;
        assert_eq!(rows(&page), found, "{}", page.text);
        assert!(page.has(WORDS), "{}", page.text);
    }
    assert!(!officer.get("/desk/queue").await.has(WORDS));
    assert_eq!(service.store.casework().index_old(9).await.unwrap(), 1);
    let page = search(&officer, &[("search", "hartwell")]).await;
    assert_eq!(rows(&page), 1, "{}", page.text);
    assert!(!page.has(WORDS));
}

#[tokio::test]
async fn the_queue_says_for_how_long_an_applicant_has_not_answered() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let question = Question::parse(Topic::Name, "Is this the full name?").unwrap();
    service
        .act(&kept.reference, &CaseAction::Ask(vec![question]))
        .await;
    for (days, words) in [
        (0, "Asked today"),
        (1, "No answer for 1 day"),
        (2, "No answer for 3 days"),
    ] {
        service.clock.move_on(24 * days, 0);
        let officer = service.officer(OfficerRole::Officer).await;
        let page = officer
            .get("/desk/queue?status=more-information-needed")
            .await;
        assert!(page.has(words), "{words}: {}", page.text);
    }
}

#[tokio::test]
async fn what_officers_search_for_is_sealed_in_the_audit_and_shown_to_an_auditor() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    for words in ["Yusuf Ní Dhomhnaill", kept.reference.as_str()] {
        search(&officer, &[("search", words)]).await;
    }
    let subject = id.subject().views();
    let rows = service.store.audit().audit_of(&subject).await.unwrap();
    let searched: Vec<&str> = rows
        .iter()
        .filter(|row| row.action == "searched")
        .map(|row| &*row.details)
        .collect();
    assert_eq!(searched.len(), 2, "{rows:?}");
    assert!(!searched.concat().contains("Dhomhnaill"), "{searched:?}");
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor.get("/desk/audit?action=searched").await;
    page.assert_page(200);
    for words in ["Searched", "Yusuf Ní Dhomhnaill", kept.reference.as_str()] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
}

/// Sends the search form and opens the list that it redirects to.
async fn search(officer: &Browser, fields: &[(&'static str, &str)]) -> Page {
    let fields: Vec<(&'static str, String)> = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    let led = officer.post("/desk/queue", &fields).await;
    assert_eq!(led.status, 303, "{}", led.text);
    officer.get(led.location()).await
}

#[tokio::test]
async fn no_address_has_what_was_searched_for_and_a_reload_shows_it_again() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let (officer, other) = (
        service.officer(OfficerRole::Officer).await,
        service.officer(OfficerRole::Officer).await,
    );
    let fields = [
        ("search", "hartwell crane".to_owned()),
        ("sort", "users".to_owned()),
    ];
    let led = officer.post("/desk/queue", &fields).await;
    let address = led.location().to_owned();
    assert!(!address.to_lowercase().contains("hartwell"), "{address}");
    assert!(address.starts_with("/desk/queue?found=") && address.ends_with("&sort=users"));
    for _ in 0..2 {
        let page = officer.get(&address).await;
        assert_eq!(rows(&page), 1);
        assert!(page.has("value=\"hartwell crane\"") && page.has("method=\"post\""));
        for link in page.text.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap().to_lowercase();
            assert!(!link.contains("hartwell"), "{link}");
        }
    }
    // Another officer sees the whole queue at this address, not the search.
    let page = other.get(&address).await;
    assert!(!page.has("hartwell crane") && !page.has("search results"));
    let page = other.get("/desk/queue?search=hartwell").await;
    assert!(!page.has("value=\"hartwell\"") && !page.has("search results"));
    let by_reference = officer
        .post_field("/desk/queue", "search", kept.reference.as_str())
        .await;
    let reference = kept.reference.as_str();
    by_reference.assert_leads_to(&format!("/desk/queue?search={reference}"));
}

#[tokio::test]
async fn a_long_list_comes_in_pages_that_keep_filters_and_order() {
    for postgres in [false, true] {
        let service = TestService::with(crate::test_service::Options {
            postgres,
            ..Default::default()
        })
        .await;
        filled(&service, 300).await;
        let officer = service.officer(OfficerRole::Officer).await;
        let address = "/desk/queue?status=approved&sort=organisation&order=descending";
        let first = officer.get(address).await;
        assert_eq!(rows(&first), 25);
        assert!(first.has("Showing 1 to 25 of "), "{}", first.text);
        assert!(first.has("aria-sort=\"descending\""));
        let next =
            "/desk/queue?status=approved&amp;sort=organisation&amp;order=descending&amp;page=2";
        assert!(first.has(next), "{}", first.text);
        let second = officer.get(&next.replace("&amp;", "&")).await;
        assert!(second.has("Showing 26 to 50 of "), "{}", second.text);
        let every = officer
            .get("/desk/queue?status=received&status=being-checked&status=more-information-needed&status=approved&status=not-approved&status=withdrawn&kind=new&kind=sent-again")
            .await;
        assert!(every.has(" of 300"), "{}", every.text);
    }
}

#[tokio::test]
async fn many_who_take_the_next_at_once_each_get_another() {
    let service = TestService::new().await;
    for _ in 0..3 {
        registered(&service).await;
    }
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let officer = service.officer(OfficerRole::Officer).await;
        tasks.spawn(async move {
            officer
                .post("/desk/queue/next", &[])
                .await
                .location()
                .to_owned()
        });
    }
    let led: Vec<String> = tasks.join_all().await;
    let taken: HashSet<&String> = led
        .iter()
        .filter(|address| address.starts_with("/desk/registrations/CP-"))
        .collect();
    assert_eq!(taken.len(), 3, "{led:?}");
    let nothing = led
        .iter()
        .filter(|address| *address == "/desk/queue?done=nothing-waits");
    assert_eq!(nothing.count(), 5, "{led:?}");
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer.get("/desk/queue?done=nothing-waits").await;
    assert!(page.has("No unassigned registrations"));
}

#[tokio::test]
async fn a_registration_is_assigned_and_given_back() {
    let service = TestService::new().await;
    let kept = registered(&service).await;
    let (me, my_id) = service.officer_and_id(OfficerRole::Officer).await;
    let (_, other) = service.officer_and_id(OfficerRole::SeniorOfficer).await;
    let address = format!("/desk/registrations/{}", kept.reference);
    let page = me.get(&format!("{address}/assign")).await;
    page.assert_page(200);
    assert!(
        page.has("Unassigned.") && page.has("(you)"),
        "{}",
        page.text
    );

    let page = me
        .post(&format!("{address}/assign"), &sent(&kept, ""))
        .await;
    assert!(
        page.has("Select an officer") && page.has("<title>Error: "),
        "{}",
        page.text
    );
    let page = me
        .post(
            &format!("{address}/assign"),
            &sent(&kept, "nobody-like-that"),
        )
        .await;
    assert!(page.has("Select an officer"));

    let page = me
        .post(&format!("{address}/assign"), &sent(&kept, other.as_str()))
        .await;
    page.assert_leads_to(&format!("{address}?done=assigned"));
    let held = again(&service, &kept).await;
    assert_eq!(held.officer.as_ref(), Some(&other));
    assert_eq!(
        rows(&me.get(&format!("/desk/queue?whose={other}")).await),
        1
    );
    assert_eq!(rows(&me.get("/desk/queue?whose=nobodys").await), 0);

    let page = me.get(&format!("{address}/assign")).await;
    assert!(page.has("Assigned to Senior officer"), "{}", page.text);
    let page = me
        .post(&format!("{address}/assign"), &sent(&kept, "me"))
        .await;
    assert!(
        page.has("Your change was not saved"),
        "what changed is told: {}",
        page.text
    );
    assert_eq!(again(&service, &kept).await.officer, Some(other.clone()));

    let page = me
        .post(&format!("{address}/assign"), &sent(&held, "me"))
        .await;
    page.assert_page(200);
    assert!(
        page.has("Assigned to Senior officer ") && page.has(": take it over?</h1>"),
        "{}",
        page.text
    );
    assert_eq!(again(&service, &kept).await.officer, Some(other.clone()));
    let mut agreed = sent(&held, "me");
    agreed.push(("take-over", other.to_string()));
    let page = me.post(&format!("{address}/assign"), &agreed).await;
    page.assert_leads_to(&format!("{address}?done=taken"));
    let held = again(&service, &kept).await;
    assert_eq!(held.officer, Some(my_id));
    let page = me
        .post(&format!("{address}/give-back"), &sent(&held, ""))
        .await;
    page.assert_leads_to("/desk/queue?done=given-back");
    let page = me
        .post(&format!("{address}/give-back"), &sent(&held, ""))
        .await;
    page.assert_leads_to(&format!("{address}?done=changed"));
    assert_eq!(again(&service, &kept).await.officer, None);
    assert_eq!(
        me.get("/desk/registrations/CP-0000-0000/assign")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn an_auditor_sees_the_queue_and_has_no_button_that_changes_it() {
    let service = TestService::new().await;
    registered(&service).await;
    ask_for_braille(&service.browser()).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor.get("/desk/queue").await;
    assert_eq!(rows(&page), 2);
    // The search is the only form.
    assert_eq!(page.main().matches("<form").count(), 1, "{}", page.text);
    let request = request_address(&page);
    let page = auditor.get(&request).await;
    page.assert_page(200);
    assert!(page.has("morag@asker.example") && !page.main().contains("method=\"post\""));
}

fn request_address(page: &Page) -> String {
    let at = page.text.find("/desk/format-requests/").unwrap();
    page.text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_for_another_format_is_read_assigned_and_answered() {
    let service = TestService::new().await;
    ask_for_braille(&service.browser()).await;
    let (me, my_id) = service.officer_and_id(OfficerRole::Officer).await;
    let (other, _) = service.officer_and_id(OfficerRole::Officer).await;
    let address = request_address(&me.get("/desk/queue").await);
    let page = me.get(&address).await;
    page.assert_page(200);
    for words in [
        "Braille",
        "Morag Ó Sé",
        "Unassigned.",
        "Mark as answered",
        "Not given",
    ] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
    assert!(!page.has("has had this open"));
    let page = other.get(&address).await;
    assert!(
        page.has("has had this open since 3 September 2026 at 10:00am"),
        "{}",
        page.text
    );
    assert!(me.get("/desk/queue").await.has("Viewing: Officer"));

    let version = |version: i64| {
        vec![
            ("version", version.to_string()),
            ("officer", "me".to_owned()),
        ]
    };
    let page = me.post(&format!("{address}/assign"), &version(1)).await;
    page.assert_leads_to(&format!("{address}?done=taken"));
    assert!(me.get(&address).await.has("Assigned to you."));
    let page = other
        .post(&format!("{address}/answered"), &version(1))
        .await;
    page.assert_leads_to(&format!("{address}?done=changed"));
    let page = other
        .post(&format!("{address}/answered"), &version(2))
        .await;
    assert!(
        page.has(": take it over?</h1>") && page.has("answered by you"),
        "{}",
        page.text
    );
    let mut agreed = version(2);
    agreed.push(("take-over", my_id.to_string()));
    let page = other.post(&format!("{address}/answered"), &agreed).await;
    page.assert_leads_to(&format!("{address}?done=answered"));
    let page = me.get(&address).await;
    assert!(
        page.has("Answered") && !page.has("Mark as answered"),
        "{}",
        page.text
    );
    assert_eq!(rows(&me.get("/desk/queue").await), 0);
    assert_eq!(rows(&me.get("/desk/queue?status=answered").await), 1);
    let id = address.rsplit('/').next().unwrap();
    let audit = service
        .store
        .audit()
        .audit_of(&Subject::FormatRequest(id.to_owned()))
        .await
        .unwrap();
    let actions: Vec<&str> = audit.iter().map(|row| &*row.action).collect();
    assert_eq!(actions, ["assigned", "answered"]);
    assert_eq!(audit[0].actor, my_id.actor().to_string());
}

#[tokio::test]
async fn invented_registrations_open_like_submitted_ones() {
    let service = TestService::new().await;
    filled(&service, 120).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer.post("/desk/queue/next", &[]).await;
    assert!(
        page.location().starts_with("/desk/registrations/CP-"),
        "{}",
        page.location()
    );
    for reference in references(&service).await {
        let reference = reference.parse().unwrap();
        assert!(
            service
                .store
                .registrations()
                .registration(&reference)
                .await
                .unwrap()
                .is_some()
        );
        let page = officer
            .get(&format!("/desk/queue?search={reference}"))
            .await;
        assert_eq!(rows(&page), 1, "{reference}");
    }
    let again = Demo {
        registrations: 5,
        seed: 4,
        today: CalendarDate::new(2026, 9, 3).unwrap(),
    };
    assert!(
        !fill(service.store.demo(), again, false, |_| {})
            .await
            .unwrap()
    );
    assert_eq!(references(&service).await.len(), 120);
    assert!(
        fill(service.store.demo(), again, true, |_| {})
            .await
            .unwrap()
    );
    assert_eq!(references(&service).await.len(), 125);
}
