//! The secrets of authenticator apps and of pending sign-ins, sealed in the database.
//!
//! Each is bound to its place, so that a row cannot be given the secret of another.

use super::Fault;
use crate::context::AppContext;
use crate::randomness::{Randomness, TokenHash};
use crate::secret_keys::{SealError, SecretKeys, is_sealed};
use crate::store::{OfficerId, Officers, StoreError};

/// Why the stored secrets could not be sealed.
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
    /// Seals the secret of an officer’s authenticator app.
    ///
    /// # Errors
    /// When the machine has no random bytes.
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

/// Seals the stored secrets that are in the clear, as earlier versions left them, or sealed by an
/// older key; returns how many. A secret that no key opens stays, and is logged: its officer needs a
/// recovery code, or a new link.
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

/// The place of the secret of an authenticator app.
pub(super) fn of_authenticator(officer: &OfficerId) -> String {
    format!("officer_authenticator/{}", officer.as_str())
}

/// The place of a pending sign-in.
pub(super) fn of_pending_sign_in(token: &TokenHash) -> String {
    format!("officer_underway/{}", token.as_str())
}
