//! The progress of an import: any server shows and can stop an import, and notices if the server
//! that ran the import has stopped.

use axum::http::header;
use server::clock::Clock;
use server::randomness::SessionToken;
use server::store::ImportRow;

use super::THREE;
use crate::browser::Browser;
use crate::test_service::TestService;

/// Records an import that another server runs, at 42 per cent; returns the identifier of its draft.
async fn under_way(service: &TestService, browser: &Browser) -> String {
    browser.add_user(1).await;
    let cookie = browser.cookie().unwrap();
    let token = SessionToken::parse(cookie.split_once('=').unwrap().1).unwrap();
    let now = service.clock.now();
    let held = service
        .store
        .drafts()
        .session_draft(&token.hash(), now)
        .await;
    let draft = held.unwrap().unwrap().id;
    let reading = ImportRow {
        id: "elsewhere".to_owned(),
        file_name: "staff.xlsx".to_owned(),
        state: "reading".to_owned(),
        thousandths: 420,
        refusal: String::new(),
        pasted: String::new(),
        brings_back: false,
        seen_at: now.millis(),
    };
    service
        .store
        .spreadsheets()
        .begin_import(&draft, &reading, now)
        .await
        .unwrap();
    draft
}

#[tokio::test]
async fn the_page_has_a_bar_and_brings_itself_up_to_date() {
    let service = TestService::new().await;
    let browser = service.browser();
    under_way(&service, &browser).await;
    let page = browser.get("/users/upload/review").await;
    assert_eq!(page.location(), "/users/upload/reading");
    let page = browser.get("/users/upload/reading").await;
    page.assert_page(200);
    assert_eq!(page.header(header::REFRESH), "3");
    assert!(page.has("Reading staff.xlsx"));
    assert!(page.has("max=\"1000\" value=\"420\""), "{}", page.text);
    assert!(page.has("<label class=\"govuk-label\" for=\"progress\">"));
}

#[tokio::test]
async fn a_reading_is_stopped_and_says_so_to_its_own_server() {
    let service = TestService::new().await;
    let browser = service.browser();
    let draft = under_way(&service, &browser).await;
    let now = service.clock.now();
    let goes_on = || {
        service
            .store
            .spreadsheets()
            .report_progress(&draft, "elsewhere", 500, now)
    };
    assert!(goes_on().await.unwrap());
    browser
        .post("/api/users/upload/stop", &[])
        .await
        .assert_leads_to("/users/upload?stopped=yes");
    assert!(!goes_on().await.unwrap());
    let page = browser.get("/users/upload?stopped=yes").await;
    page.assert_page(200);
    assert!(page.has("You stopped reading staff.xlsx"));
    assert!(!browser.get("/users/upload").await.has("You stopped"));
}

#[tokio::test]
async fn a_reading_whose_server_went_down_is_told_and_can_be_sent_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    under_way(&service, &browser).await;
    service.clock.move_on(0, 1);
    let page = browser.get("/users/upload/reading").await;
    page.assert_page(200);
    assert!(page.has("We did not finish reading staff.xlsx"));
    assert_eq!(page.header(header::REFRESH), "");
    browser
        .upload_file("staff.csv", THREE)
        .await
        .assert_leads_to("/users/upload/review");
}

#[tokio::test]
async fn webassembly_is_told_where_to_go_once_there_is_something_to_see() {
    let service = TestService::new().await;
    let browser = service.browser();
    under_way(&service, &browser).await;
    let question = [
        ("path", "/users/upload/reading".to_owned()),
        ("query", "waits".to_owned()),
    ];
    let ask = || browser.call("/api/users/upload/page", &question);
    assert!(ask().await.has("\"waits\":420"));
    browser.upload_file("staff.csv", THREE).await;
    let answer = ask().await;
    assert!(
        answer.has("\"leads_to\":\"/users/upload/review\""),
        "{}",
        answer.text
    );
    assert_eq!(answer.location(), "");
}

#[tokio::test]
async fn a_reading_that_was_seen_tomorrow_is_not_waited_for() {
    let service = TestService::new().await;
    let browser = service.browser();
    let draft = under_way(&service, &browser).await;
    let tomorrow = service.clock.now().plus_hours(24);
    let spreadsheets = service.store.spreadsheets();
    assert!(
        spreadsheets
            .report_progress(&draft, "elsewhere", 500, tomorrow)
            .await
            .unwrap()
    );
    let page = browser.get("/users/upload/reading").await;
    assert_eq!(page.header(header::REFRESH), "", "{}", page.text);
}
