//! The values of audit rows (the details and the source), stored in a table beside the chain so
//! that they can be erased.
//!
//! Each value has a random key, and the chain contains only a keyed digest of the value. Once the
//! key is erased, the digest reveals nothing about the value.

use ring::hmac;

use crate::randomness::{NoRandomness, Randomness, SystemRandomness, hexadecimal};

/// A value of an audit row, with the key of its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedValue {
    /// The key, in hexadecimal.
    pub key: String,
    /// The value: the details as JSON, or the source.
    pub value: String,
}

impl KeyedValue {
    /// Adds a random key to a value.
    ///
    /// No test depends on the key, so the source of randomness is not a parameter.
    pub(in crate::store) fn new(value: String) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        SystemRandomness.fill(&mut bytes)?;
        let key = hexadecimal(&bytes);
        Ok(Self { key, value })
    }

    /// Returns the digest of the value, which the chain contains.
    #[must_use]
    pub fn digest(&self) -> String {
        digest(&self.key, &self.value)
    }
}

/// Returns the digest of a value: HMAC-SHA-256 under its key.
pub(super) fn digest(key: &str, value: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    hexadecimal(hmac::sign(&key, value.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_says_nothing_without_its_key() {
        let [one, other] = [(); 2].map(|()| KeyedValue::new("{}".to_owned()).unwrap());
        assert_eq!(one.digest(), digest(&one.key, "{}"));
        assert_ne!(one.digest(), other.digest());
        assert_eq!(one.digest().len(), 64);
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn the_digest_is_that_of_the_standard() {
        assert_eq!(
            digest("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
