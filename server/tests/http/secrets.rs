//! Secrets stay secret: no link, code or cookie is in a log or a Referer header, and no answer
//! shows whether an address is known.

use axum::http::{Request, header};
use server::http::REQUEST_ID;
use server::settings::LogFormat;

use crate::logged::Log;
use crate::page::Page;
use crate::resume::{access_message, ask, enter, leave, press, wrong_code};
use crate::status::{ask as more, desk, link};
use crate::test_service::TestService;

const CLERK: &str = "nia@hartwell.example";
/// An unknown address, as long as `CLERK`: pages repeat it, so another length would change
/// Content-Length.
const STRANGER: &str = "nob@hartwell.example";
const ACCOUNTABLE: &str = "yusuf@hartwell.example";

#[tokio::test]
async fn no_secret_and_no_address_is_in_the_log_though_everything_is_logged() {
    let log = Log::begin(LogFormat::Text, "trace,tower_http=trace");
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    let first = access_message(&service, CLERK).await;
    let wrong = wrong_code(&first.code);
    enter(&browser, &request, wrong).await;
    browser.get(&first.link).await.assert_page(200);
    press(&browser, &first.link).await;
    press(&browser, &first.link).await.assert_page(410);
    browser.register().await;
    desk(&service, &more()).await;
    let secret = link(&service, CLERK).await;
    ask(&browser, "/return", CLERK).await;
    let second = access_message(&service, CLERK).await;
    let cookie = browser.cookie().unwrap();
    // With the database closed, every page of a secret link fails, and the failure is logged.
    service.store.close().await;
    for address in [second.link.clone(), format!("/status/link/{secret}")] {
        browser.get(&address).await;
    }
    press(&browser, &second.link).await.assert_page(503);
    browser
        .post_field("/status/link", "secret", &secret)
        .await
        .assert_page(503);
    enter(&browser, &request, &second.code)
        .await
        .assert_page(503);

    let text = log.text();
    assert!(
        text.contains("the store could not do what a page asked"),
        "{text}"
    );
    let secrets = [
        first.link.rsplit('/').next().unwrap(),
        second.link.rsplit('/').next().unwrap(),
        &secret,
        cookie.split('=').nth(1).unwrap(),
        &format!(" {} ", second.code),
        &format!("code={}", second.code),
        CLERK,
        ACCOUNTABLE,
        "Hartwell",
    ];
    for secret in secrets {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}

#[tokio::test]
async fn the_address_of_a_link_is_in_no_referer_whatever_its_page_answers() {
    let service = TestService::new().await;
    let browser = service.browser();
    leave(&browser, CLERK).await;
    let secret = "ab".repeat(32);
    for path in ["/return/link", "/status/link", "/to-sign", "/desk/join"] {
        for address in [
            path.to_owned(),
            format!("{path}/{secret}"),
            format!("{path}/{secret}/"),
            format!("{path}/{secret}/more"),
            format!("{path}/{}", "ab".repeat(20)),
        ] {
            let page = browser.get(&address).await;
            assert_eq!(
                page.header(header::REFERRER_POLICY),
                "strict-origin",
                "{address}"
            );
            let page = browser.post_field(&address, "secret", &secret).await;
            assert_eq!(
                page.header(header::REFERRER_POLICY),
                "strict-origin",
                "{address}"
            );
        }
    }
    for address in [
        "/return/code/nowhere?request=abc",
        "/desk/sign-in/department/back/nowhere?code=abc&state=def",
    ] {
        let page = browser.get(address).await;
        page.assert_page(404);
        assert_eq!(
            page.header(header::REFERRER_POLICY),
            "strict-origin",
            "{address}"
        );
    }
    service.store.close().await;
    let page = browser.get(&format!("/return/link/{secret}")).await;
    page.assert_page(503);
    assert_eq!(page.header(header::REFERRER_POLICY), "strict-origin");
    for path in ["/to-sign", "/desk/join"] {
        let page = browser.post_field(path, "secret", &secret).await;
        page.assert_page(503);
        assert_eq!(
            page.header(header::REFERRER_POLICY),
            "strict-origin",
            "{path}"
        );
    }
}

/// Returns everything that a browser receives, with the values that differ in every answer masked.
fn seen(page: &Page, request: &str) -> (u16, Vec<(String, String)>, String) {
    let nonce = page
        .header(header::CONTENT_SECURITY_POLICY)
        .split("'nonce-")
        .nth(1)
        .and_then(|after| after.split('\'').next())
        .unwrap_or("no nonce")
        .to_owned();
    let same = |text: &str| text.replace(request, "REQUEST").replace(&nonce, "NONCE");
    let headers = page
        .headers
        .iter()
        .filter(|(name, _)| **name != REQUEST_ID)
        .map(|(name, value)| (name.to_string(), same(value.to_str().unwrap())))
        .collect();
    (page.status.as_u16(), headers, same(&page.text))
}

#[tokio::test]
async fn status_headers_and_pages_are_the_same_for_an_address_that_is_known_and_one_that_is_not() {
    let service = TestService::new().await;
    let owner = service.browser();
    let request = leave(&owner, CLERK).await;
    let code = access_message(&service, CLERK).await.code;
    enter(&owner, &request, &code).await;
    // Two hours later the request above no longer counts towards the limit, so both addresses start
    // equal.
    service.clock.move_on(2, 0);

    let mut all = Vec::new();
    for address in [CLERK, STRANGER] {
        let browser = service.browser();
        let mut answers = Vec::new();
        let asked = browser.post_field("/return", "email", address).await;
        let request = asked.location().rsplit('=').next().unwrap().to_owned();
        // The page repeats the address that this person typed.
        let seen = |page: &Page, request: &str| {
            let (status, headers, text) = seen(page, request);
            (status, headers, text.replace(address, "ADDRESS"))
        };
        answers.push(seen(&asked, &request));
        // The page must be the same whether or not the message has been sent.
        service.mail_to(address).await;
        let page = browser.get(asked.location()).await;
        answers.push(seen(&page, &request));
        for _ in 0..11 {
            let tried = enter(&browser, &request, "ZZZZ-ZZZZ").await;
            answers.push(seen(&tried, &request));
        }
        for _ in 0..4 {
            ask(&browser, "/return", address).await;
        }
        let too_many = browser.post_field("/return", "email", address).await;
        too_many.assert_page(429);
        answers.push(seen(&too_many, &request));
        assert_eq!(browser.cookie(), None);
        all.push(answers);
    }
    assert_eq!(all[0], all[1]);
}

#[tokio::test]
async fn a_question_page_of_every_kind_offers_to_leave() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    let list = browser.get("/users").await;
    let change = list
        .text
        .split('"')
        .find(|part| part.ends_with("/change"))
        .unwrap()
        .to_owned();
    let pages = registration::page::Page::ALL
        .iter()
        .map(|page| page.path().to_owned());
    for address in pages.chain(["/users/add".to_owned(), change]) {
        let page = browser.get(&address).await;
        page.assert_page(200);
        assert!(page.has("name=\"later\""), "{address}");
    }
}

#[tokio::test]
async fn hundreds_of_requests_from_one_place_are_told_when_to_try_again_whatever_they_ask_for() {
    let service = TestService::new().await;
    let owner = service.browser();
    leave(&owner, CLERK).await;
    let from = |path: &str| {
        Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header("x-client", "192.0.2.44")
    };
    let mut refused = 0;
    for number in 0..300 {
        let path = ["/return", "/save", "/save/share"][number % 3];
        let body = format!("email=clerk.{number}%40firm.example");
        let page = owner.send(from(path), body).await;
        if page.status == 429 {
            assert!(
                page.has("You can ask for another one from 3 September 2026 at 11:0"),
                "{}",
                page.text
            );
            refused += 1;
        }
    }
    assert_eq!(refused, 270);
    service.clock.move_on(1, 1);
    let page = owner
        .send(from("/return"), "email=clerk%40firm.example")
        .await;
    assert_eq!(page.status, 303);
}
