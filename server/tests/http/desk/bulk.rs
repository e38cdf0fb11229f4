//! Assigns several registrations of the queue at once, or gives them back, after a page has asked
//! for confirmation.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::casework::assignment::{AssignmentOutcome, assign};
use server::casework::bulk::work_off_piece;
use server::casework::context::CaseContext;
use server::store::{BulkPart, OfficerId, Subject};

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

const SELECTED: &str = "/desk/queue/selected";

async fn registered(service: &TestService, count: usize) -> Vec<Reference> {
    for _ in 0..count {
        service.browser().register().await;
    }
    let listed = service.store.registrations().list().await.unwrap();
    let references = listed
        .iter()
        .map(|listed| listed.reference.parse().unwrap());
    references.collect()
}

async fn audited(service: &TestService, reference: &Reference) -> Vec<String> {
    let subject = Subject::Registration(*reference);
    let rows = service.store.audit().audit_of(&subject).await.unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

async fn assignee(service: &TestService, reference: &Reference) -> Option<OfficerId> {
    service.lifecycle(reference).await.officer
}

/// Sends a selection of the queue; returns the redirect.
async fn send(browser: &Browser, selected: &[String], pressed: &str, to: &str) -> Page {
    let mut fields = vec![("do", pressed.to_owned()), ("officer", to.to_owned())];
    fields.extend(selected.iter().map(|one| ("selected", one.clone())));
    browser.post(SELECTED, &fields).await
}

/// Selects registrations in the queue and presses a button; returns the question.
async fn select(browser: &Browser, references: &[Reference], pressed: &str, to: &str) -> Page {
    let selected: Vec<String> = references.iter().map(ToString::to_string).collect();
    let sent = send(browser, &selected, pressed, to).await;
    browser.get(sent.location()).await
}

/// Agrees to the question; returns the result.
async fn agree(browser: &Browser, question: &Page) -> Page {
    let (address, body) = question.first_form();
    let begun = browser.post_body(&address, body).await;
    begun.assert_leads_to(&address);
    browser.get(&address).await
}

#[tokio::test]
async fn selected_registrations_are_assigned_after_a_question_and_each_history_says_so() {
    let service = TestService::new().await;
    let references = registered(&service, 3).await;
    let (_, colleague) = service.officer_and_id(OfficerRole::Officer).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let queue = officer.get("/desk/queue").await;
    assert_eq!(queue.text.matches("name=\"selected\"").count(), 3);
    let ticked = |page: &Page| page.text.matches(" checked").count();
    let all = officer.get("/desk/queue?selected=page").await;
    assert_eq!(all.text.matches("name=\"selected\"").count(), 3);
    assert!(all.has("Select none"));
    assert_eq!(ticked(&all), ticked(&queue) + 3);

    let question = select(&officer, &references[..2], "assign", colleague.as_str()).await;
    question.assert_page(200);
    assert!(
        question.has("Assign 2 registrations to Officer "),
        "{}",
        question.text
    );
    assert_eq!(assignee(&service, &references[0]).await, None, "only asked");
    let done = agree(&officer, &question).await;
    done.assert_page(200);
    assert!(
        done.has("2 registrations assigned to Officer "),
        "{}",
        done.text
    );
    for reference in &references[..2] {
        assert_eq!(assignee(&service, reference).await, Some(colleague.clone()));
        assert!(
            audited(&service, reference)
                .await
                .contains(&"taken".to_owned())
        );
    }
    assert_eq!(assignee(&service, &references[2]).await, None);

    // The question says which registrations are assigned to a colleague.
    let question = select(&officer, &references, "give-back", "").await;
    assert!(question.has("Give 2 registrations back to the queue?"));
    assert!(
        question.has(": assigned to Officer ") && question.has("it is assigned like that already")
    );
    let done = agree(&officer, &question).await;
    assert!(done.has("2 registrations given back to the queue"));
    assert_eq!(assignee(&service, &references[0]).await, None);
}

#[tokio::test]
async fn of_two_officers_at_once_the_second_is_told_what_was_not_changed() {
    let service = TestService::new().await;
    let references = registered(&service, 2).await;
    let one = service.officer(OfficerRole::Officer).await;
    let other = service.officer(OfficerRole::Officer).await;
    let first = select(&one, &references[..1], "assign", "me").await;
    let second = select(&other, &references, "assign", "me").await;
    agree(&one, &first).await;
    let mine = assignee(&service, &references[0]).await;
    let told = agree(&other, &second).await;
    assert!(told.has("1 registration assigned to"), "{}", told.text);
    assert!(told.has("Not changed") && told.has("somebody else has changed it meanwhile"));
    assert_eq!(assignee(&service, &references[0]).await, mine);
    // The same form once more changes nothing, and shows the same result.
    let again = agree(&other, &second).await;
    assert!(again.has("1 registration assigned to"), "{}", again.text);
    let taken = audited(&service, &references[1]).await;
    assert_eq!(taken.iter().filter(|action| *action == "taken").count(), 1);
    // Nobody sees or begins the job of another officer.
    let (address, _) = first.first_form();
    other.get(&address).await.assert_page(404);
    other.post_body(&address, "").await.assert_page(404);
}

#[tokio::test]
async fn what_is_decided_is_left_out() {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.register().await;
    let references = registered(&service, 0).await;
    applicant.post("/status/withdraw", &[]).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let question = select(&officer, &references, "assign", "me").await;
    assert!(question.has("None of the selected entries can be changed."));
    assert!(question.has("it is decided, withdrawn or answered"));
    let auditor = service.officer(OfficerRole::Auditor).await;
    assert!(!auditor.get("/desk/queue").await.has("name=\"selected\""));
    send(&auditor, &[], "assign", "me").await.assert_page(403);
}

#[tokio::test]
async fn a_selection_that_lacks_something_is_told_and_stays_selected() {
    let service = TestService::new().await;
    let references = registered(&service, 2).await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.get("/desk/queue?sort=arrived").await;
    let nothing = send(&officer, &[], "assign", "me").await;
    nothing.assert_leads_to("/desk/queue?sort=arrived&problem=nothing-selected");
    let page = officer.get(nothing.location()).await;
    page.assert_page(200);
    assert!(
        page.has("<title>Error: ") && page.has("href=\"#selected\""),
        "{}",
        page.text
    );
    assert_eq!(page.text.matches(" id=\"selected\"").count(), 1);
    assert_eq!(page.text.matches("Select at least one entry").count(), 2);

    // An officer who has left, or an auditor, gets no registrations.
    let (_, auditor) = service.officer_and_id(OfficerRole::Auditor).await;
    for to in ["nobody", auditor.as_str()] {
        let sent = send(&officer, &[references[0].to_string()], "assign", to).await;
        let page = officer.get(sent.location()).await;
        assert!(page.has("href=\"#assign-to\""), "{}", page.text);
        assert_eq!(
            page.text.matches("Select an officer who works on").count(),
            2
        );
        let ticked = format!("value=\"{}\" checked", references[0]);
        assert!(page.has(&ticked), "{}", page.text);
        assert_eq!(assignee(&service, &references[0]).await, None);
    }
}

#[tokio::test]
async fn addresses_to_which_the_queue_sends_its_forms_lead_back_to_the_list() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.get("/desk/queue?sort=arrived").await;
    for address in [SELECTED, "/desk/queue/next"] {
        officer
            .get(address)
            .await
            .assert_leads_to("/desk/queue?sort=arrived");
    }
}

#[tokio::test]
async fn everything_that_a_filter_finds_is_changed_on_every_page_of_the_list() {
    let service = TestService::new().await;
    let references = registered(&service, 27).await;
    let applicant = service.browser();
    applicant.register().await;
    applicant.post("/status/withdraw", &[]).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let queue = officer.get("/desk/queue?status=received").await;
    assert!(
        queue.has("Select all 27 of this list, on every page"),
        "{}",
        queue.text
    );
    // The list is that of the form, whatever the officer has opened since.
    officer.get("/desk/queue?status=withdrawn").await;
    let fields = [
        ("do", "assign".to_owned()),
        ("officer", "me".to_owned()),
        ("all", "yes".to_owned()),
        ("list", queue.hidden("list")),
    ];
    let sent = officer.post(SELECTED, &fields).await;
    let question = officer.get(sent.location()).await;
    assert!(
        question.has("Assign 27 registrations to Officer "),
        "{}",
        question.text
    );
    assert!(question.has("and 2 more"));
    let (address, _) = question.first_form();
    agree(&officer, &question).await;
    let mut page = officer.get(&address).await;
    while page.has("brings itself up to date") {
        assert_eq!(page.header(axum::http::header::REFRESH), "3");
        page = officer.get(&address).await;
    }
    assert!(
        page.has("27 registrations assigned to Officer "),
        "{}",
        page.text
    );
    assert_eq!(page.header(axum::http::header::REFRESH), "");
    for reference in &references {
        assert!(assignee(&service, reference).await.is_some());
    }
}

#[tokio::test]
async fn a_job_goes_on_where_a_killed_server_has_left_it_and_changes_nothing_twice() {
    let service = TestService::new().await;
    let references = registered(&service, 12).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let question = select(&officer, &references, "assign", "me").await;
    let (address, _) = question.first_form();
    let id = address.rsplit('/').next().unwrap();
    let casework = service.store.casework();
    let job = casework.bulk_job(id).await.unwrap().unwrap();
    casework.begin_bulk_job(id, service.now()).await.unwrap();
    // One piece was worked off, and one entry of the next was changed without its result.
    let context = CaseContext {
        store: &service.store,
        clock: service.clock.as_ref(),
        randomness: service.randomness.as_ref(),
    };
    work_off_piece(&context, &job).await.unwrap();
    let left = casework.bulk_items(id, BulkPart::Left, 100).await.unwrap();
    assert_eq!(left.len(), 2, "a piece is not the whole job");
    let Subject::Registration(last) = &left[0].subject else {
        panic!("{left:?}");
    };
    let me = job.assignee.as_ref();
    let by = service.store.officers().officer(me.unwrap()).await.unwrap();
    let from = service.lifecycle(last).await;
    let changed = assign(&context, from, me, &by.unwrap()).await.unwrap();
    assert_eq!(changed, AssignmentOutcome::Done);
    // The killed server keeps the job for some seconds; then any server takes it up.
    let page = officer.get(&address).await;
    page.assert_page(200);
    assert!(page.has("10 of 12"), "{}", page.text);
    service.clock.move_on(0, 1);
    let page = officer.get(&address).await;
    assert!(
        page.has("12 registrations assigned to Officer "),
        "{}",
        page.text
    );
    for reference in &references {
        let actions = audited(&service, reference).await;
        assert_eq!(
            actions.iter().filter(|action| *action == "taken").count(),
            1
        );
    }
}
