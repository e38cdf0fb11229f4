//! Passkeys (Web Authentication, level 2): parses the data from the browser and verifies signatures
//! with ring.
//!
//! The browser sends the public key (`getPublicKey()`), which must equal the key in the
//! authenticator data. The authenticator data contains the key in the canonical CBOR form of CTAP2,
//! so a comparison of bytes suffices and no CBOR is parsed. The authenticator must have verified
//! its user, so a passkey counts as both factors.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde::Deserialize;

use crate::store::StoredPasskey;

/// The prefix of a P-256 key in the format `SubjectPublicKeyInfo`, before the point of the key.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// The prefix of an RSA key of 2,048 bits in the format `SubjectPublicKeyInfo`, before the ASN.1
/// sequence of modulus and exponent.
const RSA_2048: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];
const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const CAN_BE_BACKED_UP: u8 = 0x08;
const IS_BACKED_UP: u8 = 0x10;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;
/// The fixed bytes of a P-256 key in canonical CBOR (`COSE_Key`): before x, and between x and y.
const P256_COSE: [&[u8]; 2] = [
    &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20],
    &[0x22, 0x58, 0x20],
];
/// The fixed bytes of an RSA key of 2,048 bits in canonical CBOR: before the modulus, and between
/// the modulus and the exponent of three bytes.
const RSA_2048_COSE: [&[u8]; 2] = [
    &[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0],
    &[0x21, 0x43],
];
/// The fixed bytes of an RSA key of 2,048 bits in ASN.1: before the modulus, and between the
/// modulus and the exponent.
const RSA_2048_ASN1: [&[u8]; 2] = [
    &[0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00],
    &[0x02, 0x03],
];

/// The relying party of passkeys: this service at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    /// The host, without its port.
    pub id: String,
    /// The origin, such as `https://register.example`.
    pub origin: String,
}

/// The reason why a passkey was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The data cannot be parsed.
    #[error("it cannot be read")]
    Unreadable,
    /// The data is for another challenge, another site or another operation, or comes from a frame
    /// in a page of another site.
    #[error("it answers another question")]
    Mismatch,
    /// The authenticator did not verify its user.
    #[error("nobody was verified")]
    Unverified,
    /// The authenticator data contradict themselves, the public key that was sent, or the stored
    /// record of the passkey.
    #[error("the authenticator contradicts itself")]
    Contradiction,
    /// The signature does not match the key, or the key has an unsupported type.
    #[error("the signature is not right")]
    Signature,
    /// The signature counter did not increase, so the passkey may have been copied.
    #[error("it may be a copy")]
    Cloned,
}

/// The data from a browser that has created a passkey, each field in base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyRegistration {
    /// The client data, which contains the challenge.
    pub client_data: String,
    /// The authenticator data, which contains the identifier of the new passkey.
    pub authenticator_data: String,
    /// The public key, in the format `SubjectPublicKeyInfo`.
    pub public_key: String,
}

/// The data from a browser in which somebody uses a passkey, each field in base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyAssertion {
    /// The identifier of the passkey.
    pub id: String,
    /// The client data, which contains the challenge.
    pub client_data: String,
    /// The authenticator data.
    pub authenticator_data: String,
    /// The signature over the authenticator data and the client data.
    pub signature: String,
}

/// A verified new passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPasskey {
    /// The passkey's identifier, in base64url.
    pub id: String,
    /// The public key, in base64url.
    pub public_key: String,
    /// The signature counter of the authenticator.
    pub counter: i64,
    /// Whether the passkey can be backed up.
    pub can_be_backed_up: bool,
}

/// The stored record of a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPasskey<'k> {
    /// The public key, in base64url.
    pub public_key: &'k str,
    /// The signature counter at the last use.
    pub counter: i64,
    /// Whether the passkey can be backed up; `None` if that was not recorded.
    pub can_be_backed_up: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    /// Whether the page was shown in a frame of a page of another site; some browsers send no value
    /// if it was not.
    #[serde(default)]
    cross_origin: Option<bool>,
    /// The origin of the page around the frame, if the browser sends it.
    #[serde(default)]
    top_origin: Option<String>,
}

impl<'k> From<&'k StoredPasskey> for KnownPasskey<'k> {
    fn from(passkey: &'k StoredPasskey) -> Self {
        Self {
            public_key: &passkey.public_key,
            counter: passkey.counter,
            can_be_backed_up: passkey.can_be_backed_up,
        }
    }
}

impl RelyingParty {
    /// Creates the relying party for an origin such as `https://register.example`.
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        let id = match host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => host,
        };
        Self {
            id: id.to_owned(),
            origin: origin.to_owned(),
        }
    }

    /// Returns the host as an IP address, if it is one. Browsers allow no passkeys on an IP
    /// address.
    #[must_use]
    pub fn number(&self) -> Option<IpAddr> {
        self.id
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok()
    }

    /// Returns the same origin with the host `localhost`, if the host is a loopback address.
    #[must_use]
    pub fn by_name(&self) -> Option<String> {
        let number = self.number()?;
        number
            .is_loopback()
            .then(|| self.origin.replacen(&self.id, "localhost", 1))
    }

    /// Verifies that a passkey was created for a challenge, and returns the passkey.
    ///
    /// # Errors
    /// When the data is not valid for the challenge, or the key has an unsupported type.
    pub fn verify_registration(
        &self,
        challenge: &str,
        sent: &PasskeyRegistration,
    ) -> Result<RegisteredPasskey, PasskeyError> {
        self.check_client_data(&sent.client_data, "webauthn.create", challenge)?;
        let data = decoded(&sent.authenticator_data)?;
        let (flags, counter) = self.check_authenticator(&data)?;
        if flags & HAS_CREDENTIAL == 0 {
            return Err(PasskeyError::Unreadable);
        }
        // After the counter come the authenticator's model (16 bytes), the length of the identifier
        // (2 bytes) and the identifier.
        let length = data.get(53..55).ok_or(PasskeyError::Unreadable)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let id = data.get(55..55 + length).ok_or(PasskeyError::Unreadable)?;
        if id.is_empty() || id.len() > 1_023 {
            return Err(PasskeyError::Unreadable);
        }
        let key = decoded(&sent.public_key)?;
        let expected = cose(&key).ok_or(PasskeyError::Signature)?;
        let rest = data[55 + id.len()..]
            .strip_prefix(&*expected)
            .ok_or(PasskeyError::Contradiction)?;
        if rest.is_empty() == (flags & HAS_EXTENSIONS != 0) {
            return Err(PasskeyError::Contradiction);
        }
        Ok(RegisteredPasskey {
            id: encoded(id),
            public_key: encoded(&key),
            counter,
            can_be_backed_up: flags & CAN_BE_BACKED_UP != 0,
        })
    }

    /// Verifies that a passkey has signed a challenge, and returns the new signature counter.
    ///
    /// # Errors
    /// When the data or the signature is not valid, or the passkey may have been copied.
    pub fn verify_assertion(
        &self,
        challenge: &str,
        sent: &PasskeyAssertion,
        known: KnownPasskey<'_>,
    ) -> Result<i64, PasskeyError> {
        let question = self.check_client_data(&sent.client_data, "webauthn.get", challenge)?;
        let mut signed = decoded(&sent.authenticator_data)?;
        let (flags, used) = self.check_authenticator(&signed)?;
        let can_be_backed_up = flags & CAN_BE_BACKED_UP != 0;
        if known
            .can_be_backed_up
            .is_some_and(|before| before != can_be_backed_up)
        {
            return Err(PasskeyError::Contradiction);
        }
        signed.extend_from_slice(digest(&SHA256, &question).as_ref());
        let (key, counter) = (decoded(known.public_key)?, known.counter);
        let signature = decoded(&sent.signature)?;
        let verified = if let Some(point) = key.strip_prefix(&P256) {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(&signed, &signature)
        } else if let Some(key) = key.strip_prefix(&RSA_2048) {
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(&signed, &signature)
        } else {
            return Err(PasskeyError::Signature);
        };
        verified.map_err(|_| PasskeyError::Signature)?;
        if (used > 0 || counter > 0) && used <= counter {
            return Err(PasskeyError::Cloned);
        }
        Ok(used)
    }

    fn check_client_data(
        &self,
        sent: &str,
        kind: &str,
        challenge: &str,
    ) -> Result<Vec<u8>, PasskeyError> {
        let bytes = decoded(sent)?;
        let data: ClientData =
            serde_json::from_slice(&bytes).map_err(|_| PasskeyError::Unreadable)?;
        let is_framed = data.cross_origin == Some(true) || data.top_origin.is_some();
        let is_ours = data.challenge == challenge && data.origin == self.origin;
        if data.r#type == kind && is_ours && !is_framed {
            Ok(bytes)
        } else {
            Err(PasskeyError::Mismatch)
        }
    }

    fn check_authenticator(&self, data: &[u8]) -> Result<(u8, i64), PasskeyError> {
        let (site, rest) = data.split_at_checked(32).ok_or(PasskeyError::Unreadable)?;
        if site != digest(&SHA256, self.id.as_bytes()).as_ref() {
            return Err(PasskeyError::Mismatch);
        }
        let flags = *rest.first().ok_or(PasskeyError::Unreadable)?;
        let counter: [u8; 4] = rest
            .get(1..5)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(PasskeyError::Unreadable)?;
        if flags & USER_PRESENT == 0 || flags & USER_VERIFIED == 0 {
            return Err(PasskeyError::Unverified);
        }
        if flags & IS_BACKED_UP != 0 && flags & CAN_BE_BACKED_UP == 0 {
            return Err(PasskeyError::Contradiction);
        }
        Ok((flags, i64::from(u32::from_be_bytes(counter))))
    }
}

/// Converts a public key into the CBOR form of authenticator data; `None` if the key's type is not
/// supported.
fn cose(key: &[u8]) -> Option<Vec<u8>> {
    if let Some(point) = key.strip_prefix(&P256) {
        let (&uncompressed, point) = point.split_first()?;
        let is_whole = uncompressed == 4 && point.len() == 64;
        let (x, y) = point.split_at_checked(32)?;
        return is_whole.then(|| [P256_COSE[0], x, P256_COSE[1], y].concat());
    }
    let key = key.strip_prefix(&RSA_2048)?;
    let (modulus, rest) = key.strip_prefix(RSA_2048_ASN1[0])?.split_at_checked(256)?;
    let exponent = rest.strip_prefix(RSA_2048_ASN1[1])?;
    (exponent.len() == 3).then(|| [RSA_2048_COSE[0], modulus, RSA_2048_COSE[1], exponent].concat())
}

/// Encodes bytes in base64url without padding, as browsers write a challenge.
#[must_use]
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Result<Vec<u8>, PasskeyError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| PasskeyError::Unreadable)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;

    const CHALLENGE: &str = "Y2hhbGxlbmdl";

    fn party() -> RelyingParty {
        RelyingParty::at("https://register.example")
    }

    fn question(kind: &str, challenge: &str, origin: &str) -> String {
        let json = serde_json::json!({ "type": kind, "challenge": challenge, "origin": origin });
        encoded(json.to_string().as_bytes())
    }

    fn check_authenticator(id: &str, flags: u8, counter: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, id.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(counter.to_be_bytes());
        data
    }

    struct Key(EcdsaKeyPair, String);

    impl Key {
        fn new() -> Self {
            let random = SystemRandom::new();
            let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
            let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
            let public = encoded(&[&P256, pair.public_key().as_ref()].concat());
            Self(pair, public)
        }

        /// Returns the stored record of this key, with this counter.
        fn known(&self, counter: i64) -> KnownPasskey<'_> {
            KnownPasskey {
                public_key: &self.1,
                counter,
                can_be_backed_up: None,
            }
        }

        /// Returns the key in the CBOR form of an authenticator.
        fn cose(&self) -> Vec<u8> {
            let point = self.0.public_key().as_ref();
            let (x, y) = (&point[1..33], &point[33..]);
            let before = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20];
            [&before[..], x, &[0x22, 0x58, 0x20], y].concat()
        }

        fn public(&self) -> String {
            self.1.clone()
        }

        fn proof(&self, question: String, data: &[u8]) -> PasskeyAssertion {
            let hash = digest(&SHA256, &URL_SAFE_NO_PAD.decode(&question).unwrap());
            let signed = [data, hash.as_ref()].concat();
            let signature = self.0.sign(&SystemRandom::new(), &signed).unwrap();
            PasskeyAssertion {
                id: "AQ".to_owned(),
                client_data: question,
                authenticator_data: encoded(data),
                signature: encoded(signature.as_ref()),
            }
        }
    }

    #[test]
    fn an_address_names_host_and_origin() {
        for (origin, id) in [
            ("https://register.example", "register.example"),
            ("http://localhost:3000", "localhost"),
        ] {
            let party = RelyingParty::at(origin);
            assert_eq!((&*party.id, &*party.origin), (id, origin));
        }
    }

    const ORIGIN: &str = "https://register.example";

    /// Returns the authenticator data of a new passkey with the identifier 7, 8, 9.
    fn new_data(key: &Key, flags: u8) -> Vec<u8> {
        let mut data = check_authenticator("register.example", flags, 0);
        data.extend([0; 16]);
        data.extend([0, 3, 7, 8, 9]);
        data.extend(key.cose());
        data
    }

    fn made(key: &Key, question: String, data: &[u8]) -> Result<RegisteredPasskey, PasskeyError> {
        let sent = PasskeyRegistration {
            client_data: question,
            authenticator_data: encoded(data),
            public_key: key.public(),
        };
        party().verify_registration(CHALLENGE, &sent)
    }

    #[test]
    fn no_passkey_belongs_to_a_number() {
        for (origin, by_name) in [
            ("http://127.0.0.1:3000", Some("http://localhost:3000")),
            ("http://[::1]:3000", Some("http://localhost:3000")),
            ("http://192.0.2.7", None),
        ] {
            let party = RelyingParty::at(origin);
            assert!(party.number().is_some(), "{origin}");
            assert_eq!(party.by_name().as_deref(), by_name, "{origin}");
        }
        for origin in ["http://localhost:3000", "https://register.example"] {
            let party = RelyingParty::at(origin);
            assert_eq!((party.number(), party.by_name()), (None, None), "{origin}");
        }
    }

    #[test]
    fn a_passkey_that_was_made_is_read() {
        let key = Key::new();
        let kind = "webauthn.create";
        let right = || question(kind, CHALLENGE, ORIGIN);
        let data = new_data(&key, 0x45);
        let new = made(&key, right(), &data).unwrap();
        assert_eq!(new.id, encoded(&[7, 8, 9]));
        assert_eq!(new.public_key, key.public());
        assert!(!new.can_be_backed_up);
        for flags in [0x4d, 0x5d] {
            let new = made(&key, right(), &new_data(&key, flags)).unwrap();
            assert!(new.can_be_backed_up);
        }
        let with_extensions = [new_data(&key, 0xc5), vec![0xa0]].concat();
        assert!(made(&key, right(), &with_extensions).is_ok());
        let shorter = |length: usize| data[..length].to_vec();
        let other_key = new_data(&Key::new(), 0x45);
        for (question, data, expected) in [
            (
                question("webauthn.get", CHALLENGE, ORIGIN),
                data.clone(),
                PasskeyError::Mismatch,
            ),
            (
                question(kind, "b3RoZXI", ORIGIN),
                data.clone(),
                PasskeyError::Mismatch,
            ),
            (
                question(kind, CHALLENGE, "https://register.example.evil"),
                data.clone(),
                PasskeyError::Mismatch,
            ),
            (right(), shorter(56), PasskeyError::Unreadable),
            (right(), shorter(0), PasskeyError::Unreadable),
            (
                right(),
                check_authenticator("register.example", 0x41, 0),
                PasskeyError::Unverified,
            ),
            (
                right(),
                check_authenticator("other.example", 0x45, 0),
                PasskeyError::Mismatch,
            ),
            (right(), new_data(&key, 0x55), PasskeyError::Contradiction),
            (
                right(),
                shorter(data.len() - 1),
                PasskeyError::Contradiction,
            ),
            (
                right(),
                [&*data, &[0xa0]].concat(),
                PasskeyError::Contradiction,
            ),
            (right(), new_data(&key, 0xc5), PasskeyError::Contradiction),
            (right(), other_key, PasskeyError::Contradiction),
        ] {
            assert_eq!(made(&key, question, &data), Err(expected));
        }
    }

    #[test]
    fn a_passkey_is_made_and_used_in_no_frame_of_another_site() {
        let key = Key::new();
        for (more, right) in [
            (serde_json::json!({}), true),
            (serde_json::json!({ "crossOrigin": false }), true),
            (serde_json::json!({ "crossOrigin": true }), false),
            (
                serde_json::json!({ "topOrigin": "https://evil.example" }),
                false,
            ),
            (
                serde_json::json!({ "crossOrigin": true, "topOrigin": "https://evil.example" }),
                false,
            ),
        ] {
            let asked = |kind: &str| {
                let mut json = serde_json::json!({
                    "type": kind, "challenge": CHALLENGE, "origin": ORIGIN,
                });
                for (name, value) in more.as_object().unwrap() {
                    json[name] = value.clone();
                }
                encoded(json.to_string().as_bytes())
            };
            let new = made(&key, asked("webauthn.create"), &new_data(&key, 0x45));
            assert_eq!(new.is_ok(), right, "{more}");
            let proof = key.proof(
                asked("webauthn.get"),
                &check_authenticator("register.example", 0x05, 0),
            );
            let verify_assertion = party().verify_assertion(CHALLENGE, &proof, key.known(0));
            assert_eq!(verify_assertion.is_ok(), right, "{more}");
        }
    }

    #[test]
    fn a_passkey_cannot_turn_into_one_that_is_backed_up() {
        let key = Key::new();
        let asked = || question("webauthn.get", CHALLENGE, ORIGIN);
        for (before, flags, right) in [
            (None, 0x05, true),
            (None, 0x1d, true),
            (None, 0x15, false),
            (Some(false), 0x05, true),
            (Some(false), 0x0d, false),
            (Some(false), 0x1d, false),
            (Some(true), 0x0d, true),
            (Some(true), 0x1d, true),
            (Some(true), 0x05, false),
        ] {
            let proof = key.proof(asked(), &check_authenticator("register.example", flags, 0));
            let public_key = key.public();
            let known = KnownPasskey {
                public_key: &public_key,
                counter: 0,
                can_be_backed_up: before,
            };
            let verify_assertion = party().verify_assertion(CHALLENGE, &proof, known);
            let expected = if right {
                Ok(0)
            } else {
                Err(PasskeyError::Contradiction)
            };
            assert_eq!(verify_assertion, expected, "{before:?} {flags:x}");
        }
    }

    #[test]
    fn a_key_is_written_as_authenticators_write_it() {
        let point = [&[4][..], &[1; 32], &[2; 32]].concat();
        let p256 = cose(&[&P256[..], &*point].concat()).unwrap();
        assert_eq!(p256.len(), 77);
        assert_eq!(
            p256[..12],
            [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20, 1, 1]
        );
        let rsa = [
            &RSA_2048[..],
            RSA_2048_ASN1[0],
            &[7; 256],
            &[0x02, 0x03, 1, 0, 1],
        ]
        .concat();
        assert_eq!(rsa.len(), 294);
        let rsa = cose(&rsa).unwrap();
        assert_eq!(rsa.len(), 272);
        assert_eq!(rsa[267..], [0x21, 0x43, 1, 0, 1]);
        for short in [
            P256.to_vec(),
            RSA_2048.to_vec(),
            [&P256[..], &point[..64]].concat(),
            Vec::new(),
        ] {
            assert_eq!(cose(&short), None);
        }
    }

    #[test]
    fn a_proof_holds_for_its_key_its_question_and_its_site_alone() {
        let (key, another) = (Key::new(), Key::new());
        let asked = || question("webauthn.get", CHALLENGE, "https://register.example");
        let data = check_authenticator("register.example", 0x05, 0);
        let proof = key.proof(asked(), &data);
        let verify_assertion = |proof: &PasskeyAssertion, key: &Key| {
            party().verify_assertion(CHALLENGE, proof, key.known(0))
        };
        assert_eq!(verify_assertion(&proof, &key), Ok(0));
        assert_eq!(
            verify_assertion(&proof, &another),
            Err(PasskeyError::Signature)
        );
        let unverified = key.proof(asked(), &check_authenticator("register.example", 0x01, 0));
        assert_eq!(
            verify_assertion(&unverified, &key),
            Err(PasskeyError::Unverified)
        );
        let elsewhere = key.proof(asked(), &check_authenticator("evil.example", 0x05, 0));
        assert_eq!(
            verify_assertion(&elsewhere, &key),
            Err(PasskeyError::Mismatch)
        );
        let changed = PasskeyAssertion {
            authenticator_data: encoded(&check_authenticator("register.example", 0x05, 9)),
            ..proof.clone()
        };
        assert_eq!(
            verify_assertion(&changed, &key),
            Err(PasskeyError::Signature)
        );
        assert_eq!(
            party().verify_assertion("b3RoZXI", &proof, key.known(0)),
            Err(PasskeyError::Mismatch)
        );
        assert_eq!(
            verify_assertion(&PasskeyAssertion::default(), &key),
            Err(PasskeyError::Unreadable)
        );
    }

    #[test]
    fn an_authenticator_that_counts_must_count_up() {
        let key = Key::new();
        let asked = question("webauthn.get", CHALLENGE, "https://register.example");
        let proof = key.proof(asked, &check_authenticator("register.example", 0x05, 7));
        let verify_assertion =
            |before| party().verify_assertion(CHALLENGE, &proof, key.known(before));
        assert_eq!(verify_assertion(6), Ok(7));
        assert_eq!(verify_assertion(7), Err(PasskeyError::Cloned));
        assert_eq!(verify_assertion(8), Err(PasskeyError::Cloned));
    }
}
