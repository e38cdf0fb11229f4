//! After submission, no page of the form opens and no form changes anything.

use crate::forms::{Fields, pages_of_a_firm, user};
use crate::pages::OF_THE_FORM;
use crate::test_service::TestService;

#[tokio::test]
async fn every_page_of_the_form_says_that_it_was_submitted() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    for address in OF_THE_FORM {
        let page = browser.get(address).await;
        assert_eq!(page.status, 302, "{address}");
        assert_eq!(page.location(), "/already-submitted", "{address}");
        assert!(!page.has("Hartwell"), "{address}");
    }
    let page = browser.get("/already-submitted").await;
    page.assert_page(200);
    assert!(page.has("href=\"/submitted\""));
}

#[tokio::test]
async fn nothing_that_is_sent_changes_anything() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let reference = service
        .store
        .registrations()
        .list()
        .await
        .unwrap()
        .remove(0)
        .reference
        .parse()
        .unwrap();
    let before = service
        .store
        .registrations()
        .registration(&reference)
        .await
        .unwrap();
    for (address, fields) in pages_of_a_firm("Another name") {
        browser
            .post(address, &fields)
            .await
            .assert_leads_to("/already-submitted");
        let called = browser.call(address, &fields).await;
        assert_eq!(
            (called.status.as_u16(), called.location()),
            (200, "/already-submitted")
        );
    }
    browser
        .post("/api/users/add", &user(2))
        .await
        .assert_leads_to("/already-submitted");
    for (address, field) in [
        ("/api/users/change", "role"),
        ("/api/users/remove", "remove"),
    ] {
        let fields = [("id", "any".to_owned()), (field, "yes".to_owned())];
        browser
            .post(address, &fields)
            .await
            .assert_leads_to("/already-submitted");
    }
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    assert_eq!(
        service
            .store
            .registrations()
            .registration(&reference)
            .await
            .unwrap(),
        before
    );
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 1);
}
