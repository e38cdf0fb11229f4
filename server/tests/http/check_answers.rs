//! Checking answers and submitting: each problem has a link to its page, and a registration is
//! submitted only once.

use std::sync::atomic::Ordering;

use tokio::task::JoinSet;

use crate::forms::Fields;
use crate::test_service::TestService;

#[tokio::test]
async fn problems_are_shown_with_links_once_submitting_was_tried() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Hartwell")
        .await;
    assert!(
        !browser
            .get("/check-answers")
            .await
            .has("There is a problem")
    );
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/check-answers");
    let page = browser.get("/check-answers").await;
    page.assert_page(200);
    assert!(page.has("There is a problem") && page.has("<title>Error: "));
    assert!(page.has("href=\"/organisation/kind?from=check#kind\""));
    assert!(page.has("href=\"/users/add?from=check\""));
    assert!(
        browser
            .get("/organisation/kind")
            .await
            .has("There is a problem")
    );
    assert!(
        service
            .store
            .registrations()
            .list()
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn submitting_without_answers_shows_what_is_missing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/check-answers");
    assert!(
        browser
            .get("/check-answers")
            .await
            .has("There is a problem")
    );
}

#[tokio::test]
async fn with_webassembly_the_answer_names_the_page_with_the_problems_or_the_confirmation() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    let page = browser.call("/api/submit", &Fields::new()).await;
    assert_eq!(
        (page.status.as_u16(), page.location()),
        (200, "/check-answers")
    );
    assert!(
        browser
            .get(page.location())
            .await
            .has("Add at least one user")
    );
    browser.add_user(1).await;
    let page = browser.call("/api/submit", &Fields::new()).await;
    assert_eq!((page.status.as_u16(), page.location()), (200, "/submitted"));
    assert_eq!(page.text, "[]");
}

#[tokio::test]
async fn submitting_ten_times_at_once_registers_once() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    let mut sending = JoinSet::new();
    for _ in 0..10 {
        let again = service.browser();
        again.take_cookie(browser.cookie());
        sending.spawn(async move { again.post("/api/submit", &Fields::new()).await });
    }
    for page in sending.join_all().await {
        page.assert_leads_to("/submitted");
    }
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 1);
    assert_eq!(service.store.outbox().rows(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_reference_that_another_registration_has_is_drawn_again() {
    let service = TestService::new().await;
    let first = service.browser();
    first.register().await;
    let second = service.browser();
    second.fill_in_firm().await;
    second.add_user(1).await;
    service
        .randomness
        .repeats_reference
        .store(true, Ordering::SeqCst);
    second
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_a_person_checks_is_what_the_copy_says() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    browser
        .post(
            "/api/organisation/registration-numbers",
            &[
                ("sra_number", "SRA no. 612345".to_owned()),
                ("laa_account_numbers", "LAA account 1a 234b".to_owned()),
            ],
        )
        .await
        .assert_leads_to("/tasks");
    let checked = browser.get("/check-answers").await;
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    let copy = browser.get("/submitted/copy").await;
    for (answer, typed) in [("612345", "SRA no. 612345"), ("1A234B", "1a 234b")] {
        for page in [&checked, &copy] {
            let shown = |answer: &str| page.main().contains(&format!(">{answer}<"));
            assert!(shown(answer) && !shown(typed), "{answer}: {}", page.main());
        }
    }
    let registrations = service.store.registrations().list().await.unwrap();
    assert_eq!(registrations.len(), 1);
}

#[tokio::test]
async fn the_copy_explains_the_fingerprint_of_the_terms_and_ends_with_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let copy = browser.get("/submitted/copy").await;
    let (before, after) = copy.main().split_once("Fingerprint of the Terms").unwrap();
    assert!(!before.contains("SHA-256"));
    assert!(after.contains("shows which text you signed") && after.contains("SHA-256: "));
    assert_eq!(after.matches("govuk-summary-list__key").count(), 0);
}
