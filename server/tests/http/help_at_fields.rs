//! Problems and warnings of a page: the error summary lists the problems in the order of the page,
//! and a warning describes its field and is linked wherever it is shown. This file also tests the
//! beta banner, the link Back and the marking of Welsh words.

use crate::browser::Browser;
use crate::forms::{Fields, user};
use crate::page::Page;
use crate::test_service::TestService;

/// Returns the fields that the error summary links to, in its order.
fn summary(page: &Page) -> Vec<String> {
    let links = page.main().split("<a href=\"#").skip(1);
    links
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect()
}

/// Asserts that the error summary has the order of the fields on the page.
#[track_caller]
fn assert_in_page_order(page: &Page, fields: &[&str]) {
    assert_eq!(summary(page), fields, "{}", page.main());
    let places: Vec<Option<usize>> = fields
        .iter()
        .map(|field| page.main().find(&format!(" id=\"{field}\"")))
        .collect();
    assert!(places.iter().all(Option::is_some), "{fields:?}: {places:?}");
    assert!(places.is_sorted(), "{fields:?}: {places:?}");
}

async fn sent(browser: &Browser, address: &str, fields: &[(&'static str, &str)]) -> Page {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    let answer = browser.post(address, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    browser.get(answer.leads_to()).await
}

#[tokio::test]
async fn the_error_summary_has_the_order_of_the_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    sent(
        &browser,
        "/api/organisation/kind",
        &[("kind", "barristers-chambers")],
    )
    .await;
    let numbers = [
        ("sra_number", "x"),
        ("bar_number", "!"),
        ("laa_account_numbers", "x"),
    ];
    let page = sent(&browser, "/api/organisation/registration-numbers", &numbers).await;
    assert_in_page_order(&page, &["sra_number", "bar_number", "laa_account_numbers"]);

    browser.add_user(1).await;
    let mut fields = user(2);
    fields.retain(|(name, _)| !["email", "role", "administrator"].contains(name));
    fields.push(("email", "wen.1@hartwell.example".to_owned()));
    browser.post("/api/users/add", &fields).await;
    let page = browser.get("/users/add").await;
    assert_in_page_order(&page, &["email", "role", "administrator"]);
}

#[tokio::test]
async fn a_warning_describes_its_field_and_is_linked_on_check_answers_and_shown_for_spreadsheets() {
    let service = TestService::new().await;
    let browser = service.browser();
    let contact = [("telephone", "01632 960 096"), ("email", "clerk@gmial.com")];
    sent(&browser, "/api/organisation/contact", &contact).await;
    let page = browser.get("/organisation/contact").await;
    assert!(page.has("id=\"email-warning\"") && page.has("email-hint email-warning\""));
    let mut fields = user(1);
    fields.retain(|(name, _)| *name != "email");
    fields.push(("email", "wen@gmial.com".to_owned()));
    browser.post("/api/users/add", &fields).await;
    let page = browser.get("/check-answers").await;
    assert!(page.has("href=\"/organisation/contact?from=check#email\""));
    assert!(page.has("Wen Williams 1’s email address: did you mean wen@gmail.com?"));
    assert!(page.has("/change?from=check#email\""));

    let rows = "First name,Last name,Email,Mobile,Role,Admin\nAmara,Adeyemi,amara@gmial.com,07700 900425,Advocate,Yes\n";
    browser.upload_file("staff.csv", rows.as_bytes()).await;
    let page = browser.get("/users/upload/review").await;
    let told = "Row 2, Amara Adeyemi’s email address: did you mean amara@gmail.com?";
    assert!(page.has(told), "{}", page.main());
}

#[tokio::test]
async fn a_short_year_and_a_far_hearing_are_told() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (year, told) in [
        ("27", "we read it as 1 March 2027"),
        ("2050", "1 March 2050 is more than 2 years away"),
    ] {
        let hearing = [
            ("court", "Leeds"),
            ("hearing-day", "1"),
            ("hearing-month", "3"),
            ("hearing-year", year),
        ];
        sent(&browser, "/api/organisation/first-hearing", &hearing).await;
        for page in ["/organisation/first-hearing", "/check-answers"] {
            assert!(browser.get(page).await.has(told), "{page}: {told}");
        }
    }
}

#[tokio::test]
async fn the_summary_of_check_answers_says_whose_answer_is_missing() {
    let service = TestService::new().await;
    let browser = service.browser();
    sent(&browser, "/api/organisation/kind", &[("kind", "other")]).await;
    browser.post("/api/submit", &Fields::new()).await;
    let page = browser.get("/check-answers").await;
    for whose in ["Organisation", "Accountable person"] {
        let words = format!("{whose}: Enter an email address, like name@example.com");
        assert_eq!(page.main().matches(&words).count(), 1, "{whose}");
    }
}

#[tokio::test]
async fn the_beta_banner_and_back_lead_where_they_say() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    for page in [
        "/",
        "/already-submitted",
        "/help",
        "/feedback",
        "/submitted",
    ] {
        let page = browser.get(page).await;
        let banner = page.text.split("This is a new service. ").nth(1).unwrap();
        let link = banner.split("href=\"").nth(1).unwrap();
        assert!(link.starts_with("/feedback\""), "{banner}");
    }
    let back = "class=\"govuk-back-link\"";
    assert!(!browser.get("/feedback").await.has(back));
    let status = browser.get("/status").await;
    let link = status.text.split(back).next().unwrap_or_default();
    let link = link.rsplit("<a ").next().unwrap_or_default();
    assert!(link.contains("href=\"/submitted\""), "{link}");
}

#[tokio::test]
async fn the_name_of_the_welsh_language_is_marked_as_welsh() {
    let service = TestService::new().await;
    let browser = service.browser();
    sent(&browser, "/api/organisation/kind", &[("kind", "other")]).await;
    let marked = "Welsh (<span lang=\"cy\">Cymraeg</span>)";
    assert!(browser.get("/save").await.has(marked));
    assert!(browser.get("/email-language").await.has(marked));
    browser
        .post_field("/email-language", "language", "cy")
        .await
        .assert_leads_to("/check-answers");
    let page = browser.get("/check-answers").await;
    assert!(
        page.has("<span lang=\"cy\">Cymraeg</span>"),
        "{}",
        page.main()
    );
}
