//! A barrister who registers alone: the pages ask them for their own details, once.

use crate::browser::Browser;
use crate::test_service::TestService;

async fn begin(browser: &Browser) {
    browser
        .post_field("/api/organisation/kind", "kind", "self-employed-barrister")
        .await;
    browser
        .post_field("/api/organisation/name", "name", "Gwenllian Prosser")
        .await;
    browser
        .post(
            "/api/organisation/contact",
            &[
                ("telephone", "07700 900682".to_owned()),
                ("email", "gwenllian@prosser.example".to_owned()),
            ],
        )
        .await;
}

#[tokio::test]
async fn no_page_asks_a_barrister_for_an_organisation() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    for (address, question) in [
        ("/organisation/name", "What is your name?"),
        (
            "/organisation/address",
            "What is the address of your practice?",
        ),
        ("/organisation/contact", "How can we contact your practice?"),
        (
            "/accountable-person/name",
            "What are your name and job title?",
        ),
        ("/users/mobile", "What is your mobile number?"),
    ] {
        let page = browser.get(address).await;
        page.assert_page(200);
        assert!(page.main().contains(question), "{address}: {}", page.main());
        assert!(!page.main().contains("your organisation"), "{address}");
    }
}

#[tokio::test]
async fn what_a_barrister_gave_once_is_filled_in_later_and_can_be_changed() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    let name = browser.get("/accountable-person/name").await;
    assert!(name.has("value=\"Gwenllian\"") && name.has("value=\"Prosser\""));
    let contact = browser.get("/accountable-person/contact").await;
    assert!(contact.has("value=\"gwenllian@prosser.example\""));
    assert!(contact.has("value=\"07700 900682\""));

    let changed = vec![
        ("email", "clerk@prosser.example".to_owned()),
        ("telephone", "07700 900111".to_owned()),
    ];
    browser
        .post("/api/accountable-person/contact", &changed)
        .await;
    let contact = browser.get("/accountable-person/contact").await;
    assert!(contact.has("value=\"clerk@prosser.example\""));
    assert!(!contact.has("value=\"gwenllian@prosser.example\""));
    let mobile = browser.get("/users/mobile").await;
    assert!(mobile.has("value=\"07700 900111\""));
}

#[tokio::test]
async fn a_firms_accountable_person_is_not_filled_in_from_the_firm() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    browser
        .post_field("/api/organisation/kind", "kind", "solicitors-firm")
        .await;
    let contact = browser.get("/accountable-person/contact").await;
    assert!(!contact.has("gwenllian@prosser.example"));
}

#[tokio::test]
async fn the_browser_can_fill_in_every_detail_of_the_person_who_registers() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    for (address, tokens) in [
        ("/organisation/name", vec!["name"]),
        (
            "/accountable-person/name",
            vec!["given-name", "family-name", "organization-title"],
        ),
        ("/accountable-person/contact", vec!["email", "tel"]),
        ("/users/mobile", vec!["tel"]),
        ("/sign", vec!["name", "organization-title"]),
    ] {
        let page = browser.get(address).await;
        for token in tokens {
            let attribute = format!("autocomplete=\"{token}\"");
            assert!(page.has(&attribute), "{address}: {attribute}");
        }
    }
}

#[tokio::test]
async fn a_missing_name_of_a_barrister_is_their_own() {
    let service = TestService::new().await;
    let browser = service.browser();
    begin(&browser).await;
    browser
        .post_field("/api/organisation/name", "name", "")
        .await;
    let page = browser.get("/organisation/name").await;
    assert!(page.has("Enter your name") && !page.has("organisation name"));
}
