//! The cache of a provider's configuration and keys. Its entries last an hour, so that not every
//! sign-in sends a request to the provider. The keys are fetched again as soon as a token is signed
//! with an unknown key.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::token::JwkSet;
use super::{Provider, ProviderMetadata, SingleSignOnError, web};
use crate::clock::Moment;
use crate::this_machine::is_encrypted_or_here;

/// The cache lifetime, in milliseconds.
const CACHE_MILLIS: i64 = 60 * 60_000;
/// The pause after a failed request to the provider, in milliseconds.
const PROVIDER_RETRY_AFTER: i64 = 10_000;

/// Single sign-on with a provider, and the cache of its configuration and keys.
pub struct SingleSignOn {
    /// The department's provider, as the settings describe it.
    pub provider: Provider,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    description: Option<(Moment, Arc<ProviderMetadata>)>,
    keys: Option<(Moment, Arc<JwkSet>)>,
    failed_at: Option<Moment>,
}

fn is_within(at: Moment, millis: i64, now: Moment) -> bool {
    (0..millis).contains(&(now.millis() - at.millis()))
}

/// Returns why a provider's configuration cannot be used; `None` if it can. Browsers are sent to
/// its `authorization_endpoint`, so that address must use HTTPS too, unless it is on this machine.
fn fault_of(description: &ProviderMetadata, issuer: &str) -> Option<&'static str> {
    if description.issuer.trim_end_matches('/') != issuer {
        Some("it names another issuer")
    } else if !is_encrypted_or_here(&description.authorization_endpoint) {
        Some("its authorization endpoint does not begin with https://")
    } else {
        None
    }
}

impl SingleSignOn {
    /// Creates single sign-on with a provider, with an empty cache.
    #[must_use]
    pub fn new(provider: Provider) -> Self {
        Self {
            provider,
            known: Mutex::default(),
        }
    }

    /// Returns the provider's configuration, from the cache or the provider.
    pub(super) async fn description(
        &self,
        now: Moment,
    ) -> Result<Arc<ProviderMetadata>, SingleSignOnError> {
        const WHAT: &str = "its description";
        // The lock makes concurrent sign-ins wait for one request to the provider.
        let mut known = self.known.lock().await;
        if let Some((at, description)) = &known.description
            && is_within(*at, CACHE_MILLIS, now)
        {
            return Ok(Arc::clone(description));
        }
        if known
            .failed_at
            .is_some_and(|at| is_within(at, PROVIDER_RETRY_AFTER, now))
        {
            return Err(SingleSignOnError::Answer(
                WHAT,
                "it failed a moment ago".to_owned(),
            ));
        }
        let issuer = &self.provider.issuer;
        let address = format!("{issuer}/.well-known/openid-configuration");
        let fetched = web::get::<ProviderMetadata>(WHAT, address, None).await;
        let fetched = fetched.and_then(|description| match fault_of(&description, issuer) {
            None => Ok(Arc::new(description)),
            Some(words) => Err(SingleSignOnError::Answer(WHAT, words.to_owned())),
        });
        match fetched {
            Ok(description) => {
                known.description = Some((now, Arc::clone(&description)));
                known.failed_at = None;
                Ok(description)
            }
            Err(refused) => {
                known.failed_at = Some(now);
                Err(refused)
            }
        }
    }

    /// Returns the provider's keys, from the cache or from `address`. `afresh` skips the cache.
    pub(super) async fn keys(
        &self,
        address: &str,
        afresh: bool,
        now: Moment,
    ) -> Result<Arc<JwkSet>, SingleSignOnError> {
        let mut known = self.known.lock().await;
        if let Some((at, keys)) = &known.keys
            && is_within(*at, CACHE_MILLIS, now)
            && !afresh
        {
            return Ok(Arc::clone(keys));
        }
        let keys: JwkSet = web::get("its keys", address.to_owned(), None).await?;
        let keys = Arc::new(keys);
        known.keys = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_of_its_issuer_and_sends_nobody_to_an_unsafe_address() {
        let fault = |issuer: &str, authorization_endpoint: &str| {
            let description = ProviderMetadata {
                issuer: issuer.to_owned(),
                authorization_endpoint: authorization_endpoint.to_owned(),
                token_endpoint: "https://id.example/token".to_owned(),
                jwks_uri: "https://id.example/keys".to_owned(),
                userinfo_endpoint: None,
                token_endpoint_auth_methods_supported: None,
            };
            fault_of(&description, "https://id.example")
        };
        let endpoint = "https://id.example/authorize";
        assert_eq!(fault("https://id.example", endpoint), None);
        assert_eq!(fault("https://id.example/", endpoint), None);
        for issuer in ["https://id.example.evil.example", "http://id.example", ""] {
            assert_eq!(fault(issuer, endpoint), Some("it names another issuer"));
        }
        for endpoint in [
            "javascript:alert(1)",
            "data:text/html,x",
            "http://id.example/authorize",
            "http://localhost:80@id.example/",
            "",
        ] {
            assert!(
                fault("https://id.example", endpoint).is_some(),
                "{endpoint}"
            );
        }
    }
}
