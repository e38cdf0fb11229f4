//! A browser that refuses the cookie: after the first answer the person is told that the service
//! needs the cookie, and how to continue. A browser that accepts the cookie shows no sign of this
//! check.

use axum::http::{Request, header};

use crate::browser::Browser;
use crate::forms::user;
use crate::page::Page;
use crate::test_service::TestService;

const MARKED: &str = "/organisation/address?begun=yes";

async fn first_answer(browser: &Browser) -> Page {
    browser
        .post_field("/api/organisation/name", "name", "Hartwell")
        .await
}

#[tokio::test]
async fn a_refused_cookie_is_explained_with_a_way_on() {
    let service = TestService::new().await;
    let browser = service.browser();
    let sent = first_answer(&browser).await;
    browser.take_cookie(None);
    assert_eq!(sent.location(), MARKED);

    let page = browser.get(sent.location()).await;
    page.assert_page(403);
    assert!(page.has("<h1 class=\"govuk-heading-l\">Turn on cookies to use this service</h1>"));
    assert!(page.has("href=\"/cookies\"") && page.has("href=\"/other-formats\""));
    assert!(page.has("could not save the answers"));
    assert_eq!(page.header(header::SET_COOKIE), "");
}

#[tokio::test]
async fn an_accepted_cookie_leads_to_an_address_without_the_mark() {
    let service = TestService::new().await;
    let browser = service.browser();
    let sent = first_answer(&browser).await;
    let page = browser.get(sent.location()).await;
    assert_eq!(page.status, 302);
    assert_eq!(page.location(), "/organisation/address");
    browser.get(page.location()).await.assert_page(200);
}

#[tokio::test]
async fn only_the_answer_that_begins_a_draft_leads_on_with_the_mark() {
    let service = TestService::new().await;
    let browser = service.browser();
    first_answer(&browser).await;
    assert_eq!(
        first_answer(&browser).await.location(),
        "/organisation/address"
    );
}

#[tokio::test]
async fn every_way_to_begin_a_draft_has_the_mark_and_keeps_where_it_leads() {
    let service = TestService::new().await;
    let from_check = [("from", "check".to_owned()), ("name", "=1".to_owned())];
    for (address, fields, marked) in [
        (
            "/api/organisation/name",
            from_check.to_vec(),
            "/organisation/name?from=check&begun=yes",
        ),
        ("/api/users/add", user(1), "/users?begun=yes"),
        ("/api/submit", Vec::new(), "/check-answers?begun=yes"),
    ] {
        let browser = service.browser();
        let sent = browser.post(address, &fields).await;
        assert_eq!(sent.location(), marked);
        let page = browser.get(marked).await;
        assert_eq!(page.location(), sent.leads_to());
        browser.take_cookie(None);
        browser.get(marked).await.assert_page(403);
    }
}

#[tokio::test]
async fn with_webassembly_the_next_question_shows_whether_the_cookie_was_taken() {
    let service = TestService::new().await;
    let browser = service.browser();
    let sent = browser
        .call("/api/organisation/name", &[("name", "Hartwell".to_owned())])
        .await;
    assert_eq!(sent.location(), MARKED);
    let ask = || async {
        let page = [("page", "/organisation/address".to_owned())];
        browser.call("/api/question?begun=yes", &page).await
    };
    assert_eq!(ask().await.status, 200);
    browser.take_cookie(None);
    assert_eq!(ask().await.status, 403);
}

#[tokio::test]
async fn the_mark_leads_nowhere_else() {
    let service = TestService::new().await;
    let browser = service.browser();
    first_answer(&browser).await;
    for address in [
        "//evil.example?begun=yes",
        "//evil.example/tasks?begun=yes",
        "/\\evil.example?begun=yes",
    ] {
        let page = browser.get(address).await;
        page.assert_page(404);
        assert_eq!(page.location(), "");
    }
    // A link with `begun=yes`, followed without any earlier answer, shows the page about cookies.
    let request = Request::get("/tasks?begun=yes").header(header::ACCEPT, "text/html");
    service.browser().send(request, "").await.assert_page(403);
}
