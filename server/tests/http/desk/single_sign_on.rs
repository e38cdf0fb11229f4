//! The department's single sign-on, with a provider written for these tests.
//! `end2end/tests/requests/single-sign-on.test.ts` signs in with a real provider.

use registration::desk::OfficerRole;
use serde_json::json;
use server::settings::LogFormat;
use server::signing_in::single_sign_on::{Provider, RequiredContext};
use server::store::ProviderSubject;

use super::enrolled::{Joined, added, link_for};
use super::provider::TestProvider;

use crate::logged::Log;
use crate::test_service::{Options, TestService};

fn provider() -> Provider {
    Provider {
        name: "the department".to_owned(),
        // Nothing listens on this port.
        issuer: "http://127.0.0.1:1".to_owned(),
        client: "desk".to_owned(),
        secret: "secret".to_owned(),
        back: "http://register.example/desk/sign-in/department/back".to_owned(),
        required: RequiredContext::default(),
    }
}

#[tokio::test]
async fn without_the_setting_nobody_is_offered_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert!(
        !browser
            .get("/desk/sign-in")
            .await
            .has("/desk/sign-in/department")
    );
    browser
        .post("/desk/sign-in/department", &[])
        .await
        .assert_leads_to("/desk/sign-in");
    browser
        .get("/desk/sign-in/department/back?code=1&state=2")
        .await
        .assert_page(401);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_a_page_and_an_answer_that_nobody_asked_for_lets_nobody_in()
 {
    let service = TestService::with(Options {
        department: Some(provider()),
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    assert!(
        browser
            .get("/desk/sign-in")
            .await
            .has("Sign in with the department")
    );
    browser
        .post_field("/desk/sign-in/department", "to", "/desk/queue")
        .await
        .assert_page(401);
    let by_link = browser.get("/desk/sign-in/department").await;
    assert_eq!(by_link.status, 404, "a link begins nothing");
    let page = browser
        .get("/desk/sign-in/department/back?code=1&state=2")
        .await;
    page.assert_page(401);
    assert!(page.has("Your department’s single sign-on did not let you in"));
}

const BEGIN: &str = "/desk/sign-in/department";

/// Creates a service with a provider. If `asserts_mfa` is set, the provider's tokens must assert
/// `mfa`.
async fn with_provider(asserts_mfa: bool) -> (TestService, TestProvider) {
    let provider = TestProvider::new().await;
    let required = RequiredContext {
        acr: Vec::new(),
        amr: if asserts_mfa {
            vec!["mfa".to_owned()]
        } else {
            Vec::new()
        },
    };
    let service = TestService::with(Options {
        department: Some(provider.settings(required)),
        ..Options::default()
    })
    .await;
    (service, provider)
}

fn seconds(service: &TestService) -> i64 {
    service.now().millis() / 1_000
}

#[tokio::test]
async fn a_person_is_bound_to_their_officer_at_the_first_sign_in() {
    let (service, provider) = with_provider(true).await;
    let (id, email, _) = added(&service, OfficerRole::Officer).await;
    let come = async |changed: serde_json::Value| {
        let mut claims = json!({ "amr": ["pwd", "mfa"] });
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let browser = service.browser();
        let page = provider
            .come_back(&browser, BEGIN, ("JWT", &claims), seconds(&service))
            .await;
        page.status.as_u16()
    };
    assert_eq!(
        come(json!({ "email": email, "email_verified": false })).await,
        401
    );
    assert_eq!(come(json!({ "email": email })).await, 303);
    assert_eq!(come(json!({ "email": email })).await, 303);
    // Another person with the same email address is not let in.
    assert_eq!(come(json!({ "email": email, "sub": "two" })).await, 401);
    // A person whose address changes stays the same officer, even if the new address is another
    // officer's.
    let (_, other, _) = added(&service, OfficerRole::Officer).await;
    assert_eq!(come(json!({ "email": other })).await, 303);
    let subject = ProviderSubject {
        issuer: provider.issuer.clone(),
        subject: "one".to_owned(),
    };
    let officers = service.store.officers();
    let bound = officers.officer_by_subject(&subject).await.unwrap();
    assert_eq!(bound.unwrap().id, id);
    // A new enrolment link unbinds the officer, so that another person can be bound.
    link_for(&service, &id).await;
    assert_eq!(come(json!({ "email": email, "sub": "two" })).await, 303);
    assert_eq!(come(json!({ "email": email, "sub": "one" })).await, 401);
    let rows = service.store.audit().audit_of(&id.subject()).await.unwrap();
    let bindings = rows.iter().filter(|row| row.action == "department-bound");
    assert_eq!(bindings.count(), 2);
}

#[tokio::test]
async fn a_token_that_is_not_for_now_or_does_not_assert_enough_lets_nobody_in() {
    let (service, provider) = with_provider(true).await;
    let (_, email, _) = added(&service, OfficerRole::Officer).await;
    let now = seconds(&service);
    for (typ, changed, status) in [
        ("JWT", json!({ "amr": ["pwd"] }), 401),
        ("JWT", json!({}), 401),
        ("JWT", json!({ "amr": ["mfa"], "nbf": now + 3_600 }), 401),
        ("JWT", json!({ "amr": ["mfa"], "iat": now + 3_600 }), 401),
        ("JWT", json!({ "amr": ["mfa"], "exp": now - 3_600 }), 401),
        ("JWT", json!({ "amr": ["mfa"], "azp": "other" }), 401),
        (
            "JWT",
            json!({ "amr": ["mfa"], "aud": ["desk", "other"] }),
            401,
        ),
        (
            "JWT",
            json!({ "amr": ["mfa"], "iss": "http://evil.example" }),
            401,
        ),
        ("JWT", json!({ "amr": ["mfa"], "sub": "" }), 401),
        ("JWT", json!({ "amr": ["mfa"], "nonce": "other" }), 401),
        ("at+jwt", json!({ "amr": ["mfa"] }), 401),
        (
            "JWT",
            json!({ "amr": ["mfa"], "nbf": now, "azp": "desk" }),
            303,
        ),
    ] {
        let mut claims = changed;
        claims["email"] = json!(email);
        let page = provider
            .come_back(&service.browser(), BEGIN, (typ, &claims), now)
            .await;
        assert_eq!(page.status.as_u16(), status, "{typ} {claims}");
    }
}

#[tokio::test]
async fn without_the_setting_our_second_factor_is_asked_for() {
    let (service, provider) = with_provider(false).await;
    let (_, not_set_up, _) = added(&service, OfficerRole::Officer).await;
    let browser = service.browser();
    let claims = json!({ "email": not_set_up, "sub": "two", "amr": ["mfa"] });
    let page = provider
        .come_back(&browser, BEGIN, ("JWT", &claims), seconds(&service))
        .await;
    page.assert_page(401);
    assert!(page.has("Set up 2-step verification first"));

    let joined = Joined::new(&service, OfficerRole::Officer).await;
    service.clock.move_on(0, 1);
    let browser = service.browser();
    let claims = json!({ "email": joined.email });
    provider
        .come_back(&browser, BEGIN, ("JWT", &claims), seconds(&service))
        .await
        .assert_leads_to("/desk/sign-in/code");
    assert_eq!(browser.get("/desk/account").await.status, 303);
    let wrong = browser
        .post_field("/desk/sign-in/code", "code", "000000")
        .await;
    assert!(wrong.has("Error: "));
    browser
        .post_field("/desk/sign-in/code", "code", &joined.code())
        .await
        .assert_leads_to("/desk");
    assert!(browser.get("/desk/account").await.has(&joined.email));
    let last = joined.audit().await.pop().unwrap();
    assert!(
        last.details.contains("department-and-code"),
        "{}",
        last.details
    );
}

#[tokio::test]
async fn a_hundred_begins_ask_the_provider_once_and_a_new_key_works_at_once() {
    let (service, provider) = with_provider(true).await;
    let (_, email, _) = added(&service, OfficerRole::Officer).await;
    for _ in 0..20 {
        let begun = service.browser().post(BEGIN, &[]).await;
        assert_eq!(begun.status, 200);
    }
    assert_eq!(provider.asked(), 1);
    let claims = json!({ "email": email, "amr": ["mfa"] });
    for expected in [2, 2, 3, 3] {
        if expected == 3 && provider.asked() == 2 {
            provider.renew_key();
        }
        provider
            .come_back(
                &service.browser(),
                BEGIN,
                ("JWT", &claims),
                seconds(&service),
            )
            .await
            .assert_leads_to("/desk");
        assert_eq!(provider.asked(), expected);
    }
    service.clock.move_on(1, 0);
    service.browser().post(BEGIN, &[]).await;
    assert_eq!(provider.asked(), 4, "after an hour it is asked again");
}

#[tokio::test]
async fn somebody_without_a_password_confirms_at_the_department() {
    let (service, provider) = with_provider(true).await;
    let (id, email, _) = added(&service, OfficerRole::Officer).await;
    let claims = |ago: i64, sub: &str| {
        json!({
            "email": email, "amr": ["mfa"], "sub": sub, "auth_time": seconds(&service) - ago,
        })
    };
    let (browser, other) = (service.browser(), service.browser());
    for browser in [&browser, &other] {
        provider
            .come_back(
                browser,
                BEGIN,
                ("JWT", &claims(0, "one")),
                seconds(&service),
            )
            .await
            .assert_leads_to("/desk");
    }
    let end_others = async || {
        browser
            .post_field("/desk/account/sessions", "others", "yes")
            .await
    };
    let asked = end_others().await;
    asked.assert_page(200);
    assert!(asked.has("Confirm with the department"));
    let confirm = async |ago: i64, sub: &str| {
        let claims = claims(ago, sub);
        let address = "/desk/account/confirm/department";
        provider
            .come_back(&browser, address, ("JWT", &claims), seconds(&service))
            .await
    };
    for (ago, sub) in [(3_600, "one"), (0, "two")] {
        confirm(ago, sub).await.assert_page(401);
        assert_eq!(end_others().await.status, 200);
    }
    // The log says why nothing was confirmed: the last sign-in at the provider was too long ago, or
    // the session belongs to another officer.
    let (_, of_another, _) = added(&service, OfficerRole::Officer).await;
    let another = json!({
        "email": of_another, "amr": ["mfa"], "sub": "another", "auth_time": seconds(&service),
    });
    let why = "the department's sign-in confirmed nobody refused=the ";
    for (claims, reason) in [
        (
            claims(3_600, "one"),
            "provider did not ask for credentials again",
        ),
        (another, "session to confirm is not this person's"),
    ] {
        let log = Log::begin(LogFormat::Text, "warn");
        let address = "/desk/account/confirm/department";
        provider
            .come_back(&browser, address, ("JWT", &claims), seconds(&service))
            .await
            .assert_page(401);
        let expected = [why, reason].concat();
        assert!(log.text().contains(&expected), "{}", log.text());
    }
    confirm(0, "one")
        .await
        .assert_leads_to("/desk/account?done=confirmed");
    end_others()
        .await
        .assert_leads_to("/desk/account?done=signed-out");
    assert_eq!(other.get("/desk/account").await.status, 303);
    browser.get("/desk/account").await.assert_page(200);
    let open = service
        .store
        .officers()
        .officer_sessions(&id, service.now());
    assert_eq!(open.await.unwrap().len(), 1);
}
