//! Changing a user: only on one's own list, and without changing the user's position on the list.

use axum::http::Request;
use axum::http::header;

use super::ids;
use crate::forms::{Fields, user};
use crate::test_service::TestService;

fn change(id: &str, number: usize) -> Fields {
    let mut fields = user(number);
    fields.push(("id", id.to_owned()));
    fields
}

#[tokio::test]
async fn new_answers_take_the_place_of_the_old() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let id = ids(&browser).await.remove(0);
    assert!(
        browser
            .get(&format!("/users/{id}/change"))
            .await
            .has("value=\"Williams 1\"")
    );
    browser
        .post("/api/users/change", &change(&id, 5))
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("Williams 5") && !page.has("Williams 1<"));
    assert_eq!(ids(&browser).await, [id]);
}

#[tokio::test]
async fn wrong_answers_are_kept_and_shown() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    let id = ids(&browser).await.remove(0);
    let address = format!("/users/{id}/change");
    let empty = [("id", id), ("first_name", String::new())];
    let page = browser.post("/api/users/change", &empty).await;
    page.assert_leads_to(&address);
    let page = browser.get(&address).await;
    assert!(page.has("Enter a first name") && page.has("There is a problem"));
    let page = browser.call("/api/users/change", &empty).await;
    assert_eq!(page.status, 200);
    assert!(page.has("\"field\":\"first_name\""));
}

#[tokio::test]
async fn somebody_elses_user_cannot_be_seen_changed_or_removed() {
    let service = TestService::new().await;
    let (own, other) = (service.browser(), service.browser());
    own.add_user(1).await;
    other.add_user(2).await;
    let id = ids(&own).await.remove(0);
    for page in [format!("/users/{id}/change"), format!("/users/{id}/remove")] {
        let page = other.get(&page).await;
        page.assert_page(404);
        assert!(!page.has("Williams 1"));
    }
    other
        .post("/api/users/change", &change(&id, 9))
        .await
        .assert_leads_to("/users");
    let fields = [("id", id.clone()), ("remove", "yes".to_owned())];
    other
        .post("/api/users/remove", &fields)
        .await
        .assert_leads_to("/users");
    let page = own.get("/users").await;
    assert!(page.has("Williams 1") && page.has("You have added 1 user"));
    assert!(other.get("/users").await.has("Williams 2"));
}

#[tokio::test]
async fn an_identifier_with_line_ends_leads_nowhere_and_breaks_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    for id in [
        "a\r\nSet-Cookie: registration=x",
        "\u{0}",
        "%0d%0a",
        "é",
        "../../submitted",
    ] {
        for (address, field) in [
            ("/api/users/change", "role"),
            ("/api/users/remove", "remove"),
        ] {
            for value in ["yes", ""] {
                let fields = [("id", id.to_owned()), (field, value.to_owned())];
                let page = browser.post(address, &fields).await;
                page.assert_leads_to("/users");
                assert_eq!(page.header(header::SET_COOKIE), "");
                assert_eq!(browser.call(address, &fields).await.status, 200);
            }
        }
    }
    for path in [
        "/users/%0d%0a/change",
        "/users/%00/remove",
        "/users/%ff/change",
        "/users/é/change",
    ] {
        let address: String = path.replace('é', "%C3%A9");
        let page = browser
            .send(
                Request::get(address).header(header::ACCEPT, "text/html"),
                "",
            )
            .await;
        page.assert_page(if path.contains("%ff") {
            page.status.as_u16()
        } else {
            404
        });
        assert!(page.status.is_client_error(), "{path}");
    }
    assert!(browser.get("/users").await.has("You have added 1 user"));
}
