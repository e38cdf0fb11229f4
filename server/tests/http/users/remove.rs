//! Removing a user, after a page that asks for confirmation.

use super::ids;
use crate::test_service::TestService;

#[tokio::test]
async fn the_page_asks_first_and_names_the_user() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let id = ids(&browser).await.remove(0);
    let page = browser.get(&format!("/users/{id}/remove")).await;
    page.assert_page(200);
    assert!(page.has("Are you sure you want to remove Wen Williams 1?"));
}

#[tokio::test]
async fn yes_removes_no_keeps_and_nothing_asks_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    browser.add_user(2).await;
    let id = ids(&browser).await.remove(0);
    let answer = |answer: &str| [("id", id.clone()), ("remove", answer.to_owned())];

    let page = browser.post("/api/users/remove", &answer("")).await;
    page.assert_leads_to(&format!("/users/{id}/remove?unanswered=yes"));
    let page = browser.get(page.location()).await;
    assert!(page.has("Select yes if you want to remove Wen Williams 1"));

    browser
        .post("/api/users/remove", &answer("no"))
        .await
        .assert_leads_to("/users");
    assert!(browser.get("/users").await.has("You have added 2 users"));

    browser
        .post("/api/users/remove", &answer("yes"))
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.main().contains("Removed Wen Williams 1. 1 user</h1>") && page.has("Williams 2"));
    assert!(page.has("<title>Removed Wen Williams 1. 1 user - "));
    let page = browser.get("/users").await;
    assert!(page.has("You have added 1 user") && !page.has("Wen Williams 1"));

    // The same button is pressed a second time.
    browser
        .post("/api/users/remove", &answer("yes"))
        .await
        .assert_leads_to("/users");
    assert!(browser.get("/users").await.has("You have added 1 user"));
}

#[tokio::test]
async fn the_removal_of_the_last_user_says_that_there_are_none() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let fields = [
        ("id", ids(&browser).await.remove(0)),
        ("remove", "yes".to_owned()),
    ];
    browser.post("/api/users/remove", &fields).await;
    let page = browser.get("/users").await;
    assert!(
        page.main()
            .contains("Removed Wen Williams 1. No users</h1>")
    );
}

#[tokio::test]
async fn removing_a_user_creates_no_draft() {
    let service = TestService::new().await;
    let browser = service.browser();
    let fields = [("id", "nobody".to_owned()), ("remove", "yes".to_owned())];
    browser
        .post("/api/users/remove", &fields)
        .await
        .assert_leads_to("/users");
    assert_eq!(browser.cookie(), None);
}
