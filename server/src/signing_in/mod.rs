//! How officers sign in: with a password, a code, a passkey, a one-time link or single sign-on. No
//! answer tells which part was wrong or whether the account exists, and each attempt is counted
//! before it is checked.

mod account;
mod enrolment;
pub mod passkey;
mod password;
mod person;
pub mod recovery;
pub mod single_sign_on;
pub mod totp;

use std::time::Duration;

use registration::identifiers::Email;
use registration::lifetimes::PENDING_SIGN_IN_MINUTES;
use registration::problem::Problem;
use registration::resume::Code;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use self::account::{PasswordChange, PasswordCheck};
pub use self::enrolment::{EnrolmentLink, EnrolmentOutcome, PendingEnrolment, make_link};
use self::passkey::{PasskeyAssertion, RelyingParty};
pub use self::person::{join_address, read_person};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::{NoRandomness, SessionToken, new_id};
use crate::store::{
    NewAttempt, NewOfficerSession, Officer, OfficerId, OfficerSecrets, PendingSignIn, StoreError,
};

/// Most characters that are kept of a browser's User-Agent header.
const BROWSER_CHARACTERS: usize = 300;

/// A failure of the service, as opposed to a wrong password or code.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The machine has no random bytes.
    #[error("the system has no random bytes to give")]
    Randomness,
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    Hashing,
    /// A pending sign-in cannot be read or written.
    #[error("a pending sign-in cannot be read: {0}")]
    PendingStage(#[from] serde_json::Error),
}

impl From<NoRandomness> for Fault {
    fn from(_: NoRandomness) -> Self {
        Self::Randomness
    }
}

/// A sign-in, enrolment or change that is pending in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum PendingStage {
    /// The password was right; the second factor is missing.
    Password {
        /// The page to open afterwards.
        to: String,
        /// The challenge that a passkey is to sign, once a passkey was asked for.
        challenge: Option<String>,
    },
    /// A passkey alone is to prove who they are.
    Passkey {
        /// The page to open afterwards.
        to: String,
        /// The challenge that it is to sign.
        challenge: String,
    },
    /// Enrolment by a one-time link.
    SetUp {
        /// The hash of the link's secret.
        link: String,
        /// The hash of the password, once it was chosen.
        password_hash: Option<String>,
        /// The secret of the authenticator app that they may set up.
        secret: String,
        /// The challenge of a new passkey.
        challenge: Option<String>,
    },
    /// An officer who is signed in changes how they sign in.
    Account {
        /// The secret of a new authenticator app.
        secret: Option<String>,
        /// The challenge of a new passkey.
        challenge: Option<String>,
    },
    /// Single sign-on: the browser was sent to the provider.
    OpenId {
        /// The page to open afterwards.
        to: String,
        /// The parameter `state`, by which the provider's answer is recognised.
        state: String,
        /// The `nonce`, which the ID token must have.
        nonce: String,
        /// The code verifier of PKCE, which proves to the provider that the same client asks for
        /// the token.
        verifier: String,
    },
}

/// The client that makes a request.
#[derive(Debug, Clone, Default)]
pub struct Requester {
    /// The source of the request, if it is known.
    pub source: Option<String>,
    /// The browser's User-Agent header.
    pub browser: String,
}

/// Outcome of an attempt to sign in.
#[derive(Clone, PartialEq, Eq)]
pub enum SignInOutcome {
    /// It was right. Holds the session token for the cookie, and the page to open next.
    Accepted(SessionToken, String),
    /// It was wrong.
    Wrong,
    /// Too many attempts were wrong; the next is allowed from this moment on.
    TooMany(Moment),
    /// Nothing is pending in this browser any more.
    Expired,
}

/// Returns the problem for a wrong password, which is the same for an unknown address.
#[must_use]
pub fn wrong_password() -> Problem {
    Problem::new(
        "email",
        "sign-in-wrong",
        "Check your email address and password, and enter them again",
    )
}

/// Returns the problem for a wrong code.
#[must_use]
pub fn code_mismatch() -> Problem {
    Problem::new(
        "code",
        "sign-in-code-wrong",
        "Enter the newest code from your authenticator app, or a recovery code that you have not used",
    )
}

impl AppContext {
    /// Checks an address and a password. If they are right, the second factor comes next.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn try_password(
        &self,
        email: &str,
        password: &str,
        to: &str,
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let email = Email::check(email).unwrap_or_else(|_| email.trim().into());
        let tried = match self.count(&Email::mailbox(&email), requester).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(SignInOutcome::TooMany(again)),
        };
        let officer = self.store.officers().officer_by_email(&email).await?;
        // The statements below are the same for an unknown account, so that no time tells it apart.
        let nobody = OfficerId::nobody();
        let id = officer.as_ref().map_or(&nobody, |officer| &officer.id);
        let secrets = self.store.officers().officer_secrets(id).await?;
        let hash = secrets.and_then(|secrets| secrets.password_hash);
        let right = password::is_right(hash.as_deref(), password).await?;
        match officer {
            Some(officer) if right => {
                self.store.officers().forget_attempt(&tried).await?;
                let pending_stage = PendingStage::Password {
                    to: to.to_owned(),
                    challenge: None,
                };
                let token = self.begin_stage(Some(officer.id), &pending_stage).await?;
                Ok(SignInOutcome::Accepted(
                    token,
                    registration::desk::SIGN_IN_CODE.to_owned(),
                ))
            }
            _ => {
                self.record_failure(id, "password", requester).await?;
                Ok(SignInOutcome::Wrong)
            }
        }
    }

    /// Checks a code from an authenticator app or a recovery code, after the password.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn try_code(
        &self,
        token: &SessionToken,
        typed: &str,
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let Some((Some(id), PendingStage::Password { to, .. })) = self.pending_stage(token).await?
        else {
            return Ok(SignInOutcome::Expired);
        };
        let (Some(officer), Some(secrets)) = (
            self.store.officers().officer(&id).await?,
            self.store.officers().officer_secrets(&id).await?,
        ) else {
            return Ok(SignInOutcome::Expired);
        };
        let mailbox = Email::mailbox(&officer.email);
        if let Err(again) = self.count(&mailbox, requester).await? {
            return Ok(SignInOutcome::TooMany(again));
        }
        let Some(by) = self.code_is_right(&officer, &secrets, typed).await? else {
            self.record_failure(&officer.id, "code", requester).await?;
            return Ok(SignInOutcome::Wrong);
        };
        if !self
            .store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?
        {
            return Ok(SignInOutcome::Expired);
        }
        self.store.officers().forget_attempts(&mailbox).await?;
        self.sign_in(&officer.id, by, requester, to).await
    }

    /// Asks for a passkey; returns the challenge to sign, and a session token if the browser needs
    /// a cookie.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn ask_for_passkey(
        &self,
        token: Option<&SessionToken>,
        to: &str,
    ) -> Result<(Option<SessionToken>, String), Fault> {
        let asked = self.challenge()?;
        if let Some(token) = token
            && let Some((officer, PendingStage::Password { to, .. })) =
                self.pending_stage(token).await?
        {
            let pending_stage = PendingStage::Password {
                to,
                challenge: Some(asked.clone()),
            };
            self.save_stage(token, officer, &pending_stage).await?;
            return Ok((None, asked));
        }
        let pending_stage = PendingStage::Passkey {
            to: to.to_owned(),
            challenge: asked.clone(),
        };
        Ok((Some(self.begin_stage(None, &pending_stage).await?), asked))
    }

    /// Checks the proof of a passkey, after a password or without one.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn try_passkey(
        &self,
        token: &SessionToken,
        proof: &PasskeyAssertion,
        party: &RelyingParty,
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let (expected, to, challenge, by) = match self.pending_stage(token).await? {
            Some((None, PendingStage::Passkey { to, challenge })) => {
                (None, to, challenge, "passkey")
            }
            Some((
                officer,
                PendingStage::Password {
                    to,
                    challenge: Some(challenge),
                },
            )) => (officer, to, challenge, "password-and-passkey"),
            _ => return Ok(SignInOutcome::Expired),
        };
        let tried = match self
            .count(&format!("passkey/{}", proof.id), requester)
            .await?
        {
            Ok(tried) => tried,
            Err(again) => return Ok(SignInOutcome::TooMany(again)),
        };
        let Some((passkey, officer)) = self.store.officers().passkey(&proof.id).await? else {
            self.record_failure(&OfficerId::nobody(), "passkey", requester)
                .await?;
            return Ok(SignInOutcome::Wrong);
        };
        let proved =
            party.verify_assertion(&challenge, proof, &passkey.public_key, passkey.counter);
        let counter = match proved {
            Ok(counter) if expected.is_none_or(|expected| expected == officer.id) => counter,
            _ => {
                self.record_failure(&officer.id, "passkey", requester)
                    .await?;
                return Ok(SignInOutcome::Wrong);
            }
        };
        if !self
            .store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?
        {
            return Ok(SignInOutcome::Expired);
        }
        self.store.officers().forget_attempt(&tried).await?;
        let now = self.clock.now();
        self.store
            .officers()
            .record_passkey_use(&passkey.id, counter, now)
            .await?;
        self.sign_in(&officer.id, by, requester, to).await
    }

    /// Stores a pending sign-in; returns the session token for the cookie.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn begin_stage(
        &self,
        officer: Option<OfficerId>,
        pending_stage: &PendingStage,
    ) -> Result<SessionToken, Fault> {
        let token = SessionToken::new(self.randomness.as_ref())?;
        self.save_stage(&token, officer, pending_stage).await?;
        Ok(token)
    }

    /// Returns what is pending in the browser with this cookie, and for which officer if that is
    /// known.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pending_stage(
        &self,
        token: &SessionToken,
    ) -> Result<Option<(Option<OfficerId>, PendingStage)>, Fault> {
        let kept = self
            .store
            .officers()
            .pending_sign_in(&token.hash(), self.clock.now())
            .await?;
        kept.map(|kept| Ok((kept.officer, serde_json::from_str(&kept.kept)?)))
            .transpose()
    }

    /// Stores what is pending in the browser with this cookie.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn save_stage(
        &self,
        token: &SessionToken,
        officer: Option<OfficerId>,
        pending_stage: &PendingStage,
    ) -> Result<(), Fault> {
        let kept = PendingSignIn {
            officer,
            kept: serde_json::to_string(pending_stage)?,
        };
        let until = self
            .clock
            .now()
            .plus(Duration::from_mins(PENDING_SIGN_IN_MINUTES));
        Ok(self
            .store
            .officers()
            .save_pending_sign_in(&token.hash(), &kept, until)
            .await?)
    }

    /// Signs in an officer who has proved who they are.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn sign_in(
        &self,
        officer: &OfficerId,
        by: &str,
        requester: &Requester,
        to: String,
    ) -> Result<SignInOutcome, Fault> {
        let (token, session) = self.officer_session(officer, requester)?;
        Ok(
            if self.store.officers().sign_officer_in(&session, by).await? {
                SignInOutcome::Accepted(token, to)
            } else {
                SignInOutcome::Expired
            },
        )
    }

    fn officer_session(
        &self,
        officer: &OfficerId,
        requester: &Requester,
    ) -> Result<(SessionToken, NewOfficerSession), Fault> {
        let token = SessionToken::new(self.randomness.as_ref())?;
        let session = NewOfficerSession {
            token: token.hash(),
            id: new_id(self.randomness.as_ref())?,
            officer: officer.clone(),
            at: self.clock.now(),
            source: requester.source.clone(),
            browser: requester.browser.chars().take(BROWSER_CHARACTERS).collect(),
        };
        Ok((token, session))
    }

    /// Checks a code and marks it as used.
    ///
    /// Returns the means of signing in for the audit; `None` if the code is wrong or was used
    /// before.
    async fn code_is_right(
        &self,
        officer: &Officer,
        secrets: &OfficerSecrets,
        typed: &str,
    ) -> Result<Option<&'static str>, Fault> {
        let now = self.clock.now();
        if recovery::has_shape(typed) {
            let hash = recovery::hash(&officer.id, typed);
            let used = self
                .store
                .officers()
                .use_recovery_code(&officer.id, &hash, now)
                .await?;
            return Ok(used.then_some("password-and-recovery-code"));
        }
        let (Some(secret), Ok(code)) = (&secrets.authenticator, Code::parse(typed)) else {
            return Ok(None);
        };
        let Some(step) = totp::step_of(secret, code.as_str(), now) else {
            return Ok(None);
        };
        let used = self
            .store
            .officers()
            .use_authenticator(&officer.id, secret, step)
            .await?;
        Ok(used.then_some("password-and-authenticator"))
    }

    /// Counts an attempt; returns its identifier, or when the next attempt is allowed.
    async fn count(
        &self,
        mailbox: &str,
        requester: &Requester,
    ) -> Result<Result<String, Moment>, Fault> {
        let new = NewAttempt {
            id: new_id(self.randomness.as_ref())?,
            mailbox: mailbox.to_owned(),
            source: requester.source.clone(),
            at: self.clock.now(),
        };
        Ok(match self.store.officers().count_attempt(&new).await? {
            None => Ok(new.id),
            Some(again) => Err(again),
        })
    }

    /// Records a failed sign-in, with the same work whether the account exists or not.
    async fn record_failure(
        &self,
        officer: &OfficerId,
        what: &str,
        requester: &Requester,
    ) -> Result<(), Fault> {
        let details = json!({ "by": what, "from": requester.source });
        let now = self.clock.now();
        Ok(self
            .store
            .officers()
            .record_failed_sign_in(officer, &details, now)
            .await?)
    }

    /// Makes a challenge for a passkey to sign: 256 random bits.
    fn challenge(&self) -> Result<String, Fault> {
        let mut bytes = [0; 32];
        self.randomness.fill(&mut bytes)?;
        Ok(passkey::encoded(&bytes))
    }
}
