//! A single sign-on provider for the tests, which runs on this machine.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use server::signing_in::single_sign_on::{Provider, RequiredContext};

use crate::browser::Browser;
use crate::page::Page;

/// A test provider. Its state has the key and the content of the next token.
pub struct TestProvider {
    pub issuer: String,
    state: Arc<Mutex<Next>>,
}

struct Next {
    issuer: String,
    key: EcdsaKeyPair,
    header: Value,
    claims: Value,
    asked: usize,
}

type Shared = State<Arc<Mutex<Next>>>;

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn description(State(next): Shared) -> Json<Value> {
    let mut next = next.lock().unwrap();
    next.asked += 1;
    let at = |path: &str| [&next.issuer, path].concat();
    Json(json!({
        "issuer": next.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
    }))
}

async fn keys(State(next): Shared) -> Json<Value> {
    let mut next = next.lock().unwrap();
    next.asked += 1;
    let point = next.key.public_key().as_ref();
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig",
        "x": encoded(&point[1..33]), "y": encoded(&point[33..]),
    }] }))
}

async fn token(State(next): Shared) -> Json<Value> {
    let next = next.lock().unwrap();
    let part = |value: &Value| encoded(value.to_string());
    let signed = [&*part(&next.header), ".", &part(&next.claims)].concat();
    let random = SystemRandom::new();
    let signature = next.key.sign(&random, signed.as_bytes()).unwrap();
    let token = [&*signed, ".", &encoded(signature.as_ref())].concat();
    Json(json!({ "id_token": token, "access_token": "access" }))
}

impl TestProvider {
    pub async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(Next {
            issuer: issuer.clone(),
            key: new_key(),
            header: json!({}),
            claims: json!({}),
            asked: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, state }
    }

    /// Returns the settings of a service that uses this provider and requires these claims.
    pub fn settings(&self, required: RequiredContext) -> Provider {
        Provider {
            name: "the department".to_owned(),
            issuer: self.issuer.clone(),
            client: "desk".to_owned(),
            secret: "secret".to_owned(),
            back: "http://register.example/desk/sign-in/department/back".to_owned(),
            required,
        }
    }

    /// Returns how many times the service asked for the provider's configuration or its keys.
    pub fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    /// Signs with a new key from now on.
    pub fn renew_key(&self) {
        self.state.lock().unwrap().key = new_key();
    }

    /// Starts a sign-in or a confirmation at an address of the service and sends the browser back.
    /// The service then fetches a token with these claims.
    ///
    /// `typ` is the type of the token. `changed` has claims that are added to the usual claims or
    /// replace them. `seconds` is the time of issue, in seconds since 1970.
    pub async fn come_back(
        &self,
        browser: &Browser,
        address: &str,
        (typ, changed): (&str, &Value),
        seconds: i64,
    ) -> Page {
        let begun = browser.post(address, &[]).await;
        begun.assert_page(200);
        let refresh = begun.headers["refresh"].to_str().unwrap().to_owned();
        let parameter = |name: &str| {
            let after = refresh.split(&format!("{name}=")).nth(1).unwrap();
            after.split('&').next().unwrap().to_owned()
        };
        let mut claims = json!({
            "iss": self.issuer, "aud": "desk", "nonce": parameter("nonce"), "sub": "one",
            "exp": seconds + 300, "iat": seconds, "email_verified": true,
        });
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        {
            let mut next = self.state.lock().unwrap();
            next.header = json!({ "alg": "ES256", "typ": typ });
            next.claims = claims;
        }
        let back = "/desk/sign-in/department/back?code=code&state=";
        browser.get(&[back, &parameter("state")].concat()).await
    }
}
