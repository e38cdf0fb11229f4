//! Feedback about the service, stored without the person, the source or the time of day.

use registration::feedback::{CompleteFeedback, MAX_FEEDBACK_FROM_CLIENT};

use super::desk::people::take_lock;
use super::error::StoreError;
use super::statement::{query, query_as, query_scalar};
use super::stores::Feedback;
use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::randomness::sha256;

/// Feedback to be stored.
#[derive(Debug, Clone)]
pub struct NewFeedback {
    /// A new identifier.
    pub id: String,
    /// When the feedback was sent; only the day is stored.
    pub at: Moment,
    /// The score and the comment.
    pub feedback: CompleteFeedback,
    /// The sender's network address, if known.
    ///
    /// Only the hash of the address is stored, separately from the feedback. The hash is deleted
    /// with the first feedback that is sent at least an hour later.
    pub source: Option<String>,
}

/// The result of sending feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackOutcome {
    /// The feedback was stored.
    Saved,
    /// The source has reached its hourly limit; nothing was stored.
    TooMuch,
}

/// Feedback as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredFeedback {
    /// The London day, in days since 1970.
    pub day: i64,
    /// The score, from 1 (very dissatisfied) to 5 (very satisfied).
    pub score: i64,
    /// The suggestions for improvement, in the person's words.
    pub words: String,
}

impl Feedback {
    /// Stores feedback, unless its source is known and has reached the hourly limit.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_feedback(&self, new: &NewFeedback) -> Result<FeedbackOutcome, StoreError> {
        let hour_ago = new.at.plus_hours(-1).millis();
        let source_hash = new
            .source
            .as_deref()
            .map(|source| sha256(source.as_bytes()));
        let most = i64::try_from(MAX_FEEDBACK_FROM_CLIENT).unwrap_or(i64::MAX);
        let day = new.at.calendar_date();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        if let Some(source) = &source_hash {
            let name = format!("feedback-from/{source}");
            take_lock(&mut transaction, &name, new.at.millis()).await?;
        }
        query("delete from feedback_source where sent_at <= $1 or sent_at > $2")
            .bind(hour_ago)
            .bind(new.at.plus(CLOCKS_DIFFER).millis())
            .execute(&mut transaction)
            .await?;
        let recent: i64 =
            query_scalar("select count(*) from feedback_source where source_hash = $1")
                .bind(&source_hash)
                .fetch_one(&mut transaction)
                .await?;
        let outcome = if recent < most {
            if let Some(source_hash) = &source_hash {
                query("insert into feedback_source (source_hash, sent_at) values ($1, $2)")
                    .bind(source_hash)
                    .bind(new.at.millis())
                    .execute(&mut transaction)
                    .await?;
            }
            query("insert into feedback (id, day, score, words) values ($1, $2, $3, $4)")
                .bind(&new.id)
                .bind(day.map_or(0, registration::date::CalendarDate::day_number))
                .bind(i64::from(new.feedback.satisfaction.score()))
                .bind(&new.feedback.words)
                .execute(&mut transaction)
                .await?;
            FeedbackOutcome::Saved
        } else {
            FeedbackOutcome::TooMuch
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Returns the number of times that each score was given on each day.
    ///
    /// Each tuple is the day (in days since 1970), the score and the number.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn scores(&self) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        query_as(
            "select day, score, count(*) from feedback group by day, score order by day, score",
        )
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns all feedback, newest day first; within a day, in no particular order.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn list(&self) -> Result<Vec<StoredFeedback>, StoreError> {
        query_as("select day, score, words from feedback order by day desc, id")
            .fetch_all(&mut self.database.read().await?)
            .await
    }
}
