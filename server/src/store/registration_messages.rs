//! The messages about a registration. The desk sees the delivery state of each message, and can
//! send an undelivered message again, to a corrected address.

use registration::desk::audit::Action;
use registration::desk::delivery::Delivery;
use registration::identifiers::Email;
use registration::language::Language;
use serde_json::json;

use super::audit::{NewEntry, append_next};
use super::connection::Connection;
use super::error::StoreError;
use super::outbox::{MessageContent, MessageState, NewMessage, SENT_AFTER_ACCEPTED, post};
use super::registration_links::{NewLink, new_link};
use super::statement::{query, query_as, query_scalar};
use super::stored_lifecycle::{StepOutcome, StoredLifecycle};
use super::stores::Outbox;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// The maximum number of messages that are read about one registration.
const MAX_MESSAGES: i64 = 500;

/// A message about a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationMessage {
    /// The message's identifier.
    pub id: String,
    /// The kind of message, such as `not-approved`.
    pub kind: String,
    /// The recipient's address; empty once it was erased.
    pub recipient: String,
    /// The state of the message in the outbox.
    pub state: MessageState,
    /// The delivery state of the message, as the desk sees it.
    pub delivery: Delivery,
    /// When the message was queued.
    pub at: Moment,
    /// When the message was sent, if it was.
    pub sent_at: Option<Moment>,
    /// Why the message was last refused or given up, if it was.
    pub answered: Option<String>,
}

impl RegistrationMessage {
    /// Returns whether the message did not arrive and was not sent again.
    #[must_use]
    pub const fn is_undelivered(&self) -> bool {
        matches!(self.state, MessageState::Dead)
    }
}

/// A message that did not arrive, to be sent again.
#[derive(Debug, Clone)]
pub struct Resending<'a> {
    /// The registration that the message is about.
    pub lifecycle: &'a StoredLifecycle,
    /// The identifier of the message that did not arrive.
    pub message: &'a str,
    /// A new identifier for the replacement message.
    pub new_message: String,
    /// A new identifier for the link in the replacement message.
    pub new_link: String,
    /// The recipient of the replacement message.
    pub to: Email,
    /// The actor for the audit.
    pub actor: &'a Actor,
    /// When the replacement message is queued.
    pub at: Moment,
}

/// A report by the mail service that a sent message did not arrive.
#[derive(Debug, Clone)]
pub struct DeliveryReport {
    /// The identifier of the message.
    pub message: String,
    /// When the mail service accepted the message.
    pub accepted: Moment,
    /// Whether the message bounced; `false` if the mail service could not send it.
    pub came_back: bool,
    /// The reason in words.
    pub reason: &'static str,
    /// When the report is recorded.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    recipient: String,
    state: String,
    bounced: bool,
    created_at: i64,
    sent_at: Option<i64>,
    last_error: Option<String>,
}

impl Outbox {
    /// Returns the messages about a subject, newest first, at most `MAX_MESSAGES`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn messages_about(
        &self,
        subject: &Subject,
    ) -> Result<Vec<RegistrationMessage>, StoreError> {
        let rows: Vec<Row> = query_as(
            "select id, kind, recipient, state, bounced, created_at, sent_at, last_error from \
             outbox where subject = $1 order by created_at desc, id desc limit $2",
        )
        .bind(subject.to_string())
        .bind(MAX_MESSAGES)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter()
            .map(RegistrationMessage::try_from)
            .collect()
    }

    /// Returns the registrations with messages that did not arrive, at most `most`: the reference
    /// and the name of the organisation, oldest message first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn undelivered(&self, most: i64) -> Result<Vec<(String, String)>, StoreError> {
        query_as(
            "select registration.reference, registration.name from registration join (select \
             subject, min(created_at) as first_at from outbox where state = 'dead' group by \
             subject) as dead on dead.subject = 'registration/' || registration.reference order \
             by dead.first_at, registration.reference limit $1",
        )
        .bind(most)
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Queues an undelivered message again, and stores a corrected address for later messages about
    /// the registration.
    ///
    /// Returns `Stale` and changes nothing if the message is not about the registration, has
    /// already been queued again, or can no longer be read.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn resend(&self, new: &Resending<'_>) -> Result<StepOutcome, StoreError> {
        let subject = Subject::Registration(new.lifecycle.reference);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Updating the row first locks it, so that nobody else appends to the chain meanwhile.
        query("update registration set version = version where id = $1 and erased_at is null")
            .bind(&new.lifecycle.id)
            .execute(&mut transaction)
            .await?;
        let taken: Option<(String, String, String, String, i64)> = query_as(
            "update outbox set state = 'replaced', next_attempt_at = null where id = $1 and \
             subject = $2 and state = 'dead' returning kind, recipient, language, \
             personalisation, created_at",
        )
        .bind(new.message)
        .bind(subject.to_string())
        .fetch_optional(&mut transaction)
        .await?;
        let Some((kind, before, language, content, created_at)) = taken else {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        };
        let Some(content) = MessageContent::from_json(&content) else {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        };
        let message = NewMessage {
            id: new.new_message.clone(),
            subject: subject.clone(),
            recipient: new.to.clone(),
            language: Language::from_code(&language).unwrap_or_default(),
            message: match content {
                MessageContent::Linked { message, .. } => MessageContent::Linked {
                    message,
                    link: new.new_link.clone(),
                },
                other => other,
            },
            at: new.at,
        };
        let mailbox = Email::mailbox(new.to.as_str());
        if let MessageContent::Linked { link, .. } = &message.message {
            let link = NewLink {
                id: link.clone(),
                registration: new.lifecycle.id.clone(),
                mailbox: mailbox.clone(),
                email: new.to.to_string(),
            };
            new_link(&mut transaction, &link).await?;
        }
        post(&mut transaction, &message).await?;
        let mailbox_before = Email::mailbox(&before);
        if mailbox_before != mailbox {
            // If the old address was itself a correction, replace it in all corrections.
            query(
                "update message_address set email = $3 where registration_id = $1 and \
                 lower(email) = $2",
            )
            .bind(&new.lifecycle.id)
            .bind(before.to_lowercase())
            .bind(new.to.as_str())
            .execute(&mut transaction)
            .await?;
            query(
                "insert into message_address (registration_id, mailbox, email) values ($1, $2, \
                 $3) on conflict (registration_id, mailbox) do update set email = excluded.email",
            )
            .bind(&new.lifecycle.id)
            .bind(&mailbox_before)
            .bind(new.to.as_str())
            .execute(&mut transaction)
            .await?;
        }
        let mut details = json!({ "kind": kind, "before": before, "after": new.to.as_str() });
        if let Some(from) = begin_waiting_again(&mut transaction, new, &kind, created_at).await? {
            details["waiting_counts_from"] = json!(from);
        }
        let entry = NewEntry {
            subject,
            at: new.at,
            actor: new.actor.clone(),
            action: Action::MessageSentAgain,
            details: details.to_string(),
        };
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(StepOutcome::Applied)
    }

    /// Records that a message bounced (came back) after it was sent.
    ///
    /// Returns `Stale` and changes nothing if the message is not about the registration, was not
    /// sent, has already bounced, or if its recipient was erased.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_bounce(
        &self,
        lifecycle: &StoredLifecycle,
        message: &str,
        actor: &Actor,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let subject = Subject::Registration(lifecycle.reference);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query("update registration set version = version where id = $1")
            .bind(&lifecycle.id)
            .execute(&mut transaction)
            .await?;
        let taken: Option<(String,)> = query_as(
            "update outbox set state = 'dead', bounced = true, last_error = 'it came back' where \
             id = $1 and subject = $2 and state = 'sent' and recipient <> '' returning kind",
        )
        .bind(message)
        .bind(subject.to_string())
        .fetch_optional(&mut transaction)
        .await?;
        let Some((kind,)) = taken else {
            transaction.rollback().await?;
            return Ok(StepOutcome::Stale);
        };
        let entry = NewEntry {
            subject,
            at,
            actor: actor.clone(),
            action: Action::BounceRecorded,
            details: json!({ "kind": kind }).to_string(),
        };
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(StepOutcome::Applied)
    }

    /// Records a report that a message did not arrive: a message about a registration, or one with a link to sign a form
    /// or to set up an officer's sign-in.
    ///
    /// Returns `false` and changes nothing if the message is another one or is no longer marked as sent.
    ///
    /// A report about an earlier attempt is ignored if the message was sent again meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_failed_delivery(
        &self,
        report: &DeliveryReport,
    ) -> Result<bool, StoreError> {
        let sent_by = report.accepted.plus(SENT_AFTER_ACCEPTED).millis();
        // The mail service reports each failure many times, so look without locking the database first.
        let subject: Option<String> = query_scalar(
            "select subject from outbox where id = $1 and state = 'sent' and recipient <> '' and \
             sent_at <= $2 and (subject like 'registration/%' or kind in ('to-sign', \
             'enrolment-link'))",
        )
        .bind(&report.message)
        .bind(sent_by)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        let Some(Ok(subject)) = subject.map(|subject| Subject::parse(&subject)) else {
            return Ok(false);
        };
        // Lock what the message is about before the message, as a change by an officer does.
        let (lock, id) = match &subject {
            Subject::Registration(reference) => (
                "update registration set version = version where reference = $1",
                reference.as_str(),
            ),
            Subject::Draft(id) => ("update draft set users = users where id = $1", id.as_str()),
            Subject::Officer(id) => ("update officer set name = name where id = $1", id.as_str()),
            _ => return Ok(false),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query(lock).bind(id).execute(&mut transaction).await?;
        let taken: Option<(String,)> = query_as(
            "update outbox set state = 'dead', bounced = $2, last_error = $3 where id = $1 and state \
             = 'sent' and recipient <> '' and sent_at <= $4 returning kind",
        )
        .bind(&report.message)
        .bind(report.came_back)
        .bind(report.reason)
        .bind(sent_by)
        .fetch_optional(&mut transaction)
        .await?;
        let Some((kind,)) = taken else {
            transaction.rollback().await?;
            return Ok(false);
        };
        let entry = NewEntry {
            subject,
            at: report.at,
            actor: Actor::Service,
            action: Action::BounceRecorded,
            details: json!({ "kind": kind, "reason": report.reason }).to_string(),
        };
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Returns the corrected addresses of a registration: the mailbox that each replaces, and the
    /// address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn corrected_addresses(
        &self,
        registration: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        query_as("select mailbox, email from message_address where registration_id = $1")
            .bind(registration)
            .fetch_all(&mut self.database.read().await?)
            .await
    }
}

/// Begins the time without an answer again if a message with questions, or the reminder of the latest questions, is sent
/// again. Returns from what the time counts now; `None` if it does not begin again, as for messages about earlier
/// questions.
async fn begin_waiting_again(
    connection: &mut Connection<'_>,
    new: &Resending<'_>,
    kind: &str,
    created_at: i64,
) -> Result<Option<&'static str>, StoreError> {
    let (from, statement) = match kind {
        "more-information-needed" => (
            "questions",
            "update registration set questions_at = $2 where id = $1 and state = \
             'more-information-needed' and state_since <= $3",
        ),
        "questions-reminder" => (
            "reminder",
            "update registration set reminded_at = $2 where id = $1 and state = \
             'more-information-needed' and state_since <= $3 and coalesce(questions_at, 0) <= $3",
        ),
        _ => return Ok(None),
    };
    let changed = query(statement)
        .bind(&new.lifecycle.id)
        .bind(new.at.millis())
        .bind(created_at)
        .execute(connection)
        .await?;
    Ok((changed == 1).then_some(from))
}

impl TryFrom<Row> for RegistrationMessage {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = MessageState::from_key(&row.state).ok_or(StoreError::Row {
            table: "outbox",
            column: "state",
        })?;
        let delivery = match state {
            MessageState::Waiting | MessageState::Claimed => Delivery::Waiting,
            MessageState::Sent => Delivery::Sent,
            MessageState::Dead | MessageState::Replaced if row.bounced => Delivery::Bounced,
            MessageState::Dead | MessageState::Replaced => Delivery::Failed,
        };
        Ok(Self {
            id: row.id,
            kind: row.kind,
            recipient: row.recipient,
            state,
            delivery,
            at: Moment::from_millis(row.created_at),
            sent_at: row.sent_at.map(Moment::from_millis),
            answered: row.last_error,
        })
    }
}
