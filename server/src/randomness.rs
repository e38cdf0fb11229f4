//! Random bytes, passed in, and what is made of them: cookies, identifiers, references.

use registration::identifiers::Reference;
use sha2::{Digest, Sha256};

/// Where random bytes come from.
pub trait Randomness: Send + Sync {
    /// Fills the bytes.
    ///
    /// # Errors
    /// When the machine has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The machine has no random bytes to give.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system has no random bytes to give")]
pub struct NoRandomness;

/// The machine's own source, fit for secrets.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine"
    )]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// The secret of a browser's cookie: 256 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// What the store keeps of a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(String);

impl SessionToken {
    /// A new secret.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn new(randomness: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        randomness.fill(&mut bytes)?;
        Ok(Self(hexadecimal(&bytes)))
    }

    /// The secret that a cookie carries, if it has the shape of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        shaped.then(|| Self(text.to_owned()))
    }

    /// For the cookie alone.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// For the store.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(sha256(self.0.as_bytes()))
    }
}

impl TokenHash {
    /// In hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A new identifier of a row: 128 random bits in hexadecimal.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_id(randomness: &dyn Randomness) -> Result<String, NoRandomness> {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// A new reference, which no other tells anything about.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_reference(randomness: &dyn Randomness) -> Result<Reference, NoRandomness> {
    let mut bytes = [0; 8];
    randomness.fill(&mut bytes)?;
    Ok(Reference::from_random(u64::from_le_bytes(bytes)))
}

/// The SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
