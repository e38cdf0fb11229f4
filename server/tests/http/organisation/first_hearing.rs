//! The first hearing: its date is compared with today's date in London.

use crate::test_service::TestService;

#[tokio::test]
async fn a_hearing_before_today_is_a_wrong_answer() {
    let service = TestService::new().await;
    let browser = service.browser();
    let on = |day: &str| {
        [
            ("court", "Leeds Magistrates’ Court".to_owned()),
            ("hearing-day", day.to_owned()),
            ("hearing-month", "9".to_owned()),
            ("hearing-year", "2026".to_owned()),
        ]
    };
    let address = "/api/organisation/first-hearing";
    browser
        .post(address, &on("3"))
        .await
        .assert_leads_to("/tasks");
    browser
        .post(address, &on("2"))
        .await
        .assert_leads_to("/organisation/first-hearing");
    let page = browser.get("/organisation/first-hearing").await;
    assert!(page.has("The date of the hearing must be today or in the future"));
    let nothing = on("").map(|(field, _)| (field, String::new()));
    browser
        .post(address, &nothing)
        .await
        .assert_leads_to("/tasks");
}
