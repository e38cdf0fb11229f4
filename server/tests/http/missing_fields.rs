//! If a form does not contain a field, the saved answer of that field stays. Browsers do not send
//! unticked boxes, so a missing box counts as unticked if any other field of its page was sent.

use crate::browser::Browser;
use crate::test_service::{Options, TestService};

async fn shown(browser: &Browser, address: &str, texts: &[&str]) {
    let page = browser.get(address).await;
    page.assert_page(200);
    for text in texts {
        assert!(page.has(text), "{address} lost {text}: {}", page.text);
    }
}

#[tokio::test]
async fn fields_that_did_not_arrive_keep_their_stored_values() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let browser = service.browser();
        browser.fill_in_firm().await;
        for (page, body, kept) in [
            (
                "/organisation/address",
                "town=Leeds",
                &["51 Assize Street", "WR1 2ND", "Leeds"][..],
            ),
            ("/organisation/contact", "", &["01632 960 096"]),
            ("/organisation/kind", "from=task", &["checked"]),
            (
                "/organisation/registration-numbers",
                "sra_number=483453",
                &["1A234B", "483453"],
            ),
            (
                "/sign",
                "from=task",
                &["Accountable person", "value=\"yes\" checked"],
            ),
        ] {
            let sent = browser.post_body(&format!("/api{page}"), body).await;
            assert_eq!(sent.status, 303, "{page}: {}", sent.text);
            assert_ne!(sent.location(), page, "{page} has become wrong");
            shown(&browser, page, kept).await;
        }
    }
}

#[tokio::test]
async fn an_empty_field_empties_and_an_unticked_box_unticks() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser
        .post_body("/api/organisation/address", "town=&postcode=WR1+2ND")
        .await
        .assert_leads_to("/organisation/address");
    assert!(!browser.get("/organisation/address").await.has("Worcester"));

    let body = "full_name=Yusuf+N%C3%AD&capacity=Partner&terms_version=29+September+2020";
    browser
        .post_body("/api/sign", body)
        .await
        .assert_leads_to("/sign");
    assert!(
        browser
            .get("/sign")
            .await
            .has("Confirm that you have the authority")
    );
}

#[tokio::test]
async fn the_answers_about_a_user_that_did_not_come_are_kept() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let list = browser.get("/users").await;
    let id = list.text.split("/users/").nth(1).unwrap();
    let id = id.split('/').next().unwrap();
    let body = format!("id={id}&last_name=Evans");
    browser
        .post_body("/api/users/change", body)
        .await
        .assert_leads_to("/users");
    shown(&browser, "/users", &["Wen Evans", "wen.1@hartwell.example"]).await;
    let page = format!("/users/{id}/change");
    shown(&browser, &page, &["07700 900425"]).await;
    assert_eq!(browser.get(&page).await.text.matches(" checked").count(), 2);
}
