//! A desk administrator manages the officers of the desk.

use registration::desk::OfficerRole::{Administrator, Officer};
use server::randomness::SessionToken;

use super::enrolled::{Joined, set_up};
use crate::test_service::TestService;

/// Returns the link in the newest message to an officer.
async fn link_to(service: &TestService, email: &str) -> SessionToken {
    let mail = service.mail_to(email).await;
    let link = "http://register.example/desk/join/";
    let secret = mail[0]
        .text
        .lines()
        .find_map(|line| line.strip_prefix(link));
    SessionToken::parse(secret.unwrap()).unwrap()
}

fn person(email: &str, role: &str) -> [(&'static str, String); 3] {
    [
        ("name", "Wen Williams".to_owned()),
        ("email", email.to_owned()),
        ("role", role.to_owned()),
    ]
}

#[tokio::test]
async fn somebody_is_added_and_sets_their_account_up_by_the_link_that_is_sent_to_them() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let added = administrator
        .post("/desk/people/add", &person("wen@desk.example", "officer"))
        .await;
    assert!(added.location().ends_with("?done=added"));
    let page = administrator.get(added.location()).await;
    page.assert_page(200);
    assert!(page.has("We have emailed them a link"));
    assert!(!page.has("/desk/join/"));
    let list = administrator.get("/desk/people").await;
    assert!(list.has("wen@desk.example") && list.has("Link not used yet"));
    assert!(!list.has("/desk/join/"));
    let browser = service.browser();
    let link = link_to(&service, "wen@desk.example").await;
    set_up(&service, &browser, &link).await;
    let own = browser.get("/desk/account").await;
    assert!(own.has("wen@desk.example") && own.has("Officer"));
    assert!(administrator.get("/desk/people").await.has("Can sign in"));
}

#[tokio::test]
async fn a_link_goes_to_its_officer_alone_and_every_administrator_is_told() {
    let service = TestService::new().await;
    let administrator = Joined::new(&service, Administrator).await;
    let another = Joined::new(&service, Administrator).await;
    let ended = Joined::new(&service, Administrator).await;
    let senior = Joined::new(&service, Officer).await;
    let joined = Joined::new(&service, Officer).await;
    let end = format!("/desk/people/{}/end", ended.id);
    administrator.browser.post(&end, &[]).await;
    let at = format!("/desk/people/{}/link", joined.id);
    let asked = administrator.browser.get(&at).await;
    assert!(asked.has(&joined.email) && asked.has("All desk administrators are told"));
    let sent = administrator.browser.post(&at, &[]).await;
    sent.assert_leads_to(&format!("/desk/people/{}?done=link-sent", joined.id));
    let secret = link_to(&service, &joined.email).await;
    let secret = secret.secret();
    for told in [&administrator, &another] {
        let mail = service.mail_to(&told.email).await;
        assert_eq!(mail.len(), 1);
        assert_eq!(mail[0].subject, "A link to sign in at the desk was sent");
        assert!(!mail[0].text.contains("/desk/join/") && !mail[0].text.contains(secret));
        assert!(mail[0].text.contains("Wen "));
    }
    for not_told in [&senior, &ended] {
        assert!(service.mail_to(&not_told.email).await.is_empty());
    }
    assert_eq!(service.mail_to(&joined.email).await.len(), 1);
    for address in [
        sent.location(),
        "/desk/people",
        "/desk/audit",
        "/desk/messages",
    ] {
        assert!(
            !administrator.browser.get(address).await.has(secret),
            "{address}"
        );
    }
    let row = joined.audit().await.pop().unwrap();
    assert_eq!(
        (&*row.action, row.actor),
        ("link-made", administrator.id.actor().to_string())
    );
}

#[tokio::test]
async fn the_day_of_a_link_begins_when_it_is_sent() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    administrator
        .post("/desk/people/add", &person("wen@desk.example", "officer"))
        .await;
    service.clock.move_on(48, 0);
    let link = link_to(&service, "wen@desk.example").await;
    let follow = async || {
        let browser = service.browser();
        browser
            .post_field("/desk/join", "secret", link.secret())
            .await
            .status
            .as_u16()
    };
    service.clock.move_on(24, -1);
    assert_eq!(follow().await, 303);
    service.clock.move_on(0, 1);
    assert_eq!(follow().await, 410);
}

#[tokio::test]
async fn problems_with_a_person_are_shown_and_typed_text_stays() {
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
    assert!(twice.has("This one is already in use"));
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
    assert!(asked.has("They will be signed out everywhere"));
    joined.browser.get("/desk/account").await.assert_page(200);
    administrator
        .post(&format!("{at}/end"), &[])
        .await
        .assert_leads_to(&format!("{at}?done=ended"));
    assert_eq!(joined.browser.get("/desk/account").await.status, 303);
    let refused = joined
        .give_password(&service.browser(), super::enrolled::PASSWORD)
        .await;
    assert!(refused.has("Check your email address and password"));
    for gone in ["/end", "/link"] {
        assert_eq!(administrator.get(&format!("{at}{gone}")).await.status, 404);
    }
    let again = administrator
        .post("/desk/people/add", &person(&joined.email, "auditor"))
        .await;
    assert_eq!(again.status, 303);
    let link = link_to(&service, &joined.email).await;
    set_up(&service, &service.browser(), &link).await;
    let actions = joined.actions().await;
    assert_eq!(actions[3..], ["ended", "added", "link-made", "set-up"]);
}

#[tokio::test]
async fn a_new_link_ends_whatever_let_somebody_in_before() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    let joined = Joined::new(&service, Officer).await;
    let at = format!("/desk/people/{}/link", joined.id);
    assert!(
        administrator
            .get(&at)
            .await
            .has("recovery codes will stop working")
    );
    assert_eq!(administrator.post(&at, &[]).await.status, 303);
    assert_eq!(joined.browser.get("/desk/account").await.status, 303);
    let browser = service.browser();
    let refused = joined
        .give_password(&browser, super::enrolled::PASSWORD)
        .await;
    assert!(refused.has("Error: "));
    let link = link_to(&service, &joined.email).await;
    set_up(&service, &browser, &link).await;
    browser.get("/desk/account").await.assert_page(200);
}

#[tokio::test]
async fn the_last_administrator_who_can_sign_in_stays() {
    let service = TestService::new().await;
    let (administrator, id) = service.officer_and_id(Administrator).await;
    let at = format!("/desk/people/{id}");
    let never_came = person("wen@desk.example", "administrator");
    administrator.post("/desk/people/add", &never_came).await;
    let end = administrator.post(&format!("{at}/end"), &[]).await;
    assert!(end.has("Add another desk administrator, who must sign in before you end this access"));
    service.officer(Administrator).await;
    administrator
        .post(&format!("{at}/end"), &[])
        .await
        .assert_leads_to("/desk/sign-out");
    assert_eq!(administrator.get("/desk/people").await.status, 303);
}

#[tokio::test]
async fn nobody_changes_their_own_role() {
    let service = TestService::new().await;
    let (administrator, id) = service.officer_and_id(Administrator).await;
    service.officer(Administrator).await;
    let at = format!("/desk/people/{id}");
    let own = administrator.get(&at).await;
    assert!(own.has("Another desk administrator must change your role"));
    assert!(!own.has("Change role"));
    let refused = administrator
        .post_field(&format!("{at}/role"), "role", "officer")
        .await;
    assert!(refused.has("Error: "));
    assert!(refused.has("Another desk administrator must change your role"));
    let kept = service
        .store
        .officers()
        .officer(&id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.role, Administrator);
    administrator.get("/desk/people").await.assert_page(200);
}

#[tokio::test]
async fn assigned_work_is_shown_before_and_after_its_release() {
    let service = TestService::new().await;
    let administrator = service.officer(Administrator).await;
    for change in ["end", "role"] {
        service.browser().register().await;
        let (officer, id) = service.officer_and_id(Officer).await;
        let next = officer.post("/desk/queue/next", &[]).await;
        assert_eq!(next.status, 303, "{}", next.text);
        let at = format!("/desk/people/{id}");
        let asks = if change == "end" { "/end" } else { "" };
        let asked = administrator.get(&format!("{at}{asks}")).await;
        assert!(
            asked.has("1 registration assigned to them"),
            "{}",
            asked.text
        );
        let done = administrator
            .post_field(&format!("{at}/{change}"), "role", "auditor")
            .await;
        assert!(done.location().ends_with("&registrations=1"));
        let page = administrator.get(done.location()).await;
        assert!(page.has("1 registration was given back"), "{}", page.text);
        let another = service.officer(Officer).await;
        let next = another.post("/desk/queue/next", &[]).await;
        assert!(next.location().starts_with("/desk/registrations/"));
    }
}
