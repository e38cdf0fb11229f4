//! Changes to how an officer signs in, made while signed in. The pages ask for the password before
//! each of them, so that nobody can make them in a browser that was left alone.

use registration::identifiers::Email;
use registration::problem::Problem;
use registration::resume::Code;

use super::passkey::{PasskeyRegistration, RelyingParty};
use super::{Fault, PendingStage, Requester, code_mismatch, password, recovery, totp};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::SessionToken;
use crate::store::{NewPasskey, Officer};

/// Outcome of asking for the password once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordCheck {
    /// The password was right. Holds its hash.
    Right(String),
    /// The password was not right.
    Wrong,
    /// Too many attempts were wrong; the next is allowed from this moment on.
    TooMany(Moment),
}

/// Outcome of changing the password.
#[derive(Clone, PartialEq, Eq)]
pub enum PasswordChange {
    /// The password is changed. Holds the token of the only session that is left.
    Done(SessionToken),
    /// There are problems to fix.
    Problems(Vec<Problem>),
    /// Too many attempts were wrong; the next is allowed from this moment on.
    TooMany(Moment),
}

impl AppContext {
    /// Checks the password of an officer who is signed in.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn confirm(
        &self,
        officer: &Officer,
        typed: &str,
        requester: &Requester,
    ) -> Result<PasswordCheck, Fault> {
        let tried = match self
            .count(&Email::mailbox(&officer.email), requester)
            .await?
        {
            Ok(tried) => tried,
            Err(again) => return Ok(PasswordCheck::TooMany(again)),
        };
        let secrets = self.store.officers().officer_secrets(&officer.id).await?;
        let hash = secrets.and_then(|secrets| secrets.password_hash);
        let right = password::is_right(hash.as_deref(), typed).await?;
        match hash {
            Some(hash) if right => {
                self.store.officers().forget_attempt(&tried).await?;
                Ok(PasswordCheck::Right(hash))
            }
            _ => {
                self.record_failure(&officer.id, "password", requester)
                    .await?;
                Ok(PasswordCheck::Wrong)
            }
        }
    }

    /// Changes a password, if the old one and a code are right, and ends every session but a new
    /// one.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn change_password(
        &self,
        officer: &Officer,
        (old, code, new): (&str, &str, &str),
        requester: &Requester,
    ) -> Result<PasswordChange, Fault> {
        if let Err(problem) =
            registration::desk::password::check(new, &officer.name, &officer.email)
        {
            return Ok(PasswordChange::Problems(vec![problem]));
        }
        let before = match self.confirm(officer, old, requester).await? {
            PasswordCheck::Right(hash) => hash,
            PasswordCheck::TooMany(again) => return Ok(PasswordChange::TooMany(again)),
            PasswordCheck::Wrong => {
                return Ok(PasswordChange::Problems(vec![wrong_password_or_code()]));
            }
        };
        let secrets = self.store.officers().officer_secrets(&officer.id).await?;
        let tried = match self
            .count(&Email::mailbox(&officer.email), requester)
            .await?
        {
            Ok(tried) => tried,
            Err(again) => return Ok(PasswordChange::TooMany(again)),
        };
        let right = match &secrets {
            Some(secrets) => self.code_is_right(officer, secrets, code).await?,
            None => None,
        };
        if right.is_none() {
            self.record_failure(&officer.id, "code", requester).await?;
            return Ok(PasswordChange::Problems(vec![wrong_password_or_code()]));
        }
        self.store.officers().forget_attempt(&tried).await?;
        let after = password::hash(self.randomness.as_ref(), new).await?;
        let (token, session) = self.officer_session(&officer.id, requester)?;
        let changed = self
            .store
            .officers()
            .change_officer_password(&before, &after, &session)
            .await?;
        Ok(if changed {
            PasswordChange::Done(token)
        } else {
            PasswordChange::Problems(vec![wrong_password_or_code()])
        })
    }

    /// Replaces the recovery codes of an officer; returns the new ones.
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

    /// Returns the pending secret of a new authenticator app; makes one if there is none.
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

    /// Replaces the authenticator app, if the code of the new one is right.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn change_authenticator(
        &self,
        token: &SessionToken,
        officer: &Officer,
        typed: &str,
    ) -> Result<Result<(), Problem>, Fault> {
        let code = match Code::parse(typed) {
            Ok(code) => code,
            Err(problem) => return Ok(Err(problem)),
        };
        let secret = self.new_authenticator(token, officer).await?;
        let now = self.clock.now();
        let Some(step) = totp::step_of(&secret, code.as_str(), now) else {
            return Ok(Err(code_mismatch()));
        };
        self.store
            .officers()
            .renew_authenticator(&officer.id, &secret, step, now)
            .await?;
        self.store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?;
        Ok(Ok(()))
    }

    /// Asks an officer who is signed in for a new passkey; returns its challenge.
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

    /// Adds a passkey; returns `false` if it was not created for the pending challenge, or is in
    /// use already.
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
        };
        let now = self.clock.now();
        Ok(self
            .store
            .officers()
            .add_passkey(&officer.id, &passkey, now)
            .await?)
    }
}

fn wrong_password_or_code() -> Problem {
    Problem::new(
        "old_password",
        "confirm-wrong",
        "Check your current password and the code, and enter them again",
    )
}
