//! A closed service: people get one page with status 503, and health checks still answer
//! truthfully.

use axum::http::{Request, header};

use crate::test_service::{Options, TestService};

#[tokio::test]
async fn every_page_says_that_the_service_is_closed() {
    let service = TestService::with(Options {
        closed: true,
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    for address in ["/", "/tasks", "/organisation/name", "/nowhere", "/help"] {
        let page = browser.get(address).await;
        page.assert_page(503);
        assert!(page.has("Sorry, the service is unavailable"), "{address}");
    }
    browser
        .post_field("/api/organisation/name", "name", "A")
        .await
        .assert_page(503);
    assert_eq!(browser.cookie(), None);
    browser
        .send(Request::get("/tasks"), "")
        .await
        .assert_page(503);
}

#[tokio::test]
async fn machines_are_still_answered_and_the_page_has_its_styles() {
    let service = TestService::with(Options {
        closed: true,
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    for address in [
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/.well-known/security.txt",
    ] {
        assert_eq!(browser.get(address).await.status, 200, "{address}");
    }
    for address in [
        "/assets/generic.0a1b2c3d.css",
        "/favicon.svg",
        "/brand-govuk/images/favicon.svg",
    ] {
        assert_eq!(browser.get(address).await.status, 200, "{address}");
    }
    let call = browser
        .call("/api/organisation/name", &[("name", "A".to_owned())])
        .await;
    assert_eq!(call.status, 503);
    assert_eq!(call.header(header::SET_COOKIE), "");
}
