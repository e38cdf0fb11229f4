//! Password hashing with Argon2id: version 19, 19 MiB, two passes and one lane, as OWASP
//! recommends.
//!
//! A password is first normalised (NFKC), so that different encodings of the same letters match.
//! The password is not trimmed, and upper and lower case differ. At most two passwords are hashed
//! at once, on blocking threads.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use registration::desk::password::MAX_PASSWORD_CHARACTERS;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::Fault;
use crate::randomness::Randomness;

const MEMORY: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// The hash to verify if there is no account, so that the response time does not reveal whether an
/// account exists.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$jQbEDYqb5/6jqmTFZfjTwIIz9DHDvDGGJKEnAtDxzjE";

static HASHING_PERMITS: Semaphore = Semaphore::const_new(2);

/// Hashes a password with a new salt, in PHC format.
pub async fn hash(randomness: &dyn Randomness, password: &str) -> Result<String, Fault> {
    let mut salt = [0; 16];
    randomness.fill(&mut salt).map_err(|_| Fault::Randomness)?;
    let password = normalised(password);
    on_a_thread(move || {
        let hash = argon2()?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|_| Fault::Hashing)?;
        Ok(hash.to_string())
    })
    .await
}

/// Returns whether a password matches a hash. Without a hash returns `false` after the same time.
pub async fn is_right(stored: Option<&str>, password: &str) -> Result<bool, Fault> {
    // A text that is too long for a password is neither normalised nor hashed.
    let (stored, password) = if password.chars().count() > MAX_PASSWORD_CHARACTERS {
        (None, String::new())
    } else {
        (stored.map(str::to_owned), normalised(password))
    };
    on_a_thread(move || {
        let against = stored.as_deref().unwrap_or(DUMMY_HASH);
        let same = argon2()?
            .verify_password(password.as_bytes(), against)
            .is_ok();
        Ok(same && stored.is_some())
    })
    .await
}

fn normalised(password: &str) -> String {
    password.nfkc().collect()
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| Fault::Hashing)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let _permit = HASHING_PERMITS
        .acquire()
        .await
        .map_err(|_| Fault::Hashing)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Fault::Hashing)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::SystemRandomness;

    #[tokio::test]
    async fn a_password_is_known_again_by_its_hash_alone() {
        let stored = hash(&SystemRandomness, "walnut harbour seven")
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(!stored.contains("walnut"));
        for (typed, right) in [
            ("walnut harbour seven", true),
            ("Walnut harbour seven", false),
            ("walnut harbour seven ", false),
            ("", false),
        ] {
            assert_eq!(
                is_right(Some(&stored), typed).await.unwrap(),
                right,
                "{typed}"
            );
        }
        let again = hash(&SystemRandomness, "walnut harbour seven")
            .await
            .unwrap();
        assert_ne!(again, stored, "each has a salt of its own");
    }

    #[tokio::test]
    async fn the_same_letters_from_another_keyboard_are_the_same_password() {
        let stored = hash(&SystemRandomness, "caf\u{e9} walnut ten")
            .await
            .unwrap();
        assert!(
            is_right(Some(&stored), "cafe\u{301} walnut ten")
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_missing_account_costs_the_same_work_and_never_matches() {
        assert!(argon2::password_hash::phc::PasswordHash::new(DUMMY_HASH).is_ok());
        assert!(!is_right(None, "walnut harbour seven").await.unwrap());
        assert!(
            !is_right(Some("no hash"), "walnut harbour seven")
                .await
                .unwrap()
        );
    }
}
