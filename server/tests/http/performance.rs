//! The public pages: the four performance figures by month, without personal details, and the
//! feedback page.

use axum::http::{Request, header};
use registration::feedback::{MAX_FEEDBACK_CHARACTERS, MAX_FEEDBACK_FROM_CLIENT};

use crate::browser::Browser;
use crate::forms::encoded;
use crate::page::Page;
use crate::test_service::TestService;

const TEN_MINUTES: i64 = 10;

async fn give(browser: &Browser, source: &str, satisfaction: &str, words: &str) -> Page {
    let fields = [
        ("satisfaction", satisfaction.to_owned()),
        ("words", words.to_owned()),
    ];
    let request = Request::post("/feedback")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-client", source);
    browser.send(request, encoded(&fields)).await
}

#[tokio::test]
async fn before_anything_is_counted_the_page_says_so() {
    let service = TestService::new().await;
    let page = service.browser().get("/performance").await;
    page.assert_page(200);
    assert!(page.has("Nothing has been counted yet") && page.has("Not yet measured."));
    assert_eq!(
        service
            .browser()
            .get("/performance/completion.csv")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_figures_are_counted_by_month_and_small_numbers_are_not_shown() {
    let service = TestService::new().await;
    for number in 0..5 {
        service.browser().register().await;
        give(
            &service.browser(),
            &format!("192.0.2.{number}"),
            "satisfied",
            "",
        )
        .await;
    }
    for _ in 0..5 {
        service.browser().fill_in_firm().await;
    }
    let page = service.browser().get("/performance").await;
    page.assert_page(200);
    assert!(page.has("Counted since 3 September 2026."));
    // Five of ten drafts were submitted, all five answers were "satisfied", and no other channel
    // was used.
    assert!(page.has("50% since counting began.") && page.has("100% since counting began."));
    let csv = service.browser().get("/performance/completion.csv").await;
    assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(
        csv.text,
        "\u{feff}Month,Begun,Sent\r\nSeptember 2026,10,50%\r\n"
    );

    // Four drafts and four answers are too few to show: the minimum is five.
    service.clock.move_on(30 * 24, 0);
    for number in 0..4 {
        service.browser().fill_in_firm().await;
        give(
            &service.browser(),
            &format!("192.0.2.{number}"),
            "dissatisfied",
            "",
        )
        .await;
    }
    let csv = service.browser().get("/performance/completion.csv").await;
    assert_eq!(
        csv.text,
        "\u{feff}Month,Begun,Sent\r\nSeptember 2026,10,50%\r\nOctober 2026,fewer than 5,not shown\r\n"
    );
    let csv = service.browser().get("/performance/satisfaction.csv").await;
    assert!(
        csv.text
            .ends_with("September 2026,5,100%\r\nOctober 2026,fewer than 5,not shown\r\n")
    );
    let csv = service.browser().get("/performance/take-up.csv").await;
    assert!(
        csv.text
            .ends_with("September 2026,5,100%\r\nOctober 2026,0,none\r\n"),
        "{}",
        csv.text
    );
}

#[tokio::test]
async fn figures_are_made_anew_after_ten_minutes_and_not_before() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert!(
        browser
            .get("/performance")
            .await
            .has("Nothing has been counted yet")
    );
    service.browser().fill_in_firm().await;
    service.clock.move_on(0, TEN_MINUTES - 1);
    assert!(
        browser
            .get("/performance")
            .await
            .has("Nothing has been counted yet")
    );
    service.clock.move_on(0, 1);
    assert!(browser.get("/performance").await.has("Counted since"));
}

#[tokio::test]
async fn the_published_figures_hold_no_personal_data() {
    let service = TestService::new().await;
    for _ in 0..6 {
        service.browser().register().await;
    }
    give(
        &service.browser(),
        "192.0.2.1",
        "neither",
        "Ask Wen Williams",
    )
    .await;
    let listed = service.store.registrations().list().await.unwrap();
    let page = service.browser().get("/performance").await;
    let mut texts = vec![page.text.split("<main").nth(1).unwrap().to_owned()];
    for file in ["satisfaction", "completion", "take-up"] {
        let address = format!("/performance/{file}.csv");
        texts.push(service.browser().get(&address).await.text);
    }
    for text in texts {
        for personal in [
            "Hartwell",
            "Williams",
            "Ask Wen",
            "example",
            "07700",
            "CP-",
            "192.0.2",
            &listed[0].reference,
        ] {
            assert!(!text.contains(personal), "{personal}: {text}");
        }
    }
}

#[tokio::test]
async fn feedback_is_kept_and_thanked_for() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser.get("/feedback").await;
    page.assert_page(200);
    let sent = give(
        &browser,
        "192.0.2.1",
        "very-dissatisfied",
        "  Fewer\0 pages ",
    )
    .await;
    sent.assert_leads_to("/feedback/sent");
    browser.get("/feedback/sent").await.assert_page(200);
    let kept = service.store.feedback().list().await.unwrap();
    let [kept] = kept.as_slice() else {
        panic!("{kept:?}")
    };
    assert_eq!(kept.score, 1);
    assert!(kept.words.starts_with("Fewer"));
    // Feedback sets no cookie.
    assert_eq!(browser.cookie(), None);
}

#[tokio::test]
async fn problems_with_feedback_are_explained_and_typed_text_stays() {
    let service = TestService::new().await;
    let browser = service.browser();
    let long = "a".repeat(MAX_FEEDBACK_CHARACTERS + 1);
    for (satisfaction, words, told) in [
        (
            "",
            "Fewer pages",
            "Select how satisfied you are with the service",
        ),
        ("delighted", "Fewer pages", "Select how satisfied you are"),
        (
            "satisfied",
            &*long,
            "How we could improve must be 1200 characters or less",
        ),
    ] {
        let page = give(&browser, "192.0.2.1", satisfaction, words).await;
        page.assert_page(200);
        assert!(
            page.has("<title>Error: Give feedback") && page.has(told),
            "{told}"
        );
        assert!(page.has(words));
    }
    assert!(service.store.feedback().list().await.unwrap().is_empty());
    let other = Request::post("/feedback").header(header::CONTENT_TYPE, "text/plain");
    assert_eq!(browser.send(other, "x").await.status, 415);
    assert_eq!(
        browser
            .post_body("/feedback", "a".repeat(70_000))
            .await
            .status,
        413
    );
}

#[tokio::test]
async fn one_place_gives_so_much_feedback_in_an_hour_and_no_more() {
    let service = TestService::new().await;
    let browser = service.browser();
    for _ in 0..MAX_FEEDBACK_FROM_CLIENT {
        give(&browser, "192.0.2.1", "satisfied", "")
            .await
            .assert_leads_to("/feedback/sent");
    }
    let page = give(&browser, "192.0.2.1", "satisfied", "What I typed").await;
    page.assert_page(200);
    assert!(page.has("Your network has sent much feedback") && page.has("What I typed"));
    give(&browser, "192.0.2.2", "satisfied", "")
        .await
        .assert_leads_to("/feedback/sent");
    service.clock.move_on(1, 0);
    give(&browser, "192.0.2.1", "satisfied", "")
        .await
        .assert_leads_to("/feedback/sent");
}

#[tokio::test]
async fn the_confirmation_and_the_help_page_lead_there() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    assert!(browser.get("/submitted").await.has("href=\"/feedback\""));
    let help = browser.get("/help").await;
    assert!(help.has("href=\"/feedback\"") && help.has("href=\"/performance\""));
}
