//! Ways in: the links and codes by which somebody comes back to a draft, and the addresses that were
//! confirmed for it.

use std::time::Duration;

use registration::coming_back::{
    CODE_MINUTES, MOST_DRAFTS, MOST_FROM_SOURCE, MOST_TO_ADDRESS, MOST_TRIES, WINDOW_MINUTES,
    again_at,
};
use registration::identifiers::Email;
use registration::language::Language;
use subtle::ConstantTimeEq;

use super::db::{Store, StoreError, read, transaction, write};
use super::languages::known;
use super::letting_in::{Entrance, NewSession, Opened, let_in};
use super::outbox::{NewMessage, Posted, posting};
use crate::clock::Moment;
use crate::randomness::{TokenHash, sha256};

/// How far the clocks of two servers may be apart.
const CLOCKS_DIFFER: Duration = Duration::from_mins(5);
/// For how many hours it is remembered that a message was asked for.
const REMEMBERED_HOURS: i64 = 24;

/// Somebody asks for a message with a link and a code.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Its identifier, which the page of the code carries.
    pub id: String,
    /// The address.
    pub email: Email,
    /// Where they ask from, if that is known.
    pub source: Option<String>,
    /// When.
    pub at: Moment,
    /// The drafts that are to be opened. For one that is not there nothing is posted, and as much is done as for one
    /// that is: so the time that an answer takes tells nobody whether an address is known.
    pub drafts: Vec<AskedDraft>,
    /// What it does for the address, beside opening the drafts.
    pub confirms: Confirms,
}

/// What the way in of a message does for its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirms {
    /// Nothing: it was confirmed before.
    Nothing,
    /// It confirms it, and it is written to in the language of the draft, whatever that is by then.
    Address,
    /// It confirms it, and it is written to in the language of this message, whatever the draft's is.
    AddressWithLanguage,
}

/// A draft that is to be opened.
#[derive(Debug, Clone)]
pub struct AskedDraft {
    /// The draft.
    pub draft: String,
    /// The identifier of the way in.
    pub way_in: String,
    /// The identifier of the message.
    pub message: String,
    /// The language of the message.
    pub language: Language,
}

/// What becomes of the wish for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is on its way, if the address is known.
    Posted,
    /// Too many were asked for: the next may be from then on.
    TooMany(Moment),
}

/// The hashes of a link and a code, made when their message leaves.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// Of the secret in the link.
    pub link: TokenHash,
    /// Of the code.
    pub code: String,
    /// Until when they work.
    pub until: Moment,
}

/// What the message of a way in says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ArmedWayIn {
    /// Whether it is to confirm an address.
    pub confirms: bool,
    /// When the draft is thrown away, in milliseconds since 1970.
    pub draft_ends: i64,
}

/// A way in with what is kept of its code.
#[derive(sqlx::FromRow)]
struct Coded {
    #[sqlx(flatten)]
    entrance: Entrance,
    code_hash: Option<String>,
}

/// What is kept of a code, bound to its way in.
#[must_use]
pub fn code_hash(way_in: &str, code: &str) -> String {
    sha256(format!("{way_in}:{code}").as_bytes())
}

/// The latest end of any way in that was armed by now. One that ends later was armed by a clock that was put back
/// since, and would work for as long again.
fn latest_end(now: Moment) -> i64 {
    let works = Duration::from_mins(CODE_MINUTES.into());
    now.plus(works).plus(CLOCKS_DIFFER).millis()
}

fn hashed(text: &str) -> String {
    sha256(text.as_bytes())
}

macro_rules! times {
    ($transaction:expr, $statement:literal, $hash:expr, $since:expr) => {
        sqlx::query_scalar::<_, i64>($statement)
            .bind($hash)
            .bind($since)
            .fetch_all(&mut *$transaction)
            .await
    };
}

/// Lets a browser in by a way in.
macro_rules! open {
    ($transaction:expr, $entrance:expr, $session:expr, $now:expr) => {
        let_in!(
            $transaction,
            "delete from way_in where id = $1",
            $entrance,
            $session,
            $now
        )
    };
}

impl Store {
    /// Posts the messages of a request, unless too many were asked for. A link and a code of before for the
    /// same draft and address end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_way_in(&self, request: &NewRequest) -> Result<Asked, StoreError> {
        let mailbox = Email::mailbox(request.email.as_str());
        let mailbox_hash = hashed(&mailbox);
        let source_hash = request.source.as_deref().map(hashed);
        let now = request.at.millis();
        let since = now - WINDOW_MINUTES * 60_000;
        let outcome = transaction!(self, |transaction| {
            let to_address = times!(
                transaction,
                "select asked_at from way_in_request where mailbox_hash = $1 and asked_at > $2",
                &mailbox_hash,
                since
            )?;
            let from_source = match &source_hash {
                Some(source) => times!(
                    transaction,
                    "select asked_at from way_in_request where source_hash = $1 and asked_at > $2",
                    source,
                    since
                )?,
                None => Vec::new(),
            };
            let again = again_at(&to_address, MOST_TO_ADDRESS, now).max(again_at(
                &from_source,
                MOST_FROM_SOURCE,
                now,
            ));
            if let Some(again) = again {
                Asked::TooMany(Moment::from_millis(again))
            } else {
                sqlx::query(
                    "insert into way_in_request (id, mailbox_hash, source_hash, asked_at) \
                     values ($1, $2, $3, $4)",
                )
                .bind(&request.id)
                .bind(&mailbox_hash)
                .bind(&source_hash)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
                for asked in &request.drafts {
                    sqlx::query("delete from way_in where draft_id = $1 and mailbox = $2")
                        .bind(&asked.draft)
                        .bind(&mailbox)
                        .execute(&mut *transaction)
                        .await?;
                    sqlx::query(
                        "insert into way_in (id, request_id, draft_id, mailbox, email, confirms, \
                         language) select $1, $2, id, $4, $5, $6, $7 from draft where id = $3",
                    )
                    .bind(&asked.way_in)
                    .bind(&request.id)
                    .bind(&asked.draft)
                    .bind(&mailbox)
                    .bind(request.email.as_str())
                    .bind(request.confirms != Confirms::Nothing)
                    .bind(
                        (request.confirms == Confirms::AddressWithLanguage)
                            .then_some(asked.language.code()),
                    )
                    .execute(&mut *transaction)
                    .await?;
                    let message = NewMessage {
                        id: asked.message.clone(),
                        subject: format!("draft/{}", asked.draft),
                        recipient: request.email.clone(),
                        language: asked.language,
                        message: Posted::WayIn {
                            id: asked.way_in.clone(),
                        },
                        at: request.at,
                    };
                    // Where there is no such draft any more, or never was, there is no message either.
                    posting!(
                        &message,
                        "where exists (select 1 from way_in where way_in.id = $8)"
                    )
                    .bind(&asked.way_in)
                    .execute(&mut *transaction)
                    .await?;
                }
                Asked::Posted
            }
        });
        self.ring();
        Ok(outcome)
    }

    /// Gives a way in its link and code, in place of those before; nothing when it is no longer wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn arm_way_in(
        &self,
        id: &str,
        secrets: &Secrets,
        now: Moment,
    ) -> Result<Option<ArmedWayIn>, StoreError> {
        let armed = transaction!(self, |transaction| {
            sqlx::query(
                "update way_in set secret_hash = $2, code_hash = $3, expires_at = $4 where id = $1",
            )
            .bind(id)
            .bind(secrets.link.as_str())
            .bind(&secrets.code)
            .bind(secrets.until.millis())
            .execute(&mut *transaction)
            .await?;
            sqlx::query_as(
                "select way_in.confirms, draft.expires_at as draft_ends from way_in \
                 join draft on draft.id = way_in.draft_id \
                 where way_in.id = $1 and draft.expires_at > $2",
            )
            .bind(id)
            .bind(now.millis())
            .fetch_optional(&mut *transaction)
            .await?
        });
        Ok(armed)
    }

    /// Opens the draft of a link, once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_by_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<Opened, StoreError> {
        let outcome = transaction!(self, |transaction| {
            let found: Option<Entrance> = sqlx::query_as(
                "select id, draft_id, mailbox, email, language, confirms from way_in \
                 where secret_hash = $1 and expires_at > $2 and expires_at <= $3",
            )
            .bind(secret.as_str())
            .bind(now.millis())
            .bind(latest_end(now))
            .fetch_optional(&mut *transaction)
            .await?;
            match &found {
                Some(entrance) => open!(transaction, entrance, session, now),
                None => Opened::Wrong,
            }
        });
        Ok(outcome)
    }

    /// Opens the draft of a code that was sent for a request, once; each try counts before it is looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_by_code(
        &self,
        request: &str,
        code: &str,
        session: &NewSession,
        now: Moment,
    ) -> Result<Opened, StoreError> {
        let counted = write!(self, |connection| {
            sqlx::query("update way_in_request set tries = tries + 1 where id = $1 and tries < $2")
                .bind(request)
                .bind(MOST_TRIES)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        if counted == 0 {
            return Ok(Opened::TooOften);
        }
        let outcome = transaction!(self, |transaction| {
            let found: Vec<Coded> = sqlx::query_as(
                "select id, draft_id, mailbox, email, language, confirms, code_hash from way_in \
                 where request_id = $1 and expires_at > $2 and expires_at <= $3",
            )
            .bind(request)
            .bind(now.millis())
            .bind(latest_end(now))
            .fetch_all(&mut *transaction)
            .await?;
            let right = found.iter().find(|coded| {
                let typed = code_hash(&coded.entrance.id, code);
                let kept = coded.code_hash.as_deref().unwrap_or_default();
                typed.as_bytes().ct_eq(kept.as_bytes()).into()
            });
            match right {
                Some(coded) => open!(transaction, &coded.entrance, session, now),
                None => Opened::Wrong,
            }
        });
        Ok(outcome)
    }

    /// The drafts that may be opened by who reads the mail of an address, the newest first, each with the language
    /// in which its messages go there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drafts_of_address(
        &self,
        email: &Email,
        now: Moment,
    ) -> Result<Vec<(String, Language)>, StoreError> {
        let rows: Vec<(String, String)> = read!(self, |connection| {
            sqlx::query_as(
                "select draft.id, coalesce(draft_address.language, draft.language) from draft_address join draft on draft.id = draft_address.draft_id \
                 where draft_address.mailbox = $1 and draft.expires_at > $2 \
                 order by draft.created_at desc, draft.id limit $3",
            )
            .bind(Email::mailbox(email.as_str()))
            .bind(now.millis())
            .bind(MOST_DRAFTS)
            .fetch_all(connection)
            .await
        })?;
        Ok(rows
            .into_iter()
            .map(|(draft, code)| (draft, known(&code)))
            .collect())
    }

    /// The addresses that were confirmed for a draft, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn addresses_of_draft(&self, draft: &str) -> Result<Vec<String>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_scalar(
                "select email from draft_address where draft_id = $1 order by confirmed_at, mailbox",
            )
            .bind(draft)
            .fetch_all(connection)
            .await
        })?)
    }

    /// Whether a draft is that of whoever has this cookie: they began it, or came back by the address that was the first
    /// to be confirmed. Those with whom it is shared came by another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owns(&self, draft: &str, token: &TokenHash) -> Result<bool, StoreError> {
        let first: Option<(Option<String>, Option<String>)> = read!(self, |connection| {
            sqlx::query_as(
                "select mailbox, (select mailbox from draft_address where draft_id = $1 \
                 order by confirmed_at, mailbox limit 1) from session where token_hash = $2 and draft_id = $1",
            )
            .bind(draft)
            .bind(token.as_str())
            .fetch_optional(connection)
            .await
        })?;
        Ok(first.is_some_and(|(own, first)| own.is_none() || first.is_none() || own == first))
    }

    /// Throws a draft away with everything of its, its messages too, at once; whether there was one that was not
    /// submitted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn throw_away(&self, draft: &str) -> Result<bool, StoreError> {
        let deleted = transaction!(self, |transaction| {
            let deleted = sqlx::query(
                "delete from draft where id = $1 and submitted_at is null and not was_sent",
            )
            .bind(draft)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if deleted == 1 {
                sqlx::query("delete from outbox where subject = $1")
                    .bind(format!("draft/{draft}"))
                    .execute(&mut *transaction)
                    .await?;
            }
            deleted
        });
        Ok(deleted == 1)
    }

    /// Forgets who asked for messages long ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_requests(&self, now: Moment) -> Result<u64, StoreError> {
        let before = now.plus_hours(-REMEMBERED_HOURS);
        Ok(write!(self, |connection| {
            sqlx::query("delete from way_in_request where asked_at < $1")
                .bind(before.millis())
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?)
    }
}
