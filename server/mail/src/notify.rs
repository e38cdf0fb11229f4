//! A transport that uses version 2 of GOV.UK Notify's HTTP API.
//!
//! Every message uses the same Notify template, with the subject `((subject))` and the body
//! `((body))`, so that the text of the messages lives in this crate alone. Each request carries its
//! own token (JWT, HS256), signed with the secret of the API key.
//!
//! Notify finds out only later whether a message was delivered. The service therefore asks for the messages that were
//! not delivered, and recognises each by its reference, which is the identifier of its outbox row.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::json;
use sha2::Sha256;
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::mailer::{Envelope, FailedDeliveries, FailedDelivery, Failure, Mailer};
use crate::render::as_markdown;

/// The longest time for a whole request, from connecting to the last byte of the answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The maximum size of an answer to a message, in bytes. A larger answer counts as empty.
const MAX_BYTES: u64 = 16 * 1024;
/// The maximum size of a list of messages, in bytes. A larger list counts as empty. Notify lists 250 messages at once,
/// with their texts.
const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;
/// The query of the address that lists emails that were not delivered.
const FAILED: &str = "?template_type=email&status=permanent-failure&status=temporary-failure&\
                      status=technical-failure";
/// The length of a UUID, in characters. The service and the secret in a key are UUIDs.
const UUID: usize = 36;

/// The GOV.UK Notify transport.
pub struct Notify {
    agent: Agent,
    address: String,
    key: NotifyKey,
    template: String,
}

/// An API key of Notify, in the form `name-service-secret`; the name is not needed.
#[derive(Clone)]
pub struct NotifyKey {
    service: String,
    secret: String,
}

/// The reason why Notify cannot be set up. The error never contains the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    /// The key does not have the form of a Notify key.
    #[error("the key of GOV.UK Notify must be copied whole, like name-service-secret")]
    Key,
}

impl NotifyKey {
    /// Parses a key into the service and the secret.
    ///
    /// # Errors
    /// [`NotifyError::Key`] if the key does not have the form of a Notify key.
    pub fn parse(key: &str) -> Result<Self, NotifyError> {
        let key = key.trim();
        let parts = key
            .len()
            .checked_sub(UUID)
            .and_then(|at| key.split_at_checked(at))
            .and_then(|(rest, secret)| Some((rest.strip_suffix('-')?, secret)))
            .and_then(|(rest, secret)| {
                let at = rest.len().checked_sub(UUID)?;
                Some((rest.split_at_checked(at)?.1, secret))
            });
        match parts {
            Some((service, secret)) if is_uuid(service) && is_uuid(secret) => Ok(Self {
                service: service.to_owned(),
                secret: secret.to_owned(),
            }),
            _ => Err(NotifyError::Key),
        }
    }

    /// Makes the token for a request at the time `at`, in seconds since 1970. Notify accepts the
    /// token for 30 seconds.
    fn token(&self, at: u64) -> Result<String, NotifyError> {
        let header = URL_SAFE_NO_PAD.encode(json!({"typ": "JWT", "alg": "HS256"}).to_string());
        let claims = URL_SAFE_NO_PAD.encode(json!({"iss": self.service, "iat": at}).to_string());
        let signed = format!("{header}.{claims}");
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).map_err(|_| NotifyError::Key)?;
        mac.update(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        Ok(format!("{signed}.{signature}"))
    }
}

impl Notify {
    /// The address of Notify's API.
    pub const ADDRESS: &str = "https://api.notifications.service.gov.uk";

    /// Creates a transport with a key and the identifier of the template.
    #[must_use]
    pub fn new(address: &str, key: NotifyKey, template: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("registration-for-common-platform");
        Self {
            agent: config.build().into(),
            address: format!("{}/v2/notifications", address.trim_end_matches('/')),
            key,
            template: template.to_owned(),
        }
    }
}

impl Notify {
    /// Returns the header of a request at the time `at`, in seconds since 1970.
    fn authorization(&self, at: u64) -> Result<String, Failure> {
        let token = self.key.token(at);
        let token = token.map_err(|error| Failure::Down(error.to_string()))?;
        Ok(format!("Bearer {token}"))
    }
}

#[async_trait]
impl Mailer for Notify {
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure> {
        let letter = &envelope.letter;
        let payload = json!({
            "email_address": envelope.ascii_address()?,
            "template_id": self.template,
            "reference": envelope.id,
            "personalisation": {
                "subject": letter.subject,
                "body": as_markdown(letter),
            },
        })
        .to_string();
        let request = self
            .agent
            .post(&[&*self.address, "/email"].concat())
            .header("Authorization", self.authorization(envelope.at)?)
            .header("Content-Type", "application/json");
        let (status, words) = answer(move || request.send(payload), MAX_BYTES).await?;
        outcome(status, words)
    }

    async fn failed_deliveries(
        &self,
        after: Option<&str>,
        at: u64,
    ) -> Result<FailedDeliveries, Failure> {
        let older = after.map(|id| ["&older_than=", id].concat());
        let address = [&*self.address, FAILED, &older.unwrap_or_default()].concat();
        let request = self
            .agent
            .get(&address)
            .header("Authorization", self.authorization(at)?);
        let (status, words) = answer(move || request.call(), MAX_LIST_BYTES).await?;
        if status != 200 {
            return Err(Failure::Down(format!("{status} {words}")));
        }
        let list: List = serde_json::from_str(&words)
            .map_err(|error| Failure::Unreachable(error.to_string()))?;
        let next = list.notifications.last().map(|last| last.id.clone());
        let failed = list.notifications.into_iter();
        Ok(FailedDeliveries {
            messages: failed.filter_map(Notification::failed).collect(),
            // The identifier becomes part of an address, so it must be a UUID.
            next: next.filter(|id| is_uuid(id)),
        })
    }
}

/// Sends a request. Returns the status and the text of the answer; the text is empty if it has more than `most` bytes.
///
/// `ureq` blocks while it waits for the answer, so it runs on a thread of its own, not on an async worker.
async fn answer(
    send: impl FnOnce() -> Result<Response<Body>, ureq::Error> + Send + 'static,
    most: u64,
) -> Result<(u16, String), Failure> {
    let asked = tokio::task::spawn_blocking(move || {
        let mut response = send()?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(most);
        Ok::<_, ureq::Error>((status, body.read_to_string().unwrap_or_default()))
    })
    .await;
    match asked {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if never_connected(&error) => Err(Failure::Down(error.to_string())),
        Ok(Err(error)) => Err(Failure::Unreachable(error.to_string())),
        Err(error) => Err(Failure::Unreachable(error.to_string())),
    }
}

/// A page of Notify's list of messages.
#[derive(Deserialize)]
struct List {
    notifications: Vec<Notification>,
}

/// A message in Notify's list, without its text and its recipient.
#[derive(Deserialize)]
struct Notification {
    id: String,
    reference: Option<String>,
    status: String,
    created_at: String,
}

impl Notification {
    /// Returns the failed delivery. Returns `None` if the message did not fail, or if it has no reference, because
    /// another service sent it.
    fn failed(self) -> Option<FailedDelivery> {
        let (came_back, reason) = match &*self.status {
            "permanent-failure" => (true, "GOV.UK Notify says that the address does not exist"),
            "temporary-failure" => (
                true,
                "GOV.UK Notify says that the mailbox did not accept the message, for example \
                 because it is full",
            ),
            "technical-failure" => (false, "GOV.UK Notify could not send the message"),
            _ => return None,
        };
        Some(FailedDelivery {
            id: self.reference?,
            accepted: self.created_at,
            came_back,
            reason,
        })
    }
}

/// Whether a request failed before any part of it was sent.
fn never_connected(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}

/// Classifies an answer by its status, following the table of errors in Notify's documentation.
fn outcome(status: u16, words: String) -> Result<(), Failure> {
    match status {
        200 | 201 => Ok(()),
        400 => Err(refusal(words)),
        // The message is larger than Notify accepts.
        413 => Err(Failure::Permanent(words)),
        // An error inside Notify, which may concern only this message.
        500 => Err(Failure::Temporary(words)),
        // The message is not at fault: Notify is down, or it refuses the key, the time in the token
        // or the number of requests.
        _ => Err(Failure::Down(format!("{status} {words}"))),
    }
}

/// Classifies a refused request by the errors that its answer names.
fn refusal(words: String) -> Failure {
    let errors: Vec<NamedError> = serde_json::from_str::<Refusal>(&words)
        .map(|refusal| refusal.errors)
        .unwrap_or_default();
    let says = |part: &str| {
        errors
            .iter()
            .any(|error| error.message.to_lowercase().contains(part))
    };
    if says("template") || says("personalisation") || says("reply_to") {
        // The service is misconfigured, so every message would be refused.
        Failure::Down(words)
    } else if says("longer than") || errors.iter().any(|error| error.error == "ValidationError") {
        // An address that Notify does not accept, or a message that is too long.
        Failure::Permanent(words)
    } else {
        // Usually the key is a trial or team key, which sends to some people only. The message can
        // be sent once the key is changed.
        Failure::Temporary(words)
    }
}

/// The answer to a refused request.
#[derive(Deserialize)]
struct Refusal {
    errors: Vec<NamedError>,
}

/// An error as Notify names it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct NamedError {
    error: String,
    message: String,
}

fn is_uuid(text: &str) -> bool {
    text.len() == UUID
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
    const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";

    #[test]
    fn a_key_is_read_from_its_end() {
        for name in ["live", "our-team-key", ""] {
            let key = NotifyKey::parse(&format!("{name}-{SERVICE}-{SECRET}\n")).unwrap();
            assert_eq!(
                (key.service.as_str(), key.secret.as_str()),
                (SERVICE, SECRET)
            );
        }
        for wrong in [
            "",
            "live",
            SECRET,
            &format!("{SERVICE}{SECRET}"),
            &"é".repeat(60),
        ] {
            assert!(NotifyKey::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_signed_as_rfc_7515_says() {
        // The expected signature was computed with Python’s hmac and hashlib.
        let key = NotifyKey::parse(&format!("live-{SERVICE}-{SECRET}")).unwrap();
        let token = key.token(1_788_426_000).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let decoded =
            |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        assert_eq!(decoded(parts[0]), r#"{"alg":"HS256","typ":"JWT"}"#);
        assert_eq!(
            decoded(parts[1]),
            format!(r#"{{"iat":1788426000,"iss":"{SERVICE}"}}"#)
        );
        assert_eq!(parts[2], "QCPN81X2WDE8aFt-4rU5UL-wCKB8wsoFwAJP2vW-z6Y");
    }

    #[test]
    fn each_answer_is_somebodys_fault() {
        let kind = |status| {
            outcome(status, String::new())
                .err()
                .map_or("sent", |failure| failure.kind())
        };
        for (statuses, expected) in [
            (&[200, 201][..], "sent"),
            (&[413], "refused for good"),
            (&[400, 500], "refused for now"),
            (&[301, 401, 403, 404, 429, 502, 503, 504], "down"),
        ] {
            for status in statuses {
                assert_eq!(kind(*status), expected, "{status}");
            }
        }
    }

    #[test]
    fn a_400_is_final_only_if_the_message_is_at_fault() {
        for (error, message, expected) in [
            (
                "ValidationError",
                "email_address Not a valid email address",
                "refused for good",
            ),
            (
                "BadRequestError",
                "Emails cannot be longer than 2000000 bytes. Your message is 2000001 bytes.",
                "refused for good",
            ),
            (
                "BadRequestError",
                "Can\u{2019}t send to this recipient using a team-only API key",
                "refused for now",
            ),
            (
                "BadRequestError",
                "Can\u{2019}t send to this recipient when service is in trial mode",
                "refused for now",
            ),
            ("BadRequestError", "Missing personalisation: body", "down"),
            ("BadRequestError", "Template not found", "down"),
            ("ValidationError", "template_id is not a valid UUID", "down"),
            (
                "BadRequestError",
                "email_reply_to_id does not exist in database",
                "down",
            ),
        ] {
            let words =
                json!({"status_code": 400, "errors": [{"error": error, "message": message}]});
            assert_eq!(refusal(words.to_string()).kind(), expected, "{message}");
        }
        for words in [
            "",
            "<html>",
            "{}",
            "[]",
            r#"{"errors":[]}"#,
            r#"{"errors":[{}]}"#,
        ] {
            assert_eq!(
                refusal(words.to_owned()).kind(),
                "refused for now",
                "{words}"
            );
        }
    }
}
