//! Requests for the form in another format, which wait for the desk.

use registration::coming_back::{WINDOW_MINUTES, again_at};
use registration::date::CalendarDate;
use registration::format_request::{CompleteFormatRequest, MOST_FROM_SOURCE, MOST_IN_AN_HOUR};
use registration::identifiers::Email;

use super::db::{Store, StoreError, read, transaction};
use super::desk::found::phrases_of_request;
use super::outbox::{NewMessage, post};
use crate::clock::Moment;
use crate::randomness::sha256;

/// A request that is to be kept.
#[derive(Debug, Clone)]
pub struct NewFormatRequest {
    /// Its identifier.
    pub id: String,
    /// When it was sent.
    pub at: Moment,
    /// What is asked for, and by whom.
    pub request: CompleteFormatRequest,
    /// Where it came from.
    pub source: Option<String>,
    /// What tells that it came, for those who gave an address.
    pub message: Option<NewMessage>,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatRequestOutcome {
    /// It is on disk, and so is its message.
    Kept,
    /// The same person, or the same place, has sent as many as an hour may have: nothing was kept.
    TooMany {
        /// When another is taken.
        again_at: Moment,
    },
}

/// A request that waits for the desk.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptFormatRequest {
    /// Its identifier.
    pub id: String,
    /// When it was sent, in milliseconds since 1970.
    pub asked_at: i64,
    /// The key of the format.
    pub format: String,
    /// What is needed, in words of one's own.
    pub details: String,
    /// The assistive technology.
    pub technology: String,
    /// Who asks.
    pub name: String,
    /// Where to write to.
    pub email: Option<String>,
    /// Where to call.
    pub telephone: Option<String>,
    /// The code of the language in which to write.
    pub language: String,
}

const OF_PERSON: &str =
    "select asked_at from format_request where reached_by = $1 and asked_at > $2";
const OF_SOURCE: &str =
    "select asked_at from format_request where source_hash = $1 and asked_at > $2";

impl Store {
    /// Keeps a request and posts its message, unless the same person or the same place has sent too many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_format_request(
        &self,
        new: &NewFormatRequest,
    ) -> Result<FormatRequestOutcome, StoreError> {
        let request = &new.request;
        let telephone = request.telephone.as_ref();
        let reached_by = match (&request.email, telephone) {
            (Some(email), _) => Email::mailbox(email.as_str()),
            (None, Some(telephone)) => telephone.as_str().to_owned(),
            (None, None) => String::new(),
        };
        let phrases = phrases_of_request(
            request.name.as_str(),
            request.email.as_ref().map(Email::as_str),
            telephone.map(AsRef::as_ref),
        );
        let source_hash = new
            .source
            .as_deref()
            .map(|source| sha256(source.as_bytes()));
        let now = new.at.millis();
        let since = now - WINDOW_MINUTES * 60_000;
        let full = transaction!(self, |transaction| {
            let mut again = None;
            for (statement, who, most) in [
                (OF_PERSON, Some(&reached_by), MOST_IN_AN_HOUR),
                (OF_SOURCE, source_hash.as_ref(), MOST_FROM_SOURCE),
            ] {
                let recent: Vec<i64> = sqlx::query_scalar(statement)
                    .bind(who)
                    .bind(since)
                    .fetch_all(&mut *transaction)
                    .await?;
                again = again.max(again_at(&recent, most, now));
            }
            if again.is_none() {
                sqlx::query(
                    "insert into format_request (id, asked_at, format, details, technology, name, \
                     email, telephone, reached_by, source_hash, language, waits_since, phrases) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                )
                .bind(&new.id)
                .bind(new.at.millis())
                .bind(request.format.key())
                .bind(&request.details)
                .bind(&request.technology)
                .bind(request.name.as_str())
                .bind(request.email.as_ref().map(Email::as_str))
                .bind(telephone.map(AsRef::<str>::as_ref))
                .bind(&reached_by)
                .bind(&source_hash)
                .bind(request.language.code())
                .bind(new.at.calendar_date().map_or(0, CalendarDate::day_number))
                .bind(phrases.text())
                .execute(&mut *transaction)
                .await?;
                if let Some(message) = &new.message {
                    post!(transaction, message)?;
                }
            }
            again
        });
        if let Some(again) = full {
            let again_at = Moment::from_millis(again);
            return Ok(FormatRequestOutcome::TooMany { again_at });
        }
        self.ring();
        Ok(FormatRequestOutcome::Kept)
    }

    /// Every request, those that wait longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn format_requests(&self) -> Result<Vec<KeptFormatRequest>, StoreError> {
        Ok(read!(self, |connection| sqlx::query_as(
            "select id, asked_at, format, details, technology, name, email, telephone, language \
             from format_request order by asked_at, id"
        )
        .fetch_all(connection)
        .await)?)
    }
}
