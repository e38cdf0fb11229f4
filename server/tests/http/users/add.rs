//! Adding a user: a user with problems is kept, and its page shows the problems.

use super::ids;
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
async fn a_user_with_wrong_answers_is_kept_and_its_page_shows_them() {
    let service = TestService::new().await;
    let browser = service.browser();
    // A user with problems is kept even if the form is the browser's first request.
    let mut fields = user(1);
    fields.retain(|(name, _)| !matches!(*name, "email" | "role"));
    fields.push(("email", "wen@<b>".to_owned()));
    let page = browser.post("/api/users/add", &fields).await;
    let ids = ids(&browser).await;
    let [id] = ids.as_slice() else {
        panic!("{ids:?}")
    };
    page.assert_leads_to(&format!("/users/{id}/change"));
    let page = browser.get(page.leads_to()).await;
    page.assert_page(200);
    assert!(page.has("There is a problem") && page.has("value=\"wen@&lt;b&gt;\""));
    assert!(page.has("Select the role of this user"));
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
