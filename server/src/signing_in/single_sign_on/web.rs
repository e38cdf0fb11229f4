//! HTTP requests to a provider for JSON. Each request must end within ten seconds, runs on a
//! blocking thread, and uses HTTPS unless the provider is on this machine.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use registration::percent::percent_encoded;
use serde::de::DeserializeOwned;

use super::SingleSignOnError;
use crate::this_machine::is_encrypted_or_here;

const TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BYTES: u64 = 256 * 1_024;

/// Fetches JSON from an address; `what` describes the answer in errors.
pub(super) async fn get<T: DeserializeOwned + Send + 'static>(
    what: &'static str,
    address: String,
    authorization: Option<String>,
) -> Result<T, SingleSignOnError> {
    on_a_thread(what, address, move |agent, address| {
        let mut request = agent.get(address).header("accept", "application/json");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        request.call()
    })
    .await
}

/// Sends a form and returns the JSON of the answer.
pub(super) async fn post<T: DeserializeOwned + Send + 'static>(
    address: String,
    fields: &[(&str, &str)],
    authorization: Option<String>,
) -> Result<T, SingleSignOnError> {
    let body = encoded(fields);
    on_a_thread("the exchange of a code", address, move |agent, address| {
        let mut request = agent
            .post(address)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        request.send(body)
    })
    .await
}

/// URL-encodes names and values, for a form or a query.
pub(super) fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect();
    pairs.join("&")
}

/// Returns the value of the Authorization header for a client's identifier and secret (RFC 6749,
/// 2.3.1).
pub(super) fn basic(client: &str, secret: &str) -> String {
    let pair = format!("{}:{}", percent_encoded(client), percent_encoded(secret));
    format!("Basic {}", STANDARD.encode(pair))
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

async fn on_a_thread<T: DeserializeOwned + Send + 'static>(
    what: &'static str,
    address: String,
    ask: impl FnOnce(&ureq::Agent, &str) -> Answer + Send + 'static,
) -> Result<T, SingleSignOnError> {
    let fault = |error: &dyn std::fmt::Display| SingleSignOnError::Answer(what, error.to_string());
    if !is_encrypted_or_here(&address) {
        return Err(fault(&"its address does not begin with https://"));
    }
    let text = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .build()
            .into();
        let mut answer = ask(&agent, &address)?;
        answer
            .body_mut()
            .with_config()
            .limit(MAX_BYTES)
            .read_to_string()
    })
    .await
    .map_err(|error| fault(&error))?
    .map_err(|error| fault(&error))?;
    serde_json::from_str(&text).map_err(|error| fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sent_parameters_are_percent_encoded() {
        assert_eq!(
            encoded(&[("a", "b c"), ("d", "é&=+")]),
            "a=b%20c&d=%C3%A9%26%3D%2B"
        );
        assert_eq!(basic("client", "a:b"), "Basic Y2xpZW50OmElM0Fi");
    }

    #[tokio::test]
    async fn a_provider_elsewhere_is_asked_over_https_alone() {
        for address in [
            "http://provider.example/x",
            "http://localhost:80@provider.example/x",
            "ftp://localhost/x",
            "",
        ] {
            let answer = get::<serde_json::Value>("it", address.to_owned(), None).await;
            let words = answer.unwrap_err().to_string();
            assert!(words.contains("https://"), "{words}");
        }
    }
}
