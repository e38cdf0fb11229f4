//! After submission: the confirmation, the copy, and a draft that is closed.

mod already;
mod kept;

use axum::http::header;

use crate::forms::Fields;
use crate::test_service::TestService;

#[tokio::test]
async fn the_confirmation_shows_the_reference_and_may_be_reloaded() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let listed = service.store.registrations().list().await.unwrap();
    let [registration] = listed.as_slice() else {
        panic!("{listed:?}")
    };
    for _ in 0..2 {
        let page = browser.get("/submitted").await;
        page.assert_page(200);
        assert!(page.has(&registration.reference));
        assert!(page.has("3 September 2026 at 10:00am"), "{}", page.text);
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    }
}

#[tokio::test]
async fn the_copy_shows_every_answer() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let page = browser.get("/submitted/copy").await;
    page.assert_page(200);
    for answer in [
        "Hartwell Crane &amp; Co LLP",
        "51 Assize Street",
        "Worcester",
        "WR1 2ND",
        "01632 960 096",
        "clerk@hartwell.example",
        "483452",
        "1A234B",
        "2B345C",
        "Ní-Dhomhnaill",
        "Partner",
        "Wen Williams 1",
        "07700 900425",
        "Defence lawyer",
        "Accountable person",
        "29 September 2020",
    ] {
        assert!(page.has(answer), "{answer}: {}", page.text);
    }
}

#[tokio::test]
async fn the_progress_page_says_if_nothing_was_submitted() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in ["/submitted", "/submitted/copy"] {
        browser.get(address).await.assert_page(404);
    }
    browser
        .post_field("/api/organisation/name", "name", "Hartwell")
        .await;
    for address in ["/submitted", "/submitted/copy"] {
        browser.get(address).await.assert_page(404);
    }
}

#[tokio::test]
async fn another_registration_can_be_begun_in_the_same_browser() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let old = browser.cookie();
    browser
        .post("/api/begin-another", &Fields::new())
        .await
        .assert_leads_to("/tasks");
    assert_eq!(browser.cookie(), None);
    assert!(!browser.get("/organisation/name").await.has("Hartwell"));
    // The old cookie gives access to nothing, even if somebody copied it.
    browser.take_cookie(old);
    browser.get("/submitted").await.assert_page(404);
    browser.take_cookie(None);
    browser.register().await;
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_confirmation_says_where_emails_went_and_how_long_a_decision_takes() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let page = browser.get("/submitted").await;
    let told = "We have sent an email with your reference to clerk@hartwell.example.";
    assert!(page.has(told), "{}", page.main());
    assert!(!page.has("a copy of your answers to"));
    assert!(page.has("It aims to decide within 5 working days."));

    let saved = service.browser();
    let request = crate::resume::leave(&saved, "office@hartwell.example").await;
    let message = crate::resume::access_message(&service, "office@hartwell.example").await;
    crate::resume::enter(&saved, &request, &message.code).await;
    saved.register().await;
    let page = saved.get("/submitted").await;
    assert!(
        page.has("We have sent a copy of your answers to office@hartwell.example."),
        "{}",
        page.main()
    );
}
