//! Calls from WebAssembly that an earlier version of the service delivered. The answers are saved,
//! and the browser is told which page to load.

use crate::test_service::TestService;

const CALL: &str = "/api/organisation/name?version=/assets/registration.earlier.wasm";

#[tokio::test]
async fn an_answer_from_an_earlier_version_is_saved_and_leads_to_the_next_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    let name = [("name", "Hartwell Crane".to_owned())];
    let answer = browser.call(CALL, &name).await;
    assert_eq!(answer.status, 205);
    assert_eq!(answer.location(), "/organisation/address?begun=yes");
    assert!(answer.text.is_empty());
    let page = browser.get("/organisation/name").await;
    assert!(page.has("Hartwell Crane"));
}

#[tokio::test]
async fn a_wrong_answer_from_an_earlier_version_leads_to_its_page_which_shows_the_problem() {
    let service = TestService::new().await;
    let browser = service.browser();
    let answer = browser.call(CALL, &[("name", String::new())]).await;
    assert_eq!(answer.status, 205);
    let page = answer.location().replace("?begun=yes", "");
    assert!(page.starts_with("/organisation/name"), "{page}");
    assert!(browser.get(&page).await.has("There is a problem"));
}

#[tokio::test]
async fn a_call_that_leads_to_no_other_page_has_the_same_page_loaded_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    let call = "/api/question?version=/assets/registration.earlier.wasm";
    let page = [("page", "/organisation/name".to_owned())];
    let answer = browser.call(call, &page).await;
    assert_eq!(answer.status, 205);
    assert_eq!(answer.location(), "");
    assert!(answer.text.is_empty());
}

#[tokio::test]
async fn a_call_from_the_present_version_gets_data() {
    let service = TestService::new().await;
    let browser = service.browser();
    let name = [("name", "Hartwell Crane".to_owned())];
    let answer = browser
        .call(
            "/api/organisation/name?version=/assets/app.0a1b2c3d.wasm",
            &name,
        )
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text, "[]");
}

#[tokio::test]
async fn an_unknown_call_from_an_earlier_version_is_not_found() {
    let service = TestService::new().await;
    let answer = service
        .browser()
        .call("/api/gone?version=/assets/registration.earlier.wasm", &[])
        .await;
    assert_eq!(answer.status, 404);
}
