//! Recovery codes, for people who have lost their second factor. Each code is valid once, and only
//! its hash is stored.

use crate::randomness::{NoRandomness, Randomness, sha256};
use crate::store::OfficerId;

/// The number of codes that an officer gets at once.
pub const RECOVERY_CODES: usize = 10;
/// The number of characters in a code. Each character carries five random bits.
const CHARACTERS: usize = 24;
/// The characters of codes: letters and digits that are hard to confuse.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Makes new codes of 120 random bits each, in six groups of four characters. From 112 bits on, a
/// fast hash suffices to store a code (OWASP ASVS 5.0, 6.5.2).
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_codes(randomness: &dyn Randomness) -> Result<Vec<String>, NoRandomness> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let mut bytes = [0; CHARACTERS];
            randomness.fill(&mut bytes)?;
            let letters: Vec<char> = bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
                .collect();
            let groups: Vec<String> = letters
                .chunks(4)
                .map(|group| group.iter().collect())
                .collect();
            Ok(groups.join("-"))
        })
        .collect()
}

/// Returns the hash of a code. Upper case, hyphens and spaces in the typed code do not matter.
#[must_use]
pub fn hash(officer: &OfficerId, typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    sha256(format!("{officer}:{bare}").as_bytes())
}

/// Returns whether a typed code is a recovery code: it has more than eight letters and digits,
/// which no code of an authenticator app has.
#[must_use]
pub fn has_shape(typed: &str) -> bool {
    typed.chars().filter(char::is_ascii_alphanumeric).count() > 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::SystemRandomness;

    #[test]
    fn ten_codes_are_told_apart_and_read_however_they_are_typed() {
        let codes = new_codes(&SystemRandomness).unwrap();
        let officer = OfficerId::named("one");
        let mut hashes: Vec<String> = codes.iter().map(|code| hash(&officer, code)).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), RECOVERY_CODES);
        let code = &codes[0];
        assert_eq!(code.len(), CHARACTERS + 5);
        assert!(code.replace('-', "").len() * 5 >= 112);
        assert!(has_shape(code) && !has_shape("048 213"));
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(hash(&officer, &typed), hash(&officer, code));
        let pasted = format!("\u{200b}{code}\u{feff}");
        assert_eq!(hash(&officer, &pasted), hash(&officer, code));
        assert_ne!(
            hash(&OfficerId::named("another"), code),
            hash(&officer, code)
        );
    }
}
