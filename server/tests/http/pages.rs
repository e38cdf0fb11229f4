//! Every page of the form opens, in an empty draft and in a complete one. The information pages
//! open too.

use app::pages::content::ContentPage;
use axum::http::header;
use tokio::task::JoinSet;

use crate::test_service::{Options, TestService};

/// The pages of the form, except the pages that change or remove a user.
pub const OF_THE_FORM: [&str; 17] = [
    "/tasks",
    "/organisation/kind",
    "/organisation/name",
    "/organisation/address",
    "/organisation/contact",
    "/organisation/registration-numbers",
    "/organisation/first-hearing",
    "/accountable-person/name",
    "/accountable-person/contact",
    "/users",
    "/users/first",
    "/users/mobile",
    "/users/add",
    "/users/upload",
    "/users?page=2&from=check",
    "/sign",
    "/check-answers",
];

#[tokio::test]
async fn every_page_opens_before_anything_was_answered_and_sets_no_cookie() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in OF_THE_FORM.into_iter().chain(["/", "/already-submitted"]) {
        let page = browser.get(address).await;
        page.assert_page(200);
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{address}");
        assert_eq!(browser.cookie(), None, "{address}");
    }
}

#[tokio::test]
async fn every_page_opens_once_everything_was_answered() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    for address in OF_THE_FORM {
        let page = browser.get(address).await;
        page.assert_page(200);
        assert!(!page.has("There is a problem"), "{address}");
    }
}

#[tokio::test]
async fn pages_that_only_inform_open() {
    let service = TestService::new().await;
    let browser = service.browser();
    for page in ContentPage::ALL
        .into_iter()
        .filter(|page| page.status() == 200)
    {
        let answer = browser.get(page.path()).await;
        answer.assert_page(200);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert!(
            answer.has(&format!("<title>{} - ", page.title())),
            "{}",
            page.path()
        );
    }
}

#[tokio::test]
async fn a_reader_that_names_no_format_gets_pages_too() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in ["/", "/tasks", "/help"] {
        browser
            .send(axum::http::Request::get(address), "")
            .await
            .assert_page(200);
    }
}

#[tokio::test]
async fn a_head_request_has_the_status_of_the_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (address, status) in [("/tasks", 200), ("/help", 200), ("/nowhere", 404)] {
        let request = axum::http::Request::head(address).header(header::ACCEPT, "text/html");
        let page = browser.send(request, "").await;
        assert_eq!(page.status, status, "{address}");
    }
}

#[tokio::test]
async fn the_brand_is_the_hosts() {
    let service = TestService::with(Options {
        govuk: true,
        ..Options::default()
    })
    .await;
    let page = service.browser().get("/").await;
    assert!(page.has("/assets/govuk.0a1b2c3d.css"));
    for address in ["/", "/tasks", "/help", "/return"] {
        let page = service.browser().get(address).await;
        assert!(
            page.has("Register for Common Platform - GOV.UK</title>"),
            "{address}"
        );
    }
    let generic = TestService::new().await.browser().get("/").await;
    assert!(generic.has("/assets/generic.0a1b2c3d.css"));
    assert!(!generic.has("crown") && !generic.has("GOV.UK</title>"));
}

/// Asserts that pages which several threads render at the same time do not mix: each page has its
/// own draft, title and problems.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_that_are_asked_for_at_once_do_not_mix() {
    let service = TestService::new().await;
    let (right, wrong) = (service.browser(), service.browser());
    right
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    wrong
        .post_field("/api/organisation/name", "name", "=1")
        .await;
    let mut access_request = JoinSet::new();
    for number in 0..400 {
        let browser = service.browser();
        let is_right = number % 2 == 0;
        browser.take_cookie(if is_right {
            right.cookie()
        } else {
            wrong.cookie()
        });
        access_request.spawn(async move { (is_right, browser.get("/organisation/name").await) });
    }
    for (is_right, page) in access_request.join_all().await {
        page.assert_page(200);
        assert_eq!(page.has("<title>Error: "), !is_right);
        assert_eq!(page.has("There is a problem"), !is_right);
        assert_eq!(page.has("Hartwell Crane"), is_right);
    }
}
