//! Requests for the form in another format, as sent by the public.

use registration::date::CalendarDate;
use registration::format_request::{
    CompleteFormatRequest, MAX_FORMAT_REQUESTS_FROM_CLIENT, MAX_IN_AN_HOUR,
};
use registration::identifiers::Email;
use registration::rate_limit::limited_until;
use registration::resume::WINDOW_MINUTES;

use super::desk::people::take_lock;
use super::desk::search_index::phrases_of_request;
use super::error::StoreError;
use super::outbox::{NewMessage, post};
use super::statement::{query, query_as, query_scalar};
use super::stores::FormatRequests;
use crate::clock::Moment;
use crate::randomness::sha256;

/// A request for another format, to be stored.
#[derive(Debug, Clone)]
pub struct NewFormatRequest {
    /// A new identifier for the request.
    pub id: String,
    /// When the request was sent.
    pub at: Moment,
    /// The requested format, and how to reach the person.
    pub request: CompleteFormatRequest,
    /// The network address of the browser, if known.
    pub source: Option<String>,
    /// The message that confirms the request, if the person gave an email address.
    pub message: Option<NewMessage>,
}

/// The result of sending a request for another format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatRequestOutcome {
    /// The request was stored, and its message, if there is one, was queued.
    Saved,
    /// The person or the source has reached the hourly limit; nothing was stored.
    TooMany {
        /// When the next request is accepted.
        again_at: Moment,
    },
}

/// A request for another format, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredFormatRequest {
    /// The request's identifier.
    pub id: String,
    /// When the request was sent, in milliseconds since 1970.
    pub asked_at: i64,
    /// The key of the requested format.
    pub format: String,
    /// A description of the person's needs, in their own words.
    pub details: String,
    /// The assistive technology that the person uses.
    pub technology: String,
    /// The name of the person who sent the request.
    pub name: String,
    /// The person's email address, if given.
    pub email: Option<String>,
    /// The person's telephone number, if given.
    pub telephone: Option<String>,
    /// The code of the language in which to write to the person.
    pub language: String,
}

const OF_PERSON: &str =
    "select asked_at from format_request where reached_by = $1 and asked_at > $2";
const OF_SOURCE: &str =
    "select asked_at from format_request where source_hash = $1 and asked_at > $2";

impl FormatRequests {
    /// Stores a request for another format and queues its message, if there is one.
    ///
    /// Nothing is stored if the person or the source has reached the hourly limit.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
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
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let reached = sha256(reached_by.as_bytes());
        take_lock(&mut transaction, &format!("format-for/{reached}"), now).await?;
        if let Some(source) = &source_hash {
            take_lock(&mut transaction, &format!("format-from/{source}"), now).await?;
        }
        let mut again = None;
        for (statement, who, most) in [
            (OF_PERSON, Some(&reached_by), MAX_IN_AN_HOUR),
            (
                OF_SOURCE,
                source_hash.as_ref(),
                MAX_FORMAT_REQUESTS_FROM_CLIENT,
            ),
        ] {
            let recent: Vec<i64> = query_scalar(statement)
                .bind(who)
                .bind(since)
                .fetch_all(&mut transaction)
                .await?;
            again = again.max(limited_until(&recent, most, WINDOW_MINUTES, now));
        }
        if again.is_none() {
            query(
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
            .execute(&mut transaction)
            .await?;
            if let Some(message) = &new.message {
                post(&mut transaction, message).await?;
            }
        }
        let full = again;
        transaction.commit().await?;
        if let Some(again) = full {
            let again_at = Moment::from_millis(again);
            return Ok(FormatRequestOutcome::TooMany { again_at });
        }
        self.database.wake_outbox();
        Ok(FormatRequestOutcome::Saved)
    }

    /// Returns all requests for another format, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn list(&self) -> Result<Vec<StoredFormatRequest>, StoreError> {
        query_as(
            "select id, asked_at, format, details, technology, name, email, telephone, language \
             from format_request order by asked_at, id",
        )
        .fetch_all(&mut self.database.read().await?)
        .await
    }
}
