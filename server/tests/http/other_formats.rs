//! Requests for the form in another format, and the form to print.

use axum::http::{Request, header};

use crate::forms::encoded;
use crate::test_service::TestService;

const REQUEST: &str = "/other-formats/request";

fn asked(email: &str) -> Vec<(&'static str, String)> {
    [
        ("format", "braille"),
        ("details", ""),
        ("technology", "NVDA <2026> & a braille display"),
        ("name", "Morag Ó Sé"),
        ("email", email),
        ("telephone", ""),
    ]
    .map(|(field, value)| (field, value.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn a_request_waits_for_the_desk_and_is_acknowledged() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.get(REQUEST).await.assert_page(200);
    let page = browser.post(REQUEST, &asked("morag@firm.example")).await;
    page.assert_leads_to("/other-formats/requested");
    let page = browser.get("/other-formats/requested").await;
    page.assert_page(200);
    assert!(page.has("Request sent") && page.has("5 working days"));
    let kept = service.store.format_requests().list().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].format, "braille");
    assert_eq!(kept[0].technology, "NVDA <2026> & a braille display");
    assert_eq!(kept[0].email.as_deref(), Some("morag@firm.example"));
    let messages = service.mail_to("morag@firm.example").await;
    assert_eq!(messages.len(), 1);
    assert!(
        !messages[0].text.contains("Morag"),
        "what was typed is in it"
    );
    assert_eq!(browser.cookie(), None);
}

#[tokio::test]
async fn typed_text_is_shown_beside_its_problem() {
    let service = TestService::new().await;
    let browser = service.browser();
    let mut fields = asked("morag@");
    fields[0].1 = "other".to_owned();
    let page = browser.post(REQUEST, &fields).await;
    page.assert_page(200);
    for shown in [
        "<title>Error: Request the form in another format",
        "There is a problem",
        "Enter which format you need",
        "value=\"morag@\"",
        "NVDA &lt;2026&gt; &amp; a braille display",
        "value=\"Morag Ó Sé\"",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.text);
    }
    assert_eq!(service.store.format_requests().list().await.unwrap(), []);
}

#[tokio::test]
async fn a_fourth_request_within_an_hour_is_told_when_to_come_back() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "morag@firm.example",
        "Morag@Firm.example",
        "morag@firm.example",
    ] {
        let page = browser.post(REQUEST, &asked(address)).await;
        page.assert_leads_to("/other-formats/requested");
    }
    let page = browser.post(REQUEST, &asked("morag@firm.example")).await;
    page.assert_page(200);
    assert!(page.has("You have sent too many requests in an hour. Send another after "));
    assert!(page.has("value=\"Morag Ó Sé\""));
    browser
        .post(REQUEST, &asked("iona@firm.example"))
        .await
        .assert_leads_to("/other-formats/requested");
    service.clock.move_on(1, 1);
    browser
        .post(REQUEST, &asked("morag@firm.example"))
        .await
        .assert_leads_to("/other-formats/requested");
    assert_eq!(
        service.store.format_requests().list().await.unwrap().len(),
        5
    );
}

#[tokio::test]
async fn one_place_is_heard_twenty_times_an_hour_whoever_asks() {
    let service = TestService::new().await;
    let browser = service.browser();
    let ask = async |place: &str, number: usize| {
        let request = Request::post(REQUEST)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-client", place);
        let fields = asked(&format!("clerk.{number}@firm.example"));
        browser.send(request, encoded(&fields)).await
    };
    for number in 0..20 {
        ask("192.0.2.1", number)
            .await
            .assert_leads_to("/other-formats/requested");
    }
    let page = ask("192.0.2.1", 20).await;
    page.assert_page(200);
    assert!(page.has("You have sent too many requests in an hour"));
    ask("192.0.2.2", 21)
        .await
        .assert_leads_to("/other-formats/requested");
    let kept = service.store.format_requests().list().await.unwrap();
    assert_eq!(kept.len(), 21);
}

#[tokio::test]
async fn odd_requests_get_a_page_and_keep_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (body, status) in [
        (String::new(), 200),
        ("format=braille&format=audio".to_owned(), 400),
        (
            format!("format=braille&details={}", "x".repeat(100_000)),
            413,
        ),
        (
            "format=%00&name=%00&email=a%00b%40c.example".to_owned(),
            200,
        ),
        ("format=nonsense&name=A&email=a%40b.example".to_owned(), 200),
    ] {
        browser.post_body(REQUEST, body).await.assert_page(status);
    }
    assert_eq!(service.store.format_requests().list().await.unwrap(), []);
}

#[tokio::test]
async fn the_form_on_paper_can_be_printed_and_downloaded() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser.get("/blank-form").await;
    page.assert_page(200);
    assert!(page.has("What is the name of your organisation?") && page.has("User 5"));
    let file = browser.get("/blank-form.odt").await;
    assert_eq!(file.status, 200);
    assert_eq!(
        file.header(header::CONTENT_TYPE),
        "application/vnd.oasis.opendocument.text"
    );
    assert!(
        file.header(header::CONTENT_DISPOSITION)
            .contains("attachment")
    );
    assert!(file.text.starts_with("PK"));
}
