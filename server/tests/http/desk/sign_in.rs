//! Signing in with a password and a code, and the message for each mistake.

use registration::desk::OfficerRole;
use server::signing_in::totp;
use server::store::Subject;

use super::enrolled::{Joined, PASSWORD, added};
use crate::page::Page;
use crate::test_service::TestService;

#[tokio::test]
async fn a_password_and_a_code_sign_somebody_in_and_lead_to_the_page_that_was_asked_for() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    let browser = service.browser();
    let asked = browser.get("/desk/account/password").await;
    assert_eq!(asked.location(), "/desk/sign-in?to=/desk/account/password");
    let page = browser.get(asked.location()).await;
    page.assert_page(200);
    assert!(page.has("name=\"to\" value=\"/desk/account/password\""));
    assert!(page.has("autocomplete=\"current-password\"") && page.has("autocomplete=\"username\""));
    let fields = [
        ("email", format!("  {} ", joined.email.to_uppercase())),
        ("password", PASSWORD.to_owned()),
        ("to", "/desk/account/password".to_owned()),
    ];
    browser
        .post("/desk/sign-in", &fields)
        .await
        .assert_leads_to("/desk/sign-in/code");
    assert_eq!(browser.get("/desk/account").await.status, 303);
    browser.get("/desk/sign-in/code").await.assert_page(200);
    browser
        .post_field("/desk/sign-in/code", "code", &joined.code())
        .await
        .assert_leads_to("/desk/account/password");
    browser.get("/desk/account/password").await.assert_page(200);
    assert_eq!(joined.actions().await.last().unwrap(), "signed-in");
}

#[tokio::test]
async fn passwords_are_masked_and_a_password_manager_may_fill_them_in() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    for (browser, address, names) in [
        (&service.browser(), "/desk/sign-in", &["password"][..]),
        (
            &joined.browser,
            "/desk/account/password",
            &["old_password", "password"][..],
        ),
    ] {
        let page = browser.get(address).await;
        page.assert_page(200);
        for name in names {
            let name_of_field = format!("name=\"{name}\"");
            let mut fields = page.text.split("<input").skip(1);
            let field = fields.find(|field| field.contains(&name_of_field)).unwrap();
            let field = field.split('>').next().unwrap();
            assert!(field.contains("type=\"password\""), "{field}");
            let is_filled_in = field.contains("autocomplete=\"current-password\"")
                || field.contains("autocomplete=\"new-password\"");
            assert!(is_filled_in, "{field}");
        }
        assert!(!page.has("onpaste"), "{address}");
    }
}

#[tokio::test]
async fn the_cookie_of_before_is_not_the_cookie_of_after() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    let browser = service.browser();
    joined.give_password(&browser, PASSWORD).await;
    let before = browser.cookie();
    browser
        .post_field("/desk/sign-in/code", "code", &joined.code())
        .await;
    assert_ne!(browser.cookie(), before);
    let thief = service.browser();
    thief.take_cookie(before);
    assert_eq!(thief.get("/desk/account").await.status, 303);
    assert_eq!(
        thief
            .post_field("/desk/sign-in/code", "code", &joined.code())
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before_and_not_sooner() {
    let service = TestService::new().await;
    let one = Joined::new(&service, OfficerRole::Officer).await;
    let another = Joined::new(&service, OfficerRole::Officer).await;
    for joined in [&one, &another] {
        service.clock.move_on(0, 1);
        let browser = &one.browser;
        let before = service.browser();
        before.take_cookie(browser.cookie());
        joined
            .give_password(browser, PASSWORD)
            .await
            .assert_leads_to("/desk/sign-in/code");
        browser.get("/desk/account").await.assert_page(200);
        browser
            .post_field("/desk/sign-in/code", "code", &joined.code())
            .await
            .assert_leads_to("/desk");
        assert!(browser.get("/desk/account").await.has(&joined.email));
        assert_eq!(before.get("/desk/account").await.status, 303);
    }
    assert!(one.actions().await.contains(&"signed-out".to_owned()));
}

#[tokio::test]
async fn nothing_that_is_begun_happens_to_who_is_signed_in() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let (_, other, link) = added(&service, OfficerRole::Officer).await;
    let browser = &joined.browser;
    for (address, fields) in [
        (
            "/desk/sign-in",
            vec![("email", other), ("password", PASSWORD.to_owned())],
        ),
        ("/desk/sign-in/passkey/begin", vec![("to", String::new())]),
        ("/desk/sign-in/passkey", Vec::new()),
        ("/desk/sign-in/code", vec![("code", "000000".to_owned())]),
        ("/desk/sign-in/department", Vec::new()),
        ("/desk/join", vec![("secret", link.secret().to_owned())]),
        (
            "/desk/join/password",
            vec![("password", PASSWORD.to_owned())],
        ),
    ] {
        browser.post(address, &fields).await;
        let page = browser.get("/desk/account").await;
        assert!(page.has(&joined.email), "{address}: {}", page.status);
    }
    for address in [
        "/desk/sign-in",
        "/desk/sign-in/code",
        "/desk/sign-in/department",
        "/desk/join/x",
    ] {
        browser.get(address).await;
        assert!(
            browser.get("/desk/account").await.has(&joined.email),
            "{address}"
        );
    }
}

#[tokio::test]
async fn the_words_are_the_same_whatever_was_wrong_and_whether_there_is_an_account() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let (_, not_set_up, _) = added(&service, OfficerRole::Officer).await;
    let without_address = |page: Page, email: &str| page.text.replace(email, "…");
    let tell = async |email: &str, password: &str| {
        let fields = [
            ("email", email.to_owned()),
            ("password", password.to_owned()),
        ];
        let page = service.browser().post("/desk/sign-in", &fields).await;
        assert_eq!(page.status, 200);
        let text = without_address(page, email);
        // The nonce differs in every answer.
        let mut parts = text.split("nonce=\"");
        let first = parts.next().unwrap().to_owned();
        let rest: Vec<&str> = parts.map(|part| part.split_once('"').unwrap().1).collect();
        [first, rest.concat()].concat()
    };
    let wrong = tell(&joined.email, "walnut harbour eight").await;
    assert!(wrong.contains("Check your email address and password, and enter them again"));
    assert!(!wrong.contains("walnut"));
    for email in [&*not_set_up, "nobody@desk.example", "no address"] {
        assert_eq!(tell(email, PASSWORD).await, wrong, "{email}");
    }
}

#[tokio::test]
async fn missing_factors_are_explained_and_not_counted() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let browser = service.browser();
    for _ in 0..9 {
        assert!(
            joined
                .give_password(&browser, "")
                .await
                .has("Enter your password")
        );
        let fields = [("password", PASSWORD.to_owned())];
        let page = browser.post("/desk/sign-in", &fields).await;
        assert!(page.has("Enter your email address"));
    }
    joined.sign_in().await;
}

#[tokio::test]
async fn a_code_works_once_and_a_recovery_code_too() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let try_code = async |code: &str| {
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        browser.post_field("/desk/sign-in/code", "code", code).await
    };
    // The code that completed the set-up cannot be used again.
    let again = try_code(&joined.code()).await;
    assert!(again.has("Enter the newest code from your authenticator app"));
    service.clock.move_on(0, 1);
    let code = joined.code();
    try_code(&code).await.assert_leads_to("/desk");
    assert!(try_code(&code).await.has("Error: "));
    let before = totp::code_at(
        &joined.secret,
        server::clock::Moment::from_millis(service.now().millis() - 30_000),
    )
    .unwrap();
    assert!(
        try_code(&before).await.has("Error: "),
        "an older one is used up too"
    );
    let recovery = &joined.recovery_codes[3];
    try_code(&recovery.to_uppercase())
        .await
        .assert_leads_to("/desk");
    assert!(try_code(recovery).await.has("Error: "));
    try_code(&joined.recovery_codes[4])
        .await
        .assert_leads_to("/desk");
    let secrets = service
        .store
        .officers()
        .officer_secrets(&joined.id)
        .await
        .unwrap();
    assert_eq!(secrets.unwrap().recovery_codes, 8);
    let actions = joined.actions().await;
    assert!(actions.contains(&"recovery-code-used".to_owned()));
    assert!(actions.contains(&"sign-in-failed".to_owned()));
}

#[tokio::test]
async fn five_wrong_tries_from_a_place_make_it_wait() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    for _ in 0..5 {
        let page = joined.give_password(&service.browser(), "wrong").await;
        assert_eq!(page.status, 200);
    }
    let slowed = joined.give_password(&service.browser(), PASSWORD).await;
    assert_eq!(slowed.status, 429);
    slowed.assert_page(429);
    assert!(
        slowed.has("You can try again from 3 September 2026 at 10:01am"),
        "{}",
        slowed.text
    );
    // Sessions that are already open stay open, and other accounts are not slowed down.
    joined.browser.get("/desk/account").await.assert_page(200);
    Joined::new(&service, OfficerRole::Officer)
        .await
        .sign_in()
        .await;
    service.clock.move_on(0, 1);
    joined.sign_in().await;
}

#[tokio::test]
async fn a_code_pasted_with_what_cannot_be_seen_is_taken() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    for code in [joined.code(), joined.recovery_codes[0].clone()] {
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        let pasted = format!("\u{feff}{}\u{200b}{}\u{2060}", &code[..3], &code[3..]);
        browser
            .post_field("/desk/sign-in/code", "code", &pasted)
            .await
            .assert_leads_to("/desk");
    }
}

#[tokio::test]
async fn a_code_of_a_step_to_come_is_refused() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 2);
    let at = |seconds: i64| {
        let moment = server::clock::Moment::from_millis(service.now().millis() + seconds * 1_000);
        totp::code_at(&joined.secret, moment).unwrap()
    };
    for (seconds, is_right) in [(30, false), (-60, false), (-30, true)] {
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        let page = browser
            .post_field("/desk/sign-in/code", "code", &at(seconds))
            .await;
        assert_eq!(page.status == 303, is_right, "{seconds}");
    }
}

/// Counts the audit rows of a subject.
async fn audited(service: &TestService, subject: &Subject) -> usize {
    let rows = service.store.audit().audit_of(subject).await.unwrap();
    rows.len()
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long an answer takes is what is asked here"
)]
async fn a_wrong_password_costs_the_same_work_whether_the_account_exists_or_not() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let own = joined.id.subject();
    let timed = async |email: &str| {
        let fields = [
            ("email", email.to_owned()),
            ("password", "walnut harbour eight".to_owned()),
        ];
        let browser = service.browser();
        let begun = std::time::Instant::now();
        let page = browser.post("/desk/sign-in", &fields).await;
        let took = begun.elapsed();
        (took, page.main().replace(email, ""))
    };
    let (before, unknown_before) = (
        audited(&service, &own).await,
        audited(&service, &Subject::UnknownAccounts).await,
    );
    // Only `make drill` sets 1,000 pairs, because one pair takes more than a twentieth of a second.
    let pairs: usize = std::env::var("DRILL_PAIRS").map_or(40, |pairs| pairs.parse().unwrap());
    let mut known_was_slower = 0_usize;
    let mut taken = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        service.clock.move_on(1, 0);
        // The known and the unknown account take turns to go first, so that the order makes no
        // difference.
        let (known, unknown) = if pair % 2 == 0 {
            let known = timed(&joined.email).await;
            (known, timed("nobody@desk.example").await)
        } else {
            let unknown = timed("nobody@desk.example").await;
            (timed(&joined.email).await, unknown)
        };
        assert_eq!(known.1, unknown.1);
        known_was_slower += usize::from(known.0 > unknown.0);
        taken.0.push(known.0);
        taken.1.push(unknown.0);
    }
    assert_eq!(audited(&service, &own).await, before + pairs);
    assert_eq!(
        audited(&service, &Subject::UnknownAccounts).await,
        unknown_before + pairs
    );
    let median = |times: &mut Vec<std::time::Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    let (known, unknown) = (median(&mut taken.0), median(&mut taken.1));
    println!(
        "of {pairs} pairs the known account took longer in {known_was_slower}; \
         medians {known:?} known, {unknown:?} unknown"
    );
    // The limit is 5.5 standard deviations of the tosses of a fair coin. If both accounts take the
    // same time, the assertion fails by chance at most about once in 19 million runs.
    let most = (11 * pairs.isqrt()).div_ceil(4);
    assert!(
        known_was_slower.abs_diff(pairs / 2) <= most,
        "of {pairs} pairs {known_was_slower}"
    );
}

#[tokio::test]
async fn an_account_that_is_not_there_locks_just_the_same() {
    let service = TestService::new().await;
    let fields = [
        ("email", "nobody@desk.example".to_owned()),
        ("password", "wrong".to_owned()),
    ];
    for number in 0..6 {
        let page = service.browser().post("/desk/sign-in", &fields).await;
        assert_eq!(page.status.as_u16(), if number < 5 { 200 } else { 429 });
    }
}

#[tokio::test]
async fn wrong_codes_count_and_do_not_end_what_was_begun() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    let browser = service.browser();
    joined.give_password(&browser, PASSWORD).await;
    for _ in 0..4 {
        let page = browser
            .post_field("/desk/sign-in/code", "code", "000000")
            .await;
        assert_eq!(page.status, 200);
    }
    let empty = browser.post_field("/desk/sign-in/code", "code", " ").await;
    assert!(empty.has("Enter the code from your authenticator app, or a recovery code"));
    browser
        .post_field("/desk/sign-in/code", "code", &joined.code())
        .await
        .assert_leads_to("/desk");
}

#[tokio::test]
async fn one_place_is_locked_whichever_accounts_it_tries() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let from = async |email: String, source: &str| {
        let request = axum::http::Request::post("/desk/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("x-client", source);
        let body = format!("email={email}&password=walnut+harbour+seven");
        service.browser().send(request, body).await.status.as_u16()
    };
    for number in 0..30 {
        let status = from(format!("nobody{number}@desk.example"), "192.0.2.7").await;
        assert_eq!(status, 200, "{number}");
    }
    assert_eq!(from(joined.email.clone(), "192.0.2.7").await, 429);
    assert_eq!(from(joined.email.clone(), "192.0.2.8").await, 303);
}

#[tokio::test]
async fn of_two_who_use_one_code_at_once_one_is_let_in() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    let (one, another) = (service.browser(), service.browser());
    joined.give_password(&one, PASSWORD).await;
    joined.give_password(&another, PASSWORD).await;
    let code = joined.code();
    let (first, second) = tokio::join!(
        one.post_field("/desk/sign-in/code", "code", &code),
        another.post_field("/desk/sign-in/code", "code", &code),
    );
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 303]);
}

#[tokio::test]
async fn an_unfinished_sign_in_expires_after_an_hour() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let browser = service.browser();
    joined.give_password(&browser, PASSWORD).await;
    service.clock.move_on(1, 0);
    browser
        .get("/desk/sign-in/code")
        .await
        .assert_leads_to("/desk/sign-in");
    let page = browser
        .post_field("/desk/sign-in/code", "code", &joined.code())
        .await;
    page.assert_page(401);
    assert!(page.has("Sign in again"));
}

#[tokio::test]
async fn everything_that_is_missing_is_named_at_once() {
    let service = TestService::new().await;
    let page = service.browser().post("/desk/sign-in", &[]).await;
    for (field, words) in [
        ("email", "Enter your email address"),
        ("password", "Enter your password"),
    ] {
        let link = format!("href=\"#{field}\"");
        assert!(page.has(words) && page.has(&link), "{field}: {}", page.text);
    }
}

#[tokio::test]
async fn a_password_or_code_in_an_address_is_not_read() {
    let service = TestService::new().await;
    // A field that the page reads may occur only once. These fields occur twice without an error,
    // so the page does not read them.
    for address in [
        "/desk/sign-in?password=a&password=b&email=a&email=b",
        "/return/code?request=1&code=a&code=b",
    ] {
        service.browser().get(address).await.assert_page(200);
    }
}
