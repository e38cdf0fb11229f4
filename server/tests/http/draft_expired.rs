//! How long a browser can open a draft: 24 hours, even if the person uses it. After that, a page
//! says that the draft has expired.

use axum::http::header;

use crate::browser::Browser;
use crate::forms::{Fields, user};
use crate::test_service::TestService;

async fn begin(browser: &Browser) {
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
}

#[tokio::test]
async fn somebody_who_comes_back_goes_on_and_after_a_day_the_browser_shows_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    for _ in 0..2 {
        service.clock.move_on(11, 30);
        let page = browser.get("/organisation/name").await;
        page.assert_page(200);
        assert!(page.has("Hartwell Crane"));
        assert!(!page.headers.contains_key(header::SET_COOKIE));
    }
    service.clock.move_on(0, 59);
    browser.get("/organisation/name").await.assert_page(200);
    service.clock.move_on(0, 1);
    let page = browser.get("/organisation/name").await;
    assert_eq!(page.location(), "/draft-expired");
    let page = browser.get("/draft-expired").await;
    assert!(page.has("for 24 hours"), "{}", page.text);
}

#[tokio::test]
async fn a_draft_that_nobody_uses_opens_for_more_than_twenty_hours() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    service.clock.move_on(23, 59);
    assert!(
        browser
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn after_an_idle_day_a_page_says_so_and_leads_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    service.clock.move_on(24, 0);

    let page = browser.get("/organisation/name").await;
    assert_eq!(page.status, 302);
    assert_eq!(page.location(), "/draft-expired");
    assert!(page.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(browser.cookie(), None);
    assert!(!page.has("Hartwell Crane"));

    let page = browser.get("/draft-expired").await;
    page.assert_page(410);
    assert!(page.has("href=\"/tasks\""));

    browser.get("/tasks").await.assert_page(200);
    begin(&browser).await;
    assert!(
        browser
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn answers_sent_after_the_draft_expired_are_kept_in_a_new_one() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    let old = browser.cookie();
    service.clock.move_on(24, 0);
    let page = browser
        .post_field("/api/organisation/name", "name", "Lloyd Evans")
        .await;
    page.assert_leads_to("/draft-expired?kept=/organisation/name");
    assert_ne!(browser.cookie(), old);
    let told = browser.get(page.leads_to()).await;
    told.assert_page(410);
    assert!(told.has("href=\"/organisation/name\"") && told.has("href=\"/tasks\""));
    assert!(browser.get("/organisation/name").await.has("Lloyd Evans"));
}

#[tokio::test]
async fn a_user_sent_after_the_draft_expired_begins_the_new_list() {
    for address in ["/api/users/add", "/api/users/change"] {
        let service = TestService::new().await;
        let browser = service.browser();
        begin(&browser).await;
        service.clock.move_on(24, 0);
        let mut fields = user(7);
        fields.push(("id", "gone".to_owned()));
        let fields = if address.ends_with("add") {
            user(7)
        } else {
            fields
        };
        browser
            .post(address, &fields)
            .await
            .assert_leads_to("/draft-expired?kept=/users");
        assert!(browser.get("/users").await.has("Williams 7"), "{address}");
    }
}

#[tokio::test]
async fn a_form_whose_cookie_the_browser_has_dropped_is_kept_in_a_new_draft_and_told() {
    let name = || vec![("name", "Lloyd Evans".to_owned())];
    for (page, address, fields, shown) in [
        (
            "/organisation/name",
            "/api/organisation/name",
            name(),
            "/organisation/name",
        ),
        ("/users/add", "/api/users/add", user(7), "/users"),
    ] {
        let service = TestService::new().await;
        let browser = service.browser();
        let marked = "type=\"hidden\" name=\"version\"";
        assert!(!browser.get(page).await.has(marked), "{page}: no draft yet");
        begin(&browser).await;
        assert!(browser.get(page).await.has(marked), "{page}");
        // After 24 hours the browser has dropped the cookie, but the page may still be open.
        browser.take_cookie(None);
        let mut sent = fields.clone();
        sent.push(("version", "1".to_owned()));
        browser
            .post(address, &sent)
            .await
            .assert_leads_to(&format!("/draft-expired?kept={shown}"));
        let kept = browser.get(shown).await;
        assert!(kept.has("Lloyd Evans") || kept.has("Williams 7"), "{page}");
    }
}

#[tokio::test]
async fn an_address_that_somebody_made_up_leads_nowhere_else() {
    let browser = TestService::new().await.browser();
    for made_up in [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/nowhere",
        "",
    ] {
        let page = browser.get(&format!("/draft-expired?kept={made_up}")).await;
        page.assert_page(410);
        assert!(!page.main().contains("elsewhere") && page.has("href=\"/tasks\""));
    }
}

#[tokio::test]
async fn actions_on_an_expired_draft_say_that_it_has_expired() {
    for (address, fields) in [
        ("/api/submit", Fields::new()),
        (
            "/api/users/remove",
            vec![("id", "gone".to_owned()), ("remove", "yes".to_owned())],
        ),
        ("/api/users/more", vec![("more", "yes".to_owned())]),
    ] {
        let service = TestService::new().await;
        let browser = service.browser();
        begin(&browser).await;
        service.clock.move_on(24, 0);
        browser
            .post(address, &fields)
            .await
            .assert_leads_to("/draft-expired");
        assert_eq!(browser.cookie(), None, "{address}");
    }
}

#[tokio::test]
async fn a_cookie_whose_draft_was_never_there_is_told_like_an_expired_one() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.take_cookie(Some(format!("registration={}", "ab".repeat(32))));
    let page = browser.get("/check-answers").await;
    assert_eq!(
        (page.status.as_u16(), page.location()),
        (302, "/draft-expired")
    );
    browser.get("/tasks").await.assert_page(200);
}
