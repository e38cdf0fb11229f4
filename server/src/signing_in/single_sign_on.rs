//! Single sign-on with the department's provider (`OpenID` Connect): authorization code with PKCE,
//! state and nonce. The verified email address must belong to an officer whom a desk administrator added.
//!
//! The provider's configuration and keys are fetched for every sign-in, so that a new key works at
//! once; officers sign in only a few times a day. The provider decides whether to ask for a second
//! factor.

mod token;
mod web;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::Deserialize;

use super::{Fault, PendingStage, Requester, SignInOutcome};
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::{Randomness, SessionToken};

/// The department's provider for single sign-on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The name that people know it by, such as `your department`.
    pub name: String,
    /// Its address, without a slash at its end.
    pub issuer: String,
    /// Client identifier of this service.
    pub client: String,
    /// Client secret of this service.
    pub secret: String,
    /// The address to which it sends people back.
    pub back: String,
}

/// Why a sign-in was refused.
#[derive(Debug, thiserror::Error)]
pub enum SingleSignOnError {
    /// The provider could not be reached or its answer is not valid.
    #[error("{0} did not answer as it should: {1}")]
    Answer(&'static str, String),
    /// The ID token is not valid for this request.
    #[error("the token was refused: {0}")]
    Token(&'static str),
    /// The provider gave no email address or has not verified it.
    #[error("the provider has verified no email address")]
    Address,
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
}

impl AppContext {
    /// Begins single sign-on; returns the session token for the cookie, and the provider's address
    /// to redirect to.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails. The inner error says why the provider
    /// cannot be asked.
    pub async fn begin_single_sign_on(
        &self,
        provider: &Provider,
        to: &str,
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
        let metadata = match provider.discover().await {
            Ok(metadata) => metadata,
            Err(refused) => return Ok(Err(refused)),
        };
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let query = web::encoded(&[
            ("response_type", "code"),
            ("client_id", &provider.client),
            ("redirect_uri", &provider.back),
            ("scope", "openid email"),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let endpoint = metadata.authorization_endpoint;
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!("{endpoint}{joint}{query}");
        let pending_stage = PendingStage::OpenId {
            to: to.to_owned(),
            state,
            nonce,
            verifier,
        };
        Ok(Ok((self.begin_stage(None, &pending_stage).await?, address)))
    }

    /// Finishes single sign-on: signs in the officer if the provider's answer is valid.
    ///
    /// # Errors
    /// When the store or the machine's randomness fails.
    pub async fn finish_single_sign_on(
        &self,
        provider: &Provider,
        token: &SessionToken,
        (code, came): (&str, &str),
        requester: &Requester,
    ) -> Result<SignInOutcome, Fault> {
        let Some((
            None,
            PendingStage::OpenId {
                to,
                state,
                nonce,
                verifier,
            },
        )) = self.pending_stage(token).await?
        else {
            return Ok(SignInOutcome::Expired);
        };
        // A pending sign-in is used up by the first answer, whatever the outcome.
        if came != state
            || !self
                .store
                .officers()
                .end_pending_sign_in(&token.hash())
                .await?
        {
            return Ok(SignInOutcome::Wrong);
        }
        let now = self.clock.now();
        match provider.verified_email(code, &verifier, &nonce, now).await {
            Err(refused) => {
                tracing::warn!(%refused, "the department's sign-in let nobody in");
                Ok(SignInOutcome::Wrong)
            }
            Ok(email) => match self.store.officers().officer_by_email(&email).await? {
                Some(officer) => self.sign_in(&officer.id, "department", requester, to).await,
                None => Ok(SignInOutcome::Wrong),
            },
        }
    }
}

impl Provider {
    async fn discover(&self) -> Result<ProviderMetadata, SingleSignOnError> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer);
        let metadata: ProviderMetadata = web::get("its description", address, None).await?;
        if metadata.issuer.trim_end_matches('/') == self.issuer {
            Ok(metadata)
        } else {
            Err(SingleSignOnError::Answer(
                "its description",
                "it names another issuer".to_owned(),
            ))
        }
    }

    async fn verified_email(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: Moment,
    ) -> Result<String, SingleSignOnError> {
        let metadata = self.discover().await?;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &*self.back),
            ("code_verifier", verifier),
        ];
        let by_basic = metadata
            .token_endpoint_auth_methods_supported
            .as_ref()
            .is_none_or(|ways| ways.iter().any(|way| way == "client_secret_basic"));
        let tokens: Tokens = if by_basic {
            let who = web::basic(&self.client, &self.secret);
            web::post(metadata.token_endpoint, &fields, Some(who)).await?
        } else {
            let mut fields = fields.to_vec();
            fields.push(("client_id", &self.client));
            fields.push(("client_secret", &self.secret));
            web::post(metadata.token_endpoint, &fields, None).await?
        };
        let keys = web::get("its keys", metadata.jwks_uri, None).await?;
        let expected = token::Expected {
            issuer: &metadata.issuer,
            client: &self.client,
            nonce,
            now,
        };
        let mut user = token::read(&tokens.id_token, &keys, &expected)?;
        if let (None, Some(endpoint)) = (&user.email, metadata.userinfo_endpoint) {
            let who = format!("Bearer {}", tokens.access_token);
            let more: UserInfo = web::get("what it knows of a person", endpoint, Some(who)).await?;
            if more.sub == user.sub {
                user = more;
            }
        }
        match user.email {
            Some(email) if user.email_verified => Ok(email),
            _ => Err(SingleSignOnError::Address),
        }
    }
}
