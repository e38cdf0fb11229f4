//! The cached configuration and keys of a provider. They are fetched once an hour, so that the
//! beginning of a sign-in costs the provider nothing. The keys are fetched again as soon as a token
//! is signed with another.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::token::JwkSet;
use super::{Provider, ProviderMetadata, SingleSignOnError, web};
use crate::clock::Moment;

/// For how long what was fetched is used, in milliseconds.
const KEPT: i64 = 60 * 60_000;
/// For how long a provider that did not answer is not asked again, in milliseconds.
const LEFT_ALONE: i64 = 10_000;

/// Single sign-on with a provider.
pub struct SingleSignOn {
    /// The provider.
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

impl SingleSignOn {
    /// Makes single sign-on with a provider, of which nothing is known yet.
    #[must_use]
    pub fn new(provider: Provider) -> Self {
        Self {
            provider,
            known: Mutex::default(),
        }
    }

    /// Returns the provider's configuration.
    pub(super) async fn description(
        &self,
        now: Moment,
    ) -> Result<Arc<ProviderMetadata>, SingleSignOnError> {
        const WHAT: &str = "its description";
        // Requests that come meanwhile wait for this one instead of asking too.
        let mut known = self.known.lock().await;
        if let Some((at, description)) = &known.description
            && is_within(*at, KEPT, now)
        {
            return Ok(Arc::clone(description));
        }
        if known
            .failed_at
            .is_some_and(|at| is_within(at, LEFT_ALONE, now))
        {
            return Err(SingleSignOnError::Answer(
                WHAT,
                "it failed a moment ago".to_owned(),
            ));
        }
        let issuer = &self.provider.issuer;
        let address = format!("{issuer}/.well-known/openid-configuration");
        let fetched = web::get::<ProviderMetadata>(WHAT, address, None).await;
        let fetched = fetched.and_then(|description| {
            if description.issuer.trim_end_matches('/') == issuer {
                Ok(Arc::new(description))
            } else {
                let words = "it names another issuer".to_owned();
                Err(SingleSignOnError::Answer(WHAT, words))
            }
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

    /// Returns the provider's keys at an address; `afresh` fetches them in any case.
    pub(super) async fn keys(
        &self,
        address: &str,
        afresh: bool,
        now: Moment,
    ) -> Result<Arc<JwkSet>, SingleSignOnError> {
        let mut known = self.known.lock().await;
        if let Some((at, keys)) = &known.keys
            && is_within(*at, KEPT, now)
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
