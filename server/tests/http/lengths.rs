//! Forms far longer than their fields: no such form keeps the service busy for long.

#![expect(
    clippy::disallowed_methods,
    reason = "how long an answer takes is what is asked here"
)]

use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::forms::user;
use crate::test_service::TestService;

/// The longest time that an answer may take. Encoding a very long host in Punycode used to take 6.8
/// seconds.
const MOST: Duration = Duration::from_secs(1);

/// Returns an email address whose host has this many kilobytes of different letters.
fn address_of(kilobytes: usize) -> String {
    let letters: String = ('\u{4e00}'..).take(kilobytes * 1_024 / 3).collect();
    ["a@", &letters].concat()
}

/// Sends a form up to three times and asserts that one answer comes within `MOST`; returns its
/// status.
async fn answered(browser: &Browser, address: &str, body: &str) -> u16 {
    let mut best = Duration::MAX;
    let mut status = 0;
    for _ in 0..3 {
        let begun = Instant::now();
        status = browser
            .post_body(address, body.to_owned())
            .await
            .status
            .as_u16();
        best = best.min(begun.elapsed());
        if best < MOST {
            break;
        }
    }
    assert!(best < MOST, "{address}: {best:?}");
    status
}

#[tokio::test]
async fn an_endless_address_is_refused_before_it_costs_anything() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    for kilobytes in [5, 15, 60, 120] {
        let email = address_of(kilobytes);
        for address in [
            "/desk/sign-in",
            "/desk/sign-in/code",
            "/return",
            "/return/code",
            "/save",
            "/save/share",
            "/status/address",
            "/other-formats/request",
            "/api/users/add",
            "/api/organisation/contact",
            "/api/accountable-person/contact",
        ] {
            let mut body =
                format!("password=walnut+harbour+seven&code={email}&request={email}&name=A");
            for (name, value) in user(1) {
                if name != "email" {
                    body.push_str(&format!("&{name}={value}").replace(' ', "+"));
                }
            }
            body.push_str("&email=");
            body.push_str(&email);
            let status = answered(&browser, address, &body).await;
            assert!(
                [200, 303, 401, 413].contains(&status),
                "{address}: {status}"
            );
            let body = format!("email={email}&password={email}");
            answered(&browser, address, &body).await;
        }
    }
    for address in ["/users", "/check-answers", "/users/add", "/tasks"] {
        let begun = Instant::now();
        let page = browser.get(address).await;
        assert!(page.status.as_u16() < 400, "{address}");
        assert!(begun.elapsed() < MOST, "{address}");
    }
}

#[tokio::test]
async fn a_small_form_is_read_no_further_than_it_can_be() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "/desk/sign-in",
        "/desk/join/password",
        "/return",
        "/return/code",
        "/save",
    ] {
        let long = format!("email={}", "a".repeat(33 * 1_024));
        browser.post_body(address, long).await.assert_page(413);
        let stated = axum::http::Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("content-length", "3000000")
            .header("accept", "text/html");
        let page = browser.send(stated, "a".repeat(3_000_000)).await;
        assert_eq!(page.status, 413, "{address}");
    }
}

#[tokio::test]
async fn a_field_far_beyond_its_limit_is_told_at_the_field() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    let body = format!("telephone=01632+960001&email={}", address_of(60));
    let page = browser.post_body("/api/organisation/contact", body).await;
    page.assert_leads_to("/organisation/contact");
    let page = browser.get("/organisation/contact").await;
    assert!(page.has("Email address must be 320 characters or fewer"));
}
