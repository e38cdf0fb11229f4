//! Adding a user: if an answer has a problem, the page keeps all answers, and the user is not on
//! the list until every answer is valid.

use super::ids;
use crate::edit_conflict::two;
use crate::forms::{pages_of_a_firm, user};
use crate::test_service::TestService;

#[tokio::test]
async fn a_user_with_right_answers_is_on_the_list() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    browser.add_user(2).await;
    let page = browser.get("/users").await;
    page.assert_page(200);
    assert!(page.has("You have added 2 users"));
    assert!(page.has("Williams 1") && page.has("Williams 2"));
}

#[tokio::test]
async fn a_user_with_wrong_answers_is_kept_on_the_same_page_and_counts_as_no_user() {
    let service = TestService::new().await;
    let browser = service.browser();
    // The answers are kept even if the form is the browser's first request.
    let mut fields = user(1);
    fields.retain(|(name, _)| !matches!(*name, "email" | "role"));
    fields.push(("email", "wen@<b>".to_owned()));
    let page = browser.post("/api/users/add", &fields).await;
    page.assert_leads_to("/users/add");
    let page = browser.get(page.leads_to()).await;
    page.assert_page(200);
    assert!(page.has("<title>Error: Add a user - ") && page.has("value=\"wen@&lt;b&gt;\""));
    assert!(page.has("Select the role of this user"));
    assert!(ids(&browser).await.is_empty());
    let list = browser.get("/users").await;
    assert!(list.has("You have not added any users"));
    assert!(list.has("You have not finished adding Wen Williams 1"));
    assert!(list.has("href=\"/users/add\""));
    let tasks = browser.get("/tasks").await;
    assert!(tasks.has("Incomplete"), "{}", tasks.main());

    // On any device that opens the draft, somebody can complete the form, which adds the user.
    let version = page.hidden("version");
    let mut fields = user(1);
    fields.push(("version", version));
    browser
        .post("/api/users/add", &fields)
        .await
        .assert_leads_to("/users");
    let list = browser.get("/users").await;
    assert!(list.has("You have added 1 user") && !list.has("You have not finished"));
    assert!(!browser.get("/users/add").await.has("Williams 1"));
}

#[tokio::test]
async fn an_empty_form_adds_nobody_and_asks_on_the_same_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    for address in ["/api/users/add", "/api/users/add?again"] {
        let empty = [("first_name", String::new()), ("from", "check".to_owned())];
        browser
            .post(address, &empty)
            .await
            .assert_leads_to("/users/add?from=check");
    }
    let page = browser.get("/users/add?from=check").await;
    assert!(page.has("<title>Error: Add a user - ") && page.has("Enter a first name"));
    let list = browser.get("/users").await;
    assert!(list.has("You have added 1 user") && list.has("You have not finished adding a user"));
    let check = browser.get("/check-answers").await;
    assert!(check.has("You have not finished adding a user"));
    assert!(!check.has("<td class=\"govuk-table__cell\">No</td>"));
    let shown = [("version", list.hidden("version"))];
    browser
        .post("/api/users/discard", &shown)
        .await
        .assert_leads_to("/users");
    let list = browser.get("/users").await;
    assert!(list.has("You have added 1 user") && !list.has("You have not finished"));
    let page = browser.get("/users/add").await;
    assert!(!page.has("There is a problem"));
}

#[tokio::test]
async fn a_form_sent_twice_adds_one_user_who_is_finished() {
    let service = TestService::new().await;
    let browser = service.browser();
    for _ in 0..2 {
        browser
            .post("/api/users/add", &user(1))
            .await
            .assert_leads_to("/users");
    }
    let list = browser.get("/users").await;
    assert!(list.has("You have added 1 user") && !list.has("You have not finished"));
}

#[tokio::test]
async fn deleting_an_unfinished_user_leaves_what_a_colleague_has_entered_since() {
    let service = TestService::new().await;
    let (browser, colleague) = two(&service).await;
    let half =
        |name: &str, version: String| [("first_name", name.to_owned()), ("version", version)];
    browser
        .post("/api/users/add", &half("Wen", "0".to_owned()))
        .await
        .assert_leads_to("/users/add");
    let seen = browser.get("/users").await.hidden("version");
    let before = colleague.get("/users/add").await.hidden("version");
    colleague
        .post("/api/users/add", &half("Amara", before))
        .await
        .assert_leads_to("/users/add");
    browser
        .post("/api/users/discard", &[("version", seen)])
        .await
        .assert_leads_to("/users");
    let list = browser.get("/users").await;
    assert!(
        list.has("You have not finished adding Amara"),
        "{}",
        list.text
    );
}

#[tokio::test]
async fn the_unfinished_user_of_a_colleague_stays_when_another_user_is_added() {
    let service = TestService::new().await;
    let (browser, colleague) = two(&service).await;
    browser.add_user(1).await;
    let before = colleague.get("/users/add").await.hidden("version");
    let half = [("first_name", "Ifan".to_owned()), ("version", before)];
    colleague
        .post("/api/users/add", &half)
        .await
        .assert_leads_to("/users/add");
    let mut whole = user(2);
    whole.push(("version", "0".to_owned()));
    browser
        .post("/api/users/add", &whole)
        .await
        .assert_leads_to("/users");
    let list = browser.get("/users").await;
    assert!(list.has("You have added 2 users") && list.has("You have not finished adding Ifan"));
}

#[tokio::test]
async fn two_users_with_one_mailbox_are_told() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let mut fields = user(2);
    fields.retain(|(name, _)| *name != "email");
    fields.push(("email", "WEN.1@hartwell.example".to_owned()));
    let page = browser.post("/api/users/add", &fields).await;
    let page = browser.get(page.location()).await;
    assert!(
        page.has("is already used for Wen Williams 1"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn the_accountable_person_is_filled_in_as_the_first_user() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (address, fields) in pages_of_a_firm("Hartwell") {
        browser.post(address, &fields).await;
    }
    browser
        .post_field("/api/users/first", "needs_account", "yes")
        .await
        .assert_leads_to("/users/add");
    let page = browser.get("/users/add").await;
    assert!(page.has("value=\"Yusuf\"") && page.has("value=\"yusuf@hartwell.example\""));
    assert!(!page.has("There is a problem"));
}
