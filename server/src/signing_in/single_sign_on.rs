//! Single sign-on with the department's provider (`OpenID` Connect), by the authorization code flow
//! with PKCE, state and nonce.
//!
//! At the first sign-in, the verified email address must belong to an officer who was added before.
//! The provider's issuer and subject are then bound to that officer, and identify the officer from
//! then on. The provider counts as two factors only if the settings name the `acr` or `amr` values
//! that the provider must assert. Otherwise the service asks for its own second factor.

mod known;
mod token;
mod web;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::Deserialize;

pub use self::known::SingleSignOn;
use super::{Fault, PendingStage, Requester, SignInOutcome};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::{Randomness, SessionToken};
use crate::store::{Officer, ProviderSubject};

/// The department's provider for single sign-on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The name of the provider that the pages show, such as `your department`.
    pub name: String,
    /// The address of the provider, without a slash at its end.
    pub issuer: String,
    /// The client identifier of this service.
    pub client: String,
    /// The client secret of this service.
    pub secret: String,
    /// The redirect URI: the address of this service to which the provider sends people back.
    pub back: String,
    /// The claims that a token must have for the provider to count as two factors.
    pub required: RequiredContext,
}

/// The claims that a token must have about how the person signed in at the provider. If both lists
/// are empty, no claim is required and the provider counts as one factor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequiredContext {
    /// The accepted authentication context classes: the claim `acr` must be one of them. An empty
    /// list requires nothing.
    pub acr: Vec<String>,
    /// The accepted authentication methods: the claim `amr` must contain at least one of them. An
    /// empty list requires nothing.
    pub amr: Vec<String>,
}

/// The purpose of a single sign-on: a sign-in, or the confirmation of a session.
#[derive(Debug, Clone, Copy)]
pub struct SignOnPurpose<'e> {
    /// The page to open after the sign-on.
    pub to: &'e str,
    /// The identifier of the session to confirm; `None` for a sign-in.
    pub confirms: Option<&'e str>,
}

/// The parameters with which the provider sends a browser back.
#[derive(Debug, Clone, Copy)]
pub struct CallbackParameters<'c> {
    /// The authorization code, which the provider exchanges for a token.
    pub code: &'c str,
    /// The parameter `state`, which must match the pending sign-on.
    pub state: &'c str,
    /// The issuer (RFC 9207); empty if the provider does not send it.
    pub issuer: &'c str,
}

/// The reason why a single sign-on failed.
#[derive(Debug, thiserror::Error)]
pub enum SingleSignOnError {
    /// The provider could not be reached, or its answer is not valid; contains the kind of answer
    /// and the cause.
    #[error("{0} did not answer as it should: {1}")]
    Answer(&'static str, String),
    /// No key of the provider signed the ID token.
    #[error("the token was refused: no key of the provider signed it")]
    Key,
    /// The ID token is not valid for this request; contains the reason.
    #[error("the token was refused: {0}")]
    Token(&'static str),
    /// No officer is bound to the subject, and no officer without a subject has the verified email
    /// address.
    #[error("nobody of the desk is this person")]
    Nobody,
    /// The session was not confirmed: it has ended, or belongs to another officer than the person
    /// who signed in at the provider.
    #[error("the session to confirm is not this person's")]
    SessionOfAnother,
    /// The session was not confirmed: the last sign-in at the provider was too long ago or its time
    /// is unknown.
    #[error("the provider did not ask for credentials again")]
    NotAskedAgain,
    /// The subject is bound to another officer, or the officer to another subject.
    #[error("the subject is bound to another person of the desk")]
    BoundToAnother,
}

/// A provider's configuration.
#[derive(Debug, Clone, Deserialize)]
struct ProviderMetadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: String,
}

/// A provider's claims about a person.
#[derive(Debug, Default, Deserialize)]
struct UserInfo {
    #[serde(default)]
    sub: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    #[serde(default)]
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    #[serde(default)]
    auth_time: Option<i64>,
}

/// The longest age of a sign-in at the provider that still confirms a session, in seconds.
const FRESH_SIGN_IN_SECONDS: i64 = 5 * 60;

impl AppContext {
    /// Starts single sign-on. Returns the session token for the cookie, and the address at the
    /// provider to send the browser to.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails. The inner error states why the provider
    /// cannot be used.
    pub async fn begin_single_sign_on(
        &self,
        department: &SingleSignOn,
        errand: SignOnPurpose<'_>,
    ) -> Result<Result<(SessionToken, String), SingleSignOnError>, Fault> {
        let random = |randomness: &dyn Randomness| {
            let mut bytes = [0; 32];
            randomness.fill(&mut bytes)?;
            Ok::<_, Fault>(URL_SAFE_NO_PAD.encode(bytes))
        };
        let (state, nonce, verifier) = (
            random(self.randomness.as_ref())?,
            random(self.randomness.as_ref())?,
            random(self.randomness.as_ref())?,
        );
        let description = match department.description(self.clock.now()).await {
            Ok(description) => description,
            Err(refused) => return Ok(Err(refused)),
        };
        let provider = &department.provider;
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let acr = provider.required.acr.join(" ");
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", &*provider.client),
            ("redirect_uri", &provider.back),
            ("scope", "openid email"),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        if !acr.is_empty() {
            query.push(("acr_values", &acr));
        }
        if errand.confirms.is_some() {
            query.extend([("prompt", "login"), ("max_age", "0")]);
        }
        let endpoint = &description.authorization_endpoint;
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!("{endpoint}{joint}{}", web::encoded(&query));
        let pending_stage = PendingStage::OpenId {
            to: errand.to.to_owned(),
            state,
            nonce,
            verifier,
            confirms: errand.confirms.map(str::to_owned),
        };
        Ok(Ok((self.begin_stage(None, &pending_stage).await?, address)))
    }

    /// Finishes single sign-on. If the provider's answer is valid, signs in the officer, starts the
    /// second factor, or confirms the session of a signed-in officer.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn finish_single_sign_on(
        &self,
        department: &SingleSignOn,
        token: &SessionToken,
        came: CallbackParameters<'_>,
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let Some((
            None,
            PendingStage::OpenId {
                to,
                state,
                nonce,
                verifier,
                confirms,
            },
        )) = self.pending_stage(token).await?
        else {
            return Ok(SignInOutcome::Expired);
        };
        // The first answer with the right `state` uses up the pending sign-on, whatever the
        // outcome.
        if came.state != state
            || !self
                .store
                .officers()
                .end_pending_sign_in(&token.hash())
                .await?
        {
            return Ok(SignInOutcome::Wrong);
        }
        let now = self.clock.now();
        let found = match department.person(came, &verifier, &nonce, now).await {
            Ok(person) => match self.officer_of(department, &person).await? {
                Some((officer, subject)) => Ok((person, officer, subject)),
                None => Err(SingleSignOnError::Nobody),
            },
            Err(refused) => Err(refused),
        };
        let (person, officer, subject) = match found {
            Ok(found) => found,
            Err(refused) => {
                tracing::warn!(%refused, "the department's sign-in let nobody in");
                return Ok(SignInOutcome::Wrong);
            }
        };
        let required = &department.provider.required;
        let is_enough = match required.is_met(&person) {
            Some(false) => {
                let source = requester.source.as_deref();
                self.record_failure(&officer.id, "department", source)
                    .await?;
                return Ok(SignInOutcome::Wrong);
            }
            is_met => is_met.is_some(),
        };
        if let Some(session) = confirms {
            return self
                .confirm_by_department((&officer, &person, &subject), &session, requester, to)
                .await;
        }
        if is_enough {
            if !self.bind_subject(&subject, &officer).await? {
                return Ok(SignInOutcome::Wrong);
            }
            return self.sign_in(&officer.id, "department", requester, to).await;
        }
        let secrets = self.store.officers().officer_secrets(&officer.id).await?;
        if secrets.is_none_or(|secrets| secrets.authenticator.is_none() && secrets.passkeys == 0) {
            return Ok(SignInOutcome::NoSecondFactor);
        }
        let pending_stage = PendingStage::Password {
            to,
            challenge: None,
            department: Some(subject),
        };
        let token = self.begin_stage(Some(officer.id), &pending_stage).await?;
        Ok(SignInOutcome::SecondFactor(token))
    }

    /// Returns the officer of a person at the provider: the officer bound to the subject, or else
    /// an officer with the verified email address who is not bound yet. Returns `None` if there is
    /// no such officer.
    async fn officer_of(
        &self,
        department: &SingleSignOn,
        person: &UserInfo,
    ) -> Result<Option<(Officer, ProviderSubject)>, Fault> {
        let subject = ProviderSubject {
            issuer: department.provider.issuer.clone(),
            subject: person.sub.clone(),
        };
        let officers = self.store.officers();
        if let Some(officer) = officers.officer_by_subject(&subject).await? {
            return Ok(Some((officer, subject)));
        }
        let Some(email) = person.email.as_ref().filter(|_| person.email_verified) else {
            return Ok(None);
        };
        let Some(officer) = officers.officer_by_email(email).await? else {
            return Ok(None);
        };
        let bound = officers.subject_of(&officer.id, &subject.issuer).await?;
        Ok(bound.is_none().then_some((officer, subject)))
    }

    /// Binds a subject to an officer. Returns `false` if the subject is bound to another officer,
    /// or the officer to another subject.
    pub(super) async fn bind_subject(
        &self,
        subject: &ProviderSubject,
        officer: &Officer,
    ) -> Result<bool, Fault> {
        let now = self.clock.now();
        let officers = self.store.officers();
        Ok(officers.bind_subject(subject, &officer.id, now).await?)
    }

    async fn confirm_by_department(
        &self,
        (officer, person, subject): (&Officer, &UserInfo, &ProviderSubject),
        session: &str,
        requester: &Requester,
        to: String,
    ) -> Result<SignInOutcome, Fault> {
        let (officers, now) = (self.store.officers(), self.clock.now());
        let signed_in = match &requester.session_token {
            Some(token) => officers.signed_in(&token.hash(), now).await?,
            None => None,
        };
        let is_theirs = signed_in
            .is_some_and(|(signed_in, open)| signed_in.id == officer.id && open.id == session);
        let seconds_ago = person.auth_time.map(|at| now.millis() / 1_000 - at);
        let asked_again = seconds_ago
            .is_some_and(|ago| (-FRESH_SIGN_IN_SECONDS..=FRESH_SIGN_IN_SECONDS).contains(&ago));
        let refused = if !is_theirs {
            Some(SingleSignOnError::SessionOfAnother)
        } else if !asked_again {
            Some(SingleSignOnError::NotAskedAgain)
        } else if !self.bind_subject(subject, officer).await? {
            Some(SingleSignOnError::BoundToAnother)
        } else {
            None
        };
        if let Some(refused) = refused {
            tracing::warn!(%refused, "the department's sign-in confirmed nobody");
            return Ok(SignInOutcome::Wrong);
        }
        officers.confirm_session(session, now).await?;
        Ok(SignInOutcome::Confirmed(to))
    }
}

impl RequiredContext {
    /// Returns whether a person's claims meet the requirements; `None` if nothing is required.
    fn is_met(&self, person: &UserInfo) -> Option<bool> {
        let has_context = || {
            let asserted = person.acr.as_ref();
            asserted.is_some_and(|asserted| self.acr.contains(asserted))
        };
        let has_method = || person.amr.iter().any(|method| self.amr.contains(method));
        match (self.acr.is_empty(), self.amr.is_empty()) {
            (true, true) => None,
            (any_context, any_method) => {
                Some((any_context || has_context()) && (any_method || has_method()))
            }
        }
    }
}

impl SingleSignOn {
    /// Exchanges a code for a token, verifies the token, and returns the claims about the person.
    async fn person(
        &self,
        came: CallbackParameters<'_>,
        verifier: &str,
        nonce: &str,
        now: Moment,
    ) -> Result<UserInfo, SingleSignOnError> {
        let (provider, description) = (&self.provider, self.description(now).await?);
        if !came.issuer.is_empty() && came.issuer != description.issuer {
            return Err(SingleSignOnError::Token("another issuer answers"));
        }
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", came.code),
            ("redirect_uri", &*provider.back),
            ("code_verifier", verifier),
        ];
        let by_basic = description
            .token_endpoint_auth_methods_supported
            .as_ref()
            .is_none_or(|ways| ways.iter().any(|way| way == "client_secret_basic"));
        let endpoint = description.token_endpoint.clone();
        let tokens: Tokens = if by_basic {
            let who = web::basic(&provider.client, &provider.secret);
            web::post(endpoint, &fields, Some(who)).await?
        } else {
            let mut fields = fields.to_vec();
            fields.push(("client_id", &provider.client));
            fields.push(("client_secret", &provider.secret));
            web::post(endpoint, &fields, None).await?
        };
        let expected = token::Expected {
            issuer: &description.issuer,
            client: &provider.client,
            nonce,
            now,
        };
        let keys = self.keys(&description.jwks_uri, false, now).await?;
        let read = token::read(&tokens.id_token, &keys, &expected);
        let mut person = match read {
            Err(SingleSignOnError::Key) => {
                let keys = self.keys(&description.jwks_uri, true, now).await?;
                token::read(&tokens.id_token, &keys, &expected)?
            }
            read => read?,
        };
        if let (None, Some(endpoint)) = (&person.email, &description.userinfo_endpoint) {
            let who = format!("Bearer {}", tokens.access_token);
            let what = "what it knows of a person";
            let more: UserInfo = web::get(what, endpoint.clone(), Some(who)).await?;
            if more.sub == person.sub {
                person.email = more.email;
                person.email_verified = more.email_verified;
            }
        }
        Ok(person)
    }
}
