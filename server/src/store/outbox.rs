//! The outbox: messages are written in the transaction of the change that they tell of, and each is taken by
//! one worker at a time, sent at least once, and never called sent before it was.
//!
//! A worker claims rows until a moment. If it dies, that moment passes and another takes them. What was
//! sent keeps its row for a while, without what it said.

use mail::Message;
use registration::identifiers::Email;
use registration::language::Language;
use serde_json::{Value, json};

use super::audit::{NewEntry, append};
use super::db::{Db, Store, StoreError, read, transaction, write};
use super::standing::append_next;
use crate::clock::Moment;

/// What a row of the outbox is made into when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// A message.
    Letter(Message),
    /// A message with a link and a code, which are made when it leaves and are kept nowhere.
    WayIn {
        /// The identifier of the way in.
        id: String,
    },
    /// A message with a link to a form that is to be signed, which is made when it leaves.
    ToSign {
        /// The identifier of the link.
        link: String,
    },
    /// A message about a registration with a link to where it stands, which is made when it leaves.
    Linked {
        /// The message.
        message: Message,
        /// The identifier of the link.
        link: String,
    },
}

/// A message that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Its identifier.
    pub id: String,
    /// What it is about, such as `registration/CP-…`.
    pub subject: String,
    /// To whom.
    pub recipient: Email,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub message: Posted,
    /// When it was written.
    pub at: Moment,
}

/// A message that a worker has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// Its identifier.
    pub id: String,
    /// To whom.
    pub recipient: Email,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub message: Posted,
    /// How often it was refused before.
    pub tries: u32,
    /// When the claim ends.
    pub until: Moment,
}

/// How the sending of a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It waits to be sent.
    Waiting,
    /// A worker has it.
    Claimed,
    /// It was sent.
    Sent,
    /// It was refused for good.
    Dead,
}

/// A message of the outbox, for people who look after it. What it says is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its identifier.
    pub id: String,
    /// What it tells, such as `registration-received`.
    pub kind: String,
    /// What it is about, such as `registration/CP-…`.
    pub subject: String,
    /// To whom.
    pub recipient: String,
    /// How its sending stands.
    pub state: MessageState,
    /// How often it was refused.
    pub tries: u32,
    /// When it was written.
    pub created_at: Moment,
    /// When it is taken next, or the claim on it ends.
    pub next_attempt_at: Option<Moment>,
    /// What the other side last answered.
    pub last_error: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Claimable {
    id: String,
    recipient: String,
    language: String,
    personalisation: String,
    tries: i64,
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

/// Writes a message in the transaction of the change that it tells of. Once that is committed, `Store::ring`
/// wakes the worker of this process.
macro_rules! post {
    ($transaction:expr, $message:expr) => {
        crate::store::outbox::posting!($message, "")
            .execute(&mut *$transaction)
            .await
    };
}

/// The statement that writes a message, with `where` from its eighth value on.
macro_rules! posting {
    ($message:expr, $where:literal) => {{
        let message: &crate::store::outbox::NewMessage = $message;
        let personalisation = message.message.to_json()?;
        sqlx::query(concat!(
            "insert into outbox (id, kind, subject, created_at, recipient, language, ",
            "personalisation, next_attempt_at) select $1, $2, $3, $4, $5, $6, $7, $4 ",
            $where
        ))
        .bind(&message.id)
        .bind(message.message.kind())
        .bind(&message.subject)
        .bind(message.at.millis())
        .bind(message.recipient.as_str())
        .bind(message.language.code())
        .bind(personalisation)
    }};
}

pub(super) use {post, posting};

/// Takes the messages that may be sent by now, those that waited longest first.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "update outbox set state = 'claimed', next_attempt_at = $2 where id in (",
            "select id from outbox where next_attempt_at <= $1 ",
            "order by next_attempt_at, id limit $3 ",
            $lock,
            ") returning id, recipient, language, personalisation, tries"
        )
    };
}

impl Store {
    /// Posts a message that tells of no change to anything else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn post(&self, message: &NewMessage) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            post!(transaction, message)?;
        });
        self.ring();
        Ok(())
    }

    /// Claims so many messages until a moment. One that cannot be read is dead from then on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_messages(
        &self,
        most: i64,
        now: Moment,
        until: Moment,
    ) -> Result<Vec<ClaimedMessage>, StoreError> {
        let statement = match &self.db {
            // One statement that writes is a transaction that writes from its beginning.
            Db::Sqlite { .. } => claim!(""),
            Db::Postgres(_) => claim!("for update skip locked"),
        };
        let rows: Vec<Claimable> = write!(self, |connection| {
            sqlx::query_as(statement)
                .bind(now.millis())
                .bind(until.millis())
                .bind(most)
                .fetch_all(connection)
                .await
        })?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id.clone();
            match row.read(until) {
                Some(message) => claimed.push(message),
                None => {
                    self.message_dead(&id, until, "the row cannot be read")
                        .await?;
                }
            }
        }
        Ok(claimed)
    }

    /// Says that a message was sent, whoever holds it now: it was. What it said is forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_sent(&self, id: &str, now: Moment) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update outbox set state = 'sent', sent_at = $2, next_attempt_at = null, \
                 last_error = null, personalisation = '{}' where id = $1 and state <> 'sent'",
            )
            .bind(id)
            .bind(now.millis())
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Puts off a message that was refused for now, unless the claim was lost in the meantime.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_put_off(
        &self,
        id: &str,
        claim: Moment,
        next: Moment,
        answered: &str,
    ) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update outbox set state = 'waiting', next_attempt_at = $3, tries = tries + 1, \
                 last_error = $4 where id = $1 and state = 'claimed' and next_attempt_at = $2",
            )
            .bind(id)
            .bind(claim.millis())
            .bind(next.millis())
            .bind(kept_answer(answered))
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Gives a claimed message back, to be taken again from a moment on: it was not its fault that it was not
    /// sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_given_back(
        &self,
        id: &str,
        claim: Moment,
        next: Moment,
    ) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update outbox set state = 'waiting', next_attempt_at = $3 \
                 where id = $1 and state = 'claimed' and next_attempt_at = $2",
            )
            .bind(id)
            .bind(claim.millis())
            .bind(next.millis())
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Gives up a message that was refused for good, unless the claim was lost in the meantime.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_dead(
        &self,
        id: &str,
        claim: Moment,
        answered: &str,
    ) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "update outbox set state = 'dead', next_attempt_at = null, tries = tries + 1, \
                 last_error = $3 where id = $1 and state = 'claimed' and next_attempt_at = $2",
            )
            .bind(id)
            .bind(claim.millis())
            .bind(kept_answer(answered))
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Forgets a claimed message that is no longer wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_needless(&self, id: &str, claim: Moment) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "delete from outbox where id = $1 and state = 'claimed' and next_attempt_at = $2",
            )
            .bind(id)
            .bind(claim.millis())
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// The messages that were refused for good, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn dead_messages(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(
                "select id, kind, subject, recipient, state, tries, created_at, next_attempt_at, \
                 last_error from outbox where state = 'dead' order by created_at, id",
            )
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(OutboxRow::try_from).collect()
    }

    /// Lets a dead message be sent after all, its refusals forgotten; whether there was such a one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_message_back(
        &self,
        id: &str,
        actor: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let entry = NewEntry {
            subject: format!("message/{id}"),
            at: now,
            actor: actor.to_owned(),
            action: "put-back".to_owned(),
            details: "{}".to_owned(),
        };
        let changed = transaction!(self, |transaction| {
            let changed = sqlx::query(
                "update outbox set state = 'waiting', next_attempt_at = $2, tries = 0 \
                 where id = $1 and state = 'dead'",
            )
            .bind(id)
            .bind(now.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if changed == 1 {
                append_next!(transaction, entry)?;
            }
            changed
        });
        self.ring();
        Ok(changed == 1)
    }

    /// Lets messages be taken from now on that wait, or are claimed, until after a moment: no message waits so long but
    /// by a clock that was ahead.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn free_messages_after(
        &self,
        moment: Moment,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let freed = write!(self, |connection| {
            sqlx::query(
                "update outbox set state = 'waiting', next_attempt_at = $2 \
                 where next_attempt_at > $1",
            )
            .bind(moment.millis())
            .bind(now.millis())
            .execute(connection)
            .await
            .map(|done| done.rows_affected())
        })?;
        Ok(freed)
    }

    /// Deletes what was sent before a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_sent_before(&self, moment: Moment) -> Result<u64, StoreError> {
        let deleted = write!(self, |connection| {
            sqlx::query("delete from outbox where state = 'sent' and sent_at < $1")
                .bind(moment.millis())
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(deleted)
    }

    /// The messages of the outbox, in whatever state, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn outbox(&self, most: i64) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(
                "select id, kind, subject, recipient, state, tries, created_at, next_attempt_at, \
                 last_error from outbox order by created_at, id limit $1",
            )
            .bind(most)
            .fetch_all(connection)
            .await
        })?;
        rows.into_iter().map(OutboxRow::try_from).collect()
    }
}

impl Posted {
    const WAY_IN: &str = "way-in";
    const TO_SIGN: &str = "to-sign";
    /// The field beside those of a message that names its link.
    const LINK: &str = "registration_link";

    /// What kind of message it is.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Letter(message) | Self::Linked { message, .. } => message.kind(),
            Self::WayIn { .. } => Self::WAY_IN,
            Self::ToSign { .. } => Self::TO_SIGN,
        }
    }

    /// What makes the message one person's, as it is kept.
    pub(super) fn to_json(&self) -> Result<String, StoreError> {
        match self {
            Self::Letter(message) => {
                serde_json::to_string(message).map_err(|_| unread("personalisation"))
            }
            Self::WayIn { id } => Ok(json!({"kind": Self::WAY_IN, "id": id}).to_string()),
            Self::ToSign { link } => Ok(json!({"kind": Self::TO_SIGN, "id": link}).to_string()),
            Self::Linked { message, link } => {
                let mut kept =
                    serde_json::to_value(message).map_err(|_| unread("personalisation"))?;
                kept[Self::LINK] = json!(link);
                Ok(kept.to_string())
            }
        }
    }

    fn from_json(json: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(json).ok()?;
        if value["kind"] == Self::WAY_IN {
            let id = value["id"].as_str()?.to_owned();
            return Some(Self::WayIn { id });
        }
        if value["kind"] == Self::TO_SIGN {
            let link = value["id"].as_str()?.to_owned();
            return Some(Self::ToSign { link });
        }
        let link = value[Self::LINK].as_str().map(str::to_owned);
        let message = serde_json::from_value(value).ok()?;
        Some(match link {
            Some(link) => Self::Linked { message, link },
            None => Self::Letter(message),
        })
    }
}

impl From<Message> for Posted {
    fn from(message: Message) -> Self {
        Self::Letter(message)
    }
}

/// As much of an answer as helps whoever reads it.
fn kept_answer(answered: &str) -> String {
    const MOST_CHARACTERS: usize = 500;
    answered
        .chars()
        .filter(|character| *character != '\0')
        .take(MOST_CHARACTERS)
        .collect()
}

impl Claimable {
    fn read(self, until: Moment) -> Option<ClaimedMessage> {
        Some(ClaimedMessage {
            recipient: Email::parse(&self.recipient).ok()?,
            language: Language::from_code(&self.language)?,
            message: Posted::from_json(&self.personalisation)?,
            tries: u32::try_from(self.tries).ok()?,
            id: self.id,
            until,
        })
    }
}

impl MessageState {
    /// As it is kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Waiting, Self::Claimed, Self::Sent, Self::Dead]
            .into_iter()
            .find(|state| state.key() == key)
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
