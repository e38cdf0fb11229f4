//! Encrypts (“seals”) the secrets that the service must read back from the database, such as the
//! secrets of authenticator apps. A copy of the database alone does not reveal these secrets.
//!
//! The cipher is XChaCha20-Poly1305, whose nonces are long enough to be random. A sealed text names
//! its key, and can be decrypted only for the place for which it was sealed. The place, a column
//! and a row, is the associated data of the encryption.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::randomness::{NoRandomness, Randomness, sha256};

/// The prefix of a sealed text; it names the format.
const FORMAT: &str = "sealed-1";
/// The length of a key, in bytes.
const KEY_BYTES: usize = 32;
/// The length of a nonce, in bytes.
const NONCE_BYTES: usize = 24;
/// The length of a key's name, in hexadecimal digits. The name is the beginning of the key's hash.
const NAME_LETTERS: usize = 12;

/// The keys for sealing. The first key encrypts new secrets; every key can decrypt the secrets that
/// it encrypted.
#[derive(Clone)]
pub struct SecretKeys {
    first: SecretKey,
    others: Vec<SecretKey>,
}

#[derive(Clone)]
struct SecretKey {
    name: String,
    cipher: XChaCha20Poly1305,
}

/// The error for keys that cannot be parsed. The error never contains a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("each key must be 32 random bytes in base64, as `openssl rand -base64 32` prints them")]
pub struct NotAKey;

/// The reason why a secret could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The machine has no random bytes for the nonce.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The secret is too long for the cipher.
    #[error("a secret could not be sealed")]
    Sealing,
}

impl SecretKeys {
    /// Parses keys, the newest first, separated by commas, spaces or line breaks.
    ///
    /// # Errors
    /// When there is no key, or a key is malformed.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let keys = text
            .split(|letter: char| letter == ',' || letter.is_whitespace())
            .filter(|key| !key.is_empty())
            .map(SecretKey::parse);
        let mut keys = keys.collect::<Result<Vec<_>, _>>()?.into_iter();
        let first = keys.next().ok_or(NotAKey)?;
        Ok(Self {
            first,
            others: keys.collect(),
        })
    }

    /// Makes a new key, in base64.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn new_text(randomness: &dyn Randomness) -> Result<String, NoRandomness> {
        let mut key = [0; KEY_BYTES];
        randomness.fill(&mut key)?;
        Ok(STANDARD.encode(key))
    }

    /// Encrypts a secret for a place, such as a column and the officer whose row it is.
    ///
    /// # Errors
    /// When the machine has no random bytes, or the secret is too long.
    pub fn seal(
        &self,
        randomness: &dyn Randomness,
        place: &str,
        secret: &str,
    ) -> Result<String, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        randomness.fill(&mut nonce)?;
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .first
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Sealing)?;
        let bytes = URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat());
        Ok([FORMAT, &self.first.name, &bytes].join("."))
    }

    /// Decrypts a secret that was sealed for this place. Returns `None` if no key can decrypt it,
    /// or if the secret was sealed for another place.
    #[must_use]
    pub fn open(&self, place: &str, sealed: &str) -> Option<String> {
        let (name, bytes) = parts(sealed)?;
        let mut keys = std::iter::once(&self.first).chain(&self.others);
        let key = keys.find(|key| key.name == name)?;
        let bytes = URL_SAFE_NO_PAD.decode(bytes).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let secret = key.cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(secret).ok()
    }

    /// Returns whether a text was sealed with the newest key.
    #[must_use]
    pub fn is_newest(&self, sealed: &str) -> bool {
        parts(sealed).is_some_and(|(name, _)| name == self.first.name)
    }
}

/// Returns whether a text is sealed; `false` for a plain secret, as earlier versions stored it.
#[must_use]
pub fn is_sealed(text: &str) -> bool {
    parts(text).is_some()
}

/// Splits a sealed text into the name of its key and the sealed bytes in base64; `None` if the text
/// is not sealed.
fn parts(sealed: &str) -> Option<(&str, &str)> {
    let rest = sealed.strip_prefix(FORMAT)?.strip_prefix('.')?;
    rest.split_once('.')
}

impl SecretKey {
    fn parse(text: &str) -> Result<Self, NotAKey> {
        let bytes = STANDARD.decode(text).map_err(|_| NotAKey)?;
        let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| NotAKey)?;
        let mut name = sha256(&bytes);
        name.truncate(NAME_LETTERS);
        Ok(Self {
            name,
            cipher: XChaCha20Poly1305::new(&Key::from(bytes)),
        })
    }
}

impl fmt::Debug for SecretKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKeys")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::SystemRandomness;

    const PLACE: &str = "authenticator/officer-1";

    fn new_text() -> String {
        SecretKeys::new_text(&SystemRandomness).unwrap()
    }

    fn sealed(keys: &SecretKeys) -> String {
        keys.seal(&SystemRandomness, PLACE, "JBSWY3DPEHPK3PXP")
            .unwrap()
    }

    #[test]
    fn a_secret_opens_with_its_key_at_its_place_alone() {
        let keys = SecretKeys::parse(&new_text()).unwrap();
        let text = sealed(&keys);
        assert!(is_sealed(&text) && !text.contains("JBSWY3DPEHPK3PXP"));
        assert_eq!(keys.open(PLACE, &text).as_deref(), Some("JBSWY3DPEHPK3PXP"));
        assert_ne!(text, sealed(&keys));
        assert_eq!(keys.open("authenticator/officer-2", &text), None);
        let another = SecretKeys::parse(&new_text()).unwrap();
        assert_eq!(another.open(PLACE, &text), None);
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(keys.open(PLACE, &changed), None, "{at}");
        }
        for wrong in [
            "",
            "JBSWY3DPEHPK3PXP",
            "sealed-1",
            "sealed-1.",
            "sealed-1.a.b",
        ] {
            assert_eq!(keys.open(PLACE, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let (old, new) = (new_text(), new_text());
        let before = SecretKeys::parse(&old).unwrap();
        let text = sealed(&before);
        let rotated = SecretKeys::parse(&format!("{new}\n{old}\n")).unwrap();
        assert!(rotated.open(PLACE, &text).is_some());
        assert!(before.is_newest(&text) && !rotated.is_newest(&text));
        let again = sealed(&rotated);
        assert!(rotated.is_newest(&again));
        assert!(
            SecretKeys::parse(&new)
                .unwrap()
                .open(PLACE, &again)
                .is_some()
        );
        assert_eq!(before.open(PLACE, &again), None);
    }

    #[test]
    fn keys_are_read_as_people_write_them() {
        let (one, two) = (new_text(), new_text());
        for text in [
            one.clone(),
            format!(" {one}\n"),
            format!("{one},{two}"),
            format!("{one}\r\n{two}\r\n"),
        ] {
            assert!(SecretKeys::parse(&text).is_ok());
        }
        for wrong in ["", "  \n", "password", "c2hvcnQ=", &one[1..]] {
            assert!(SecretKeys::parse(wrong).is_err(), "{wrong}");
        }
        let both = format!("{:?}", SecretKeys::parse(&one).unwrap());
        assert!(!both.contains(&one));
    }
}
