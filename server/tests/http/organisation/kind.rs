//! The kind of organisation: radio buttons. If none is selected, the browser sends no value.

use crate::test_service::TestService;

#[tokio::test]
async fn nothing_chosen_is_a_wrong_answer_and_no_fault() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser
        .post_field("/api/organisation/kind", "from", "task")
        .await;
    page.assert_leads_to("/organisation/kind");
    let page = browser.get("/organisation/kind").await;
    assert!(page.has("Select what kind of organisation you are registering"));
}

#[tokio::test]
async fn a_kind_that_is_not_on_the_page_is_a_wrong_answer() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser
        .post_field("/api/organisation/kind", "kind", "court")
        .await;
    page.assert_leads_to("/organisation/kind");
}

#[tokio::test]
async fn a_barrister_of_their_own_is_asked_for_a_mobile_number_in_place_of_users() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/kind", "kind", "self-employed-barrister")
        .await;
    let page = browser.get("/tasks").await;
    assert!(page.has("href=\"/users/mobile\"") && !page.has("href=\"/users/add\""));
}
