//! `/dev/mail`: shows a developer the emails that would have been sent. It is never available over
//! HTTPS or to other machines. This file also tests the warning on the pages of a demonstration
//! without HTTPS.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use serde_json::Value;

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::{Options, TestService};

#[tokio::test]
async fn a_developer_reads_the_message_of_a_registration() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = here(&browser, "/dev/mail").await;
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

    let page = here(&browser, "/dev/mail").await;
    assert!(
        page.has(&sent[0].subject) && page.has("clerk@hartwell.example"),
        "{}",
        page.text
    );
    let letter = here(&browser, &format!("/dev/mail/{}", sent[0].id)).await;
    assert_eq!(letter.text, sent[0].html);
    let policy = letter.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(here(&browser, "/dev/mail/unknown").await.status, 404);
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
            let page = here(browser, &format!("/dev/mail.json?to={to}")).await;
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

/// Opens a page of the service from the same machine, as `localhost`.
async fn here(browser: &Browser, address: &str) -> Page {
    let request = Request::get(address).header(header::HOST, "localhost:3000");
    browser.send(request, "").await
}

#[tokio::test]
async fn other_machines_and_other_sites_read_no_message() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert_eq!(here(&browser, "/dev/mail").await.status, 200);
    for address in ["/dev/mail", "/dev/mail.json", "/dev/mail/message-1"] {
        for (peer, host, proxy) in [
            ("203.0.113.9:40000", "localhost:3000", None),
            ("[::ffff:203.0.113.9]:40000", "localhost:3000", None),
            // A site whose host name resolves to this machine.
            ("127.0.0.1:40000", "evil.example", None),
            ("127.0.0.1:40000", "127.0.0.1.evil.example", None),
            // A request through a proxy on this machine.
            ("127.0.0.1:40000", "localhost", Some("x-forwarded-for")),
            ("127.0.0.1:40000", "localhost", Some("forwarded")),
            ("127.0.0.1:40000", "localhost", Some("via")),
            ("127.0.0.1:40000", "localhost", Some("x-real-ip")),
        ] {
            let mut request = Request::get(address).header(header::HOST, host);
            if let Some(proxy) = proxy {
                request = request.header(proxy, "127.0.0.1");
            }
            let mut request = request.body(Body::empty()).unwrap();
            let from: SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(from));
            let page = browser.send_as_is(request).await;
            assert_eq!(page.status, 404, "{address} {peer} {host} {proxy:?}");
        }
    }
}

#[tokio::test]
async fn every_page_of_an_insecure_demonstration_says_so() {
    const WARNING: &str = "This is a demonstration. It is not secure";
    let pages = [
        "/",
        "/tasks",
        "/help",
        "/return",
        "/status",
        "/desk/sign-in",
        "/nowhere",
        "/performance",
    ];
    let demo = TestService::with(Options {
        insecure_demo: true,
        ..Options::default()
    })
    .await;
    let usual = TestService::new().await;
    for address in pages {
        assert!(demo.browser().get(address).await.has(WARNING), "{address}");
        assert!(
            !usual.browser().get(address).await.has(WARNING),
            "{address}"
        );
    }
}
