//! Random bytes, and the values made from them: session tokens, identifiers, references and codes.
//! Callers pass the source in, so that tests can replace it.

use registration::identifiers::Reference;
use registration::membership::MemberId;
use registration::resume::Code;
use sha2::{Digest, Sha256};

/// A source of random bytes.
pub trait Randomness: Send + Sync {
    /// Fills the slice with random bytes.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The error if the machine has no random bytes.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system has no random bytes to give")]
pub struct NoRandomness;

/// The machine's source of random bytes, which is safe for secrets.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the only place that reads the machine's random bytes"
    )]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// The secret of a cookie or a link: 256 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// The hash of a session token, which is stored in place of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(String);

impl SessionToken {
    /// Creates a new random token.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn new(randomness: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        randomness.fill(&mut bytes)?;
        Ok(Self(hexadecimal(&bytes)))
    }

    /// Parses the secret of a cookie or a link. Returns `None` unless the text is 64 hexadecimal
    /// digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        shaped.then(|| Self(text.to_owned()))
    }

    /// Returns the token as text, which only the cookie or the link may contain.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// Derives the token with which the officer of this session fills in a draft. The derived token
    /// is valid for this session and this draft only, and never leaves the server.
    #[must_use]
    pub fn for_form(&self, draft: &str) -> Self {
        Self(sha256(["form/", draft, "/", &self.0].concat().as_bytes()))
    }

    /// Returns the hash, for the store.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(sha256(self.0.as_bytes()))
    }
}

impl TokenHash {
    /// Wraps a hash that was stored as text.
    #[must_use]
    pub fn from_stored(hash: String) -> Self {
        Self(hash)
    }

    /// Returns the key under which to store other data of the same cookie; `what` names the data,
    /// such as `confirmation`.
    #[must_use]
    pub fn derived_key(&self, what: &str) -> Self {
        Self(sha256([what, "/", &self.0].concat().as_bytes()))
    }

    /// Returns the hash in hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes a new row identifier: 128 random bits in hexadecimal.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_id(randomness: &dyn Randomness) -> Result<String, NoRandomness> {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// Makes a new identifier of a member: a random UUID (version 4).
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_member_id(randomness: &dyn Randomness) -> Result<MemberId, NoRandomness> {
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hexadecimal(&bytes);
    let parts = [
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..],
    ];
    Ok(MemberId::named(parts.join("-")))
}

/// Makes a new reference. Nobody can guess it from other references.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_reference(randomness: &dyn Randomness) -> Result<Reference, NoRandomness> {
    let mut bytes = [0; 8];
    randomness.fill(&mut bytes)?;
    Ok(Reference::from_random(u64::from_le_bytes(bytes)))
}

/// Makes a new access code for a message.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_code(randomness: &dyn Randomness) -> Result<Code, NoRandomness> {
    // `from_random` takes remainders of the number. With 128 bits, all codes are almost equally
    // likely.
    let mut bytes = [0; 16];
    randomness.fill(&mut bytes)?;
    Ok(Code::from_random(u128::from_le_bytes(bytes)))
}

/// Returns the SHA-256 hash of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Returns bytes in hexadecimal, with lower-case letters.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Randomness for Nothing {
        fn fill(&self, _bytes: &mut [u8]) -> Result<(), NoRandomness> {
            Err(NoRandomness)
        }
    }

    #[test]
    fn the_machine_gives_something_else_each_time() {
        let drawn = || {
            SessionToken::new(&SystemRandomness)
                .unwrap()
                .secret()
                .to_owned()
        };
        assert_ne!(drawn(), drawn());
        assert_ne!(
            new_id(&SystemRandomness).unwrap(),
            new_id(&SystemRandomness).unwrap()
        );
    }

    #[test]
    fn without_randomness_nothing_is_made() {
        assert!(SessionToken::new(&Nothing).is_err());
        assert!(new_id(&Nothing).is_err());
        assert!(new_reference(&Nothing).is_err());
    }

    #[test]
    fn identifiers_and_references_have_their_shapes() {
        let id = new_id(&SystemRandomness).unwrap();
        assert!(
            id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{id}"
        );
        let reference = new_reference(&SystemRandomness).unwrap();
        assert_eq!(Reference::parse(reference.as_str()), Ok(reference));
    }

    #[test]
    fn a_secret_is_256_bits_in_hexadecimal() {
        let token = SessionToken::new(&SystemRandomness).unwrap();
        assert_eq!(token.secret().len(), 64);
        let again = SessionToken::parse(token.secret()).unwrap();
        assert_eq!(again.hash(), token.hash());
        for text in [
            "",
            "7",
            &"7".repeat(63),
            &"7".repeat(65),
            &"g".repeat(64),
            &"é".repeat(32),
        ] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_store_gets_a_hash_and_not_the_secret() {
        let token = SessionToken::parse(&"0".repeat(64)).unwrap();
        assert_eq!(token.hash().as_str(), sha256("0".repeat(64).as_bytes()));
        assert_ne!(token.hash().as_str(), token.secret());
    }

    #[test]
    fn sha256_is_the_published_one() {
        // The example of FIPS 180-2, appendix B.1.
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
