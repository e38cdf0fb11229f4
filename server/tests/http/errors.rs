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
    assert_tells_nothing(page, what);
}

fn assert_outage(page: &Page, what: &str) {
    page.assert_page(503);
    assert!(
        page.has("The service is not available at the moment"),
        "{what}"
    );
    assert_eq!(page.header(header::RETRY_AFTER), "10", "{what}");
    assert_tells_nothing(page, what);
}

fn assert_tells_nothing(page: &Page, what: &str) {
    for secret in ["panicked", "sqlx", "database", "on purpose", "Pool", "src/"] {
        assert!(!page.has(secret), "{what} tells {secret}");
    }
}

#[tokio::test]
async fn without_its_database_every_page_says_that_the_service_is_not_available() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    service.store.close().await;
    for address in OF_THE_FORM
        .into_iter()
        .chain(["/submitted", "/users/1/change"])
    {
        assert_outage(&browser.get(address).await, address);
    }
    let form = browser.post_field(NAME, "name", "A & “B”").await;
    assert_outage(&form, "a form");
    assert!(form.main().contains(&format!("action=\"{NAME}\"")));
    assert_eq!(form.hidden("name"), "A &amp; “B”");
    let call = browser.call(NAME, &[("name", "A".to_owned())]).await;
    assert_eq!(call.status, 503);
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
async fn an_outage_is_told_to_officers_in_their_words() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    service.store.close().await;
    for address in ["/desk", "/desk/queue", "/desk/registrations/CP-0000-0000"] {
        let page = officer.get(address).await;
        assert_outage(&page, address);
        assert!(page.has("whether your change was saved"));
        assert!(!page.has("Everything that you saved"), "{address}");
    }
}
