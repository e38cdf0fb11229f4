//! Addresses for machines: `/healthz`, `/readyz`, `/.well-known/security.txt` and `/robots.txt`.

use axum::http::header;

use crate::test_service::{Options, TestService};

#[tokio::test]
async fn health_and_readiness_are_told_apart_when_the_database_is_away() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert_eq!(browser.get("/healthz").await.text, "ok\n");
    let ready = browser.get("/readyz").await;
    assert_eq!(
        (ready.status.as_u16(), ready.text.as_str()),
        (200, "ready\n")
    );
    service.store.close().await;
    assert_eq!(browser.get("/healthz").await.status, 200);
    let call = axum::http::Request::get("/readyz");
    let away = browser.send(call, "").await;
    assert_eq!(
        (away.status.as_u16(), away.text.as_str()),
        (503, "the database cannot be written\n")
    );
    assert_eq!(browser.get("/readyz").await.status, 503);
}

#[tokio::test]
async fn readiness_asks_postgres_too() {
    let service = TestService::with(Options {
        postgres: true,
        ..Options::default()
    })
    .await;
    assert_eq!(service.browser().get("/readyz").await.status, 200);
    service.store.close().await;
    assert_eq!(service.browser().get("/readyz").await.status, 503);
}

#[tokio::test]
async fn weaknesses_are_reported_to_the_desk() {
    let service = TestService::new().await;
    let page = service.browser().get("/.well-known/security.txt").await;
    assert_eq!(page.status, 200);
    assert!(page.header(header::CONTENT_TYPE).starts_with("text/plain"));
    assert!(page.has("Contact: mailto:desk@justice.example\n"));
    // RFC 9116 recommends an expiry date less than a year away.
    assert!(page.has("Expires: 2027-03-02T09:00:00Z\n"), "{}", page.text);
}

#[tokio::test]
async fn weaknesses_are_reported_where_the_department_says() {
    let elsewhere = "https://vdp.justice.example/.well-known/security.txt";
    let options = Options {
        security_txt: Some(elsewhere.to_owned()),
        ..Options::default()
    };
    let service = TestService::with(options).await;
    let page = service.browser().get("/.well-known/security.txt").await;
    assert_eq!((page.status.as_u16(), page.location()), (307, elsewhere));
}

#[tokio::test]
async fn robots_are_kept_out() {
    let page = TestService::new().await.browser().get("/robots.txt").await;
    assert_eq!(page.status, 200);
    assert!(page.has("Disallow: /"));
}
