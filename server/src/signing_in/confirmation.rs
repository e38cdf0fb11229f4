//! Confirmation of a signed-in officer before a change to their credentials: by the password and a
//! code, or by a passkey. `single_sign_on.rs` confirms by single sign-on. A confirmation is valid
//! for one change, for a few minutes, in one session.

use registration::desk::throttle::Guessed;
use registration::identifiers::Email;

use super::passkey::{KnownPasskey, PasskeyAssertion, RelyingParty};
use super::{Fault, PendingStage, password};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::SessionToken;
use crate::store::{AttemptSource, NewAttempt, Officer, OfficerSession};

/// The credentials that an officer types to confirm who they are.
#[derive(Clone, Copy)]
pub struct Credentials<'t> {
    /// The password, as typed.
    pub password: &'t str,
    /// A code from the authenticator app, or a recovery code.
    pub code: &'t str,
}

/// A signed-in officer, with the session and its cookie.
#[derive(Clone, Copy)]
pub struct SignedInOfficer<'v> {
    /// The officer who is signed in.
    pub officer: &'v Officer,
    /// The officer's current session.
    pub session: &'v OfficerSession,
    /// The cookie of the session.
    pub token: &'v SessionToken,
}

/// Outcome of a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The credentials were right; contains the hash of the password, or `None` after a passkey.
    Yes(Option<String>),
    /// A credential was wrong.
    Wrong,
    /// There were too many failed attempts; contains the moment from which the next attempt is
    /// allowed.
    TooMany(Moment),
}

impl AppContext {
    /// Checks the password and a code of a signed-in officer.
    ///
    /// Attempts are counted per session. A stranger who guesses on the sign-in page therefore
    /// cannot lock this officer out, and guesses in an unattended browser are limited too.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn confirm(
        &self,
        who: SignedInOfficer<'_>,
        typed: Credentials<'_>,
        source: Option<&str>,
    ) -> Result<Confirmed, Fault> {
        let (officers, officer) = (self.store.officers(), who.officer);
        let tried = match self.count_confirmation(who).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(Confirmed::TooMany(again)),
        };
        let secrets = officers.officer_secrets(&officer.id).await?;
        let hash = secrets
            .as_ref()
            .and_then(|secrets| secrets.password_hash.clone());
        let wrong = if !password::is_right(hash.as_deref(), typed.password).await? {
            "password"
        } else if let Some(secrets) = &secrets
            && self
                .code_is_right(officer, secrets, typed.code)
                .await?
                .is_some()
        {
            officers.forget_attempt(&tried.id).await?;
            return Ok(Confirmed::Yes(hash));
        } else {
            "code"
        };
        self.record_failure(&officer.id, wrong, source).await?;
        Ok(Confirmed::Wrong)
    }

    /// Starts a confirmation by passkey for a signed-in officer, and returns the challenge to sign.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn ask_for_confirmation(&self, who: SignedInOfficer<'_>) -> Result<String, Fault> {
        let asked = self.challenge()?;
        let stage = PendingStage::Confirmation {
            challenge: asked.clone(),
        };
        let officer = Some(who.officer.id.clone());
        self.save_stage_under(
            &who.token.hash().derived_key("confirmation"),
            officer,
            &stage,
        )
        .await?;
        Ok(asked)
    }

    /// Verifies a passkey's answer for a signed-in officer. If the answer is valid, confirms the
    /// session.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn confirm_with_passkey(
        &self,
        who: SignedInOfficer<'_>,
        proof: &PasskeyAssertion,
        party: &RelyingParty,
        source: Option<&str>,
    ) -> Result<Confirmed, Fault> {
        let (officers, officer, now) = (self.store.officers(), who.officer, self.clock.now());
        let key = who.token.hash().derived_key("confirmation");
        let Some((Some(asked), PendingStage::Confirmation { challenge })) =
            self.stage_under(&key).await?
        else {
            return Ok(Confirmed::Wrong);
        };
        // The first answer uses up the challenge, whatever the outcome.
        if !officers.end_pending_sign_in(&key).await? {
            return Ok(Confirmed::Wrong);
        }
        let tried = match self.count_confirmation(who).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(Confirmed::TooMany(again)),
        };
        let counter = match officers.passkey(&proof.id).await? {
            Some((passkey, owner)) if owner.id == officer.id && asked == officer.id => party
                .verify_assertion(&challenge, proof, KnownPasskey::from(&passkey))
                .ok(),
            _ => None,
        };
        let Some(counter) = counter else {
            self.record_failure(&officer.id, "passkey", source).await?;
            return Ok(Confirmed::Wrong);
        };
        officers.forget_attempt(&tried.id).await?;
        officers.record_passkey_use(&proof.id, counter, now).await?;
        officers.confirm_session(&who.session.id, now).await?;
        Ok(Confirmed::Yes(None))
    }

    async fn count_confirmation(
        &self,
        who: SignedInOfficer<'_>,
    ) -> Result<Result<NewAttempt, Moment>, Fault> {
        let from = AttemptSource::Session(who.session.id.clone());
        let mailbox = Email::mailbox(&who.officer.email);
        self.count_from(Guessed::Confirmation, &mailbox, from).await
    }
}
