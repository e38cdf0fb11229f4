//! A transactional outbox: each message is stored in the transaction of the change that it reports.
//!
//! A worker claims messages until a deadline, so that no other worker sends them meanwhile. If the
//! worker dies, another worker can claim them after the deadline. Each message is sent at least
//! once, unless it is given up or no longer needed, and is marked as sent only afterwards. The row
//! of a sent message is kept for a while, without its contents. A message about a registration
//! keeps its contents as long as its address, because it is sent again if it bounces. So does a message with a link to
//! sign a form or to set up an officer's sign-in, whose contents are only the identifier of the link.

use std::time::Duration;

use mail::Message;
use registration::desk::audit::Action;
use registration::identifiers::Email;
use registration::language::Language;
use serde_json::{Value, json};
use sqlx::{SqlSafeStr, SqlStr};

use super::audit::NewEntry;
use super::connection::Connection;
use super::database::Engine;
use super::error::StoreError;
use super::guarded_change::commit_if_changed;
use super::statement::{Query, joined, query, query_as, query_scalar};
use super::stored_lifecycle::StepOutcome;
use super::stores::Outbox;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};

/// The longest expected time between the acceptance of a message by the mail service and the
/// recording as sent. If a message was recorded as sent later, the report is about an earlier
/// attempt.
pub(super) const SENT_AFTER_ACCEPTED: Duration = Duration::from_mins(10);
/// The time between two attempts to send a message that the mail server accepted: a minute longer than the time after
/// which a report is known to be about an earlier attempt.
const AGAIN_AFTER_SENT: Duration = SENT_AFTER_ACCEPTED.saturating_add(Duration::from_mins(1));

/// The contents of an outbox row, from which the worker builds the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageContent {
    /// A complete message.
    Letter(Message),
    /// A message with an access link and code.
    ///
    /// The worker issues both when it sends the message; only their hashes are stored.
    AccessLink {
        /// The identifier of the access link.
        id: String,
    },
    /// A message with a link for signing a form.
    ///
    /// The worker issues the link when it sends the message.
    ToSign {
        /// The identifier of the signing link.
        link: String,
    },
    /// A message with an enrolment link, with which an officer sets up their sign-in.
    ///
    /// The worker issues the link when it sends the message.
    Enrolment {
        /// The identifier of the enrolment link.
        link: String,
    },
    /// A message with a link and a code, with which somebody signs in to manage an organisation.
    ///
    /// The worker issues both when it sends the message; only their hashes are stored.
    MemberSignIn {
        /// The identifier of the link and the code.
        id: String,
    },
    /// A message about a registration, with a link to its progress page.
    ///
    /// The worker issues the link when it sends the message.
    Linked {
        /// The message, without its link.
        message: Message,
        /// The identifier of the registration link.
        link: String,
    },
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// A new identifier for the message.
    pub id: String,
    /// The registration, draft, officer or other thing that the message is about.
    pub subject: Subject,
    /// The recipient's address.
    pub recipient: Email,
    /// The language of the message.
    pub language: Language,
    /// The contents of the message.
    pub message: MessageContent,
    /// When the message is queued.
    pub at: Moment,
}

/// A message that a worker has claimed for sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// The message's identifier.
    pub id: String,
    /// The recipient's address.
    pub recipient: Email,
    /// The language of the message.
    pub language: Language,
    /// The contents of the message.
    pub message: MessageContent,
    /// The number of times that the mail server has refused the message.
    pub tries: u32,
    /// When the claim ends.
    pub until: Moment,
}

/// The error of a claim during which the database failed.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct FailedClaim {
    /// The identifiers of the messages that are possibly claimed, because the failure came during
    /// the commit or later.
    pub ids: Vec<String>,
    /// The reason why the claim failed.
    #[source]
    pub error: StoreError,
}

impl From<StoreError> for FailedClaim {
    fn from(error: StoreError) -> Self {
        Self {
            ids: Vec::new(),
            error,
        }
    }
}

registration::keyed! {
    /// The delivery state of a message.
    pub enum MessageState {
        /// The message waits to be sent.
        Waiting = "waiting",
        /// A worker has claimed the message.
        Claimed = "claimed",
        /// The message was sent.
        Sent = "sent",
        /// The message was given up, because it was refused permanently or too many times, or could
        /// not be read.
        Dead = "dead",
        /// The message did not arrive, and another was sent in its place or its address was
        /// deleted.
        Replaced = "replaced",
    }
}

/// The likely cause if the connection to the mail server is lost while a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// Unknown: no connection was lost with this message before, so the server or the message may
    /// be the cause.
    First,
    /// Probably the server: a connection was lost with this message before, and no message was sent
    /// since.
    Again,
    /// This message: a connection was lost with it before, and other messages were sent since.
    OfThisMessage,
}

/// An outbox row for operators, without the contents of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The message's identifier.
    pub id: String,
    /// The kind of message, such as `registration-received`.
    pub kind: String,
    /// The subject of the message, as the stored text.
    pub subject: String,
    /// The recipient's address.
    pub recipient: String,
    /// The delivery state of the message.
    pub state: MessageState,
    /// The number of times that the mail server has refused the message.
    pub tries: u32,
    /// When the message was queued.
    pub created_at: Moment,
    /// When the message may be claimed next; for a claimed message, when the claim ends. `None`
    /// once the message is sent or given up.
    pub next_attempt_at: Option<Moment>,
    /// Why the message was last refused or given up, if it was.
    pub last_error: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Claimable {
    id: String,
    recipient: String,
    language: String,
    personalisation: String,
    tries: i64,
    due_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    subject: String,
    recipient: String,
    state: String,
    tries: i64,
    created_at: i64,
    next_attempt_at: Option<i64>,
    last_error: Option<String>,
}

/// Queues a message in the transaction of the change that it reports.
///
/// After the commit, call `Database::wake_outbox` to wake this process's worker.
pub(super) async fn post(
    connection: &mut Connection<'_>,
    message: &NewMessage,
) -> Result<(), StoreError> {
    posting(POST, message)?.execute(connection).await?;
    Ok(())
}

const POST: &str = "insert into outbox (id, kind, subject, created_at, recipient, language, \
                    personalisation, next_attempt_at) select $1, $2, $3, $4, $5, $6, $7, $4 ";

/// Queues a message with an access link, if the link exists.
pub(super) async fn post_with_link(
    connection: &mut Connection<'_>,
    message: &NewMessage,
    link: &str,
) -> Result<(), StoreError> {
    let if_there = "where exists (select 1 from way_in where way_in.id = $8)";
    posting(joined(&[POST, if_there]), message)?
        .bind(link)
        .execute(connection)
        .await?;
    Ok(())
}

fn posting(statement: impl SqlSafeStr, message: &NewMessage) -> Result<Query<'_>, StoreError> {
    Ok(query(statement)
        .bind(&message.id)
        .bind(message.message.kind())
        .bind(message.subject.to_string())
        .bind(message.at.millis())
        .bind(message.recipient.as_str())
        .bind(message.language.code())
        .bind(message.message.to_json()?))
}

/// Builds the statement that claims the messages that are due and meet a condition, earliest due
/// first.
fn claim(condition: &'static str, lock: &'static str) -> SqlStr {
    joined(&[
        "update outbox set state = 'claimed', due_at = next_attempt_at, next_attempt_at = $2 where ",
        "id in (select id from outbox where next_attempt_at <= $1 and ",
        condition,
        " order by next_attempt_at, id limit $3 ",
        lock,
        ") returning id, recipient, language, personalisation, tries, due_at",
    ])
}

impl Outbox {
    /// Waits until this process queues a message; returns at once if one was queued since the last
    /// call.
    pub async fn woken(&self) {
        self.database.woken().await;
    }

    /// Queues a message that does not report a change in the database.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn post(&self, message: &NewMessage) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        post(&mut transaction, message).await?;
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(())
    }

    /// Claims up to `most` due messages until a deadline.
    ///
    /// Messages that were being sent when the connection to the mail server was lost are claimed
    /// only if no other message is due. A message that cannot be read is given up.
    ///
    /// # Errors
    /// When the database fails. The error names the messages that are possibly claimed nevertheless.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn claim_messages(
        &self,
        most: i64,
        now: Moment,
        until: Moment,
    ) -> Result<Vec<ClaimedMessage>, FailedClaim> {
        let rows = self.claim_rows(most, now, until).await?;
        let ids = rows.iter().map(|row| row.id.clone()).collect();
        let claimed = self.read_claimed(rows, until).await;
        claimed.map_err(|error| FailedClaim { ids, error })
    }

    /// Claims rows in a transaction. If the database fails before the commit, nothing is claimed.
    /// If the commit fails, the error names the rows that are possibly claimed.
    async fn claim_rows(
        &self,
        most: i64,
        now: Moment,
        until: Moment,
    ) -> Result<Vec<Claimable>, FailedClaim> {
        let lock = match self.database.engine() {
            // SQLite needs no lock clause, because only one connection writes at a time.
            Engine::Sqlite { .. } => "",
            Engine::Postgres(..) => "for update skip locked",
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let mut rows: Vec<Claimable> = Vec::new();
        for condition in ["broke_at is null", "broke_at is not null"] {
            if rows.is_empty() {
                rows = query_as(claim(condition, lock))
                    .bind(now.millis())
                    .bind(until.millis())
                    .bind(most)
                    .fetch_all(&mut transaction)
                    .await?;
            }
        }
        if let Err(error) = transaction.commit().await {
            let ids = rows.into_iter().map(|row| row.id).collect();
            return Err(FailedClaim { ids, error });
        }
        Ok(rows)
    }

    async fn read_claimed(
        &self,
        mut rows: Vec<Claimable>,
        until: Moment,
    ) -> Result<Vec<ClaimedMessage>, StoreError> {
        // The database returns the rows in any order.
        rows.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id.clone();
            if let Some(message) = row.read(until) {
                claimed.push(message);
            } else {
                let why = ("the row cannot be read", false);
                self.mark_dead(&id, until, why).await?;
            }
        }
        Ok(claimed)
    }

    /// Marks a message as sent and deletes its contents, even if the claim has ended.
    ///
    /// The contents of a message about a registration are kept with its address, because the
    /// message is sent again if it bounces.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mark_sent(&self, id: &str, now: Moment) -> Result<(), StoreError> {
        query(
            "update outbox set state = 'sent', sent_at = $2, next_attempt_at = null, last_error = \
             null, personalisation = case when subject like 'registration/%' or kind in ('to-sign', \
             'enrolment-link') then personalisation else '{}' end where id = $1 and state <> 'sent'",
        )
        .bind(id)
        .bind(now.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Queues a refused message again, to be sent no earlier than `next`.
    ///
    /// Nothing changes if the message was claimed again after `claim`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn postpone_message(
        &self,
        id: &str,
        claim: Moment,
        next: Moment,
        answered: &str,
    ) -> Result<(), StoreError> {
        query(
            "update outbox set state = 'waiting', next_attempt_at = $3, tries = tries + 1, \
             last_error = $4 where id = $1 and state = 'claimed' and next_attempt_at = $2",
        )
        .bind(id)
        .bind(claim.millis())
        .bind(next.millis())
        .bind(shortened(answered))
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Queues a claimed message again, to be sent no earlier than `next`.
    ///
    /// No refusal is counted. Use this if the failure had nothing to do with the message. Nothing
    /// changes if the message was claimed again after `claim`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn release_message(
        &self,
        id: &str,
        claim: Moment,
        next: Moment,
    ) -> Result<(), StoreError> {
        query(
            "update outbox set state = 'waiting', next_attempt_at = $3 where id = $1 and state = \
             'claimed' and next_attempt_at = $2",
        )
        .bind(id)
        .bind(claim.millis())
        .bind(next.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns a claimed message to its place in the queue.
    ///
    /// Use this if the sending of the message has not started. Nothing changes if the message was
    /// claimed again after `claim`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn return_message(&self, id: &str, claim: Moment) -> Result<(), StoreError> {
        query(
            "update outbox set state = 'waiting', next_attempt_at = coalesce(due_at, created_at) \
             where id = $1 and state = 'claimed' and next_attempt_at = $2",
        )
        .bind(id)
        .bind(claim.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Records that the connection to the mail server was lost while a message was sent.
    ///
    /// Returns the likely cause.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_interruption(
        &self,
        id: &str,
        now: Moment,
    ) -> Result<Interruption, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let before: Option<Option<i64>> = query_scalar("select broke_at from outbox where id = $1")
            .bind(id)
            .fetch_optional(&mut transaction)
            .await?;
        let what = match before.flatten() {
            None => Interruption::First,
            Some(before) => {
                let sent_since: i64 =
                    query_scalar("select count(*) from (select 1 from outbox where sent_at > $1 limit 1) as sent")
                        .bind(before)
                        .fetch_one(&mut transaction)
                        .await?;
                if sent_since > 0 {
                    Interruption::OfThisMessage
                } else {
                    Interruption::Again
                }
            }
        };
        query("update outbox set broke_at = $2 where id = $1")
            .bind(id)
            .bind(now.millis())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(what)
    }

    /// Gives up a message. Stores the reason (`answered`), and whether the mail server refused the
    /// message permanently (`bounced`).
    ///
    /// Nothing changes if the message was claimed again after `claim`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mark_dead(
        &self,
        id: &str,
        claim: Moment,
        (answered, bounced): (&str, bool),
    ) -> Result<(), StoreError> {
        query(
            "update outbox set state = 'dead', next_attempt_at = null, tries = tries + 1, bounced \
             = $4, last_error = $3 where id = $1 and state = 'claimed' and next_attempt_at = $2",
        )
        .bind(id)
        .bind(claim.millis())
        .bind(shortened(answered))
        .bind(bounced)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Deletes a claimed message that is no longer needed.
    ///
    /// Nothing changes if the message was claimed again after `claim`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_claimed(&self, id: &str, claim: Moment) -> Result<(), StoreError> {
        query("delete from outbox where id = $1 and state = 'claimed' and next_attempt_at = $2")
            .bind(id)
            .bind(claim.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Returns the messages that were given up, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn dead_messages(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = query_as(
            "select id, kind, subject, recipient, state, tries, created_at, next_attempt_at, \
             last_error from outbox where state = 'dead' order by created_at, id",
        )
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(OutboxRow::try_from).collect()
    }

    /// Counts the messages that wait to be sent, and returns when the oldest was queued; `None` if
    /// no message waits.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn waiting(&self) -> Result<Option<(u64, Moment)>, StoreError> {
        let (count, oldest): (i64, Option<i64>) = query_as(
            "select count(*), min(created_at) from outbox where state in ('waiting', 'claimed')",
        )
        .fetch_one(&mut self.database.read().await?)
        .await?;
        let count = u64::try_from(count).unwrap_or_default();
        Ok(oldest.map(|oldest| (count, Moment::from_millis(oldest))))
    }

    /// Queues a dead message again, with no refusals counted.
    ///
    /// A message that was sent before is not sent again within `AGAIN_AFTER_SENT`, so that a report about the first
    /// attempt cannot be taken for a report about the second.
    ///
    /// An audit entry is appended. Returns `false` and changes nothing if no dead message has this
    /// identifier.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn requeue_dead(
        &self,
        id: &str,
        actor: &Actor,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let entry = NewEntry {
            subject: Subject::Message(id.to_owned()),
            at: now,
            actor: actor.clone(),
            action: Action::PutBack,
            details: "{}".to_owned(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = query(
            "update outbox set state = 'waiting', next_attempt_at = case when sent_at + $3 > $2 then \
             sent_at + $3 else $2 end, tries = 0, broke_at = null, bounced = false where id = $1 and \
             state = 'dead'",
        )
        .bind(id)
        .bind(now.millis())
        .bind(i64::try_from(AGAIN_AFTER_SENT.as_millis()).unwrap_or(i64::MAX))
        .execute(&mut transaction)
        .await?;
        let outcome = commit_if_changed(transaction, changed, entry).await?;
        self.database.wake_outbox();
        Ok(outcome == StepOutcome::Applied)
    }

    /// Makes messages due now if their next attempt would be after `moment`; returns the number of
    /// these messages.
    ///
    /// `moment` is the latest time that a correct clock can have set. A later time was set while a
    /// clock was ahead.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn release_messages_after(
        &self,
        moment: Moment,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let freed = query(
            "update outbox set state = 'waiting', next_attempt_at = $2 where next_attempt_at > $1",
        )
        .bind(moment.millis())
        .bind(now.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(freed)
    }

    /// Deletes messages that were sent before `moment`, and dead or replaced messages that were
    /// queued before `moment`.
    ///
    /// Of a message about a registration, only the address and the contents are deleted, because
    /// the message stays in the history of the registration.
    ///
    /// Returns the number of these messages.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_finished_before(&self, moment: Moment) -> Result<u64, StoreError> {
        let mut rows = 0;
        for statement in [
            "update outbox set recipient = '', personalisation = '{}', last_error = null, state = \
             case when state = 'dead' then 'replaced' else state end where recipient <> '' and \
             subject like 'registration/%' and ((state = 'sent' and sent_at < $1) or (state in \
             ('dead', 'replaced') and created_at < $1))",
            "delete from outbox where recipient <> '' and subject not like 'registration/%' and \
             ((state = 'sent' and sent_at < $1) or (state in ('dead', 'replaced') and created_at < \
             $1))",
        ] {
            rows += query(statement)
                .bind(moment.millis())
                .execute(&mut self.database.write().await?)
                .await?;
        }
        Ok(rows)
    }

    /// Returns the messages of the outbox in any state, oldest first, at most `most`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rows(&self, most: i64) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = query_as(
            "select id, kind, subject, recipient, state, tries, created_at, next_attempt_at, \
             last_error from outbox order by created_at, id limit $1",
        )
        .bind(most)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(OutboxRow::try_from).collect()
    }
}

impl MessageContent {
    const WAY_IN: &str = "way-in";
    const ASSISTED_FORM: &str = "to-sign";
    const ENROLMENT: &str = "enrolment-link";
    const MEMBER_SIGN_IN: &str = "member-sign-in";
    /// The JSON field with the link's identifier, beside the fields of the message.
    const LINK: &str = "registration_link";

    /// Returns the kind of message.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Letter(message) | Self::Linked { message, .. } => message.kind(),
            Self::AccessLink { .. } => Self::WAY_IN,
            Self::ToSign { .. } => Self::ASSISTED_FORM,
            Self::Enrolment { .. } => Self::ENROLMENT,
            Self::MemberSignIn { .. } => Self::MEMBER_SIGN_IN,
        }
    }

    /// Returns the contents as JSON, for the `personalisation` column.
    pub(super) fn to_json(&self) -> Result<String, StoreError> {
        match self {
            Self::Letter(message) => {
                serde_json::to_string(message).map_err(|_| unread("personalisation"))
            }
            Self::AccessLink { id } => Ok(json!({"kind": Self::WAY_IN, "id": id}).to_string()),
            Self::ToSign { link } => {
                Ok(json!({"kind": Self::ASSISTED_FORM, "id": link}).to_string())
            }
            Self::Enrolment { link } => {
                Ok(json!({"kind": Self::ENROLMENT, "id": link}).to_string())
            }
            Self::MemberSignIn { id } => {
                Ok(json!({"kind": Self::MEMBER_SIGN_IN, "id": id}).to_string())
            }
            Self::Linked { message, link } => {
                let mut kept =
                    serde_json::to_value(message).map_err(|_| unread("personalisation"))?;
                kept[Self::LINK] = json!(link);
                Ok(kept.to_string())
            }
        }
    }

    pub(super) fn from_json(json: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(json).ok()?;
        if value["kind"] == Self::WAY_IN {
            let id = value["id"].as_str()?.to_owned();
            return Some(Self::AccessLink { id });
        }
        if value["kind"] == Self::ASSISTED_FORM {
            let link = value["id"].as_str()?.to_owned();
            return Some(Self::ToSign { link });
        }
        if value["kind"] == Self::ENROLMENT {
            let link = value["id"].as_str()?.to_owned();
            return Some(Self::Enrolment { link });
        }
        if value["kind"] == Self::MEMBER_SIGN_IN {
            let id = value["id"].as_str()?.to_owned();
            return Some(Self::MemberSignIn { id });
        }
        let link = value[Self::LINK].as_str().map(str::to_owned);
        let message = serde_json::from_value(value).ok()?;
        Some(match link {
            Some(link) => Self::Linked { message, link },
            None => Self::Letter(message),
        })
    }
}

impl From<Message> for MessageContent {
    fn from(message: Message) -> Self {
        Self::Letter(message)
    }
}

/// Shortens a mail server's reply to 500 characters for storage, and removes NUL characters.
fn shortened(answered: &str) -> String {
    const MAX_REPLY_CHARACTERS: usize = 500;
    answered
        .chars()
        .filter(|character| *character != '\0')
        .take(MAX_REPLY_CHARACTERS)
        .collect()
}

impl Claimable {
    fn read(self, until: Moment) -> Option<ClaimedMessage> {
        Some(ClaimedMessage {
            recipient: Email::stored(&self.recipient)?,
            language: Language::from_code(&self.language)?,
            message: MessageContent::from_json(&self.personalisation)?,
            tries: u32::try_from(self.tries).ok()?,
            id: self.id,
            until,
        })
    }
}

impl TryFrom<Row> for OutboxRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            state: MessageState::from_key(&row.state).ok_or_else(|| unread("state"))?,
            tries: u32::try_from(row.tries).map_err(|_| unread("tries"))?,
            created_at: Moment::from_millis(row.created_at),
            next_attempt_at: row.next_attempt_at.map(Moment::from_millis),
            id: row.id,
            kind: row.kind,
            subject: row.subject,
            recipient: row.recipient,
            last_error: row.last_error,
        })
    }
}

fn unread(column: &'static str) -> StoreError {
    StoreError::Row {
        table: "outbox",
        column,
    }
}
