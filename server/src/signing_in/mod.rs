//! Sign-in of officers: by password and code, passkey, one-time link or single sign-on. No answer
//! reveals whether the email address or the password was wrong, or whether the account exists. Each
//! password, code and passkey is counted as an attempt before it is checked.

mod account;
mod confirmation;
mod enrolment;
pub mod passkey;
mod password;
mod person;
pub mod recovery;
pub mod sealing;
pub mod single_sign_on;
pub mod totp;

use std::time::Duration;

use registration::desk::AuthenticatorCode;
use registration::desk::throttle::Guessed;
use registration::identifiers::Email;
use registration::lifetimes::PENDING_SIGN_IN_MINUTES;
use registration::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use self::account::{PasswordChange, wrong_password_or_code};
pub use self::confirmation::{Confirmed, Credentials, SignedInOfficer};
pub use self::enrolment::{EnrolmentLink, EnrolmentOutcome, PendingEnrolment, make_link};
use self::passkey::{KnownPasskey, PasskeyAssertion, RelyingParty};
pub use self::person::{join_address, read_person};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::{NoRandomness, SessionToken, TokenHash, new_id};
use crate::secret_keys::SealError;
use crate::store::{
    AttemptSource, EndedSessions, NewAttempt, NewOfficerSession, Officer, OfficerId,
    OfficerSecrets, PendingSignIn, ProviderSubject, StoreError,
};

/// The number of characters that are stored of a browser's User-Agent header; longer headers are
/// cut.
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
    /// A secret could not be encrypted.
    #[error(transparent)]
    Sealing(#[from] SealError),
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
    /// The first factor, usually a password, was right; the second factor is missing.
    Password {
        /// The page to open after signing in.
        to: String,
        /// The challenge for a passkey; `None` until the browser has requested a challenge.
        challenge: Option<String>,
        /// The officer's identity at the department's provider, if single sign-on was the first
        /// factor.
        #[serde(default)]
        department: Option<ProviderSubject>,
    },
    /// A sign-in by passkey alone.
    Passkey {
        /// The page to open after signing in.
        to: String,
        /// The challenge for the passkey.
        challenge: String,
    },
    /// Enrolment by a one-time link.
    SetUp {
        /// The hash of the link's secret.
        link: String,
        /// The hash of the password; `None` until the officer has chosen a password.
        password_hash: Option<String>,
        /// The secret for an authenticator app, which the officer may set up.
        secret: String,
        /// The challenge for creating a passkey; `None` until the browser has requested a
        /// challenge.
        challenge: Option<String>,
    },
    /// A change to the credentials of a signed-in officer.
    Account {
        /// The secret for a new authenticator app; `None` while the officer creates a passkey.
        secret: Option<String>,
        /// The challenge for creating a passkey; `None` while the officer sets up an authenticator
        /// app.
        challenge: Option<String>,
    },
    /// A confirmation by passkey, for a signed-in officer.
    Confirmation {
        /// The challenge for the passkey.
        challenge: String,
    },
    /// Single sign-on: the browser was sent to the provider.
    OpenId {
        /// The page to open after the sign-on.
        to: String,
        /// The parameter `state`, which the provider's answer must repeat.
        state: String,
        /// The `nonce`, which the ID token must have.
        nonce: String,
        /// The code verifier of PKCE, which proves to the provider that the same client requests
        /// the token.
        verifier: String,
        /// The session that the sign-on confirms; `None` for a sign-in.
        #[serde(default)]
        confirms: Option<String>,
    },
}

/// The client that makes a request.
#[derive(Clone, Default)]
pub struct Requester {
    /// The client's network address, if it is known.
    pub source: Option<String>,
    /// The browser's User-Agent header.
    pub browser: String,
    /// The cookie of a known browser, whose attempts are throttled separately; `None` if the
    /// browser is not known.
    pub browser_token: Option<SessionToken>,
    /// The cookie of the browser's current session, if there is one. A new sign-in ends that
    /// session.
    pub session_token: Option<SessionToken>,
}

/// The tokens of a new session, for the cookies of its browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The session token.
    pub session: SessionToken,
    /// The token that marks the browser as known, so that its attempts are throttled separately.
    pub browser: SessionToken,
}

/// Outcome of an attempt to sign in.
#[derive(Clone, PartialEq, Eq)]
pub enum SignInOutcome {
    /// The first factor was right and the second is missing; contains the token of the pending
    /// sign-in.
    SecondFactor(SessionToken),
    /// The officer is signed in; contains the new session, and the page to open next.
    Accepted(Admitted, String),
    /// The credentials were wrong.
    Wrong,
    /// There were too many failed attempts; contains the moment from which the next attempt is
    /// allowed.
    TooMany(Moment),
    /// Single sign-on succeeded, but counts as only one factor, and the officer has no second
    /// factor.
    NoSecondFactor,
    /// The session was confirmed; contains the page to open next.
    Confirmed(String),
    /// The browser has no pending sign-in any more.
    Expired,
}

/// Returns the problem for a wrong password. An unknown address gets the same problem.
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
    /// Checks an email address and a password. If both are right, starts the second factor.
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
        let mailbox = Email::mailbox(&email);
        let tried = match self.count(Guessed::Password, &mailbox, requester).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(SignInOutcome::TooMany(again)),
        };
        let officer = self.store.officers().officer_by_email(&email).await?;
        // The statements below run for an unknown account too, so that the response time does not
        // reveal whether the account exists.
        let nobody = OfficerId::nobody();
        let id = officer.as_ref().map_or(&nobody, |officer| &officer.id);
        let secrets = self.store.officers().officer_secrets(id).await?;
        let hash = secrets.and_then(|secrets| secrets.password_hash);
        let right = password::is_right(hash.as_deref(), password).await?;
        match officer {
            Some(officer) if right => {
                self.store.officers().forget_attempt(&tried.id).await?;
                let pending_stage = PendingStage::Password {
                    to: to.to_owned(),
                    challenge: None,
                    department: None,
                };
                let token = self.begin_stage(Some(officer.id), &pending_stage).await?;
                Ok(SignInOutcome::SecondFactor(token))
            }
            _ => {
                self.record_failure(id, "password", requester.source.as_deref())
                    .await?;
                Ok(SignInOutcome::Wrong)
            }
        }
    }

    /// Checks a code from an authenticator app, or a recovery code, after the first factor.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn try_code(
        &self,
        token: &SessionToken,
        typed: &str,
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let Some((Some(id), PendingStage::Password { to, department, .. })) =
            self.pending_stage(token).await?
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
        let tried = match self.count(Guessed::Code, &mailbox, requester).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(SignInOutcome::TooMany(again)),
        };
        let Some(by) = self.code_is_right(&officer, &secrets, typed).await? else {
            self.record_failure(&officer.id, "code", requester.source.as_deref())
                .await?;
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
        self.store
            .officers()
            .forget_attempts(&mailbox, &tried.from)
            .await?;
        let by = match &department {
            Some(subject) if self.bind_subject(subject, &officer).await? => "department-and-code",
            Some(_) => return Ok(SignInOutcome::Expired),
            None => by,
        };
        self.sign_in(&officer.id, by, requester, to).await
    }

    /// Starts a sign-in by passkey, or continues a sign-in that waits for its second factor.
    /// Returns the challenge to sign and, for a new sign-in, a session token for the cookie.
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
            && let Some((officer, PendingStage::Password { to, department, .. })) =
                self.pending_stage(token).await?
        {
            let pending_stage = PendingStage::Password {
                to,
                challenge: Some(asked.clone()),
                department,
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

    /// Verifies a passkey's answer, as the second factor or as the whole sign-in.
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
        let mut first = None;
        let (expected, to, challenge, by) = match self.pending_stage(token).await? {
            Some((None, PendingStage::Passkey { to, challenge })) => {
                (None, to, challenge, "passkey")
            }
            Some((
                officer,
                PendingStage::Password {
                    to,
                    challenge: Some(challenge),
                    department,
                },
            )) => {
                first = department;
                (officer, to, challenge, "password-and-passkey")
            }
            _ => return Ok(SignInOutcome::Expired),
        };
        let tried = match self.count(Guessed::Passkey, &proof.id, requester).await? {
            Ok(tried) => tried,
            Err(again) => return Ok(SignInOutcome::TooMany(again)),
        };
        let Some((passkey, officer)) = self.store.officers().passkey(&proof.id).await? else {
            self.record_failure(&OfficerId::nobody(), "passkey", requester.source.as_deref())
                .await?;
            return Ok(SignInOutcome::Wrong);
        };
        let proved = party.verify_assertion(&challenge, proof, KnownPasskey::from(&passkey));
        let counter = match proved {
            Ok(counter) if expected.is_none_or(|expected| expected == officer.id) => counter,
            _ => {
                self.record_failure(&officer.id, "passkey", requester.source.as_deref())
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
        self.store.officers().forget_attempt(&tried.id).await?;
        let now = self.clock.now();
        self.store
            .officers()
            .record_passkey_use(&passkey.id, counter, now)
            .await?;
        let by = match &first {
            Some(subject) if self.bind_subject(subject, &officer).await? => {
                "department-and-passkey"
            }
            Some(_) => return Ok(SignInOutcome::Expired),
            None => by,
        };
        self.sign_in(&officer.id, by, requester, to).await
    }

    /// Stores a new pending stage, and returns the session token for the cookie.
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

    /// Returns the pending stage of the browser with this cookie, and its officer if known; `None`
    /// if nothing is pending or the stage cannot be decrypted any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pending_stage(
        &self,
        token: &SessionToken,
    ) -> Result<Option<(Option<OfficerId>, PendingStage)>, Fault> {
        self.stage_under(&token.hash()).await
    }

    async fn stage_under(
        &self,
        key: &TokenHash,
    ) -> Result<Option<(Option<OfficerId>, PendingStage)>, Fault> {
        let kept = self
            .store
            .officers()
            .pending_sign_in(key, self.clock.now())
            .await?;
        let Some(kept) = kept else {
            return Ok(None);
        };
        let place = sealing::of_pending_sign_in(key);
        let Some(opened) = self.secret_keys.open(&place, &kept.kept) else {
            // The key that sealed this stage was removed from the settings, so the officer must
            // start again.
            return Ok(None);
        };
        Ok(Some((kept.officer, serde_json::from_str(&opened)?)))
    }

    /// Stores the pending stage of the browser with this cookie.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn save_stage(
        &self,
        token: &SessionToken,
        officer: Option<OfficerId>,
        pending_stage: &PendingStage,
    ) -> Result<(), Fault> {
        self.save_stage_under(&token.hash(), officer, pending_stage)
            .await
    }

    async fn save_stage_under(
        &self,
        key: &TokenHash,
        officer: Option<OfficerId>,
        pending_stage: &PendingStage,
    ) -> Result<(), Fault> {
        let place = sealing::of_pending_sign_in(key);
        let written = serde_json::to_string(pending_stage)?;
        let randomness = self.randomness.as_ref();
        let kept = PendingSignIn {
            officer,
            kept: self.secret_keys.seal(randomness, &place, &written)?,
        };
        let until = self
            .clock
            .now()
            .plus(Duration::from_mins(PENDING_SIGN_IN_MINUTES));
        Ok(self
            .store
            .officers()
            .save_pending_sign_in(key, &kept, until)
            .await?)
    }

    /// Signs in an officer who has proved who they are. The outcome is `Expired` if the officer's
    /// access has ended.
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
        if !self.store.officers().sign_officer_in(&session, by).await? {
            return Ok(SignInOutcome::Expired);
        }
        Ok(SignInOutcome::Accepted(
            self.admitted(officer, token, requester).await?,
            to,
        ))
    }

    /// Ends the earlier session of the browser, and registers the browser as known.
    async fn admitted(
        &self,
        officer: &OfficerId,
        session: SessionToken,
        requester: &Requester,
    ) -> Result<Admitted, Fault> {
        let (officers, now) = (self.store.officers(), self.clock.now());
        if let Some(before) = &requester.session_token
            && let Some((whose, before)) = officers.signed_in(&before.hash(), now).await?
        {
            let one = EndedSessions::One(&before.id);
            officers.end_officer_sessions(&whose.id, one, now).await?;
        }
        let browser = match &requester.browser_token {
            Some(token) if officers.has_browser(&token.hash(), officer, now).await? => {
                token.clone()
            }
            _ => SessionToken::new(self.randomness.as_ref())?,
        };
        officers
            .remember_browser(&browser.hash(), officer, now)
            .await?;
        Ok(Admitted { session, browser })
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

    /// Checks a code of an app or a recovery code, and marks it as used.
    ///
    /// Returns the name of the credentials for the audit; `None` if the code is wrong or was used
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
        let (Some(sealed), Ok(code)) = (&secrets.authenticator, AuthenticatorCode::parse(typed))
        else {
            return Ok(None);
        };
        let place = sealing::of_authenticator(&officer.id);
        let Some(secret) = self.secret_keys.open(&place, sealed) else {
            tracing::error!(
                officer = officer.id.as_str(),
                "the secret of an authenticator app does not open with any key"
            );
            return Ok(None);
        };
        let Some(step) = totp::step_of(&secret, code.as_str(), now) else {
            return Ok(None);
        };
        let used = self
            .store
            .officers()
            .use_authenticator(&officer.id, sealed, step)
            .await?;
        Ok(used.then_some("password-and-authenticator"))
    }

    /// Counts an attempt. Returns the attempt, or the moment of the next allowed attempt if there
    /// were too many.
    async fn count(
        &self,
        guessed: Guessed,
        mailbox: &str,
        requester: &Requester,
    ) -> Result<Result<NewAttempt, Moment>, Fault> {
        let (officers, now) = (self.store.officers(), self.clock.now());
        let from = match &requester.browser_token {
            Some(token)
                if officers
                    .is_known_browser(&token.hash(), mailbox, now)
                    .await? =>
            {
                AttemptSource::KnownBrowser(token.hash())
            }
            _ => AttemptSource::Client(requester.source.clone()),
        };
        self.count_from(guessed, mailbox, from).await
    }

    async fn count_from(
        &self,
        guessed: Guessed,
        mailbox: &str,
        from: AttemptSource,
    ) -> Result<Result<NewAttempt, Moment>, Fault> {
        let new = NewAttempt {
            id: new_id(self.randomness.as_ref())?,
            guessed,
            mailbox: mailbox.to_owned(),
            from,
            at: self.clock.now(),
        };
        Ok(match self.store.officers().count_attempt(&new).await? {
            None => Ok(new),
            Some(again) => Err(again),
        })
    }

    /// Records a failed sign-in. Recording takes the same time for an unknown account.
    async fn record_failure(
        &self,
        officer: &OfficerId,
        what: &str,
        source: Option<&str>,
    ) -> Result<(), Fault> {
        let details = json!({ "by": what, "from": source });
        let now = self.clock.now();
        Ok(self
            .store
            .officers()
            .record_failed_sign_in(officer, &details, now)
            .await?)
    }

    /// Makes a challenge for a passkey: 256 random bits.
    fn challenge(&self) -> Result<String, Fault> {
        let mut bytes = [0; 32];
        self.randomness.fill(&mut bytes)?;
        Ok(passkey::encoded(&bytes))
    }
}
