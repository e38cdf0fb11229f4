//! Reminders that a draft will soon be deleted, sent once to each confirmed address, and again if
//! the draft was extended.

use super::error::StoreError;
use super::outbox::{NewMessage, post};
use super::statement::{query, query_as};
use super::stores::Drafts;
use crate::clock::Moment;

impl Drafts {
    /// Returns the drafts that need a reminder, with their expiry times in milliseconds since 1970.
    ///
    /// These drafts expire by `ending_before`, have a confirmed address, were never submitted, and
    /// have had no reminder since they were last extended.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn drafts_to_remind(
        &self,
        now: Moment,
        ending_before: Moment,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        query_as(
            "select id, expires_at from draft where reminded_at is null and submitted_at is null \
             and not was_sent and expires_at > $1 and expires_at <= $2 and exists (select 1 from \
             draft_address where draft_id = draft.id)",
        )
        .bind(now.millis())
        .bind(ending_before.millis())
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Queues the reminders of a draft, only once even if several servers try.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remind(
        &self,
        draft: &str,
        messages: &[NewMessage],
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let first =
            query("update draft set reminded_at = $2 where id = $1 and reminded_at is null")
                .bind(draft)
                .bind(now.millis())
                .execute(&mut transaction)
                .await?;
        if first == 1 {
            for message in messages {
                post(&mut transaction, message).await?;
            }
        }
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(())
    }
}
