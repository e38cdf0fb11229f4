//! Assigns several registrations of the queue at once, or gives them back, after a page has asked
//! for confirmation.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::store::{OfficerId, Subject};

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

async fn assignee(service: &TestService, reference: &Reference) -> Option<OfficerId> {
    service.lifecycle(reference).await.officer
}

/// Selects registrations in the queue and presses a button; returns the page that asks for
/// confirmation.
async fn select(browser: &Browser, references: &[Reference], pressed: &str, to: &str) -> Page {
    let mut fields = vec![("do", pressed.to_owned()), ("officer", to.to_owned())];
    fields.extend(references.iter().map(|one| ("selected", one.to_string())));
    browser.post(SELECTED, &fields).await
}

/// Confirms the change on the page that asks for confirmation.
async fn agree(browser: &Browser, question: &Page, pressed: &str) -> Page {
    let (address, body) = question.first_form();
    browser
        .post_body(&address, format!("{body}&do={pressed}"))
        .await
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
    let done = agree(&officer, &question, "assign").await;
    done.assert_page(200);
    assert!(
        done.has("2 registrations assigned to Officer "),
        "{}",
        done.text
    );
    for reference in &references[..2] {
        assert_eq!(assignee(&service, reference).await, Some(colleague.clone()));
        let rows = service
            .store
            .audit()
            .audit_of(&Subject::Registration(*reference))
            .await
            .unwrap();
        assert!(rows.iter().any(|row| row.action == "taken"), "{rows:?}");
    }
    assert_eq!(assignee(&service, &references[2]).await, None);

    // The question says which registrations are assigned to a colleague.
    let question = select(&officer, &references, "give-back", "").await;
    assert!(question.has("Give 2 registrations back to the queue?"));
    assert!(
        question.has(", assigned to Officer ") && question.has("it is assigned like that already")
    );
    let done = agree(&officer, &question, "give-back").await;
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
    agree(&one, &first, "assign").await;
    let mine = assignee(&service, &references[0]).await;
    let told = agree(&other, &second, "assign").await;
    assert!(told.has("1 registration assigned to"), "{}", told.text);
    assert!(told.has("Not changed") && told.has("somebody else has changed it meanwhile"));
    assert_eq!(assignee(&service, &references[0]).await, mine);
    // Sending the same form again changes nothing.
    let again = agree(&other, &second, "assign").await;
    assert!(again.has("0 registrations assigned to"), "{}", again.text);
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
    assert!(question.has("None of the selected registrations can be changed."));
    assert!(question.has("it is decided or withdrawn"));
    let auditor = service.officer(OfficerRole::Auditor).await;
    assert!(!auditor.get("/desk/queue").await.has("name=\"selected\""));
    select(&auditor, &references, "assign", "me")
        .await
        .assert_page(403);
}

#[tokio::test]
async fn a_selection_that_lacks_something_is_told_and_stays_selected() {
    let service = TestService::new().await;
    let references = registered(&service, 2).await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.get("/desk/queue?sort=arrived").await;
    let nothing = select(&officer, &[], "assign", "me").await;
    nothing.assert_leads_to("/desk/queue?sort=arrived&problem=nothing-selected");
    let page = officer.get(nothing.location()).await;
    page.assert_page(200);
    assert!(
        page.has("<title>Error: ") && page.has("href=\"#selected\""),
        "{}",
        page.text
    );
    assert_eq!(page.text.matches(" id=\"selected\"").count(), 1);
    assert_eq!(
        page.text
            .matches("Select at least one registration")
            .count(),
        2
    );

    // An officer who has left, or an auditor, gets no registrations.
    let (_, auditor) = service.officer_and_id(OfficerRole::Auditor).await;
    for to in ["nobody", auditor.as_str()] {
        let sent = select(&officer, &references[..1], "assign", to).await;
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
