//! A transport that uses SMTP: with TLS from the start (`smtps://`), with STARTTLS
//! (`smtp://…?tls=required`), or unencrypted to a relay on the same machine.

use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::address::AddressError;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{PoolConfig, extension::ClientId};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;

use crate::mailer::{Envelope, Failure, Mailer};
use crate::messages::Sender;
use crate::render::{as_html, as_text};

/// The longest time for one message, including the connection. Together with [`PROBE`], it is
/// shorter than the time for which the outbox worker waits for a message.
const TIMEOUT: Duration = Duration::from_mins(1);
/// The longest time for the check, after a failure, whether the server can be reached at all.
const PROBE: Duration = Duration::from_secs(20);
/// The size of the connection pool: small, because the worker sends one message at a time.
const CONNECTIONS: u32 = 2;

/// The SMTP transport.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
    patience: Duration,
}

/// The reason why SMTP cannot be set up. The error never contains the password.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The URL of the server is malformed, or allows TLS to be skipped.
    #[error(
        "the address of the SMTP server must be like smtps://user:password@mail.example:465 or smtp://mail.example:587?tls=required"
    )]
    Url,
    /// The server is on another machine and the connection would not be encrypted.
    #[error("the SMTP server is on another machine: use smtps://, or add ?tls=required")]
    Unencrypted,
    /// The certificate of the certificate authority cannot be read.
    #[error("the certificate of the SMTP server cannot be read: it must be in the form PEM")]
    Certificate,
    /// The sender's email address is malformed.
    #[error("the address that messages come from is not an email address: {0}")]
    From(#[from] AddressError),
}

impl Smtp {
    /// Creates a transport that sends through the server at `url`, from the address `from`.
    /// `authority` is the PEM certificate of the private certificate authority that signed the
    /// server's certificate; `None` if a public authority signed it.
    ///
    /// # Errors
    /// [`SmtpError`] if an argument cannot be parsed, or if the connection to another machine would
    /// not be encrypted. This function does not connect yet.
    pub fn new(url: &str, from: &str, authority: Option<&[u8]>) -> Result<Self, SmtpError> {
        Self::waiting(url, from, authority, TIMEOUT)
    }

    /// Creates a transport like `new`, with `patience` as the longest time for each message.
    ///
    /// # Errors
    /// The errors of [`new`](Self::new).
    pub fn waiting(
        url: &str,
        from: &str,
        authority: Option<&[u8]>,
        patience: Duration,
    ) -> Result<Self, SmtpError> {
        let (scheme, rest) = url.split_once("://").ok_or(SmtpError::Url)?;
        let authority_part = rest.split(['/', '?']).next().unwrap_or_default();
        let host = host_of(authority_part);
        if host.is_empty() || url.contains("tls=opportunistic") {
            return Err(SmtpError::Url);
        }
        let starts_tls = url.contains("tls=required");
        if scheme == "smtp" && !starts_tls && !is_this_machine(host) {
            return Err(SmtpError::Unencrypted);
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SmtpError::Url)?
            .timeout(Some(patience))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS))
            .hello_name(hello_name(from));
        if let Some(authority) = authority {
            let certificate =
                Certificate::from_pem(authority).map_err(|_| SmtpError::Certificate)?;
            let parameters = TlsParameters::builder(host.to_owned())
                .add_root_certificate(certificate)
                .build()
                .map_err(|_| SmtpError::Certificate)?;
            if scheme == "smtps" {
                builder = builder.tls(Tls::Wrapper(parameters));
            } else if starts_tls {
                builder = builder.tls(Tls::Required(parameters));
            }
        }
        Ok(Self {
            transport: builder.build(),
            from: from.parse()?,
            patience,
        })
    }

    /// Whether the server accepts a connection and answers in time. Sends no message.
    async fn can_be_reached(&self) -> bool {
        let probing = timeout(PROBE.min(self.patience), self.transport.test_connection());
        matches!(probing.await, Ok(Ok(true)))
    }

    fn message(&self, envelope: &Envelope) -> Result<Message, Failure> {
        let letter = &envelope.letter;
        let to: Address = envelope
            .ascii_address()?
            .parse()
            .map_err(|error: AddressError| Failure::Permanent(error.to_string()))?;
        let name = Sender::name(letter.language);
        let header = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        Message::builder()
            .from(Mailbox::new(Some(name.to_owned()), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(envelope.at))
            .message_id(Some(format!("<{}@{}>", envelope.id, self.from.domain())))
            .raw_header(header("Content-Language", letter.language.code()))
            // Tells mail servers not to send out-of-office replies (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .multipart(MultiPart::alternative_plain_html(
                as_text(letter),
                as_html(letter, name),
            ))
            .map_err(|error| Failure::Permanent(error.to_string()))
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure> {
        let message = self.message(envelope)?;
        // lettre's own timeout covers only connecting; this timeout also covers a server that stops
        // answering later.
        let sending = timeout(self.patience, self.transport.send(message));
        let failure = match sending.await {
            Err(_) => Failure::Unreachable("no answer came in time".to_owned()),
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => failure(error.status().map(u16::from), error.to_string()),
        };
        Err(match failure {
            Failure::Unreachable(words) if !self.can_be_reached().await => Failure::Down(words),
            other => other,
        })
    }
}

/// Classifies a failure by the server's status code (RFC 5321, 4.2 and 4.3.2; RFC 4954, 6; RFC
/// 3207, 4). The code is `None` if the server gave no answer.
fn failure(code: Option<u16>, words: String) -> Failure {
    match code {
        // The server is down, is closing or rejects the commands, or authentication or encryption
        // failed: every other message would fail in the same way.
        None | Some(421 | 432 | 454 | 500..=504 | 530 | 534 | 535 | 538) => {
            Failure::Unreachable(words)
        }
        Some(500..) => Failure::Permanent(words),
        Some(_) => Failure::Temporary(words),
    }
}

fn host_of(authority: &str) -> &str {
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1")
}

/// Returns the name for the EHLO greeting: the domain of the sender's address, because the host
/// name of the machine means nothing to other servers.
fn hello_name(from: &str) -> ClientId {
    let host = from.rsplit('@').next().unwrap_or_default();
    ClientId::Domain(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_somebodys_fault() {
        let kind = |code| failure(code, String::new()).kind();
        for (codes, expected) in [
            (
                &[None, Some(421), Some(454), Some(535), Some(530)][..],
                "unreachable",
            ),
            (&[Some(450), Some(451), Some(452)], "refused for now"),
            (
                &[Some(550), Some(552), Some(553), Some(554)],
                "refused for good",
            ),
        ] {
            for code in codes {
                assert_eq!(kind(*code), expected, "{code:?}");
            }
        }
    }

    #[test]
    fn a_server_elsewhere_is_never_spoken_to_in_clear() {
        let from = "no-reply@register.example";
        for url in [
            "smtp://mail.example:25",
            "smtp://user:secret@mail.example",
            "smtp://127.0.0.1.mail.example",
            "smtp://localhost@mail.example",
        ] {
            assert!(
                matches!(Smtp::new(url, from, None), Err(SmtpError::Unencrypted)),
                "{url}"
            );
        }
        for url in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=opportunistic",
        ] {
            assert!(
                matches!(
                    Smtp::new(url, from, None),
                    Err(SmtpError::Url | SmtpError::Unencrypted)
                ),
                "{url}"
            );
        }
    }

    #[tokio::test]
    async fn the_forms_of_an_address_that_are_taken() {
        let from = "no-reply@register.example";
        for url in [
            "smtps://user:secret@mail.example:465",
            "smtp://user:secret@mail.example:587?tls=required",
            "smtp://localhost:25",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(Smtp::new(url, from, None).is_ok(), "{url}");
        }
        assert!(matches!(
            Smtp::new("smtp://localhost", "nobody", None),
            Err(SmtpError::From(_))
        ));
    }
}
