//! Secrets are sealed in the database: somebody who reads only the database gets no seed of an
//! authenticator app.

use registration::desk::OfficerRole;
use server::randomness::{SessionToken, SystemRandomness};
use server::secret_keys::{SecretKeys, is_sealed};
use server::signing_in::sealing::seal_stored;

use super::enrolled::{Joined, PASSWORD, added, secret_on};
use crate::test_service::{Options, SECRETS_KEY, TestService};

/// Returns the stored secret of the only authenticator app.
async fn stored(service: &TestService) -> String {
    let secrets = service.store.officers().authenticator_secrets().await;
    let mut secrets = secrets.unwrap();
    assert_eq!(secrets.len(), 1);
    secrets.remove(0).1
}

#[tokio::test]
async fn a_seed_is_sealed_from_the_page_that_shows_it_on_in_either_database() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let (_, _, link) = added(&service, OfficerRole::Officer).await;
        let browser = service.browser();
        browser
            .post_field("/desk/join", "secret", link.secret())
            .await;
        browser
            .post_field("/desk/join/password", "password", PASSWORD)
            .await;
        let page = browser.get("/desk/join/second-factor").await;
        let seed = secret_on(&page);
        let cookie = browser.cookie().unwrap();
        let token = SessionToken::parse(cookie.split('=').nth(1).unwrap()).unwrap();
        let officers = service.store.officers();
        let pending = officers.pending_sign_in(&token.hash(), service.now()).await;
        let kept = pending.unwrap().unwrap().kept;
        assert!(is_sealed(&kept) && !kept.contains(&seed));

        let joined = Joined::new(&service, OfficerRole::Officer).await;
        assert!(is_sealed(&stored(&service).await));
        // The sealed seed still works: a code of the app signs in.
        service.clock.move_on(0, 1);
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        browser
            .post_field("/desk/sign-in/code", "code", &joined.code())
            .await
            .assert_leads_to("/desk");
    }
}

#[tokio::test]
async fn secrets_of_earlier_versions_are_sealed_at_the_start_and_keys_rotate() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let officers = service.store.officers();
    let new = SecretKeys::new_text(&SystemRandomness).unwrap();
    let seal = async |keys: &str| {
        let keys = SecretKeys::parse(keys).unwrap();
        seal_stored(officers, &keys, &SystemRandomness)
            .await
            .unwrap()
    };
    let sign_in = async || {
        service.clock.move_on(0, 1);
        let browser = service.browser();
        joined.give_password(&browser, PASSWORD).await;
        let code = joined.code();
        let page = browser
            .post_field("/desk/sign-in/code", "code", &code)
            .await;
        page.status.as_u16()
    };
    let sealed = stored(&service).await;
    // Store the seed unsealed, as an earlier version did.
    let replaced = officers.replace_authenticator_secret(&joined.id, &sealed, joined.secret());
    assert!(replaced.await.unwrap());
    assert_eq!(seal(SECRETS_KEY).await, 1);
    assert!(is_sealed(&stored(&service).await));
    assert_eq!(sign_in().await, 303);
    assert_eq!(seal(SECRETS_KEY).await, 0);

    // Of several keys, the first seals seeds and every key opens them. The service has only the old
    // key, so the officer can sign in again once the seed is sealed with the old key.
    assert_eq!(seal(&format!("{new}\n{SECRETS_KEY}")).await, 1);
    assert_eq!(sign_in().await, 200, "the old key alone opens it no more");
    assert_eq!(seal(&format!("{SECRETS_KEY}\n{new}")).await, 1);
    assert_eq!(sign_in().await, 303);

    // If the key of a sealed seed is not given, the seed is left as it is.
    let before = stored(&service).await;
    assert_eq!(seal(&new).await, 0);
    assert_eq!(stored(&service).await, before);
}
