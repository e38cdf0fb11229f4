//! Tests passkeys with a software authenticator, which is in this file.

use axum::body::Body;
use axum::http::{Request, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use registration::desk::OfficerRole;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::enrolled::{Joined, PASSWORD, added, codes_on};
use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::{Options, TestService};

/// The DER prefix of a P-256 public key; the curve point follows it.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

struct Authenticator {
    id: Vec<u8>,
    key: EcdsaKeyPair,
    origin: &'static str,
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    fn new(id: u8) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            id: vec![id; 16],
            key: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap(),
            origin: "http://register.example",
        }
    }

    fn question(&self, kind: &str, asked: &Page) -> String {
        let asked: Value = serde_json::from_str(&asked.text).unwrap();
        let data = json!({ "type": kind, "challenge": asked["challenge"], "origin": self.origin });
        data.to_string()
    }

    fn data(flags: u8) -> Vec<u8> {
        let site = digest(&SHA256, b"register.example");
        [site.as_ref(), &[flags, 0, 0, 0, 0]].concat()
    }

    fn made(&self, asked: &Page) -> Vec<(&'static str, String)> {
        let point = self.key.public_key().as_ref();
        let credential = [
            &[0; 16][..],
            &[0, 16],
            &self.id,
            &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20],
            &point[1..33],
            &[0x22, 0x58, 0x20],
            &point[33..],
        ]
        .concat();
        vec![
            (
                "client_data",
                encoded(self.question("webauthn.create", asked)),
            ),
            (
                "authenticator_data",
                encoded([Self::data(0x45), credential].concat()),
            ),
            (
                "public_key",
                encoded([&P256, self.key.public_key().as_ref()].concat()),
            ),
        ]
    }

    fn proof(&self, asked: &Page) -> Vec<(&'static str, String)> {
        let question = self.question("webauthn.get", asked);
        let data = Self::data(0x05);
        let hash = digest(&SHA256, question.as_bytes());
        let signed = [&*data, hash.as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        vec![
            ("id", encoded(&self.id)),
            ("client_data", encoded(question)),
            ("authenticator_data", encoded(data)),
            ("signature", encoded(signature)),
        ]
    }
}

async fn ask(browser: &Browser) -> Page {
    browser
        .post_field("/desk/sign-in/passkey/begin", "to", "/desk/account")
        .await
}

/// Adds a passkey to an officer who has an authenticator app.
async fn with_passkey(joined: &Joined<'_>, key: &Authenticator) -> Page {
    let asked = joined
        .browser
        .post("/desk/account/passkeys/begin", &[])
        .await;
    let mut fields = key.made(&asked);
    fields.push(("name", "Blue key".to_owned()));
    fields.extend(joined.credentials());
    joined.browser.post("/desk/account/passkeys", &fields).await
}

#[tokio::test]
async fn an_account_is_set_up_with_a_passkey_in_place_of_an_app() {
    let service = TestService::new().await;
    let (_, _, link) = added(&service, OfficerRole::Officer).await;
    let (browser, key) = (service.browser(), Authenticator::new(1));
    browser
        .post_field("/desk/join", "secret", link.secret())
        .await;
    browser
        .post_field("/desk/join/password", "password", PASSWORD)
        .await;
    let unasked = browser.post("/desk/join/passkey", &[]).await;
    assert!(unasked.has("Set up the passkey again"));
    let asked = browser.post("/desk/join/passkey/begin", &[]).await;
    let page = browser.post("/desk/join/passkey", &key.made(&asked)).await;
    assert_eq!(codes_on(&page).len(), 10, "{}", page.text);
    browser.get("/desk/account").await.assert_page(200);
    let new = service.browser();
    let asked = ask(&new).await;
    new.post("/desk/sign-in/passkey", &key.proof(&asked))
        .await
        .assert_leads_to("/desk/account");
}

#[tokio::test]
async fn a_passkey_signs_in_alone_and_after_a_password() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let key = Authenticator::new(1);
    with_passkey(&joined, &key)
        .await
        .assert_leads_to("/desk/account?done=passkey-added");
    assert!(joined.browser.get("/desk/account").await.has("Blue key"));

    let alone = service.browser();
    let asked = ask(&alone).await;
    assert!(asked.has("\"allow\":[]") && asked.has("\"rpId\":\"register.example\""));
    alone
        .post("/desk/sign-in/passkey", &key.proof(&asked))
        .await
        .assert_leads_to("/desk/account");
    alone.get("/desk/account").await.assert_page(200);

    let after = service.browser();
    joined.give_password(&after, PASSWORD).await;
    assert!(
        after
            .get("/desk/sign-in/code")
            .await
            .has("data-passkey=\"use\"")
    );
    let asked = ask(&after).await;
    assert!(asked.has(&encoded(&key.id)));
    after
        .post("/desk/sign-in/passkey", &key.proof(&asked))
        .await
        .assert_leads_to("/desk");
    let by: Vec<String> = joined
        .audit()
        .await
        .into_iter()
        .filter(|row| row.action == "signed-in")
        .map(|row| row.details)
        .collect();
    assert!(by[0].contains("\"passkey\"") && by[1].contains("password-and-passkey"));
}

#[tokio::test]
async fn a_proof_opens_nothing_twice_elsewhere_or_for_another() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let other = Joined::new(&service, OfficerRole::Officer).await;
    let key = Authenticator::new(1);
    with_passkey(&joined, &key).await;
    let browser = service.browser();
    let asked = ask(&browser).await;
    let proof = key.proof(&asked);
    let before = browser.cookie();
    browser
        .post("/desk/sign-in/passkey", &proof)
        .await
        .assert_leads_to("/desk/account");
    let thief = service.browser();
    thief.take_cookie(before);
    assert_eq!(
        thief.post("/desk/sign-in/passkey", &proof).await.status,
        401
    );
    assert_eq!(
        service
            .browser()
            .post("/desk/sign-in/passkey", &proof)
            .await
            .status,
        401
    );
    let evil = Authenticator {
        origin: "http://register.example.evil",
        ..key
    };
    let browser = service.browser();
    let asked = ask(&browser).await;
    let page = browser
        .post("/desk/sign-in/passkey", &evil.proof(&asked))
        .await;
    page.assert_page(401);
    assert!(page.has("The passkey was not accepted"));
    // This passkey is not a valid second factor after another officer's password.
    let key = Authenticator {
        origin: "http://register.example",
        ..evil
    };
    let browser = service.browser();
    other.give_password(&browser, PASSWORD).await;
    let asked = ask(&browser).await;
    let page = browser
        .post("/desk/sign-in/passkey", &key.proof(&asked))
        .await;
    assert_eq!(page.status, 401);
}

#[tokio::test]
async fn adding_and_removing_a_passkey_is_confirmed_and_leaves_a_second_factor() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let key = Authenticator::new(1);
    let asked = joined
        .browser
        .post("/desk/account/passkeys/begin", &[])
        .await;
    service.clock.move_on(0, 1);
    let code = joined.code();
    for (name, password, code, words) in [
        ("", PASSWORD, &*code, "Enter a name for the passkey"),
        ("Blue key", "", &code, "Enter your current password"),
        ("Blue key", "wrong", &code, "Check your current password"),
        (
            "Blue key",
            PASSWORD,
            "",
            "Enter the code from your authenticator app",
        ),
        (
            "Blue key",
            PASSWORD,
            "000000",
            "Check your current password",
        ),
    ] {
        let mut fields = key.made(&asked);
        fields.push(("name", name.to_owned()));
        fields.push(("old_password", password.to_owned()));
        fields.push(("code", code.to_owned()));
        let page = joined.browser.post("/desk/account/passkeys", &fields).await;
        assert!(
            page.has("Error: ") && page.has(words),
            "{words}: {}",
            page.text
        );
    }
    with_passkey(&joined, &key)
        .await
        .assert_leads_to("/desk/account?done=passkey-added");
    assert!(
        with_passkey(&joined, &key)
            .await
            .has("Add the passkey again")
    );
    // The failed change restores the confirmation. Ten minutes later the confirmation has expired,
    // so the next change asks for the credentials again.
    let remove = async |fields: Vec<(&'static str, String)>| {
        let mut fields = fields;
        fields.push(("id", encoded(&key.id)));
        joined
            .browser
            .post("/desk/account/passkeys/remove", &fields)
            .await
    };
    service.clock.move_on(0, 10);
    let asked = remove(Vec::new()).await;
    asked.assert_page(200);
    assert!(asked.has("Remove the passkey “Blue key”?") && !asked.has("Error: "));
    let unconfirmed = remove(vec![("confirming", "yes".to_owned())]).await;
    assert!(unconfirmed.has("Enter your current password") && unconfirmed.has("Error: "));
    remove(joined.credentials())
        .await
        .assert_leads_to("/desk/account?done=passkey-removed");
    remove(joined.credentials())
        .await
        .assert_leads_to("/desk/account?done=passkey-kept");
}

#[tokio::test]
async fn a_passkey_confirms_one_change_in_one_session_for_ten_minutes() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let key = Authenticator::new(1);
    with_passkey(&joined, &key)
        .await
        .assert_leads_to("/desk/account?done=passkey-added");
    let other = joined.sign_in().await;
    let confirm = async |key: &Authenticator| {
        let asked = joined
            .browser
            .post("/desk/account/confirm/begin", &[])
            .await;
        let mut fields = key.proof(&asked);
        fields.push(("back", "/desk/account/recovery-codes".to_owned()));
        let done = joined.browser.post("/desk/account/confirm", &fields).await;
        let again = joined.browser.post("/desk/account/confirm", &fields).await;
        again.assert_leads_to("/desk/account?done=not-confirmed");
        done
    };
    let codes = async |browser: &Browser| {
        let page = browser.post("/desk/account/recovery-codes", &[]).await;
        codes_on(&page).len()
    };
    let page = joined.browser.get("/desk/account/recovery-codes").await;
    assert!(page.has("Confirm with a passkey instead") && page.has("Current password"));
    confirm(&key)
        .await
        .assert_leads_to("/desk/account/recovery-codes");
    let page = joined.browser.get("/desk/account/recovery-codes").await;
    assert!(page.has("You have confirmed") && !page.has("Current password"));
    assert_eq!(codes(&other).await, 0, "it counts for its session alone");
    assert_eq!(codes(&joined.browser).await, 10);
    assert_eq!(codes(&joined.browser).await, 0, "it is used up");
    confirm(&key).await;
    service.clock.move_on(0, 10);
    assert_eq!(codes(&joined.browser).await, 0, "it has expired");
    confirm(&Authenticator::new(2))
        .await
        .assert_leads_to("/desk/account?done=not-confirmed");
    assert_eq!(codes(&joined.browser).await, 0);
}

#[tokio::test]
async fn the_passkey_of_somebody_else_confirms_nothing() {
    let service = TestService::new().await;
    let joined = Joined::new(&service, OfficerRole::Officer).await;
    let other = Joined::new(&service, OfficerRole::Officer).await;
    let key = Authenticator::new(1);
    with_passkey(&other, &key).await;
    let asked = joined
        .browser
        .post("/desk/account/confirm/begin", &[])
        .await;
    joined
        .browser
        .post("/desk/account/confirm", &key.proof(&asked))
        .await
        .assert_leads_to("/desk/account?done=not-confirmed");
    let page = joined
        .browser
        .post("/desk/account/recovery-codes", &[])
        .await;
    assert!(codes_on(&page).is_empty());
}

#[tokio::test]
async fn at_a_number_no_passkey_is_offered_and_the_page_says_why() {
    let service = TestService::with(Options {
        this_machine: true,
        ..Options::default()
    })
    .await;
    let officer = service.officer(OfficerRole::Officer).await;
    let stranger = service.browser();
    let at = |host: &'static str, address: &str| {
        Request::get(address)
            .header(header::HOST, host)
            .header(header::ACCEPT, "text/html")
    };
    for (browser, address) in [
        (&stranger, "/desk/sign-in"),
        (&officer, "/desk/account/passkeys"),
    ] {
        for number in ["127.0.0.1:3000", "[::1]:3000"] {
            let page = browser.send(at(number, address), Body::empty()).await;
            page.assert_page(200);
            assert!(
                page.has("Passkeys do not work at an address that is a number, such as 127.0.0.1.")
                    && page.has("open the desk at http://localhost:3000")
                    && !page.has("data-passkey"),
                "{number} {address}: {}",
                page.text
            );
        }
        let page = browser
            .send(at("localhost:3000", address), Body::empty())
            .await;
        assert!(
            page.has("data-passkey") && !page.has("Passkeys do not work"),
            "{address}: {}",
            page.text
        );
    }
}
