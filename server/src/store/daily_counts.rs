//! Daily counts of drafts begun and submitted, kept because expired drafts are deleted.
//!
//! Each event is counted near the end of the transaction that causes it, so that the row of the
//! count is locked only briefly.

use registration::date::CalendarDate;

use super::connection::Connection;
use super::error::StoreError;
use super::statement::{query, query_as, query_scalar};
use super::stores::Figures;
use crate::clock::Moment;

/// The numbers of drafts begun on one day, and of those submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// The London day, in days since 1970.
    pub day: i64,
    /// The number of drafts begun on that day.
    pub begun: i64,
    /// The number of those drafts that have been submitted so far.
    pub sent: i64,
}

/// Counts a draft that is begun at `now`.
pub(super) async fn count_begun(
    connection: &mut Connection<'_>,
    now: Moment,
) -> Result<(), StoreError> {
    query(
        "insert into daily_count (day, what, count) values ($1, 'draft-begun', 1) on conflict \
         (day, what) do update set count = daily_count.count + 1",
    )
    .bind(now.calendar_date().map_or(0, CalendarDate::day_number))
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts a draft that is submitted for the first time, under the day on which it was begun.
///
/// Nothing is counted if no begun draft was counted for that day.
pub(super) async fn count_sent(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<(), StoreError> {
    let begun: i64 = query_scalar("select created_at from draft where id = $1")
        .bind(draft)
        .fetch_one(connection)
        .await?;
    let day = Moment::from_millis(begun).calendar_date();
    query(
        "insert into daily_count (day, what, count) select day, 'draft-sent', 1 from daily_count \
         where day = $1 and what = 'draft-begun' on conflict (day, what) do update set count = \
         daily_count.count + 1",
    )
    .bind(day.map_or(0, CalendarDate::day_number))
    .execute(connection)
    .await?;
    Ok(())
}

impl Figures {
    /// Returns the counts of every counted day, in order.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn daily_counts(&self) -> Result<Vec<Counted>, StoreError> {
        query_as(
            "select begun.day, begun.count as begun, coalesce(sent.count, 0) as sent from \
             daily_count as begun left join daily_count as sent on sent.day = begun.day and \
             sent.what = 'draft-sent' where begun.what = 'draft-begun' order by begun.day",
        )
        .fetch_all(&mut self.database.read().await?)
        .await
    }
}
