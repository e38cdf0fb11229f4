//! Enrolment by a one-time link, with which an officer chooses a password and a second factor.
//! Until the enrolment is finished, the officer can sign in only by single sign-on.

use mail::Message;
use registration::desk::OfficerRole;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::ENROLMENT_LINK_HOURS;
use registration::problem::Problem;

use super::passkey::{PasskeyRegistration, RelyingParty};
use super::{Admitted, Fault, PendingStage, Requester, password, recovery, totp};
use crate::clock::{Clock, Moment};
use crate::context::AppContext;
use crate::randomness::{Randomness, SessionToken, TokenHash, new_id};
use crate::store::{
    Actor, EnrolmentMail, MessageContent, NewEnrolment, NewFactor, NewMessage, NewOfficerLink,
    NewPasskey, Officer, OfficerId, Officers,
};

/// A new enrolment link.
#[derive(Clone)]
pub struct EnrolmentLink {
    /// The secret, which only the link may contain.
    pub secret: SessionToken,
    /// The moment at which the link expires.
    pub until: Moment,
}

/// An enrolment that is not finished.
pub struct PendingEnrolment {
    /// The officer who enrols.
    pub officer: Officer,
    /// The secret for the officer's authenticator app.
    pub secret: String,
    /// Whether the officer has chosen a password.
    pub has_password: bool,
    pub(super) token: SessionToken,
    pub(super) pending_stage: PendingStage,
}

/// Outcome of adding the second factor.
#[derive(Clone, PartialEq, Eq)]
pub enum EnrolmentOutcome {
    /// The enrolment is finished; contains the new session and the recovery codes.
    Done(Admitted, Vec<String>),
    /// The code or the passkey was wrong.
    Wrong,
    /// The link has expired or was used, or no password has been chosen yet.
    Expired,
}

/// The lifetime of a link whose message is not sent yet, in hours: longer than the time for which
/// the outbox tries to send a message.
const WAITS_HOURS: i64 = 7 * 24;

/// Makes an enrolment link for an officer, and ends their earlier link, password, second factors
/// and sessions.
///
/// Returns `None` if there is no such officer or their access has ended.
///
/// # Errors
/// When the store or the machine's randomness fails.
pub async fn make_link(
    officers: &Officers,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    officer: &OfficerId,
    actor: &Actor,
) -> Result<Option<EnrolmentLink>, Fault> {
    let secret = SessionToken::new(randomness)?;
    let at = clock.now();
    let until = at.plus_hours(ENROLMENT_LINK_HOURS);
    let new = NewOfficerLink {
        officer: officer.clone(),
        secret: secret.hash(),
        at,
        until,
        actor: actor.clone(),
    };
    let made = officers.make_enrolment_link(&new).await?;
    Ok(made.then_some(EnrolmentLink { secret, until }))
}

impl AppContext {
    /// Queues a message with an enrolment link to an officer's own address, and a notification to
    /// every desk administrator except this officer. Ends the officer's earlier link, password,
    /// second factors and sessions.
    ///
    /// Returns `false` if there is no such officer or their access has ended.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn send_link(&self, officer: &OfficerId, by: &Officer) -> Result<bool, Fault> {
        let (officers, now) = (self.store.officers(), self.clock.now());
        let people = officers.list().await?;
        let Some(to) = people.iter().find(|person| person.id == *officer) else {
            return Ok(false);
        };
        let id = new_id(self.randomness.as_ref())?;
        let told = people.iter().filter(|person| {
            person.role == OfficerRole::Administrator
                && person.ended_at.is_none()
                && person.id != to.id
        });
        let link = MessageContent::Enrolment { link: id.clone() };
        let mut messages = vec![self.message_to(to, to, link)?];
        for administrator in told {
            let news = Message::EnrolmentLinkSent {
                name: to.name.clone(),
                by: by.name.clone(),
            };
            messages.push(self.message_to(administrator, to, news.into())?);
        }
        let new = EnrolmentMail {
            officer: to.id.clone(),
            id,
            at: now,
            until: now.plus_hours(WAITS_HOURS),
            actor: by.actor(),
            messages: messages.into_iter().flatten().collect(),
        };
        Ok(officers.post_enrolment_link(&new).await?)
    }

    /// Makes a message to the officer `to` about the officer `about`. Returns `None` if the email
    /// address is not valid.
    fn message_to(
        &self,
        to: &Officer,
        about: &Officer,
        message: MessageContent,
    ) -> Result<Option<NewMessage>, Fault> {
        let Ok(recipient) = Email::parse(&to.email) else {
            return Ok(None);
        };
        Ok(Some(NewMessage {
            id: new_id(self.randomness.as_ref())?,
            subject: about.id.subject(),
            recipient,
            language: Language::English,
            message,
            at: self.clock.now(),
        }))
    }

    /// Starts enrolment by a link. Returns the session token for the cookie; `None` if the link is
    /// not valid.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn begin_set_up(&self, link: &SessionToken) -> Result<Option<SessionToken>, Fault> {
        let link = link.hash();
        let Some(officer) = self
            .store
            .officers()
            .officer_of_enrolment_link(&link, self.clock.now())
            .await?
        else {
            return Ok(None);
        };
        let pending_stage = PendingStage::SetUp {
            link: link.as_str().to_owned(),
            password_hash: None,
            secret: totp::new_secret(self.randomness.as_ref())?,
            challenge: None,
        };
        Ok(Some(
            self.begin_stage(Some(officer.id), &pending_stage).await?,
        ))
    }

    /// Returns the unfinished enrolment of the browser with this cookie; `None` if the browser has
    /// no unfinished enrolment, or the link is no longer valid.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pending_enrolment(
        &self,
        token: Option<&SessionToken>,
    ) -> Result<Option<PendingEnrolment>, Fault> {
        let Some(token) = token else {
            return Ok(None);
        };
        let Some((Some(_), pending_stage)) = self.pending_stage(token).await? else {
            return Ok(None);
        };
        let PendingStage::SetUp {
            link,
            password_hash,
            secret,
            ..
        } = &pending_stage
        else {
            return Ok(None);
        };
        let (secret, has_password) = (secret.clone(), password_hash.is_some());
        let link = TokenHash::from_stored(link.clone());
        let officer = self
            .store
            .officers()
            .officer_of_enrolment_link(&link, self.clock.now())
            .await?;
        Ok(officer.map(|officer| PendingEnrolment {
            officer,
            secret,
            has_password,
            token: token.clone(),
            pending_stage,
        }))
    }

    /// Stores the hash of the chosen password, or returns the problem with the password.
    ///
    /// # Errors
    /// When the store, the machine's randomness or hashing fails.
    pub async fn choose_password(
        &self,
        pending_enrolment: PendingEnrolment,
        chosen: &str,
    ) -> Result<Result<(), Problem>, Fault> {
        let officer = &pending_enrolment.officer;
        if let Err(problem) =
            registration::desk::password::check(chosen, &officer.name, &officer.email)
        {
            return Ok(Err(problem));
        }
        let mut pending_stage = pending_enrolment.pending_stage;
        if let PendingStage::SetUp { password_hash, .. } = &mut pending_stage {
            *password_hash = Some(password::hash(self.randomness.as_ref(), chosen).await?);
        }
        self.save_stage(
            &pending_enrolment.token,
            Some(pending_enrolment.officer.id),
            &pending_stage,
        )
        .await?;
        Ok(Ok(()))
    }

    /// Starts to create a passkey, and returns the challenge for the browser.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn ask_for_first_passkey(
        &self,
        pending_enrolment: &PendingEnrolment,
    ) -> Result<String, Fault> {
        let asked = self.challenge()?;
        let mut pending_stage = pending_enrolment.pending_stage.clone();
        if let PendingStage::SetUp { challenge, .. } = &mut pending_stage {
            *challenge = Some(asked.clone());
        }
        self.save_stage(
            &pending_enrolment.token,
            Some(pending_enrolment.officer.id.clone()),
            &pending_stage,
        )
        .await?;
        Ok(asked)
    }

    /// Finishes enrolment with an authenticator app, if the app's code is right.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn finish_with_code(
        &self,
        pending_enrolment: &PendingEnrolment,
        code: &str,
        requester: &Requester,
    ) -> Result<EnrolmentOutcome, Fault> {
        let secret = pending_enrolment.secret.clone();
        match totp::step_of(&secret, code, self.clock.now()) {
            Some(step) => {
                let officer = &pending_enrolment.officer.id;
                let secret = self.seal_authenticator(officer, &secret)?;
                let factor = NewFactor::Authenticator { secret, step };
                self.finish(pending_enrolment, factor, requester).await
            }
            None => Ok(EnrolmentOutcome::Wrong),
        }
    }

    /// Finishes enrolment with a passkey, if the passkey was created for the pending challenge.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn finish_with_passkey(
        &self,
        pending_enrolment: &PendingEnrolment,
        sent: &PasskeyRegistration,
        party: &RelyingParty,
        requester: &Requester,
    ) -> Result<EnrolmentOutcome, Fault> {
        let PendingStage::SetUp {
            challenge: Some(challenge),
            ..
        } = &pending_enrolment.pending_stage
        else {
            return Ok(EnrolmentOutcome::Wrong);
        };
        match party.verify_registration(challenge, sent) {
            Ok(made) if self.store.officers().passkey(&made.id).await?.is_none() => {
                let passkey = NewPasskey {
                    id: made.id,
                    name: FIRST_PASSKEY.to_owned(),
                    public_key: made.public_key,
                    counter: made.counter,
                    can_be_backed_up: made.can_be_backed_up,
                };
                self.finish(pending_enrolment, NewFactor::Passkey(passkey), requester)
                    .await
            }
            _ => Ok(EnrolmentOutcome::Wrong),
        }
    }

    async fn finish(
        &self,
        pending_enrolment: &PendingEnrolment,
        factor: NewFactor,
        requester: &Requester,
    ) -> Result<EnrolmentOutcome, Fault> {
        let PendingStage::SetUp {
            link,
            password_hash: Some(password_hash),
            ..
        } = &pending_enrolment.pending_stage
        else {
            return Ok(EnrolmentOutcome::Expired);
        };
        let officer = &pending_enrolment.officer.id;
        let codes = recovery::new_codes(self.randomness.as_ref())?;
        let (cookie, session) = self.officer_session(officer, requester)?;
        let new = NewEnrolment {
            link: TokenHash::from_stored(link.clone()),
            password_hash: password_hash.clone(),
            factor,
            recovery_codes: codes
                .iter()
                .map(|code| recovery::hash(officer, code))
                .collect(),
            session,
        };
        if !self.store.officers().enrol(&new).await? {
            return Ok(EnrolmentOutcome::Expired);
        }
        self.store
            .officers()
            .end_pending_sign_in(&pending_enrolment.token.hash())
            .await?;
        let admitted = self.admitted(officer, cookie, requester).await?;
        Ok(EnrolmentOutcome::Done(admitted, codes))
    }
}

/// The name of the passkey that an officer creates at enrolment.
const FIRST_PASSKEY: &str = "First passkey";
