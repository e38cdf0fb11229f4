//! Presence: which officers have the page of a registration or request open.
//!
//! Other officers see who is present, but can still change the registration or request.

use std::time::Duration;

use sqlx::AssertSqlSafe;

use crate::clock::{CLOCKS_DIFFER, Moment};
use crate::store::audit::Subject;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{Value, query, query_as};
use crate::store::stores::Casework;

/// How long after the last page view an officer is shown as present, in minutes.
pub const PRESENCE_MINUTES: u64 = 10;

/// An officer who has the page of an entry open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// The subject of the page, in the form that the audit stores, such as `registration/CP-…`.
    pub subject: String,
    /// The officer who has the page open.
    pub officer: OfficerId,
    /// The officer's name.
    pub name: String,
    /// When the officer opened the page.
    pub since: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    subject: String,
    officer_id: String,
    name: String,
    since: i64,
}

impl Casework {
    /// Records that an officer has the page of a subject open.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mark_present(
        &self,
        subject: &Subject,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<(), StoreError> {
        // Two statements instead of one transaction, so that no request waits while another deletes
        // old rows.
        query("delete from desk_looking where seen_at < $1 or seen_at > $2")
            .bind(gone_before(now))
            .bind(now.plus(CLOCKS_DIFFER).millis())
            .execute(&mut self.database.write().await?)
            .await?;
        query(
            "insert into desk_looking (subject, officer_id, since, seen_at) values ($1, $2, $3, \
             $3) on conflict (subject, officer_id) do update set seen_at = excluded.seen_at",
        )
        .bind(subject.to_string())
        .bind(officer.as_str())
        .bind(now.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns the other officers who have the page of a subject open, earliest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn others_present(
        &self,
        subject: &Subject,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<Vec<Presence>, StoreError> {
        let viewers = self.present_on(&[subject.to_string()], now).await?;
        Ok(viewers
            .into_iter()
            .filter(|viewers| viewers.officer != *officer)
            .collect())
    }

    /// Returns the officers who have the page of one of these subjects open, earliest first.
    pub(super) async fn present_on(
        &self,
        subjects: &[String],
        now: Moment,
    ) -> Result<Vec<Presence>, StoreError> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (3..subjects.len() + 3).map(|at| format!("${at}")).collect();
        let statement = format!(
            "select subject, officer_id, name, since from desk_looking join officer on officer.id \
             = officer_id where seen_at >= $1 and seen_at <= $2 and subject in ({}) order by since, officer_id",
            places.join(", ")
        );
        let rows: Vec<Row> = query_as(AssertSqlSafe(statement))
            .bind(gone_before(now))
            .bind(now.plus(CLOCKS_DIFFER).millis())
            .bind_all(subjects.iter().map(Value::from))
            .fetch_all(&mut self.database.read().await?)
            .await?;
        Ok(rows.into_iter().map(Presence::from).collect())
    }
}

impl From<Row> for Presence {
    fn from(row: Row) -> Self {
        Self {
            subject: row.subject,
            officer: OfficerId::named(row.officer_id),
            name: row.name,
            since: Moment::from_millis(row.since),
        }
    }
}

fn gone_before(now: Moment) -> i64 {
    let minutes = Duration::from_mins(PRESENCE_MINUTES).as_millis();
    now.millis() - i64::try_from(minutes).unwrap_or_default()
}
