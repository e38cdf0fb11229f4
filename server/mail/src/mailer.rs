//! The transport interface. A `Mailer` sends one message; a `Failure` says whether the message or
//! the transport is at fault.

use async_trait::async_trait;
use registration::identifiers::Email;

use crate::letter::Letter;

/// A message that is ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The identifier of the message's outbox row, the same on every attempt, so that duplicates
    /// can be recognised.
    pub id: String,
    /// The recipient.
    pub to: Email,
    /// The content.
    pub letter: Letter,
    /// The time of sending, in seconds since 1970.
    pub at: u64,
}

impl Envelope {
    /// Returns the recipient’s address with its host in ASCII. Labels of the host with other letters are encoded in
    /// Punycode (IDNA), which every mail server accepts.
    ///
    /// # Errors
    /// [`Failure::Permanent`] if the host name is not valid; no transport can send to such an
    /// address.
    pub fn ascii_address(&self) -> Result<String, Failure> {
        let address = self.to.as_str();
        let Some((local, host)) = address
            .rsplit_once('@')
            .filter(|(_, host)| !host.is_ascii())
        else {
            return Ok(address.to_owned());
        };
        let host = idna::domain_to_ascii(host)
            .map_err(|_| Failure::Permanent("the host of the address cannot exist".to_owned()))?;
        Ok([local, "@", &host].concat())
    }
}

/// A way to send messages.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends a message. `Ok` means that the transport has accepted it for delivery.
    ///
    /// # Errors
    /// A [`Failure`], also if it is unknown whether the message was sent.
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure>;

    /// Returns one page of messages that the transport accepted but could not deliver, newest first.
    ///
    /// `after` is the `next` of the previous page; `None` for the first page. `at` is the current time, in seconds
    /// since 1970. A transport that does not hear of failed deliveries returns an empty page.
    ///
    /// # Errors
    /// A [`Failure`] if the transport does not answer.
    async fn failed_deliveries(
        &self,
        _after: Option<&str>,
        _at: u64,
    ) -> Result<FailedDeliveries, Failure> {
        Ok(FailedDeliveries::default())
    }
}

/// A page of messages that were not delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailedDeliveries {
    /// The messages, newest first.
    pub messages: Vec<FailedDelivery>,
    /// The identifier with which to ask for the next page; `None` if there is no next page.
    pub next: Option<String>,
}

/// A message that the transport accepted and could not deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedDelivery {
    /// The identifier of the message's outbox row.
    pub id: String,
    /// The time at which the transport accepted the message, in RFC 3339 format.
    pub accepted: String,
    /// Whether the recipient's mail server refused the message. False if the message never reached that server.
    pub came_back: bool,
    /// The reason as display text, without personal data.
    pub reason: &'static str,
}

/// The reason why a message was not sent.
///
/// Each variant contains the server's answer, or the error if there was no answer. This text can
/// name a recipient, so it is stored with the message and never logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing can be sent at present, whatever the message: no connection can be made, or the
    /// server rejects the service, its key or its template.
    #[error("cannot be reached: {0}")]
    Down(String),
    /// Sending this message broke off, but other messages may succeed: the connection was lost or
    /// no answer came in time. Only the next messages show whether this message alone is at fault.
    #[error("lost the connection: {0}")]
    Unreachable(String),
    /// The server refused this message but may accept it later.
    #[error("refused for now: {0}")]
    Temporary(String),
    /// The server will never accept this message.
    #[error("refused for good: {0}")]
    Permanent(String),
}

impl Failure {
    /// Returns the kind of failure for the log, without any personal data.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Down(_) => "down",
            Self::Unreachable(_) => "unreachable",
            Self::Temporary(_) => "refused for now",
            Self::Permanent(_) => "refused for good",
        }
    }
}
