//! What people think of the service: kept without who, from where or at what time of the day.

use registration::performance::{CompleteFeedback, MOST_FROM_SOURCE};

use super::db::{Store, StoreError, read, transaction};
use crate::clock::Moment;
use crate::randomness::sha256;

/// Feedback that is to be kept.
#[derive(Debug, Clone)]
pub struct NewFeedback {
    /// A new identifier.
    pub id: String,
    /// When it was sent; the day alone is kept with it.
    pub at: Moment,
    /// What was said.
    pub feedback: CompleteFeedback,
    /// Where it came from, of which a hash is kept for an hour, apart from what was said.
    pub source: Option<String>,
}

/// What became of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackOutcome {
    /// It is on disk.
    Kept,
    /// The same place has sent as much as an hour may have: nothing was kept.
    TooMuch,
}

/// Feedback as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptFeedback {
    /// The number of the day.
    pub day: i64,
    /// From 1, very dissatisfied, to 5.
    pub score: i64,
    /// What could be better.
    pub words: String,
}

impl Store {
    /// Keeps feedback, unless the same place has sent too much in an hour.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_feedback(&self, new: &NewFeedback) -> Result<FeedbackOutcome, StoreError> {
        let hour_ago = new.at.plus_hours(-1).millis();
        let source_hash = new
            .source
            .as_deref()
            .map(|source| sha256(source.as_bytes()));
        let most = i64::try_from(MOST_FROM_SOURCE).unwrap_or(i64::MAX);
        let day = new.at.calendar_date();
        Ok(transaction!(self, |transaction| {
            sqlx::query("delete from feedback_source where sent_at <= $1")
                .bind(hour_ago)
                .execute(&mut *transaction)
                .await?;
            let recent: i64 =
                sqlx::query_scalar("select count(*) from feedback_source where source_hash = $1")
                    .bind(&source_hash)
                    .fetch_one(&mut *transaction)
                    .await?;
            if recent < most {
                if let Some(source_hash) = &source_hash {
                    sqlx::query(
                        "insert into feedback_source (source_hash, sent_at) values ($1, $2)",
                    )
                    .bind(source_hash)
                    .bind(new.at.millis())
                    .execute(&mut *transaction)
                    .await?;
                }
                sqlx::query("insert into feedback (id, day, score, words) values ($1, $2, $3, $4)")
                    .bind(&new.id)
                    .bind(day.map_or(0, registration::date::CalendarDate::day_number))
                    .bind(i64::from(new.feedback.satisfaction.score()))
                    .bind(&new.feedback.words)
                    .execute(&mut *transaction)
                    .await?;
                FeedbackOutcome::Kept
            } else {
                FeedbackOutcome::TooMuch
            }
        }))
    }

    /// How often each score was given on each day: day, score, count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn scores(&self) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as(
                "select day, score, count(*) from feedback group by day, score order by day, score",
            )
            .fetch_all(connection)
            .await
        })?)
    }

    /// What people wrote, the newest first; those of one day in no order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn feedback(&self) -> Result<Vec<KeptFeedback>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as("select day, score, words from feedback order by day desc, id")
                .fetch_all(connection)
                .await
        })?)
    }
}
