//! Two people with one draft, or two tabs of one browser: a later save never overwrites the answers
//! of the other without asking.

use crate::browser::Browser;
use crate::forms::Fields;
use crate::resume::{access_message, leave, press};
use crate::test_service::TestService;

const CLERK: &str = "clerk@hartwell.example";
const NAME: &str = "/organisation/name";
const SAVE_NAME: &str = "/api/organisation/name";
const ASKS: &str = "/two-answers?page=/organisation/name";

/// Returns the fields of the name page, as sent from a page that showed this version of the draft.
fn name(name: &str, version: i64) -> Fields {
    vec![("name", name.to_owned()), ("version", version.to_string())]
}

fn chosen(keep: &str, version: i64) -> Fields {
    vec![
        ("page", NAME.to_owned()),
        ("version", version.to_string()),
        ("keep", keep.to_owned()),
    ]
}

/// Opens one draft in two browsers. The organisation is called "Hartwell Crane".
pub(super) async fn two(service: &TestService) -> (Browser, Browser) {
    let (first, second) = (service.browser(), service.browser());
    leave(&first, CLERK).await;
    press(&second, &access_message(service, CLERK).await.link)
        .await
        .assert_leads_to("/tasks");
    (first, second)
}

/// Opens one draft in two browsers and causes an edit conflict over the name.
///
/// The second browser changes the name, and the first browser then sends another name from a stale
/// page.
async fn two_answers(service: &TestService) -> (Browser, Browser) {
    let (first, second) = two(service).await;
    assert_eq!(second.post(SAVE_NAME, &name("Second", 1)).await.status, 303);
    first
        .post(SAVE_NAME, &name("First", 1))
        .await
        .assert_leads_to(ASKS);
    (first, second)
}

#[tokio::test]
async fn a_page_carries_the_version_that_it_was_drawn_from() {
    let service = TestService::new().await;
    let (first, _) = two(&service).await;
    assert!(first.get(NAME).await.has("name=\"version\" value=\"1\""));
    let new = service.browser();
    assert!(!new.get(NAME).await.has("name=\"version\""), "no draft yet");
    new.post_field("/api/organisation/kind", "kind", "other")
        .await;
    assert!(new.get(NAME).await.has("name=\"version\" value=\"0\""));
}

#[tokio::test]
async fn a_later_save_shows_both_answers_and_asks() {
    let service = TestService::new().await;
    let (first, second) = two_answers(&service).await;
    let page = first.get(ASKS).await;
    page.assert_page(200);
    assert!(page.has("What is saved now") && page.has("What you entered"));
    assert!(page.has(">Second<") && page.has(">First<"));
    assert!(second.get(NAME).await.has("value=\"Second\""));
    let page = first.post("/two-answers", &chosen("", 2)).await;
    assert!(page.has("Select which answers you want to keep") && page.has("Error: "));
}

#[tokio::test]
async fn either_answer_is_kept_as_chosen() {
    for (keep, kept) in [("saved", "Second"), ("entered", "First")] {
        let service = TestService::new().await;
        let (first, second) = two_answers(&service).await;
        let done = first.post("/two-answers", &chosen(keep, 2)).await;
        assert_eq!(done.status, 303);
        let value = format!("value=\"{kept}\"");
        assert!(second.get(NAME).await.has(&value), "{keep}");
        first.get(ASKS).await.assert_leads_to("/tasks");
    }
}

#[tokio::test]
async fn a_third_change_asks_again() {
    let service = TestService::new().await;
    let (first, second) = two_answers(&service).await;
    second.post(SAVE_NAME, &name("Third", 2)).await;
    first
        .post("/two-answers", &chosen("entered", 2))
        .await
        .assert_leads_to(ASKS);
    assert!(first.get(ASKS).await.has(">Third<"));
    assert!(second.get(NAME).await.has("value=\"Third\""));
}

#[tokio::test]
async fn the_same_answers_or_the_same_person_are_not_asked_about() {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    for _ in 0..2 {
        second.post(SAVE_NAME, &name("Second", 1)).await;
    }
    let same = first.post(SAVE_NAME, &name("Second", 1)).await;
    assert!(!same.location().starts_with("/two-answers"));
    let own = first.post(SAVE_NAME, &name("Mine", 1)).await;
    assert!(!own.location().starts_with("/two-answers"));
    assert!(second.get(NAME).await.has("value=\"Mine\""));
}

#[tokio::test]
async fn wrong_answers_of_a_new_draft_are_put_right_from_the_same_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    for typed in ["", "Hartwell Crane"] {
        browser.call(SAVE_NAME, &name(typed, 0)).await;
    }
    assert!(browser.get(NAME).await.has("value=\"Hartwell Crane\""));
}

#[tokio::test]
async fn webassembly_is_led_to_the_same_page() {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    second.call(SAVE_NAME, &name("Second", 1)).await;
    let answer = first.call(SAVE_NAME, &name("First", 1)).await;
    assert_eq!(answer.location(), ASKS);
}

/// Causes and resolves an edit conflict over the name; returns the address of the next page.
///
/// `entered` is the name in the save that causes the conflict, `beside` are its further fields, and
/// `keep` is the answer to keep.
async fn led_to_after(
    beside: &[(&'static str, &'static str)],
    keep: &str,
    entered: &str,
) -> String {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    second.post(SAVE_NAME, &name("Second", 1)).await;
    let mut fields = name(entered, 1);
    fields.extend(
        beside
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned())),
    );
    first.post(SAVE_NAME, &fields).await.assert_leads_to(ASKS);
    // Sending no choice asks again and loses nothing.
    first.post("/two-answers", &chosen("", 2)).await;
    let done = first.post("/two-answers", &chosen(keep, 2)).await;
    done.location().to_owned()
}

#[tokio::test]
async fn choosing_between_answers_leads_back_to_where_the_person_was_going() {
    let check = [("from", "check")];
    let leaves = [("from", "check"), ("later", "yes")];
    for keep in ["saved", "entered"] {
        assert_eq!(
            led_to_after(&[], keep, "First").await,
            "/organisation/address",
            "{keep}"
        );
        assert_eq!(
            led_to_after(&check, keep, "First").await,
            "/check-answers",
            "{keep}"
        );
        assert_eq!(
            led_to_after(&leaves, keep, "First").await,
            "/save",
            "{keep}"
        );
    }
    // If the kept answer has a problem, the answer's page is shown, and the address still says
    // where to return.
    let page = led_to_after(&check, "entered", "").await;
    assert_eq!(page, "/organisation/name?from=check");
}

#[tokio::test]
async fn the_later_of_two_saves_decides_the_next_page() {
    let service = TestService::new().await;
    let (first, _second) = two_answers(&service).await;
    let mut again = name("First", 1);
    again.push(("from", "check".to_owned()));
    first.post(SAVE_NAME, &again).await.assert_leads_to(ASKS);
    first
        .post("/two-answers", &chosen("saved", 2))
        .await
        .assert_leads_to("/check-answers");
}

/// Returns a user's answers, as sent from a page that showed the answers with this fingerprint.
fn user_seen(id: &str, last_name: &str, seen: &str) -> Fields {
    let mut fields = crate::forms::user(1);
    fields.push(("id", id.to_owned()));
    fields.push(("seen", seen.to_owned()));
    for (name, value) in &mut fields {
        if *name == "last_name" {
            last_name.clone_into(value);
        }
    }
    fields
}

/// Opens one draft with one user in two browsers. Also returns the user's identifier and the
/// fingerprint on the user's page.
async fn with_user(service: &TestService) -> (Browser, Browser, String, String) {
    let (first, second) = two(service).await;
    first.add_user(1).await;
    let list = first.get("/users").await;
    let after = list
        .text
        .split("/users/")
        .find(|part| part.contains("/change\""))
        .unwrap();
    let id = after.split('/').next().unwrap().to_owned();
    let page = first.get(&format!("/users/{id}/change")).await;
    let mark = page.text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let mark = mark.split('"').next().unwrap().to_owned();
    (first, second, id, mark)
}

#[tokio::test]
async fn a_user_whom_another_changed_is_asked_about() {
    for (keep, kept) in [("saved", "Second"), ("entered", "First")] {
        let service = TestService::new().await;
        let (first, second, id, mark) = with_user(&service).await;
        let asks = format!("/two-answers/user?id={id}");
        second
            .post("/api/users/change", &user_seen(&id, "Second", &mark))
            .await
            .assert_leads_to("/users");
        first
            .post("/api/users/change", &user_seen(&id, "First", &mark))
            .await
            .assert_leads_to(&asks);
        let page = first.get(&asks).await;
        page.assert_page(200);
        assert!(page.has("Second") && page.has("First"));
        let shown = page.text.split("name=\"seen\" value=\"").nth(1).unwrap();
        let shown = shown.split('"').next().unwrap().to_owned();
        let fields = |keep: &str| {
            vec![
                ("id", id.clone()),
                ("seen", shown.clone()),
                ("keep", keep.to_owned()),
            ]
        };
        let nothing = first.post("/two-answers/user", &fields("")).await;
        assert!(nothing.has("Select which answers you want to keep"));
        first
            .post("/two-answers/user", &fields(keep))
            .await
            .assert_leads_to("/users");
        assert!(
            second.get("/users").await.has(&format!("Wen {kept}")),
            "{keep}"
        );
        first.get(&asks).await.assert_leads_to("/users");
    }
}

#[tokio::test]
async fn changing_a_user_leads_back_to_where_the_person_was_going() {
    for (beside, leads_to) in [
        (vec![], "/users"),
        (vec![("from", "check")], "/check-answers"),
        (vec![("from", "checked-list")], "/users?from=check"),
        (vec![("from", "check"), ("later", "yes")], "/save"),
    ] {
        for keep in ["saved", "entered"] {
            let service = TestService::new().await;
            let (first, second, id, mark) = with_user(&service).await;
            second
                .post("/api/users/change", &user_seen(&id, "Second", &mark))
                .await;
            let asks = format!("/two-answers/user?id={id}");
            let mut fields = user_seen(&id, "First", &mark);
            fields.retain(|(field, _)| *field != "from");
            fields.extend(
                beside
                    .iter()
                    .map(|(field, value)| (*field, (*value).to_owned())),
            );
            first
                .post("/api/users/change", &fields)
                .await
                .assert_leads_to(&asks);
            let page = first.get(&asks).await;
            let shown = page.text.split("name=\"seen\" value=\"").nth(1).unwrap();
            let shown = shown.split('"').next().unwrap().to_owned();
            let choice = vec![("id", id), ("seen", shown), ("keep", keep.to_owned())];
            first
                .post("/two-answers/user", &choice)
                .await
                .assert_leads_to(leads_to);
        }
    }
}

#[tokio::test]
async fn a_user_whom_another_removed_can_be_added_anew() {
    let service = TestService::new().await;
    let (first, second, id, mark) = with_user(&service).await;
    let remove = vec![("id", id.clone()), ("remove", "yes".to_owned())];
    second.post("/api/users/remove", &remove).await;
    let asks = format!("/two-answers/user?id={id}");
    first
        .post("/api/users/change", &user_seen(&id, "First", &mark))
        .await
        .assert_leads_to(&asks);
    let page = first.get(&asks).await;
    assert!(page.has("This user was removed") && page.has("First"));
    let keep = vec![("id", id), ("keep", "entered".to_owned())];
    first
        .post("/two-answers/user", &keep)
        .await
        .assert_leads_to("/users");
    assert!(second.get("/users").await.has("Wen First"));
}

#[tokio::test]
async fn a_second_change_from_the_same_page_is_no_conflict() {
    let service = TestService::new().await;
    let (first, _, id, mark) = with_user(&service).await;
    for name in ["", "Once", "Twice"] {
        let answer = first
            .call("/api/users/change", &user_seen(&id, name, &mark))
            .await;
        assert!(!answer.location().starts_with("/two-answers"), "{name}");
    }
    assert!(first.get("/users").await.has("Wen Twice"));
}

/// Returns the value of a hidden field of a page; empty if the page has no such field.
fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let after = page.split_once(&field).map_or("", |(_, after)| after);
    after.split('"').next().unwrap_or_default().to_owned()
}

/// Opens a page in a new tab; returns the hidden fields of its form.
async fn tab(browser: &Browser, address: &str, names: &[&'static str]) -> Fields {
    let page = browser.get(address).await;
    let fields = names.iter().map(|name| (*name, hidden(&page.text, name)));
    fields.filter(|(_, value)| !value.is_empty()).collect()
}

fn with(tab: &Fields, more: Fields) -> Fields {
    tab.iter().cloned().chain(more).collect()
}

fn name_alone(name: &str) -> Fields {
    vec![("name", name.to_owned())]
}

#[tokio::test]
async fn two_tabs_of_one_browser_are_compared_as_two_people_are() {
    let service = TestService::new().await;
    for is_begun in [true, false] {
        let browser = service.browser();
        if is_begun {
            browser
                .post_field("/api/organisation/kind", "kind", "other")
                .await;
        }
        let hidden = ["version", "form_id"];
        let one = tab(&browser, NAME, &hidden).await;
        let other = tab(&browser, NAME, &hidden).await;
        let saved = browser
            .post(SAVE_NAME, &with(&one, name_alone("One")))
            .await;
        assert!(!saved.location().starts_with("/two-answers"));
        browser
            .post(SAVE_NAME, &with(&other, name_alone("Other")))
            .await
            .assert_leads_to(ASKS);
        let page = browser.get(ASKS).await;
        assert!(page.has(">One<") && page.has(">Other<") && page.has("in another tab"));
        // The tab that saved goes back to its page and saves again.
        let again = browser
            .post(SAVE_NAME, &with(&one, name_alone("Again")))
            .await;
        assert!(!again.location().starts_with("/two-answers"));
        assert!(browser.get(NAME).await.has("value=\"Again\""));
    }
}

#[tokio::test]
async fn a_user_changed_in_another_tab_is_asked_about_and_not_removed() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let list = browser.get("/users").await;
    let id = list
        .text
        .split("/users/")
        .find(|part| part.contains("/change\""));
    let id = id.unwrap().split('/').next().unwrap().to_owned();
    let change = format!("/users/{id}/change");
    let hidden = ["id", "seen", "form_id"];
    let one = tab(&browser, &change, &hidden).await;
    let other = tab(&browser, &change, &hidden).await;
    let removes = tab(&browser, &format!("/users/{id}/remove"), &["id", "seen"]).await;
    let named = |last_name: &str| {
        let mut fields = crate::forms::user(1);
        for (name, value) in &mut fields {
            if *name == "last_name" {
                last_name.clone_into(value);
            }
        }
        fields
    };
    for name in ["Once", "Twice"] {
        browser
            .post("/api/users/change", &with(&one, named(name)))
            .await
            .assert_leads_to("/users");
    }
    browser
        .post("/api/users/change", &with(&other, named("Other")))
        .await
        .assert_leads_to(&format!("/two-answers/user?id={id}"));
    browser
        .post(
            "/api/users/remove",
            &with(&removes, vec![("remove", "yes".to_owned())]),
        )
        .await
        .assert_leads_to(&format!("/users/{id}/remove?changed=yes"));
    assert!(browser.get("/users").await.has("Wen Twice"));
}
