//! `/dev/mail`: shows a developer the emails that would have been sent. It is never available over
//! HTTPS.

use axum::http::header;
use serde_json::Value;

use crate::test_service::{Options, TestService};

#[tokio::test]
async fn a_developer_reads_the_message_of_a_registration() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser.get("/dev/mail").await;
    assert_eq!(page.status, 200);
    assert!(page.has("No message was sent"));

    browser.register().await;
    let sent = service.mail_to("clerk@hartwell.example").await;
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0]
            .subject
            .starts_with("We received your registration CP-")
    );

    let page = browser.get("/dev/mail").await;
    assert!(
        page.has(&sent[0].subject) && page.has("clerk@hartwell.example"),
        "{}",
        page.text
    );
    let letter = browser.get(&format!("/dev/mail/{}", sent[0].id)).await;
    assert_eq!(letter.text, sent[0].html);
    let policy = letter.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(browser.get("/dev/mail/unknown").await.status, 404);
}

#[tokio::test]
async fn a_test_asks_for_the_messages_of_one_address() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let sent = service.mail_to("clerk@hartwell.example").await;
    let asked = |to: &'static str| {
        let browser = &browser;
        async move {
            let page = browser.get(&format!("/dev/mail.json?to={to}")).await;
            serde_json::from_str::<Vec<Value>>(&page.text).unwrap()
        }
    };
    assert_eq!(
        asked("CLERK@HARTWELL.EXAMPLE").await[0]["text"],
        sent[0].text
    );
    assert!(asked("nobody@firm.example").await.is_empty());
}

#[tokio::test]
async fn over_https_there_is_no_such_page() {
    let service = TestService::with(Options {
        over_https: true,
        ..Options::default()
    })
    .await;
    for address in ["/dev/mail", "/dev/mail.json", "/dev/mail/message-1"] {
        service.browser().get(address).await.assert_page(404);
    }
}
