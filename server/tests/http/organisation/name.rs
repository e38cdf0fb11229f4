//! A question page, as plain HTML and with WebAssembly: an answer is saved and leads to the next
//! page, or the page is shown again with its problems.

use serde_json::{Value, json};

use crate::test_service::TestService;

const ADDRESS: &str = "/api/organisation/name";
const PAGE: &str = "/organisation/name";

fn problems(text: &str) -> Vec<(String, String)> {
    let problems: Vec<Value> = serde_json::from_str(text).unwrap();
    let of = |problem: &Value, name: &str| problem[name].as_str().unwrap().to_owned();
    problems
        .iter()
        .map(|problem| (of(problem, "field"), of(problem, "code")))
        .collect()
}

#[tokio::test]
async fn a_right_answer_leads_to_the_next_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser
        .post_field(ADDRESS, "name", "Hartwell Crane & Co LLP")
        .await;
    page.assert_leads_to("/organisation/address");
    assert_eq!(page.text, "");
    let page = browser.get(PAGE).await;
    assert!(page.has("value=\"Hartwell Crane &amp; Co LLP\""));
    assert!(!page.has("There is a problem"));
}

#[tokio::test]
async fn a_right_answer_from_the_check_page_leads_back_to_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    let fields = [
        ("from", "check".to_owned()),
        ("name", "Hartwell".to_owned()),
    ];
    browser
        .post(ADDRESS, &fields)
        .await
        .assert_leads_to("/check-answers");
    let fields = [
        ("from", "https://evil.example".to_owned()),
        ("name", "Hartwell".to_owned()),
    ];
    browser
        .post(ADDRESS, &fields)
        .await
        .assert_leads_to("/organisation/address");
}

#[tokio::test]
async fn a_wrong_answer_leads_back_to_the_page_which_shows_problem_and_answer() {
    let service = TestService::new().await;
    let browser = service.browser();
    let typed = "=HYPERLINK(\"<script>alert('O’Dowd & Co')</script>\")";
    browser
        .post_field(ADDRESS, "name", typed)
        .await
        .assert_leads_to(PAGE);
    let page = browser.get(PAGE).await;
    page.assert_page(200);
    assert!(page.has("<title>Error: "), "{}", page.text);
    assert!(page.has("There is a problem") && page.has("href=\"#name\""));
    assert!(page.has("must not begin with ="), "{}", page.text);
    assert!(!page.has("<script>alert"), "what was typed is not escaped");
    assert!(
        page.has("value=\"=HYPERLINK(&quot;&lt;script&gt;alert("),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_wrong_answer_from_the_check_page_stays_on_the_way_back_to_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    let fields = [("from", "check".to_owned()), ("name", String::new())];
    browser
        .post(ADDRESS, &fields)
        .await
        .assert_leads_to("/organisation/name?from=check");
    let page = browser.get("/organisation/name?from=check").await;
    assert!(page.has("name=\"from\" value=\"check\""), "{}", page.text);
}

#[tokio::test]
async fn problems_go_once_the_answer_is_right() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.post_field(ADDRESS, "name", "").await;
    assert!(browser.get(PAGE).await.has("There is a problem"));
    browser.post_field(ADDRESS, "name", "Hartwell Crane").await;
    assert!(!browser.get(PAGE).await.has("There is a problem"));
}

#[tokio::test]
async fn with_webassembly_the_problems_are_the_answer() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser.call(ADDRESS, &[("name", String::new())]).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.location(), "");
    assert_eq!(
        problems(&page.text),
        [("name".to_owned(), "organisation-name-empty".to_owned())]
    );
    assert!(browser.cookie().is_some(), "the wrong answer was not kept");
}

#[tokio::test]
async fn with_webassembly_a_right_answer_names_the_next_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser
        .call(ADDRESS, &[("name", "Hartwell Crane".to_owned())])
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(page.leads_to(), "/organisation/address");
    assert_eq!(
        serde_json::from_str::<Value>(&page.text).unwrap(),
        json!([])
    );
    assert!(browser.get(PAGE).await.has("Hartwell Crane"));
}

#[tokio::test]
async fn by_html_and_with_webassembly_the_same_is_kept() {
    let service = TestService::new().await;
    let typed = "  O’Dowd <b>&\"' 李\t🙂 ";
    let (html, script) = (service.browser(), service.browser());
    html.post_field(ADDRESS, "name", typed).await;
    script.call(ADDRESS, &[("name", typed.to_owned())]).await;
    let value = |text: &str| {
        let after = text.split("name=\"name\"").nth(1).unwrap();
        after
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let shown = value(&html.get(PAGE).await.text);
    assert_eq!(shown, value(&script.get(PAGE).await.text));
    assert!(shown.contains("O’Dowd &lt;b&gt;&amp;&quot;"), "{shown}");
}
