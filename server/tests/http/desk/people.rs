//! What a desk administrator does to the people of the desk.

use registration::desk::OfficerRole::{Administrator, Auditor, Officer};
use server::randomness::SessionToken;

use super::joined::{Joined, set_up};
use crate::page::Page;
use crate::test_service::TestService;

fn link_on(page: &Page) -> SessionToken {
    let after = page
        .text
        .split("http://register.example/desk/join/")
        .nth(1)
        .unwrap();
    SessionToken::parse(after.split('<').next().unwrap()).unwrap()
}

fn person(email: &str, role: &str) -> [(&'static str, String); 3] {
    [
        ("name", "Wen Williams".to_owned()),
        ("email", email.to_owned()),
        ("role", role.to_owned()),
    ]
}

#[tokio::test]
async fn somebody_is_added_and_sets_their_account_up_by_the_link_that_is_shown_once() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let page = administrator
        .post("/desk/people/add", &person("wen@desk.example", "officer"))
        .await;
    page.assert_page(200);
    assert!(page.has("Give Wen Williams this link"));
    let list = administrator.get("/desk/people").await;
    assert!(list.has("wen@desk.example") && list.has("Link not used yet"));
    assert!(!list.has("/desk/join/"));
    let browser = service.browser();
    set_up(&service, &browser, &link_on(&page)).await;
    let own = browser.get("/desk/account").await;
    assert!(own.has("wen@desk.example") && own.has("Officer"));
    assert!(administrator.get("/desk/people").await.has("Can sign in"));
}

#[tokio::test]
async fn what_is_wrong_with_somebody_is_said_and_what_was_typed_stays() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let nothing = administrator.post("/desk/people/add", &[]).await;
    for words in ["Enter a name", "Enter an email address", "Select a role"] {
        assert!(nothing.has(words), "{words}: {}", nothing.text);
    }
    let mistyped = administrator
        .post("/desk/people/add", &person("wen at desk", "judge"))
        .await;
    assert!(mistyped.has("value=\"wen at desk\"") && mistyped.has("value=\"Wen Williams\""));
    administrator
        .post("/desk/people/add", &person("wen@desk.example", "officer"))
        .await;
    let twice = administrator
        .post("/desk/people/add", &person("WEN@desk.example", "auditor"))
        .await;
    assert!(twice.has("somebody of the desk has this one"));
}

#[tokio::test]
async fn another_role_counts_at_once_and_the_audit_holds_both() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let joined = Joined::new(&service, Officer).await;
    let at = format!("/desk/people/{}", joined.id);
    assert_eq!(joined.browser.get("/desk/people").await.status, 403);
    let unknown = administrator
        .post_field(&format!("{at}/role"), "role", "judge")
        .await;
    assert!(unknown.has("Select a role"));
    administrator
        .post_field(&format!("{at}/role"), "role", "administrator")
        .await
        .assert_leads_to(&format!("{at}?done=role"));
    assert!(
        administrator
            .get(&format!("{at}?done=role"))
            .await
            .has("The role is changed")
    );
    joined.browser.get("/desk/people").await.assert_page(200);
    let row = joined.audit().await.pop().unwrap();
    assert_eq!(row.action, "role-changed");
    assert_eq!(
        row.details,
        r#"{"after":"administrator","before":"officer"}"#
    );
}

#[tokio::test]
async fn access_that_is_ended_signs_out_at_once_and_can_be_given_again() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let joined = Joined::new(&service, Officer).await;
    let at = format!("/desk/people/{}", joined.id);
    let asked = administrator.get(&format!("{at}/end")).await;
    assert!(asked.has("They are signed out everywhere at once"));
    joined.browser.get("/desk/account").await.assert_page(200);
    administrator
        .post(&format!("{at}/end"), &[])
        .await
        .assert_leads_to(&format!("{at}?done=ended"));
    assert_eq!(joined.browser.get("/desk/account").await.status, 303);
    let refused = joined
        .give_password(&service.browser(), super::joined::PASSWORD)
        .await;
    assert!(refused.has("Check your email address and password"));
    for gone in ["/end", "/link"] {
        assert_eq!(administrator.get(&format!("{at}{gone}")).await.status, 404);
    }
    let again = administrator
        .post("/desk/people/add", &person(&joined.email, "auditor"))
        .await;
    set_up(&service, &service.browser(), &link_on(&again)).await;
    let actions = joined.actions().await;
    assert_eq!(actions[3..], ["ended", "added", "link-made", "set-up"]);
}

#[tokio::test]
async fn a_new_link_ends_whatever_let_somebody_in_before() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let joined = Joined::new(&service, Officer).await;
    let at = format!("/desk/people/{}/link", joined.id);
    assert!(administrator.get(&at).await.has("stop working at once"));
    let page = administrator.post(&at, &[]).await;
    assert_eq!(joined.browser.get("/desk/account").await.status, 303);
    let browser = service.browser();
    let refused = joined
        .give_password(&browser, super::joined::PASSWORD)
        .await;
    assert!(refused.has("Error: "));
    set_up(&service, &browser, &link_on(&page)).await;
    browser.get("/desk/account").await.assert_page(200);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let service = TestService::new().await;
    let (administrator, id) = service.officer_and_id(Administrator).await;
    let at = format!("/desk/people/{id}");
    let end = administrator.post(&format!("{at}/end"), &[]).await;
    assert!(end.has("Add another desk administrator before you end this access"));
    let demote = administrator
        .post_field(&format!("{at}/role"), "role", "officer")
        .await;
    assert!(demote.has("Add another desk administrator before you change this role"));
    let (_, other) = service.officer_and_id(Administrator).await;
    administrator
        .post_field(&format!("{at}/role"), "role", "officer")
        .await
        .assert_leads_to(&format!("{at}?done=role"));
    assert_eq!(administrator.get("/desk/people").await.status, 403);
    let left = service.store.officer(&other).await.unwrap().unwrap();
    assert_eq!(left.role, Administrator);
    assert_ne!(left.role, Auditor);
}
