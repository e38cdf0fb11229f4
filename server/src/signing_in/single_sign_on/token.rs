//! Verifies ID tokens (RFC 7519 and `OpenID` Connect Core, 3.1.3.7). A key of the provider must
//! have signed the token with RS256 or ES256. The token must be for this client and this request,
//! and must not have expired.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

use super::{SingleSignOnError, UserInfo};
use crate::clock::Moment;

/// The allowed difference between the clocks of provider and service, in seconds.
const SKEW: i64 = 60;

/// The key set of a provider (RFC 7517).
#[derive(Debug, Deserialize)]
pub(super) struct JwkSet {
    keys: Vec<Jwk>,
}

#[derive(Debug, Deserialize)]
struct Jwk {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    r#use: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

/// The values that a token must contain, and the current time.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Moment,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    typ: Option<String>,
    /// Extensions that a reader must support (RFC 7515, 4.1.11). None is supported, so a token with
    /// this field is refused.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(flatten)]
    user: UserInfo,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Verifies a token and returns its claims about the person.
pub(super) fn read(
    token: &str,
    keys: &JwkSet,
    expected: &Expected<'_>,
) -> Result<UserInfo, SingleSignOnError> {
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(SingleSignOnError::Token("it has not three parts"));
    };
    let signed = &token[..header.len() + 1 + claims.len()];
    let header: Header = json(header)?;
    // Refuse access tokens, whose type is `at+jwt` (RFC 9068): access tokens contain similar signed
    // claims about the person.
    let is_id_token = header
        .typ
        .as_deref()
        .is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
    if !is_id_token || header.crit.is_some() {
        return Err(SingleSignOnError::Token("it is not an ID token"));
    }
    let signature = bytes(signature)?;
    let right = keys.keys.iter().any(|key| {
        key.may_sign()
            && (header.kid.is_none() || header.kid == key.kid)
            && key.verifies(&header.alg, signed.as_bytes(), &signature)
    });
    if !right {
        return Err(SingleSignOnError::Key);
    }
    let claims: Claims = json(claims)?;
    claims.check(expected)?;
    Ok(claims.user)
}

impl Claims {
    fn check(&self, expected: &Expected<'_>) -> Result<(), SingleSignOnError> {
        let now = expected.now.millis() / 1_000;
        let is_for_us = match &self.aud {
            Audience::One(client) => client == expected.client,
            Audience::Many(clients) => {
                clients.iter().any(|client| client == expected.client)
                    && (clients.len() == 1 || self.azp.as_deref() == Some(expected.client))
            }
        };
        let is_ours = self
            .azp
            .as_deref()
            .is_none_or(|client| client == expected.client);
        if self.iss != expected.issuer {
            Err(SingleSignOnError::Token("it is another issuer's"))
        } else if !is_for_us || !is_ours {
            Err(SingleSignOnError::Token("it is for another client"))
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            Err(SingleSignOnError::Token("it answers another request"))
        } else if self.exp + SKEW <= now {
            Err(SingleSignOnError::Token("its time is over"))
        } else if self.iat - SKEW > now || self.nbf.is_some_and(|from| from - SKEW > now) {
            Err(SingleSignOnError::Token("it is of the future"))
        } else if self.user.sub.is_empty() {
            Err(SingleSignOnError::Token("it names nobody"))
        } else {
            Ok(())
        }
    }
}

impl Jwk {
    fn may_sign(&self) -> bool {
        self.r#use.as_deref().is_none_or(|purpose| purpose == "sig")
    }

    fn verifies(&self, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match (algorithm, &*self.kty, self.crv.as_deref()) {
            ("RS256", "RSA", _) => {
                let (Ok(n), Ok(e)) = (bytes(&self.n), bytes(&self.e)) else {
                    return false;
                };
                RsaPublicKeyComponents { n, e }.verify(
                    &RSA_PKCS1_2048_8192_SHA256,
                    signed,
                    signature,
                )
            }
            ("ES256", "EC", Some("P-256")) => {
                let (Ok(x), Ok(y)) = (bytes(&self.x), bytes(&self.y)) else {
                    return false;
                };
                let point = [&[4], &*x, &*y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
            _ => return false,
        };
        verified.is_ok()
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, SingleSignOnError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| SingleSignOnError::Token("it is no base64"))
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, SingleSignOnError> {
    serde_json::from_slice(&bytes(text)?).map_err(|_| SingleSignOnError::Token("it cannot be read"))
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_788_426_000;

    struct Signer(EcdsaKeyPair);

    impl Signer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
        }

        fn keys(&self, kid: &str) -> JwkSet {
            let point = self.0.public_key().as_ref();
            let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
            let key = json!({
                "kty": "EC", "crv": "P-256", "kid": kid, "use": "sig",
                "x": encoded(&point[1..33]), "y": encoded(&point[33..]),
            });
            serde_json::from_value(json!({ "keys": [key] })).unwrap()
        }

        fn token(&self, header: &Value, claims: &Value) -> String {
            let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let signed = format!("{}.{}", encoded(header), encoded(claims));
            let signature = self
                .0
                .sign(&SystemRandom::new(), signed.as_bytes())
                .unwrap();
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
        }
    }

    fn claims(changed: &Value) -> Value {
        let mut claims = json!({
            "iss": "https://id.example", "aud": "desk", "nonce": "once", "sub": "7",
            "exp": NOW + 300, "iat": NOW, "email": "wen@context.example", "email_verified": true,
        });
        for (name, value) in changed.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    fn outcome(token: &str, keys: &JwkSet) -> Result<Option<String>, String> {
        let expected = Expected {
            issuer: "https://id.example",
            client: "desk",
            nonce: "once",
            now: Moment::from_millis(NOW * 1_000),
        };
        read(token, keys, &expected)
            .map(|user| user.email)
            .map_err(|refused| refused.to_string())
    }

    #[test]
    fn a_token_is_believed_that_is_signed_for_us_for_now_and_for_this_request() {
        let signer = Signer::new();
        let header = json!({ "alg": "ES256", "kid": "one" });
        for (changed, right) in [
            (json!({}), true),
            (json!({ "aud": ["desk"] }), true),
            (json!({ "aud": ["desk", "other"], "azp": "desk" }), true),
            (json!({ "exp": NOW - 30 }), true),
            (json!({ "aud": ["desk", "other"] }), false),
            (json!({ "aud": "other" }), false),
            (json!({ "azp": "other" }), false),
            (json!({ "iss": "https://evil.example" }), false),
            (json!({ "nonce": "twice" }), false),
            (json!({ "nonce": null }), false),
            (json!({ "exp": NOW - 61 }), false),
            (json!({ "iat": NOW + 61 }), false),
            (json!({ "nbf": NOW + 60 }), true),
            (json!({ "nbf": NOW + 61 }), false),
            (json!({ "nbf": NOW + 3_600 }), false),
            (json!({ "sub": "" }), false),
            (json!({ "aud": ["desk", "other"], "azp": "other" }), false),
            (json!({ "aud": [] }), false),
        ] {
            let token = signer.token(&header, &claims(&changed));
            assert_eq!(
                outcome(&token, &signer.keys("one")).is_ok(),
                right,
                "{changed}"
            );
        }
    }

    #[test]
    fn a_key_that_is_no_longer_the_providers_signs_nothing() {
        let (old, new) = (Signer::new(), Signer::new());
        let token = |signer: &Signer, kid: &str| {
            signer.token(&json!({ "alg": "ES256", "kid": kid }), &claims(&json!({})))
        };
        let keys = new.keys("two");
        assert!(outcome(&token(&new, "two"), &keys).is_ok());
        assert!(outcome(&token(&old, "two"), &keys).is_err());
        assert!(outcome(&token(&new, "one"), &keys).is_err());
    }

    #[test]
    fn a_token_of_another_kind_is_not_believed() {
        let signer = Signer::new();
        for (header, right) in [
            (json!({ "typ": "JWT" }), true),
            (json!({ "typ": "jwt" }), true),
            (json!({ "typ": "at+jwt" }), false),
            (json!({ "typ": "application/at+jwt" }), false),
            (json!({ "typ": "logout+jwt" }), false),
            (json!({ "crit": ["exp"] }), false),
        ] {
            let mut whole = json!({ "alg": "ES256", "kid": "one" });
            for (name, value) in header.as_object().unwrap() {
                whole[name] = value.clone();
            }
            let token = signer.token(&whole, &claims(&json!({})));
            let is_right = outcome(&token, &signer.keys("one")).is_ok();
            assert_eq!(is_right, right, "{header}");
        }
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let signer = Signer::new();
        let keys = signer.keys("one");
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let nobodys = format!(
            "{}.{}.",
            encoded(&json!({ "alg": "none" })),
            encoded(&claims(&json!({})))
        );
        let wrong = signer.token(
            &json!({ "alg": "HS256", "kid": "one" }),
            &claims(&json!({})),
        );
        for token in ["", "a.b", "a.b.c", "....", &nobodys, &wrong] {
            assert!(outcome(token, &keys).is_err(), "{token}");
        }
    }
}
