//! Faults: a page with the right status and a way out, and no details of the fault.

use std::sync::atomic::Ordering;

use axum::http::header;
use registration::desk::OfficerRole;

use crate::page::Page;
use crate::pages::OF_THE_FORM;
use crate::test_service::TestService;

const NAME: &str = "/api/organisation/name";

fn assert_fault(page: &Page, what: &str) {
    page.assert_page(500);
    assert!(
        page.has("Sorry, there is a problem with the service"),
        "{what}"
    );
    for secret in ["panicked", "sqlx", "database", "on purpose", "Pool", "src/"] {
        assert!(!page.has(secret), "{what} tells {secret}");
    }
}

#[tokio::test]
async fn without_its_database_every_page_is_a_fault_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    service.store.close().await;
    for address in OF_THE_FORM
        .into_iter()
        .chain(["/submitted", "/users/1/change"])
    {
        assert_fault(&browser.get(address).await, address);
    }
    assert_fault(&browser.post_field(NAME, "name", "A").await, "a form");
    let call = browser.call(NAME, &[("name", "A".to_owned())]).await;
    assert_eq!(call.status, 500);
    assert!(call.has("Unavailable"), "{}", call.text);
    // Pages without a database query still work.
    browser.get("/").await.assert_page(200);
    browser.get("/help").await.assert_page(200);
}

#[tokio::test]
async fn without_randomness_nothing_is_begun() {
    let service = TestService::new().await;
    service.randomness.is_empty.store(true, Ordering::SeqCst);
    let browser = service.browser();
    assert_fault(&browser.post_field(NAME, "name", "A").await, "a form");
    assert_eq!(browser.cookie(), None);
    service.randomness.is_empty.store(false, Ordering::SeqCst);
    browser
        .post_field(NAME, "name", "A")
        .await
        .assert_leads_to("/organisation/address");
}

#[tokio::test]
async fn code_that_gives_up_is_a_fault_page_and_the_service_goes_on() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    service.clock.panics.store(true, Ordering::SeqCst);
    assert_fault(&browser.post_field(NAME, "name", "A").await, "a form");
    let call = browser.call(NAME, &[("name", "A".to_owned())]).await;
    assert_eq!(call.status, 500);
    assert_eq!(call.header(header::CACHE_CONTROL), "no-store");
    for address in OF_THE_FORM {
        assert_fault(&browser.get(address).await, address);
    }
    service.clock.panics.store(false, Ordering::SeqCst);
    assert!(browser.get("/organisation/name").await.has("Hartwell"));
}

#[tokio::test]
async fn a_fault_at_the_desk_is_told_to_officers_in_their_words() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    service.store.close().await;
    for address in ["/desk", "/desk/queue", "/desk/registrations/CP-0000-0000"] {
        let page = officer.get(address).await;
        assert_fault(&page, address);
        assert!(page.has("Check before you send it again"));
        assert!(!page.has("Answers that you had already saved"), "{address}");
    }
}
