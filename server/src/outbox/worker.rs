//! The outbox worker. It claims a batch of messages, sends them one after the other, and records
//! each outcome before it sends the next message. If the process is killed, at most one message is
//! sent without being marked as sent. If the database fails, the worker records the outcomes once
//! the database works again.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mail::{
    AccessLink, EnrolmentLink, Envelope, Failure, Letter, Mailer, MemberSignIn, Purpose, Sender,
};
use registration::lifecycle::STATUS_LINK;
use registration::lifetimes::{ACCESS_CODE_MINUTES, ENROLMENT_LINK_HOURS, SIGNING_LINK_DAYS};
use registration::resume::RETURN;
use tokio::time::{sleep, timeout};
use tracing::{Instrument, debug_span, info_span};

use super::backoff;
use super::unrecorded::Unrecorded;
use crate::casework::assisted::signing_link_message;
use crate::clock::{Clock, Moment};
use crate::randomness::{Randomness, SessionToken, new_code};
use crate::store::{
    AccessLinks, AccessSecrets, Assisted, ClaimedMessage, Interruption, MessageContent, Officers,
    Outbox, StoreError, code_hash,
};

/// The number of messages that a worker claims at once.
const BATCH: i64 = 50;
/// The time limit for sending one message. Every transport has a shorter limit of its own.
const MESSAGE: Duration = Duration::from_mins(2);
/// The duration of a claim. After it, another worker can claim the messages that are still unsent.
const CLAIM: Duration = Duration::from_mins(10);
/// The wait before a message is tried again, if the connection to the mail server was lost while
/// the message was sent. Other messages go first, in case this message is the cause.
const BEHIND_OTHERS: Duration = Duration::from_secs(15);
/// The wait before the next message is tried, if the connection to the mail server was lost while a
/// message was sent, and was never lost with that message before.
const NEXT_MESSAGE: Duration = Duration::from_millis(250);
/// The interval at which the worker looks for messages from other processes.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// The worker that sends the messages in the outbox.
#[derive(Clone)]
pub struct Worker {
    /// The store of the messages.
    pub outbox: Outbox,
    /// The store of access links and codes, which are issued when their message is sent.
    pub access_links: AccessLinks,
    /// The store of signing links, which are also issued when their message is sent.
    pub assisted: Assisted,
    /// The store of officers' enrolment links, which are also issued when their message is sent.
    pub officers: Officers,
    /// The transport that sends the messages.
    pub mailer: Arc<dyn Mailer>,
    /// The clock, which determines the messages that are due.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes, for links and codes.
    pub randomness: Arc<dyn Randomness>,
    /// The sender's details, which messages contain.
    pub sender: Arc<Sender>,
    /// The outcomes that could not be stored because the database failed.
    pub unrecorded: Unrecorded,
}

/// Outcome of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// The number of messages that were claimed.
    pub claimed: usize,
    /// The number of messages that were sent.
    pub sent: usize,
    /// Whether the mail server could not be reached, or the connection to it was lost.
    pub unreachable: bool,
}

/// Outcome of a batch, with details that determine the next wait.
#[derive(Default)]
struct Progress {
    round: Round,
    /// Whether the connection to the mail server was lost while a message was sent, and was never
    /// lost with that message before.
    is_first_break: bool,
    /// Whether the mail server cannot be reached at all.
    is_down: bool,
}

/// The outcome of the last rounds, which determines the wait before the next round.
#[derive(Debug, Default)]
pub struct Pace {
    /// The number of rounds in a row in which the mail server was unreachable. The first loss of
    /// the connection with a message does not count.
    unreachable: u32,
    /// Whether the mail server cannot be reached at all.
    is_down: bool,
}

/// The consequence of a failure for the rest of the batch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Only this message failed.
    GoesOn,
    /// The connection was lost while the message was sent, so the batch stops.
    Stops(Interruption),
    /// No message can be sent at present, so the batch stops.
    Down,
}

impl Worker {
    /// Sends messages until `stopped` is ready. Then finishes the current message and returns the
    /// rest of the batch to the outbox.
    pub async fn run(&self, stopped: impl Future<Output = ()>) {
        let mut stopped = pin!(stopped);
        let mut pace = Pace::default();
        loop {
            let stopping = AtomicBool::new(false);
            let round = self.round_until(&stopping, pace.batch());
            let mut round = pin!(round.instrument(debug_span!("outbox")));
            let round = tokio::select! {
                round = &mut round => round,
                () = &mut stopped => {
                    // Do not interrupt the current message, because it would then be sent twice.
                    stopping.store(true, Ordering::Relaxed);
                    return log_fault(round.await);
                }
            };
            let wait = pace.after(&round);
            if round.is_err() {
                log_fault(round);
            }
            // If the connection was lost, wait a while even if new messages arrive. After that, try
            // a new message at once, because the earlier messages may be the cause. If the mail
            // server is down, new messages change nothing.
            let bell = async {
                if pace.is_down {
                    std::future::pending::<()>().await;
                }
                if pace.unreachable > 0 {
                    sleep(POLL_INTERVAL).await;
                }
                self.outbox.woken().await;
            };
            tokio::select! {
                () = &mut stopped => return,
                () = sleep(wait) => {}
                () = bell => {}
            }
        }
    }

    /// Claims a batch and sends it. Returns the outcome, and how long the worker then waits unless
    /// new messages arrive.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn paced_round(&self, pace: &mut Pace) -> Result<(Round, Duration), StoreError> {
        let progress = self
            .round_until(&AtomicBool::new(false), pace.batch())
            .await;
        let wait = pace.after(&progress);
        Ok((progress?.round, wait))
    }

    /// Claims a batch and sends it.
    ///
    /// # Errors
    /// When the database fails. The next round stores the outcomes of this round.
    pub async fn round(&self) -> Result<Round, StoreError> {
        let progress = self.round_until(&AtomicBool::new(false), BATCH).await?;
        Ok(progress.round)
    }

    async fn round_until(&self, stopping: &AtomicBool, most: i64) -> Result<Progress, StoreError> {
        self.unrecorded.record(&self.outbox).await?;
        let now = self.clock.now();
        let until = now.plus(CLAIM);
        let batch = match self.outbox.claim_messages(most, now, until).await {
            Ok(batch) => batch,
            Err(failed) => {
                for id in &failed.ids {
                    self.unrecorded.unsent(id, until);
                }
                return Err(failed.error);
            }
        };
        let mut progress = Progress::default();
        progress.round.claimed = batch.len();
        let mut messages = batch.iter();
        while let Some(message) = messages.next() {
            if let Err(error) = self.handle(message, stopping, &mut progress).await {
                self.unrecorded.unsent(&message.id, until);
                for message in messages {
                    self.unrecorded.unsent(&message.id, until);
                }
                return Err(error);
            }
        }
        Ok(progress)
    }

    /// Sends a message, or returns it to the queue if the batch has to stop.
    async fn handle(
        &self,
        message: &ClaimedMessage,
        stopping: &AtomicBool,
        progress: &mut Progress,
    ) -> Result<(), StoreError> {
        // If the clock jumped or the mail server is slow, another worker may have claimed the
        // message.
        let in_time = self.clock.now().plus(MESSAGE) <= message.until;
        if !in_time || progress.round.unreachable || stopping.load(Ordering::Relaxed) {
            return self.outbox.return_message(&message.id, message.until).await;
        }
        let (id, kind) = (&message.id, message.message.kind());
        self.deliver(message, progress)
            .instrument(info_span!("message", id, kind))
            .await
    }

    /// Sends a message and records the outcome.
    async fn deliver(
        &self,
        message: &ClaimedMessage,
        progress: &mut Progress,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let Some(letter) = self.letter(message, now).await? else {
            self.outbox
                .delete_claimed(&message.id, message.until)
                .await?;
            return Ok(());
        };
        match self.send(message, letter, now).await {
            Ok(()) => {
                let now = self.clock.now();
                if let Err(error) = self.outbox.mark_sent(&message.id, now).await {
                    self.unrecorded.sent(&message.id, now);
                    return Err(error);
                }
                progress.round.sent += 1;
            }
            Err(failure) => {
                let fate = self.failed(message, &failure).await?;
                progress.round.unreachable = fate != Fate::GoesOn;
                progress.is_first_break = fate == Fate::Stops(Interruption::First);
                progress.is_down = fate == Fate::Down;
            }
        }
        Ok(())
    }

    /// Writes the text of a message, and issues its link. Returns `None` if the message is no
    /// longer needed.
    async fn letter(
        &self,
        message: &ClaimedMessage,
        now: Moment,
    ) -> Result<Option<Letter>, StoreError> {
        Ok(match &message.message {
            MessageContent::Letter(kept) => Some(kept.letter(message.language, &self.sender)),
            MessageContent::AccessLink { id } => self
                .access_link(id, now)
                .await?
                .map(|access_link| access_link.letter(message.language, &self.sender)),
            MessageContent::ToSign { link } => {
                let secret = SessionToken::new(self.randomness.as_ref())?;
                let until = now.plus_hours(SIGNING_LINK_DAYS * 24);
                let issued = self
                    .assisted
                    .issue_signing_link(link, &secret.hash(), until)
                    .await?;
                issued.then(|| signing_link_message(&secret).letter(message.language, &self.sender))
            }
            MessageContent::Enrolment { link } => {
                let secret = SessionToken::new(self.randomness.as_ref())?;
                let until = now.plus_hours(ENROLMENT_LINK_HOURS);
                let is_issued = self
                    .officers
                    .issue_enrolment_link(link, &secret.hash(), until)
                    .await?;
                let letter = EnrolmentLink {
                    secret: secret.secret().to_owned(),
                    hours: ENROLMENT_LINK_HOURS,
                };
                is_issued.then(|| letter.letter(message.language, &self.sender))
            }
            MessageContent::MemberSignIn { id } => self
                .member_sign_in(id, now)
                .await?
                .map(|sign_in| sign_in.letter(message.language, &self.sender)),
            MessageContent::Linked {
                message: kept,
                link,
            } => {
                let secret = SessionToken::new(self.randomness.as_ref())?;
                let issued = self
                    .access_links
                    .issue_registration_link(link, &secret.hash(), now)
                    .await?;
                // No link is issued if the message was sent twice and the first link was used. Send
                // the message with the general address in place of the link, because the news in
                // the message is still valid.
                let path = if issued {
                    [STATUS_LINK, "/", secret.secret()].concat()
                } else {
                    RETURN.to_owned()
                };
                Some(kept.letter_with_link(message.language, &self.sender, &path))
            }
        })
    }

    /// Issues a link and a code with which somebody signs in to manage an organisation. Returns
    /// `None` if the message is no longer needed.
    async fn member_sign_in(
        &self,
        id: &str,
        now: Moment,
    ) -> Result<Option<MemberSignIn>, StoreError> {
        let secret = SessionToken::new(self.randomness.as_ref())?;
        let code = new_code(self.randomness.as_ref())?;
        let secrets = AccessSecrets {
            link: secret.hash(),
            code: code_hash(id, code.as_str()),
            until: now.plus(Duration::from_mins(ACCESS_CODE_MINUTES.into())),
        };
        let is_issued = self.access_links.issue_member_sign_in(id, &secrets).await?;
        Ok(is_issued.then(|| MemberSignIn {
            secret: secret.secret().to_owned(),
            code: code.as_str().to_owned(),
            minutes: ACCESS_CODE_MINUTES,
        }))
    }

    /// Issues an access link and a code. Their lifetime begins now, so that a delay in the outbox
    /// does not shorten it. Returns `None` if the message is no longer needed.
    async fn access_link(&self, id: &str, now: Moment) -> Result<Option<AccessLink>, StoreError> {
        let secret = SessionToken::new(self.randomness.as_ref())?;
        let code = new_code(self.randomness.as_ref())?;
        let secrets = AccessSecrets {
            link: secret.hash(),
            code: code_hash(id, code.as_str()),
            until: now.plus(Duration::from_mins(ACCESS_CODE_MINUTES.into())),
        };
        let Some(issued) = self
            .access_links
            .issue_access_link(id, &secrets, now)
            .await?
        else {
            return Ok(None);
        };
        let purpose = if issued.confirms {
            Purpose::ConfirmAddress
        } else {
            let last = Moment::from_millis(issued.draft_ends).calendar_date();
            let Some(kept_until) = last else {
                return Ok(None);
            };
            Purpose::OpenDraft { kept_until }
        };
        Ok(Some(AccessLink {
            purpose,
            secret: secret.secret().to_owned(),
            code: code.as_str().to_owned(),
            minutes: ACCESS_CODE_MINUTES,
        }))
    }

    async fn send(
        &self,
        message: &ClaimedMessage,
        letter: Letter,
        now: Moment,
    ) -> Result<(), Failure> {
        let envelope = Envelope {
            id: message.id.clone(),
            to: message.recipient.clone(),
            letter,
            at: u64::try_from(now.millis() / 1_000).unwrap_or_default(),
        };
        timeout(MESSAGE, self.mailer.send(&envelope))
            .await
            .unwrap_or_else(|_| Err(Failure::Unreachable("no answer came in time".to_owned())))
    }

    async fn failed(
        &self,
        message: &ClaimedMessage,
        failure: &Failure,
    ) -> Result<Fate, StoreError> {
        let (id, kind) = (&message.id, message.message.kind());
        tracing::warn!(id, kind, failure = failure.kind(), "a message was not sent");
        let (outbox, now) = (&self.outbox, self.clock.now());
        match failure {
            Failure::Down(_) => {
                // Do not postpone the message, so that the order of the messages does not change.
                outbox.return_message(id, message.until).await?;
                return Ok(Fate::Down);
            }
            Failure::Unreachable(words) => match outbox.record_interruption(id, now).await? {
                Interruption::OfThisMessage => self.refused(message, words).await?,
                unclear => {
                    let next = now.plus(BEHIND_OTHERS);
                    outbox.release_message(id, message.until, next).await?;
                    return Ok(Fate::Stops(unclear));
                }
            },
            Failure::Temporary(words) => self.refused(message, words).await?,
            Failure::Permanent(words) => {
                outbox.mark_dead(id, message.until, (words, true)).await?;
            }
        }
        Ok(Fate::GoesOn)
    }

    /// Postpones a message that was temporarily refused, or marks it as dead after too many
    /// refusals.
    async fn refused(&self, message: &ClaimedMessage, words: &str) -> Result<(), StoreError> {
        let (id, until, outbox) = (&message.id, message.until, &self.outbox);
        match backoff::after_refusal(message.tries) {
            Some(wait) => {
                let next = self.clock.now().plus(wait);
                outbox.postpone_message(id, until, next, words).await
            }
            None => outbox.mark_dead(id, until, (words, false)).await,
        }
    }
}

impl Pace {
    /// Returns the number of messages to claim: one while the mail server is unreachable, otherwise
    /// `BATCH`.
    const fn batch(&self) -> i64 {
        if self.unreachable > 0 { 1 } else { BATCH }
    }

    /// Records how a round ended, and returns how long to wait before the next.
    fn after(&mut self, round: &Result<Progress, StoreError>) -> Duration {
        self.is_down = matches!(round, Ok(progress) if progress.is_down);
        match round {
            // The message may be the cause, so try the next message soon.
            Ok(progress) if progress.is_first_break => NEXT_MESSAGE,
            Ok(progress) if progress.round.unreachable => {
                self.unreachable = self.unreachable.saturating_add(1);
                backoff::while_unreachable(self.unreachable - 1)
            }
            Ok(progress) => {
                self.unreachable = 0;
                if progress.round.claimed > 0 {
                    Duration::ZERO
                } else {
                    POLL_INTERVAL
                }
            }
            Err(_) => POLL_INTERVAL,
        }
    }
}

fn log_fault(round: Result<Progress, StoreError>) {
    if let Err(error) = round {
        tracing::error!(%error, "the outbox could not be read or written");
    }
}
