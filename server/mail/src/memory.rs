//! A transport that only stores messages in memory, for the mail page on a developer's machine and
//! for tests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use crate::mailer::{Envelope, Failure, Mailer};
use crate::messages::Sender;
use crate::render::{as_html, as_text};

/// The maximum number of messages that are stored; the oldest is dropped first.
const MOST: usize = 200;

/// A transport that stores the newest messages, at most `MOST`.
#[derive(Debug, Default)]
pub struct Memory {
    messages: Mutex<VecDeque<SentMessage>>,
}

/// A message as its recipient would see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SentMessage {
    /// The identifier of the message's outbox row.
    pub id: String,
    /// The recipient.
    pub to: String,
    /// The time at which the message was sent, in seconds since 1970.
    pub at: u64,
    /// The language of the message: `en` or `cy`.
    pub language: String,
    /// The subject.
    pub subject: String,
    /// The content as plain text.
    pub text: String,
    /// The content as an HTML document.
    pub html: String,
}

impl Memory {
    /// Lists the messages that were sent, the newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<SentMessage> {
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.iter().rev().cloned().collect()
    }
}

#[async_trait]
impl Mailer for Memory {
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure> {
        let letter = &envelope.letter;
        let shown = SentMessage {
            id: envelope.id.clone(),
            to: envelope.to.to_string(),
            at: envelope.at,
            language: letter.language.code().to_owned(),
            subject: letter.subject.clone(),
            text: as_text(letter),
            html: as_html(letter, Sender::name(letter.language)),
        };
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.push_back(shown);
        if messages.len() > MOST {
            messages.pop_front();
        }
        Ok(())
    }
}
