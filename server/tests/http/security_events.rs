//! Security events: each refusal, each attempt to sign in and each change of rights is logged once,
//! with the person, the source and the route.

use axum::http::{Request, header};
use registration::desk::OfficerRole;
use serde_json::Value;
use server::settings::LogFormat;

use crate::browser::Browser;
use crate::desk::enrolled::{Joined, PASSWORD};
use crate::forms::encoded;
use crate::logged::Log;
use crate::page::Page;
use crate::resume::{access_message, leave, wrong_code};
use crate::test_service::TestService;

const SOURCE: &str = "192.0.2.33";

/// Returns the events that were logged since the last call, each as its kind, route, actor and
/// subject.
fn events(log: &Log) -> Vec<[String; 4]> {
    let lines = log.take_lines();
    let events = lines.iter().filter(|line| line["target"] == "security");
    events
        .map(|line| {
            let fields = &line["fields"];
            assert_eq!(fields["source"], SOURCE, "{line}");
            assert!(fields["what"].as_str().is_some_and(|what| !what.is_empty()));
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            [
                text(&fields["event"]),
                text(&fields["route"]),
                text(&fields["who"]),
                text(&fields["about"]),
            ]
        })
        .collect()
}

#[track_caller]
fn assert_events(log: &Log, expected: &[[&str; 4]]) {
    assert_eq!(events(log), expected);
}

/// Sends a form from the address `SOURCE`.
async fn post(browser: &Browser, address: &str, fields: &[(&'static str, String)]) -> Page {
    post_with(browser, address, fields, ("x-unused", "")).await
}

/// Sends a form from the address `SOURCE`, with another header.
async fn post_with(
    browser: &Browser,
    address: &str,
    fields: &[(&'static str, String)],
    (name, value): (&str, &str),
) -> Page {
    let request = Request::post(address)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-client", SOURCE)
        .header(name, value);
    browser.send(request, encoded(fields)).await
}

async fn get(browser: &Browser, address: &str) -> Page {
    let request = Request::get(address)
        .header(header::ACCEPT, "text/html")
        .header("x-client", SOURCE);
    browser.send(request, "").await
}

fn begin_log() -> Log {
    Log::begin(LogFormat::Json, "error")
}

#[tokio::test]
async fn actions_that_a_role_or_session_does_not_permit_are_refused() {
    let service = TestService::new().await;
    let (officer, id) = service.officer_and_id(OfficerRole::Officer).await;
    let who = format!("officer/{id}");
    let log = begin_log();
    get(&officer, "/desk/people").await.assert_page(403);
    assert_events(&log, &[["forbidden", "/desk/people", &who, ""]]);
    post(&officer, "/desk/people/77/role", &[])
        .await
        .assert_page(403);
    assert_events(
        &log,
        &[["forbidden", "/desk/people/{officer}/role", &who, ""]],
    );
    let stranger = service.browser();
    post(&stranger, "/desk/settings", &[])
        .await
        .assert_page(401);
    assert_events(&log, &[["not-signed-in", "/desk/settings", "", ""]]);
    // A redirect to the sign-in page is not a refusal, so it is no security event.
    get(&stranger, "/desk/queue").await;
    get(&officer, "/desk/queue").await.assert_page(200);
    get(&stranger, "/nowhere").await.assert_page(404);
    assert_events(&log, &[]);
}

#[tokio::test]
async fn forms_of_other_sites_and_of_browsers_without_the_cookie() {
    let service = TestService::new().await;
    let browser = service.browser();
    let log = begin_log();
    let evil = ("origin", "https://evil.example");
    let name = [("name", "Hartwell".to_owned())];
    for (address, route) in [
        ("/api/organisation/name", "/api/organisation/name"),
        ("/desk/sign-in", "/desk/sign-in"),
        ("/return", "/return"),
    ] {
        post_with(&browser, address, &name, evil)
            .await
            .assert_page(403);
        assert_events(&log, &[["forged-origin", route, "", ""]]);
    }
    let two_hosts = Request::get("/users")
        .header(header::ACCEPT, "text/html")
        .header("x-client", SOURCE)
        .header(header::HOST, "register.example")
        .header(header::HOST, "evil.example");
    browser.send(two_hosts, "").await.assert_page(400);
    assert_events(&log, &[["forged-origin", "/users", "", ""]]);
    let begun = post(&browser, "/api/organisation/name", &name).await;
    browser.take_cookie(None);
    get(&browser, begun.location()).await.assert_page(403);
    assert_events(&log, &[["no-cookie", "/organisation/address", "", ""]]);
}

#[tokio::test]
async fn limits_that_are_reached() {
    let service = TestService::new().await;
    let browser = service.browser();
    let log = begin_log();
    let large = [("name", "x".repeat(70_000))];
    post(&browser, "/api/organisation/name", &large)
        .await
        .assert_page(413);
    assert_events(&log, &[["limit-reached", "/api/organisation/name", "", ""]]);
    let feedback = [("satisfaction", "satisfied".to_owned())];
    let format =
        ["format", "name", "email"].map(|field| (field, "braille@firm.example".to_owned()));
    let mut format = format.to_vec();
    format[0].1 = "braille".to_owned();
    let back = [("email", "clerk@firm.example".to_owned())];
    for (address, fields) in [
        ("/feedback", &feedback[..]),
        ("/other-formats/request", &format[..]),
        ("/return", &back[..]),
    ] {
        let mut sent = 0;
        let reached = loop {
            sent += 1;
            assert!(sent < 200, "{address} has no limit");
            post(&browser, address, fields).await;
            let events = events(&log);
            if !events.is_empty() {
                break events;
            }
        };
        assert_eq!(reached, [["limit-reached", address, "", ""]]);
    }
}

#[tokio::test]
async fn codes_and_links_of_drafts_that_are_wrong() {
    let service = TestService::new().await;
    let browser = service.browser();
    let clerk = "clerk@hartwell.example";
    let request = leave(&browser, clerk).await;
    let sent = access_message(&service, clerk).await;
    let wrong = wrong_code(&sent.code);
    let log = begin_log();
    let fields = [("request", request), ("code", wrong.to_owned())];
    let other = service.browser();
    for _ in 0..20 {
        post(&other, "/return/code", &fields).await.assert_page(200);
    }
    let events = events(&log);
    assert_eq!(events[0], ["sign-in-failed", "/return/code", "", ""]);
    assert_eq!(events.last().unwrap()[0], "limit-reached");
    assert_eq!(events.len(), 20);
    for address in ["/return/link", "/status/link", "/to-sign", "/desk/join"] {
        let secret = [("secret", "ab".repeat(32))];
        post(&other, address, &secret).await.assert_page(410);
        assert_events(&log, &[["link-refused", address, "", ""]]);
    }
}

#[tokio::test]
async fn passkeys_and_single_sign_on_that_prove_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    let log = begin_log();
    let passkey = "/desk/sign-in/passkey";
    post(&browser, passkey, &[]).await.assert_page(401);
    assert_events(&log, &[["sign-in-failed", passkey, "", ""]]);
    let back = "/desk/sign-in/department/back";
    get(&browser, back).await.assert_page(401);
    assert_events(&log, &[["sign-in-failed", back, "", ""]]);
}

#[tokio::test]
async fn attempts_to_sign_in_and_changes_of_rights() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Administrator).await;
    let about = format!("officer/{}", joined.id);
    service.clock.move_on(0, 1);
    let browser = service.browser();
    let log = begin_log();
    let sign_in = |email: &str, password: &str| {
        [
            ("email", email.to_owned()),
            ("password", password.to_owned()),
        ]
    };
    let wrong = sign_in(&joined.email, "walnut harbour eight");
    post(&browser, "/desk/sign-in", &wrong).await;
    assert_events(
        &log,
        &[["sign-in-failed", "/desk/sign-in", "somebody", &about]],
    );
    let unknown = sign_in("nobody@desk.example", PASSWORD);
    post(&browser, "/desk/sign-in", &unknown).await;
    assert_events(&log, &[["sign-in-failed", "/desk/sign-in", "", ""]]);
    post(&browser, "/desk/sign-in", &sign_in(&joined.email, PASSWORD)).await;
    assert_events(&log, &[]);
    let code = [("code", joined.code())];
    post(&browser, "/desk/sign-in/code", &code)
        .await
        .assert_leads_to("/desk");
    assert_events(&log, &[["signed-in", "/desk/sign-in/code", &about, &about]]);
    let (_, other) = service.officer_and_id(OfficerRole::Officer).await;
    log.take_lines();
    let other = format!("officer/{other}");
    let role = [
        ("role", "senior-officer".to_owned()),
        ("version", "1".to_owned()),
    ];
    post(
        &browser,
        &format!("/desk/people/{}/role", &other[8..]),
        &role,
    )
    .await;
    let route = "/desk/people/{officer}/role";
    assert_events(&log, &[["account-changed", route, &about, &other]]);
    let setting = [("two_officers", "yes".to_owned())];
    post(&browser, "/desk/settings", &setting).await;
    assert_events(
        &log,
        &[[
            "settings-changed",
            "/desk/settings",
            &about,
            "desk/settings",
        ]],
    );
    post(&browser, "/desk/sign-out", &[]).await;
    assert_events(
        &log,
        &[["account-changed", "/desk/sign-out", &about, &about]],
    );
}
