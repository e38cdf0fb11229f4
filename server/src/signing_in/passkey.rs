//! Passkeys (Web Authentication, level 2): reads what a browser sent and verifies its signature
//! with ring.
//!
//! The service does not ask for attestation, so it takes the public key from the browser
//! (`getPublicKey()`) and need not read CBOR: a client that sends a wrong key harms only its own
//! account. The authenticator must have verified its user, so a passkey counts as both factors.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde::Deserialize;

/// Prefix of a P-256 key as `SubjectPublicKeyInfo`, before its point.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// Prefix of an RSA key of 2,048 bits as `SubjectPublicKeyInfo`, before the key's own ASN.1
/// sequence.
const RSA_2048: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];
const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const HAS_CREDENTIAL: u8 = 0x40;

/// The relying party of passkeys: this service at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    /// The host, without its port.
    pub id: String,
    /// The address as a browser names it, such as `https://register.example`.
    pub origin: String,
}

/// Why a passkey was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The data cannot be read.
    #[error("it cannot be read")]
    Unreadable,
    /// It answers another challenge, was made for another site, or has another purpose.
    #[error("it answers another question")]
    Mismatch,
    /// The authenticator did not verify its user.
    #[error("nobody was verified")]
    Unverified,
    /// The signature does not match the key, or the key has an unsupported type.
    #[error("the signature is not right")]
    Signature,
    /// Its counter did not increase, so it may be a copy.
    #[error("it may be a copy")]
    Cloned,
}

/// What a browser sends when it has created a passkey, each field in base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyRegistration {
    /// The client data, which holds the challenge.
    pub client_data: String,
    /// The authenticator data, which holds the identifier of the new passkey.
    pub authenticator_data: String,
    /// The public key.
    pub public_key: String,
}

/// What a browser sends when somebody uses a passkey, each field in base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyAssertion {
    /// The identifier of the passkey.
    pub id: String,
    /// The client data, which holds the challenge.
    pub client_data: String,
    /// The authenticator data.
    pub authenticator_data: String,
    /// The signature over the authenticator data and the client data.
    pub signature: String,
}

/// A new passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPasskey {
    /// The authenticator's identifier for it, in base64url.
    pub id: String,
    /// The public key, in base64url.
    pub public_key: String,
    /// The signature counter.
    pub counter: i64,
}

#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
}

impl RelyingParty {
    /// Makes the relying party at an address such as `https://register.example`.
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

    /// Reads a passkey that was created for a challenge.
    ///
    /// # Errors
    /// When it was not created for the challenge, or its key has an unsupported type.
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
        // After the counter come 16 bytes with the authenticator's model, two with a length, and
        // the identifier.
        let length = data.get(53..55).ok_or(PasskeyError::Unreadable)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let id = data.get(55..55 + length).ok_or(PasskeyError::Unreadable)?;
        if id.is_empty() || id.len() > 1_023 {
            return Err(PasskeyError::Unreadable);
        }
        let key = decoded(&sent.public_key)?;
        if !key.starts_with(&P256) && !key.starts_with(&RSA_2048) {
            return Err(PasskeyError::Signature);
        }
        Ok(RegisteredPasskey {
            id: encoded(id),
            public_key: encoded(&key),
            counter,
        })
    }

    /// Verifies that a passkey has signed a challenge; returns its new counter.
    ///
    /// # Errors
    /// When the answer is not valid, or the passkey may be a copy.
    pub fn verify_assertion(
        &self,
        challenge: &str,
        sent: &PasskeyAssertion,
        public_key: &str,
        counter: i64,
    ) -> Result<i64, PasskeyError> {
        let question = self.check_client_data(&sent.client_data, "webauthn.get", challenge)?;
        let mut signed = decoded(&sent.authenticator_data)?;
        let (_, used) = self.check_authenticator(&signed)?;
        signed.extend_from_slice(digest(&SHA256, &question).as_ref());
        let key = decoded(public_key)?;
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
        if data.r#type == kind && data.challenge == challenge && data.origin == self.origin {
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
        Ok((flags, i64::from(u32::from_be_bytes(counter))))
    }
}

/// Encodes bytes in base64url, as browsers write a challenge.
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

    struct Key(EcdsaKeyPair);

    impl Key {
        fn new() -> Self {
            let random = SystemRandom::new();
            let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
            let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
        }

        fn public(&self) -> String {
            encoded(&[&P256, self.0.public_key().as_ref()].concat())
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

    #[test]
    fn a_passkey_that_was_made_is_read() {
        let key = Key::new();
        let mut data = check_authenticator("register.example", 0x45, 0);
        data.extend([0; 16]);
        data.extend([0, 3, 7, 8, 9]);
        let sent = |kind, challenge, origin, data: &[u8]| {
            party().verify_registration(
                CHALLENGE,
                &PasskeyRegistration {
                    client_data: question(kind, challenge, origin),
                    authenticator_data: encoded(data),
                    public_key: key.public(),
                },
            )
        };
        let (kind, origin) = ("webauthn.create", "https://register.example");
        let verify_registration = sent(kind, CHALLENGE, origin, &data).unwrap();
        assert_eq!(verify_registration.id, encoded(&[7, 8, 9]));
        assert_eq!(verify_registration.public_key, key.public());
        for (result, expected) in [
            (
                sent("webauthn.get", CHALLENGE, origin, &data),
                PasskeyError::Mismatch,
            ),
            (sent(kind, "b3RoZXI", origin, &data), PasskeyError::Mismatch),
            (
                sent(kind, CHALLENGE, "https://register.example.evil", &data),
                PasskeyError::Mismatch,
            ),
            (
                sent(kind, CHALLENGE, origin, &data[..56]),
                PasskeyError::Unreadable,
            ),
            (sent(kind, CHALLENGE, origin, &[]), PasskeyError::Unreadable),
            (
                sent(
                    kind,
                    CHALLENGE,
                    origin,
                    &check_authenticator("register.example", 0x41, 0),
                ),
                PasskeyError::Unverified,
            ),
            (
                sent(
                    kind,
                    CHALLENGE,
                    origin,
                    &check_authenticator("other.example", 0x45, 0),
                ),
                PasskeyError::Mismatch,
            ),
        ] {
            assert_eq!(result, Err(expected));
        }
    }

    #[test]
    fn a_proof_holds_for_its_key_its_question_and_its_site_alone() {
        let (key, another) = (Key::new(), Key::new());
        let asked = || question("webauthn.get", CHALLENGE, "https://register.example");
        let data = check_authenticator("register.example", 0x05, 0);
        let proof = key.proof(asked(), &data);
        let verify_assertion = |proof: &PasskeyAssertion, key: &Key| {
            party().verify_assertion(CHALLENGE, proof, &key.public(), 0)
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
            party().verify_assertion("b3RoZXI", &proof, &key.public(), 0),
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
            |before| party().verify_assertion(CHALLENGE, &proof, &key.public(), before);
        assert_eq!(verify_assertion(6), Ok(7));
        assert_eq!(verify_assertion(7), Err(PasskeyError::Cloned));
        assert_eq!(verify_assertion(8), Err(PasskeyError::Cloned));
    }
}
