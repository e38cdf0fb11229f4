//! An applicant signs out of a device that other people use too.

use registration::desk::OfficerRole;
use registration::page::Page;

use crate::browser::Browser;
use crate::test_service::TestService;

async fn begin(browser: &Browser) {
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
}

#[tokio::test]
async fn after_signing_out_nobody_opens_the_answers_with_the_cookie() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    assert!(browser.get("/tasks").await.has("href=\"/sign-out\""));
    let asked = browser.get("/sign-out").await;
    asked.assert_page(200);
    assert!(asked.has("nobody can open them again") && asked.has("href=\"/save\""));
    let cookie = browser.cookie();
    let page = browser.post("/sign-out", &[]).await;
    page.assert_leads_to("/sign-out");
    assert_eq!(page.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert_eq!(browser.cookie(), None);
    let page = browser.get("/sign-out").await;
    page.assert_page(200);
    assert!(page.has("You are signed out of this device"));
    let thief = service.browser();
    thief.take_cookie(cookie);
    let page = thief.get("/organisation/name").await;
    assert!(!page.has("Hartwell Crane"));
    assert_eq!(page.location(), "/draft-expired");
}

#[tokio::test]
async fn pages_of_the_desk_have_no_link_that_signs_applicants_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert!(browser.get("/help").await.has("href=\"/sign-out\""));
    let page = browser.get("/desk/sign-in").await;
    page.assert_page(200);
    assert!(!page.has("href=\"/sign-out\""));
}

#[tokio::test]
async fn somebody_who_has_submitted_can_return_and_is_told_so() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    for address in ["/submitted", "/status"] {
        let page = browser.get(address).await;
        assert!(page.has("href=\"/sign-out\""), "{address}");
    }
    let asked = browser.get("/sign-out").await;
    assert!(asked.has("You can return on any device"));
    browser.post("/sign-out", &[]).await;
    assert!(!browser.get("/submitted").await.has("Hartwell"));
    assert!(!browser.get("/status").await.has("Hartwell"));
}

#[tokio::test]
async fn another_browser_with_the_same_draft_stays_signed_in() {
    let service = TestService::new().await;
    let (browser, another) = (service.browser(), service.browser());
    begin(&browser).await;
    begin(&another).await;
    browser.post("/sign-out", &[]).await;
    assert!(
        another
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn every_page_of_somebody_who_has_a_session_offers_to_sign_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    let others = [
        "/tasks",
        "/check-answers",
        "/users",
        "/users/add",
        "/users/upload",
        "/save",
    ];
    let texts = ["/help", "/privacy", "/cookies", "/nowhere"];
    let pages = Page::ALL.iter().map(|page| page.path());
    for address in pages.chain(others).chain(texts) {
        let page = browser.get(address).await;
        assert!(page.has("<main"), "{address}: {}", page.status);
        assert!(page.has("href=\"/sign-out\""), "{address}");
    }
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer.get("/desk/queue").await;
    assert!(page.has("Sign out") && !page.has("href=\"/sign-out\""));
}
