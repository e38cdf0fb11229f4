//! The way out: a transport sends one message and says, if it did not go, whose fault that is.

use async_trait::async_trait;
use registration::identifiers::Email;

use crate::letter::Letter;

/// A message that is ready to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The identifier of its row, the same however often it is sent: by this a second copy is known.
    pub id: String,
    /// To whom.
    pub to: Email,
    /// What it says.
    pub letter: Letter,
    /// Now, in seconds since 1970.
    pub at: u64,
}

/// Sends messages.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends a message. When this returns `Ok`, somebody else has taken the duty to deliver it.
    ///
    /// # Errors
    /// As `Failure` says. A message of which it is not known whether it went counts as not sent.
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure>;
}

/// Why a message was not sent.
///
/// The words are what the other side answered: they can name a recipient, so they are kept with the
/// message and are in no log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing can be sent now: the server is away, too slow, or refuses us. It is no message's fault.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// This message was refused and may be taken later.
    #[error("refused for now: {0}")]
    ForNow(String),
    /// This message will never be taken.
    #[error("refused for good: {0}")]
    ForGood(String),
}

impl Failure {
    /// What happened in a word, without anybody's name: for the log.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::ForNow(_) => "refused for now",
            Self::ForGood(_) => "refused for good",
        }
    }
}
