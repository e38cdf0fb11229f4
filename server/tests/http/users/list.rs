//! The list of users: fifty on a page, a search whose words appear in no address, and the question
//! whether to add another user.

use registration::users::User;
use server::clock::Clock;

use super::{ids, ids_from};
use crate::browser::Browser;
use crate::test_service::TestService;

/// Adds many users directly to the database, which is quicker than a request for each.
async fn add_many(service: &TestService, browser: &Browser, users: usize) {
    browser.add_user(1).await;
    let cookie = browser.cookie().unwrap();
    let secret = cookie.split_once('=').unwrap().1;
    let token = server::randomness::SessionToken::parse(secret)
        .unwrap()
        .hash();
    let now = service.clock.now();
    let draft = service
        .store
        .drafts()
        .session_draft(&token, now)
        .await
        .unwrap()
        .unwrap()
        .id;
    for number in 2..=users {
        let user = User {
            first_name: "Wen".to_owned(),
            last_name: format!("Williams {number:04}"),
            email: format!("wen.{number}@hartwell.example"),
            mobile: "07700 900425".to_owned(),
            role: "advocate".to_owned(),
            administrator: "no".to_owned(),
        };
        service
            .store
            .draft_users()
            .add_user(&draft, &format!("user-{number}"), &user, now)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn an_empty_list_does_not_ask_for_another_user() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let id = ids(&browser).await.remove(0);
    let fields = [("id", id), ("remove", "yes".to_owned())];
    browser.post("/api/users/remove", &fields).await;
    let page = browser.get("/users").await;
    assert!(page.has("Do you want to add a user?"));
    let page = browser.get("/users?unanswered=yes").await;
    assert!(page.has("Select yes if you want to add a user"));
    assert!(!page.has("another user"));
}

#[tokio::test]
async fn fifty_stand_on_a_page_and_a_page_past_the_end_is_the_last() {
    let service = TestService::new().await;
    let browser = service.browser();
    add_many(&service, &browser, 60).await;
    let first = browser.get("/users").await;
    assert!(first.has("You have added 60 users"));
    assert!(first.has("Williams 0050") && !first.has("Williams 0051"));
    for address in [
        "/users?page=2",
        "/users?page=99999999999999999999",
        "/users?page=3",
    ] {
        let page = browser.get(address).await;
        page.assert_page(200);
    }
    let last = browser.get("/users?page=900").await;
    assert!(last.has("Williams 0051") && last.has("Williams 0060") && !last.has("Williams 0050"));
    for address in [
        "/users?page=0",
        "/users?page=-1",
        "/users?page=x",
        "/users?page=%00",
    ] {
        assert!(browser.get(address).await.has("Williams 0050"), "{address}");
    }
}

#[tokio::test]
async fn a_search_finds_and_its_words_are_in_no_address() {
    let service = TestService::new().await;
    let browser = service.browser();
    add_many(&service, &browser, 12).await;
    let page = browser
        .post_field("/api/users/search", "words", "williams 0007")
        .await;
    page.assert_leads_to("/users");
    let page = browser.get(page.location()).await;
    assert!(page.has("1 of 12 users matches your search") && page.has("Williams 0007"));
    assert!(!page.has("Williams 0008"));
    // The search ends when somebody adds a user or leaves the list.
    browser.add_user(13).await;
    let page = browser.get("/users").await;
    assert!(page.has("You have added 13 users") && page.has("Williams 13"));
    for left in ["/tasks", "/check-answers"] {
        browser
            .post_field("/api/users/search", "words", "williams 0007")
            .await;
        assert!(browser.get("/users").await.has("1 of 13 users matches"));
        browser.get(left).await;
        assert!(browser.get("/users").await.has("You have added 13 users"));
    }
    browser
        .post_field("/api/users/search", "words", "<b>%_'")
        .await;
    assert!(
        browser
            .get("/users")
            .await
            .has("0 of 13 users match your search")
    );
    let page = browser.post_field("/api/users/search", "words", "").await;
    page.assert_leads_to("/users");
    assert!(browser.get("/users").await.has("Williams 0008"));
}

#[tokio::test]
async fn a_thousand_users_are_shown_and_one_more_is_refused_with_a_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    add_many(&service, &browser, 1_000).await;
    let page = browser.get("/users?page=20").await;
    page.assert_page(200);
    assert!(page.has("You have added 1,000 users, the most that one registration can have."));
    assert!(
        browser
            .get("/users/add")
            .await
            .has("You cannot add more users")
    );
    browser.add_user(1_001).await;
    assert!(!browser.get("/users?page=20").await.has("Williams 1001"));
    browser
        .post_field("/api/users/more", "from", "task")
        .await
        .assert_leads_to("/tasks");
}

#[tokio::test]
async fn the_question_for_another_leads_on() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    for (answer, address) in [
        ("yes", "/users/add"),
        ("no", "/tasks"),
        ("", "/users?unanswered=yes"),
    ] {
        browser
            .post_field("/api/users/more", "more", answer)
            .await
            .assert_leads_to(address);
    }
    let page = browser.get("/users?unanswered=yes").await;
    assert!(page.has("Select yes if you want to add another user"));
}

#[tokio::test]
async fn a_list_opened_from_check_answers_leads_back_there_by_every_way() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let from_check = |more: &[(&'static str, &str)]| {
        let from = [("from", "check")];
        let fields = from.iter().chain(more);
        fields
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect::<Vec<_>>()
    };
    for (address, fields, leads_to) in [
        (
            "/api/users/more",
            from_check(&[("more", "")]),
            "/users?unanswered=yes&from=check",
        ),
        (
            "/api/users/more",
            from_check(&[("more", "no")]),
            "/check-answers",
        ),
        (
            "/api/users/search",
            from_check(&[("words", "wen")]),
            "/users?from=check",
        ),
    ] {
        browser
            .post(address, &fields)
            .await
            .assert_leads_to(leads_to);
    }
    let page = browser.get("/users?unanswered=yes&from=check").await;
    assert_eq!(page.hidden("from"), "check");
    let id = ids_from(&page).remove(0);
    let page = browser.get("/check-answers").await;
    assert!(page.has(&format!("href=\"/users/{id}/change?from=check\"")));
    for (from, leads_to) in [
        ("check", "/check-answers"),
        ("checked-list", "/users?from=check"),
        ("task", "/users"),
    ] {
        let mut fields = crate::forms::user(1);
        fields.retain(|(name, _)| *name != "from");
        fields.push(("from", from.to_owned()));
        fields.push(("id", id.clone()));
        browser
            .post("/api/users/change", &fields)
            .await
            .assert_leads_to(leads_to);
        let page = browser
            .get(&format!("/users/{id}/change?from={from}"))
            .await;
        assert!(page.has(&format!("href=\"{leads_to}\"")), "{from}");
    }
    let unanswered = [("id", id.clone()), ("from", "checked-list".to_owned())];
    browser
        .post("/api/users/remove", &unanswered)
        .await
        .assert_leads_to(&format!(
            "/users/{id}/remove?unanswered=yes&from=checked-list"
        ));
}
