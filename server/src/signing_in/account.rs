//! Changes to the credentials of a signed-in officer: password, authenticator app, passkeys and
//! recovery codes. The officer must confirm who they are before each change, so that nobody can
//! make changes in an unattended browser.

use registration::desk::AuthenticatorCode;
use registration::problem::Problem;

use super::passkey::{PasskeyRegistration, RelyingParty};
use super::{
    Admitted, Confirmed, Credentials, Fault, PendingStage, Requester, SignedInOfficer,
    code_mismatch, password, recovery, totp,
};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::SessionToken;
use crate::store::{NewPasskey, Officer};

/// Outcome of changing the password.
#[derive(Clone, PartialEq, Eq)]
pub enum PasswordChange {
    /// The password was changed and every earlier session was ended; contains the new session.
    Done(Admitted),
    /// The new password or the credentials are not valid; contains the problems.
    Problems(Vec<Problem>),
    /// There were too many failed attempts; contains the moment from which the next attempt is
    /// allowed.
    TooMany(Moment),
}

impl AppContext {
    /// Changes a password if the new password is acceptable, and the old password and a code are
    /// right. Then ends all sessions and starts a new session.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn change_password(
        &self,
        who: SignedInOfficer<'_>,
        typed: Credentials<'_>,
        new: &str,
        requester: &Requester,
    ) -> Result<PasswordChange, Fault> {
        let officer = who.officer;
        if let Err(problem) =
            registration::desk::password::check(new, &officer.name, &officer.email)
        {
            return Ok(PasswordChange::Problems(vec![problem]));
        }
        let before = match self
            .confirm(who, typed, requester.source.as_deref())
            .await?
        {
            Confirmed::Yes(Some(hash)) => hash,
            Confirmed::TooMany(again) => return Ok(PasswordChange::TooMany(again)),
            Confirmed::Yes(None) | Confirmed::Wrong => {
                return Ok(PasswordChange::Problems(vec![wrong_password_or_code()]));
            }
        };
        let after = password::hash(self.randomness.as_ref(), new).await?;
        let (token, session) = self.officer_session(&officer.id, requester)?;
        let changed = self
            .store
            .officers()
            .change_officer_password(&before, &after, &session)
            .await?;
        Ok(if changed {
            PasswordChange::Done(self.admitted(&officer.id, token, requester).await?)
        } else {
            PasswordChange::Problems(vec![wrong_password_or_code()])
        })
    }

    /// Replaces the recovery codes of an officer, and returns the new codes.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn new_recovery_codes(&self, officer: &Officer) -> Result<Vec<String>, Fault> {
        let codes = recovery::new_codes(self.randomness.as_ref())?;
        let hashes: Vec<String> = codes
            .iter()
            .map(|code| recovery::hash(&officer.id, code))
            .collect();
        let now = self.clock.now();
        self.store
            .officers()
            .renew_recovery_codes(&officer.id, &hashes, now)
            .await?;
        Ok(codes)
    }

    /// Returns the pending secret of a new authenticator app, or makes a secret if none is pending.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn new_authenticator(
        &self,
        token: &SessionToken,
        officer: &Officer,
    ) -> Result<String, Fault> {
        if let Some((
            Some(whose),
            PendingStage::Account {
                secret: Some(secret),
                ..
            },
        )) = self.pending_stage(token).await?
            && whose == officer.id
        {
            return Ok(secret);
        }
        let secret = totp::new_secret(self.randomness.as_ref())?;
        let pending_stage = PendingStage::Account {
            secret: Some(secret.clone()),
            challenge: None,
        };
        self.save_stage(token, Some(officer.id.clone()), &pending_stage)
            .await?;
        Ok(secret)
    }

    /// Checks the code of a new authenticator app without changing the account.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn check_new_authenticator(
        &self,
        token: &SessionToken,
        officer: &Officer,
        typed: &str,
    ) -> Result<Result<(), Problem>, Fault> {
        let code = match AuthenticatorCode::parse(typed) {
            Ok(code) => code,
            Err(problem) => return Ok(Err(problem)),
        };
        let secret = self.new_authenticator(token, officer).await?;
        let step = totp::step_of(&secret, code.as_str(), self.clock.now());
        Ok(step.map(drop).ok_or_else(code_mismatch))
    }

    /// Replaces the authenticator app, if the typed code of the new app is right.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn change_authenticator(
        &self,
        token: &SessionToken,
        officer: &Officer,
        typed: &str,
    ) -> Result<Result<(), Problem>, Fault> {
        let code = match AuthenticatorCode::parse(typed) {
            Ok(code) => code,
            Err(problem) => return Ok(Err(problem)),
        };
        let secret = self.new_authenticator(token, officer).await?;
        let now = self.clock.now();
        let Some(step) = totp::step_of(&secret, code.as_str(), now) else {
            return Ok(Err(code_mismatch()));
        };
        let sealed = self.seal_authenticator(&officer.id, &secret)?;
        self.store
            .officers()
            .renew_authenticator(&officer.id, &sealed, step, now)
            .await?;
        self.store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?;
        Ok(Ok(()))
    }

    /// Starts to create a passkey for a signed-in officer, and returns the challenge for the
    /// browser.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn ask_for_passkey_of(
        &self,
        token: &SessionToken,
        officer: &Officer,
    ) -> Result<String, Fault> {
        let asked = self.challenge()?;
        let pending_stage = PendingStage::Account {
            secret: None,
            challenge: Some(asked.clone()),
        };
        self.save_stage(token, Some(officer.id.clone()), &pending_stage)
            .await?;
        Ok(asked)
    }

    /// Adds a passkey. Returns `false` if the passkey was not created for the pending challenge, or
    /// is already registered.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn add_passkey(
        &self,
        token: &SessionToken,
        officer: &Officer,
        (name, sent): (&str, &PasskeyRegistration),
        party: &RelyingParty,
    ) -> Result<bool, Fault> {
        let Some((
            Some(whose),
            PendingStage::Account {
                challenge: Some(challenge),
                ..
            },
        )) = self.pending_stage(token).await?
        else {
            return Ok(false);
        };
        let Ok(made) = party.verify_registration(&challenge, sent) else {
            return Ok(false);
        };
        if whose != officer.id
            || !self
                .store
                .officers()
                .end_pending_sign_in(&token.hash())
                .await?
        {
            return Ok(false);
        }
        let passkey = NewPasskey {
            id: made.id,
            name: name.to_owned(),
            public_key: made.public_key,
            counter: made.counter,
            can_be_backed_up: made.can_be_backed_up,
        };
        let now = self.clock.now();
        Ok(self
            .store
            .officers()
            .add_passkey(&officer.id, &passkey, now)
            .await?)
    }
}

/// Returns the problem for a wrong password or code. The problem does not say which of the two was
/// wrong.
#[must_use]
pub fn wrong_password_or_code() -> Problem {
    Problem::new(
        "old_password",
        "confirm-wrong",
        "Check your current password and the code, and enter them again",
    )
}
