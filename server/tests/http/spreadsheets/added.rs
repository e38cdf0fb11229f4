//! Users of a spreadsheet are added to the list once, completely or not at all. The spreadsheet's
//! answers about the organisation fill only questions that have no answer in the draft.

use registration::form::Field;

use super::THREE;
use crate::test_service::TestService;

const WHOLE_FORM: &[u8] = include_bytes!("../../../spreadsheet/tests/files/whole-form.xlsx");

fn many(users: usize) -> String {
    let rows: Vec<String> = (1..=users)
        .map(|number| format!("Wen,Williams,wen.{number}@firm.example,07700 900425,Advocate,No\n"))
        .collect();
    format!(
        "First name,Last name,Email,Mobile,Role,Admin\n{}",
        rows.concat()
    )
}

#[tokio::test]
async fn pressing_add_many_times_adds_once() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", many(40).as_bytes()).await;
    let add = || browser.post("/api/users/upload/add", &[]);
    let pages = tokio::join!(add(), add(), add());
    for page in [pages.0, pages.1, pages.2] {
        page.assert_leads_to("/users");
    }
    add().await.assert_leads_to("/users");
    assert!(browser.get("/users").await.has("You have added 40 users"));
    let page = browser.get("/users/upload/review").await;
    assert_eq!(page.location(), "/users/upload");
}

#[tokio::test]
async fn users_without_problems_are_added_alone_where_that_is_decided() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    let page = browser.get("/users/upload/add").await;
    page.assert_page(200);
    assert!(page.has("Add 1 user now and put the rest right later?"));
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("You have added 1 user"));
    assert!(page.has("0 users are ready to add and 2 rows have problems."));
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    assert!(browser.get("/users").await.has("You have added 1 user"));
    assert!(browser.get("/users/upload/review").await.has("Fix 2 rows"));
}

#[tokio::test]
async fn beyond_a_thousand_nobody_is_added_and_the_page_says_how_many_to_leave_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    for number in 2_001..=2_003 {
        browser.add_user(number).await;
    }
    browser.upload_file("staff.csv", many(999).as_bytes()).await;
    let page = browser.get("/users/upload/review").await;
    assert!(
        page.has("Your list has room for 997 more and this spreadsheet has 999: leave 2 rows out"),
        "{}",
        page.text
    );
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users/upload/review");
    assert!(browser.get("/users").await.has("You have added 3 users"));
}

#[tokio::test]
async fn page_1_fills_what_has_no_answer_and_nothing_else() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Our own name")
        .await;
    browser
        .upload_file("form.xlsx", WHOLE_FORM)
        .await
        .assert_leads_to("/users/upload/review");
    let page = browser.get("/users/upload/review").await;
    assert!(page.has("Organisation details in your file"));
    assert!(page.has("We fill this in"));
    assert!(page.has("You have answered this. We keep your answer"));
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    assert!(browser.get("/organisation/name").await.has("Our own name"));
    let address = browser.get("/organisation/address").await;
    let postcode = address.text.split("name=\"postcode\"").nth(1).unwrap();
    assert!(!postcode.split('>').next().unwrap().contains("value=\"\""));
    assert!(postcode.split('>').next().unwrap().contains("value=\""));
    assert!(!browser.get("/users").await.has("You have not finished"));
}

#[tokio::test]
async fn every_answer_of_page_1_is_shown_before_it_is_added() {
    let answers: Vec<(&str, String)> = Field::all()
        .filter_map(|field| {
            let answer = match field {
                Field::OrganisationKind => "Another kind of organisation".to_owned(),
                Field::HearingDay => "1 December 2026".to_owned(),
                field => format!("ANSWER{:02}", field as usize),
            };
            Some((field.describe().sheet?.label, answer))
        })
        .collect();
    let page_1: Vec<String> = answers
        .iter()
        .map(|(label, answer)| [label, ",", answer, "\n"].concat())
        .collect();
    let file = [page_1.concat(), "\n".to_owned(), many(1)].concat();
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("form.csv", file.as_bytes()).await;
    let page = browser.get("/users/upload/review").await;
    page.assert_page(200);
    for (label, answer) in answers {
        assert!(page.has(&answer), "{label}: {}", page.text);
    }
}

#[tokio::test]
async fn discarding_a_spreadsheet_keeps_the_list() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(9).await;
    browser.upload_file("staff.csv", THREE).await;
    browser.get("/users/upload/discard").await.assert_page(200);
    browser
        .post("/api/users/upload/discard", &[])
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("You have added 1 user") && !page.has("staff.csv"));
    let page = browser.get("/users/upload/review").await;
    assert_eq!(page.location(), "/users/upload");
}

#[tokio::test]
async fn users_already_on_the_list_unchanged_are_left_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    for _ in 0..2 {
        browser.upload_file("staff.csv", many(3).as_bytes()).await;
        browser
            .post("/api/users/upload/add", &[])
            .await
            .assert_leads_to("/users");
    }
    assert!(browser.get("/users").await.has("You have added 3 users"));
}
