//! `/api`, where forms are sent: it accepts only POST, only from pages of this service, and at most
//! 64 KiB of answers to one page.

use axum::http::{Method, Request, header};

use crate::browser::Browser;
use crate::test_service::TestService;

const NAME: &str = "/api/organisation/name";

async fn name_of(browser: &Browser) -> String {
    let page = browser.get("/organisation/name").await;
    let after = page.text.split("name=\"name\"").nth(1).unwrap();
    after
        .split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_with_a_page_and_changes_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://register.example:8080"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for address in [NAME, "/api/submit", "/api/begin-another", "/api/users/add"] {
            let request = Request::post(address).header(header, value);
            let request = request.header("accept", "text/html");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let page = browser.send(request, "name=Evil").await;
            page.assert_page(403);
            assert_eq!(page.header(header::SET_COOKIE), "");
        }
    }
    assert_eq!(name_of(&browser).await, "Hartwell");
    assert!(!browser.get("/users").await.has("You have added 1 user"));
}

#[tokio::test]
async fn a_form_from_this_site_is_taken() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (header, value) in [
        ("origin", "http://register.example"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
    ] {
        let request = Request::post(NAME)
            .header(header, value)
            .header("accept", "text/html");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        browser
            .send(request, "name=Own")
            .await
            .assert_leads_to("/organisation/address");
    }
}

#[tokio::test]
async fn more_than_a_page_can_hold_is_refused_with_a_page_and_changes_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    for bytes in [65 * 1024, 3 * 1024 * 1024] {
        let page = browser
            .post_body(NAME, format!("name={}", "a".repeat(bytes)))
            .await;
        page.assert_page(413);
    }
    assert_eq!(name_of(&browser).await, "Hartwell");
    let most = 64 * 1024 - "name=".len();
    let page = browser
        .post_body(NAME, format!("name={}", "a".repeat(most)))
        .await;
    page.assert_leads_to("/organisation/name");
    let page = browser.call(NAME, &[("name", "a".repeat(65 * 1024))]).await;
    assert_eq!(page.status, 413);
}

#[tokio::test]
async fn a_form_address_cannot_be_opened_as_a_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [NAME, "/api/draft", "/api/submit", "/api/nothing", "/api"] {
        let page = browser.get(address).await;
        page.assert_page(404);
        assert!(page.has("Page not found"), "{address}");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        for address in [NAME, "/tasks", "/help", "/api/check-answers"] {
            let request = Request::builder().method(method.clone()).uri(address);
            let page = browser
                .send(request.header("accept", "text/html"), "name=A")
                .await;
            page.assert_page(405);
            assert!(!page.header(header::ALLOW).is_empty(), "{method} {address}");
        }
    }
    assert_eq!(browser.cookie(), None);
}

#[tokio::test]
async fn a_form_for_no_page_is_answered_with_a_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/nothing", "name", "A")
        .await
        .assert_page(404);
    browser
        .post_field("/tasks", "name", "A")
        .await
        .assert_page(405);
    let answer = browser.call("/api/nothing", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, ""));
}

#[tokio::test]
async fn every_body_says_what_it_is_and_in_which_encoding() {
    let service = TestService::new().await;
    let browser = service.browser();
    let mut answers = Vec::new();
    for address in [
        "/",
        "/tasks",
        "/nowhere",
        "/healthz",
        "/readyz",
        "/.well-known/security.txt",
        "/robots.txt",
        "/favicon.svg",
        "/assets/generic.0a1b2c3d.css",
        "/assets/start.0a1b2c3d.js",
        "/assets/app.0a1b2c3d.wasm",
        "/brand-govuk/images/favicon.svg",
        "/download/template.csv",
        "/performance",
        "/blank-form.odt",
    ] {
        answers.push((address, browser.get(address).await));
        let bare = Request::get(address).header(header::ACCEPT, "*/*");
        answers.push((address, browser.send(bare, "").await));
    }
    for address in [
        NAME,
        "/api/check-answers",
        "/api/nothing",
        "/api/users/upload",
    ] {
        answers.push((address, browser.call(address, &[]).await));
        answers.push((address, browser.post_field(address, "name", "A").await));
    }
    for (address, answer) in answers {
        if answer.text.is_empty() {
            continue;
        }
        let kind = answer.header(header::CONTENT_TYPE);
        assert!(!kind.is_empty(), "{address} has no Content-Type");
        let bare = kind.split(';').next().unwrap();
        if bare.starts_with("text/") || bare.ends_with("+xml") {
            assert_eq!(kind, format!("{bare}; charset=utf-8"), "{address}");
        }
    }
}

#[tokio::test]
async fn with_webassembly_a_page_gets_only_its_senders_answers() {
    let service = TestService::new().await;
    let (own, other) = (service.browser(), service.browser());
    own.post_field(NAME, "name", "Hartwell").await;
    other.post_field(NAME, "name", "Lloyd").await;
    let page = own.call("/api/check-answers", &[]).await;
    assert!(page.has("Hartwell") && !page.has("Lloyd"));
}
