//! The applicant's cookie: what it contains, when it expires, and what it gives access to.

use axum::http::{HeaderValue, Request, header};

use crate::page::Page;
use crate::test_service::{Options, TestService};

fn set_cookies(page: &Page) -> Vec<&str> {
    let values = page.headers.get_all(header::SET_COOKIE);
    values
        .into_iter()
        .map(|value| value.to_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_first_answer_sets_a_cookie_that_scripts_cannot_read() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser
        .post_field("/api/organisation/name", "name", "A")
        .await;
    let set = set_cookies(&page);
    let [cookie] = set.as_slice() else {
        panic!("{set:?}")
    };
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let secret = pair.strip_prefix("registration=").unwrap();
    assert_eq!(secret.len(), 64);
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Max-Age=86400");
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let service = TestService::with(Options {
        over_https: true,
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    let page = browser
        .post_field("/api/organisation/name", "name", "A")
        .await;
    let set = set_cookies(&page);
    let [cookie] = set.as_slice() else {
        panic!("{set:?}")
    };
    assert!(cookie.starts_with("__Host-registration="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure"),
        "{cookie}"
    );
    assert!(browser.get("/organisation/name").await.has("value=\"A\""));
}

#[tokio::test]
async fn a_cookie_is_set_once() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "A")
        .await;
    for hours in [0, 2, 21] {
        service.clock.move_on(hours, 10);
        assert!(set_cookies(&browser.get("/tasks").await).is_empty());
    }
}

#[tokio::test]
async fn nobody_sees_the_draft_of_another_cookie() {
    let service = TestService::new().await;
    let (own, other) = (service.browser(), service.browser());
    own.post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    other
        .post_field("/api/organisation/name", "name", "Lloyd Evans")
        .await;
    assert_ne!(own.cookie(), other.cookie());
    assert!(own.get("/organisation/name").await.has("Hartwell Crane"));
    let page = other.get("/organisation/name").await;
    assert!(page.has("Lloyd Evans") && !page.has("Hartwell Crane"));
}

#[tokio::test]
async fn a_cookie_that_is_none_of_ours_counts_as_none() {
    let service = TestService::new().await;
    for cookie in [
        "registration=",
        "registration=abc",
        "registration",
        "registration=../../etc",
        "=",
        ";",
    ] {
        let browser = service.browser();
        let request = Request::get("/tasks").header(header::ACCEPT, "text/html");
        let page = browser
            .send(request.header(header::COOKIE, cookie), "")
            .await;
        page.assert_page(200);
        assert!(set_cookies(&page).is_empty(), "{cookie}");
    }
}

#[tokio::test]
async fn a_cookie_among_others_is_found() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    let cookie = browser.cookie().unwrap();
    browser.take_cookie(Some(format!("other=1; {cookie}; registration2=x")));
    assert!(
        browser
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
}

#[tokio::test]
async fn cookies_of_other_applications_on_the_host_change_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    let ours = browser.cookie().unwrap();
    for others in [
        &b"place=Caf\xe9"[..],
        "place=Caf\u{e9}".as_bytes(),
        b"\xff\xfe=\x80",
    ] {
        for cookie in [
            [others, ours.as_bytes()].join(&b"; "[..]),
            [ours.as_bytes(), others].join(&b"; "[..]),
        ] {
            let request = Request::get("/organisation/name")
                .header(header::ACCEPT, "text/html")
                .header(header::COOKIE, HeaderValue::from_bytes(&cookie).unwrap());
            let page = service.browser().send(request, "").await;
            assert!(page.has("value=\"Hartwell Crane\""), "{cookie:?}");
        }
    }
}
