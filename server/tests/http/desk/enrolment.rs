//! Setting up an account with a one-time link.

use registration::desk::OfficerRole;

use super::enrolled::{Joined, PASSWORD, added, codes_on, link_for, secret_on, set_up};
use crate::test_service::TestService;

#[tokio::test]
async fn a_link_is_a_button_first_and_opening_it_uses_nothing_up() {
    let service = TestService::new().await;
    let (_, _, link) = added(&service, OfficerRole::Officer).await;
    let address = format!("/desk/join/{}", link.secret());
    for _ in 0..3 {
        let page = service.browser().get(&address).await;
        page.assert_page(200);
        assert!(page.has("Set up my account"));
        assert!(!page.has("name=\"password\""));
    }
    set_up(&service, &service.browser(), &link).await;
}

#[tokio::test]
async fn an_account_is_usable_only_with_a_password_and_a_second_factor() {
    let service = TestService::new().await;
    let (id, email, link) = added(&service, OfficerRole::Officer).await;
    let browser = service.browser();
    browser
        .post_field("/desk/join", "secret", link.secret())
        .await
        .assert_leads_to("/desk/join/password");
    browser
        .get("/desk/join/second-factor")
        .await
        .assert_leads_to("/desk/join/password");
    let code_first = browser
        .post_field("/desk/join/second-factor", "code", "000000")
        .await;
    assert!(code_first.status.is_success() || code_first.status == 410);
    browser
        .post_field("/desk/join/password", "password", PASSWORD)
        .await
        .assert_leads_to("/desk/join/second-factor");
    // Nobody can sign in to the account before the code is entered.
    let other = service.browser();
    let fields = [("email", email), ("password", PASSWORD.to_owned())];
    let refused = other.post("/desk/sign-in", &fields).await;
    assert!(refused.has("Check your email address and password"));
    assert_eq!(browser.get("/desk/account").await.status, 303);
    let wrong = browser
        .post_field("/desk/join/second-factor", "code", "000000")
        .await;
    assert!(wrong.has("Error: ") && wrong.has("check the time on your phone"));
    let secrets = service
        .store
        .officers()
        .officer_secrets(&id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((secrets.password_hash, secrets.authenticator), (None, None));
}

#[tokio::test]
async fn somebody_who_has_set_up_is_signed_in_and_sees_their_recovery_codes_once() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    joined.browser.get("/desk/account").await.assert_page(200);
    let secrets = service
        .store
        .officers()
        .officer_secrets(&joined.id)
        .await
        .unwrap();
    let secrets = secrets.unwrap();
    assert!(secrets.password_hash.unwrap().starts_with("$argon2id$"));
    assert_eq!(secrets.recovery_codes, 10);
    assert_eq!(joined.actions().await, ["added", "link-made", "set-up"]);
    let audit = joined.audit().await;
    assert!(audit.iter().all(|row| !row.details.contains("walnut")));
}

#[tokio::test]
async fn a_link_works_once_for_a_day_and_the_newest_alone() {
    let service = TestService::new().await;
    let over = |page: crate::page::Page| {
        assert_eq!(page.status, 410);
        assert!(page.has("This link no longer works"));
    };
    let follow = async |link: &server::randomness::SessionToken| {
        let browser = service.browser();
        browser
            .post_field("/desk/join", "secret", link.secret())
            .await
    };
    let (id, _, first) = added(&service, OfficerRole::Officer).await;
    let second = link_for(&service, &id).await;
    over(follow(&first).await);
    set_up(&service, &service.browser(), &second).await;
    over(follow(&second).await);
    let third = link_for(&service, &id).await;
    service.clock.move_on(24, -1);
    assert_eq!(follow(&third).await.status, 303);
    service.clock.move_on(0, 1);
    over(follow(&third).await);
    for secret in ["", "short", &"0".repeat(64)] {
        over(
            service
                .browser()
                .post_field("/desk/join", "secret", secret)
                .await,
        );
    }
    over(service.browser().get("/desk/join").await);
    over(service.browser().get("/desk/join/short").await);
}

#[tokio::test]
async fn two_who_finish_with_one_link_at_once_set_it_up_once() {
    let service = TestService::new().await;
    let (_, _, link) = added(&service, OfficerRole::Officer).await;
    let (one, another) = (service.browser(), service.browser());
    let mut keys = Vec::new();
    for browser in [&one, &another] {
        browser
            .post_field("/desk/join", "secret", link.secret())
            .await;
        browser
            .post_field("/desk/join/password", "password", PASSWORD)
            .await;
        keys.push(secret_on(&browser.get("/desk/join/second-factor").await));
    }
    let code = |key: &str| server::signing_in::totp::code_at(key, service.now()).unwrap();
    let (first, second) = (code(&keys[0]), code(&keys[1]));
    let (first, second) = tokio::join!(
        one.post_field("/desk/join/second-factor", "code", &first),
        another.post_field("/desk/join/second-factor", "code", &second),
    );
    let mut counts = [codes_on(&first).len(), codes_on(&second).len()];
    counts.sort_unstable();
    assert_eq!(counts, [0, 10]);
}

#[tokio::test]
async fn a_password_that_is_easily_guessed_is_told_and_not_shown_again() {
    let service = TestService::new().await;
    let (_, email, link) = added(&service, OfficerRole::Officer).await;
    let browser = service.browser();
    browser
        .post_field("/desk/join", "secret", link.secret())
        .await;
    for (password, words) in [
        ("", "Enter a password"),
        ("walnut", "Password must be 12 characters or more"),
        ("qwertyuiop123", "Choose a password that is harder to guess"),
        (&*email, "not your name or your email address"),
        (
            &"long ".repeat(4_000),
            "Password must be 128 characters or fewer",
        ),
    ] {
        let page = browser
            .post_field("/desk/join/password", "password", password)
            .await;
        assert_eq!(page.status, 200);
        assert!(
            page.has("Error: ") && page.has(words),
            "{words}: {}",
            page.text
        );
        assert!(!page.has("value=\"walnut"));
    }
}
