//! Encryption (“sealing”) of the secrets of authenticator apps and of pending sign-ins in the
//! database.
//!
//! Each sealed secret is bound to its row. A copy of the secret in another row cannot be decrypted.

use super::Fault;
use crate::context::AppContext;
use crate::randomness::{Randomness, TokenHash};
use crate::secret_keys::{SealError, SecretKeys, is_sealed};
use crate::store::{OfficerId, Officers, StoreError};

/// The reason why the stored secrets of authenticator apps could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealStoredError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A secret could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl AppContext {
    /// Encrypts the secret of an officer’s authenticator app.
    ///
    /// # Errors
    /// When the machine has no random bytes or the secret is too long.
    pub(super) fn seal_authenticator(
        &self,
        officer: &OfficerId,
        secret: &str,
    ) -> Result<String, Fault> {
        let place = of_authenticator(officer);
        let randomness = self.randomness.as_ref();
        Ok(self.secret_keys.seal(randomness, &place, secret)?)
    }
}

/// Encrypts the stored secrets of authenticator apps that are plain, as earlier versions stored
/// them, or sealed with an older key. Returns the number of secrets that were encrypted. If no key
/// can decrypt a secret, logs the officer's identifier and leaves the secret as it is; the officer
/// needs a recovery code or a new enrolment link.
///
/// # Errors
/// When the store fails, or the machine has no random bytes.
pub async fn seal_stored(
    officers: &Officers,
    keys: &SecretKeys,
    randomness: &dyn Randomness,
) -> Result<usize, SealStoredError> {
    let mut sealed = 0;
    for (officer, stored) in officers.authenticator_secrets().await? {
        if keys.is_newest(&stored) {
            continue;
        }
        let place = of_authenticator(&officer);
        let secret = if is_sealed(&stored) {
            keys.open(&place, &stored)
        } else {
            Some(stored.clone())
        };
        let Some(secret) = secret else {
            let officer = officer.as_str();
            tracing::error!(
                officer,
                "the secret of an authenticator app does not open with any key of REGISTRATION_SECRETS_KEY"
            );
            continue;
        };
        let new = keys.seal(randomness, &place, &secret)?;
        let replaced = officers.replace_authenticator_secret(&officer, &stored, &new);
        sealed += usize::from(replaced.await?);
    }
    Ok(sealed)
}

/// Returns the place to which the secret of an authenticator app is bound.
pub(super) fn of_authenticator(officer: &OfficerId) -> String {
    format!("officer_authenticator/{}", officer.as_str())
}

/// Returns the place to which a pending sign-in is bound.
pub(super) fn of_pending_sign_in(token: &TokenHash) -> String {
    format!("officer_underway/{}", token.as_str())
}
