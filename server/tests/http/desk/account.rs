//! An officer's own account: password, authenticator app, recovery codes and keyboard shortcuts.
//! Each change of a credential asks for the password and a code again.

use registration::desk::OfficerRole;
use server::signing_in::totp;

use super::enrolled::{Joined, PASSWORD, codes_on, secret_on};
use crate::test_service::TestService;

const NEW: &str = "harbour seven walnut";

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_a_code_and_ends_every_other_session() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let other = joined.sign_in().await;
    service.clock.move_on(0, 1);
    let change = async |old: &str, code: &str, new: &str| {
        let fields = [
            ("old_password", old.to_owned()),
            ("code", code.to_owned()),
            ("password", new.to_owned()),
        ];
        joined.browser.post("/desk/account/password", &fields).await
    };
    let code = joined.code();
    for (old, typed, new, words) in [
        ("", &*code, NEW, "Enter your current password"),
        (PASSWORD, "", NEW, "Enter a code"),
        (
            PASSWORD,
            &code,
            "short",
            "Password must be 12 characters or more",
        ),
        (
            "wrong",
            &code,
            NEW,
            "Check your current password and the code",
        ),
        (
            PASSWORD,
            "000000",
            NEW,
            "Check your current password and the code",
        ),
    ] {
        let page = change(old, typed, new).await;
        assert_eq!(page.status, 200);
        assert!(
            page.has("Error: ") && page.has(words),
            "{words}: {}",
            page.text
        );
    }
    let before = joined.browser.cookie();
    change(PASSWORD, &code, NEW)
        .await
        .assert_leads_to("/desk/account?done=password");
    let page = joined.browser.get("/desk/account?done=password").await;
    assert!(page.has("Your password is changed"));
    assert_eq!(other.get("/desk/account").await.status, 303);
    let thief = service.browser();
    thief.take_cookie(before);
    assert_eq!(thief.get("/desk/account").await.status, 303);
    let old = joined.give_password(&service.browser(), PASSWORD).await;
    assert!(old.has("Error: "));
    joined
        .give_password(&service.browser(), NEW)
        .await
        .assert_leads_to("/desk/sign-in/code");
    assert!(
        joined
            .actions()
            .await
            .contains(&"password-changed".to_owned())
    );
}

#[tokio::test]
async fn another_authenticator_app_takes_the_place_of_the_one_before() {
    let service = TestService::new().await;
    let mut joined = Joined::new(&service, OfficerRole::Officer).await;
    let page = joined.browser.get("/desk/account/authenticator").await;
    let secret = secret_on(&page);
    assert_ne!(secret, joined.secret);
    let set_up = async |password: &str, current: &str, code: &str| {
        let fields = [
            ("old_password", password.to_owned()),
            ("current_code", current.to_owned()),
            ("code", code.to_owned()),
        ];
        joined
            .browser
            .post("/desk/account/authenticator", &fields)
            .await
    };
    service.clock.move_on(0, 1);
    let code = totp::code_at(&secret, service.now()).unwrap();
    let current = joined.code();
    for (password, current, typed, words) in [
        ("", &*current, &*code, "Enter your current password"),
        (
            PASSWORD,
            "",
            &code,
            "Enter the code from your authenticator app",
        ),
        (
            "wrong",
            &current,
            &code,
            "Check your current password and the code",
        ),
        (
            PASSWORD,
            "000000",
            &code,
            "Check your current password and the code",
        ),
        (
            PASSWORD,
            &code,
            &code,
            "Check your current password and the code",
        ),
        (
            PASSWORD,
            &current,
            "000000",
            "Enter the code that the app shows now",
        ),
        (
            PASSWORD,
            &current,
            "",
            "Enter the code that the app shows now",
        ),
    ] {
        let page = set_up(password, current, typed).await;
        assert!(
            page.has("Error: ") && page.has(words),
            "{words}: {}",
            page.text
        );
        assert_eq!(secret_on(&page), secret, "the picture stays the same");
    }
    set_up(PASSWORD, &current, &code)
        .await
        .assert_leads_to("/desk/account?done=authenticator");
    let old = joined.secret.clone();
    joined.secret = secret;
    joined.sign_in().await;
    service.clock.move_on(0, 1);
    let browser = service.browser();
    joined.give_password(&browser, PASSWORD).await;
    let code = totp::code_at(&old, service.now()).unwrap();
    let page = browser
        .post_field("/desk/sign-in/code", "code", &code)
        .await;
    assert!(page.has("Error: "));
}

#[tokio::test]
async fn new_recovery_codes_end_those_before() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let ask = async |fields: &[(&'static str, String)]| {
        joined
            .browser
            .post("/desk/account/recovery-codes", fields)
            .await
    };
    let password = ("old_password", PASSWORD.to_owned());
    let no_code = ask(std::slice::from_ref(&password)).await;
    assert!(no_code.has("Enter the code from your authenticator app"));
    let wrong = ask(&[password, ("code", "000000".to_owned())]).await;
    assert!(wrong.has("Check your current password and the code"));
    let codes = codes_on(&ask(&joined.credentials()).await);
    assert_eq!(codes.len(), 10);
    let try_code = async |code: &str| {
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        browser.post_field("/desk/sign-in/code", "code", code).await
    };
    assert!(try_code(&joined.recovery_codes[0]).await.has("Error: "));
    try_code(&codes[0]).await.assert_leads_to("/desk");
}

#[tokio::test]
async fn a_browser_that_was_left_alone_guesses_no_password() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let guess = [
        ("old_password", "wrong".to_owned()),
        ("code", "000000".to_owned()),
    ];
    for number in 0..6 {
        let page = joined
            .browser
            .post("/desk/account/recovery-codes", &guess)
            .await;
        assert_eq!(page.status.as_u16(), if number < 5 { 200 } else { 429 });
    }
}

#[tokio::test]
async fn no_change_is_made_with_a_session_or_a_password_alone() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let other = joined.sign_in().await;
    let sessions = service
        .store
        .officers()
        .officer_sessions(&joined.id, service.now())
        .await
        .unwrap();
    let secret = secret_on(&joined.browser.get("/desk/account/authenticator").await);
    let code = totp::code_at(&secret, service.now()).unwrap();
    let before = joined.actions().await;
    for fields in [
        vec![],
        vec![("old_password", PASSWORD.to_owned())],
        vec![
            ("old_password", "wrong".to_owned()),
            ("current_code", joined.code()),
        ],
    ] {
        let ends = sessions
            .iter()
            .map(|session| ("/desk/account/sessions", vec![("id", session.id.clone())]));
        let all = ("/desk/account/sessions", vec![("others", "yes".to_owned())]);
        let app = ("/desk/account/authenticator", vec![("code", code.clone())]);
        let codes = ("/desk/account/recovery-codes", Vec::new());
        for (address, change) in ends.chain([all, app, codes]) {
            let fields = [change, fields.clone()].concat();
            let page = joined.browser.post(address, &fields).await;
            assert_eq!(page.status, 200, "{address}");
            assert!(codes_on(&page).is_empty());
        }
    }
    other.get("/desk/account").await.assert_page(200);
    joined.browser.get("/desk/account").await.assert_page(200);
    let mut after = joined.actions().await;
    after.retain(|action| action != "sign-in-failed");
    assert_eq!(after, before);
}

#[tokio::test]
async fn keyboard_shortcuts_are_on_until_an_officer_switches_them_off() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Auditor).await;
    let browser = &joined.browser;
    let are_on = async || browser.get("/desk/account").await.has("data-shortcuts");
    let save = async |value: &str| {
        let fields = [("shortcuts", value.to_owned())];
        browser.post("/desk/shortcuts", &fields).await
    };
    assert!(are_on().await);
    let page = save("").await;
    assert!(page.has("Select whether to use keyboard shortcuts"));
    assert!(are_on().await);
    let list = browser.get("/desk/shortcuts").await;
    assert!(list.has("Go to the audit") && !list.has("Take the next registration"));
    for (value, on) in [("off", false), ("on", true)] {
        let page = save(value).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert_eq!(are_on().await, on, "{value}");
        let list = browser.get("/desk/shortcuts").await;
        assert_eq!(list.has("Keyboard shortcuts are off."), !on, "{value}");
    }
}
