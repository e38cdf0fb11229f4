//! Counts for the figures, by day, from the registrations and the audit.
//!
//! Days are London days. The SQL adds the hour of summer time, so the database can reduce a million
//! rows to a few hundred.

use std::fmt::Write;

use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::desk::audit::Action;
use registration::desk::period::Period;
use sqlx::AssertSqlSafe;

use super::audit::{AuditSearch, RowPlace, search_rows};
use super::error::StoreError;
use super::statement::{Readable, query_as, query_scalar};
use super::stores::Figures;
use crate::clock::Moment;

/// How far before a period the days of arrival allow for summer time, as a negative number of
/// hours: about three years.
///
/// A registration that arrived earlier, in the first hour of a summer day, is counted under the day
/// before.
const EARLIEST_HOURS: i64 = -3 * 366 * 24;
/// The number of audit rows read per query.
const PAGE: i64 = 5_000;

/// The number of decisions of one day that took the same number of working days.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DecisionCount {
    /// The London day, in days since 1970.
    pub day: i64,
    /// The number of working days that each decision took.
    pub used: i64,
    /// The number of decisions.
    pub count: i64,
}

/// The number of accounts with the same day of arrival and the same day of activation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ActivationCount {
    /// The London day on which the registrations arrived, in days since 1970.
    pub arrived: i64,
    /// The London day on which the accounts were activated, in days since 1970.
    pub day: i64,
    /// The number of accounts.
    pub count: i64,
}

/// The number of registrations that arrived on one day through one channel.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ArrivalCount {
    /// The London day, in days since 1970.
    pub day: i64,
    /// The key of the channel.
    pub way: String,
    /// The number of registrations.
    pub count: i64,
}

/// Returns the start of a period and the start of the day after the period.
fn ends(period: Period) -> (Moment, Moment) {
    let after = CalendarDate::of_day_number(period.to.day_number() + 1).unwrap_or(period.to);
    (
        Moment::beginning_of(period.from),
        Moment::beginning_of(after),
    )
}

/// Builds the SQL expression for the London day of a timestamp column.
///
/// The expression includes summer time for timestamps between `from` and `until`.
fn london_day(column: &str, from: Moment, until: Moment) -> String {
    let mut summer = String::new();
    for (begun, ended) in Moment::summers(from, until) {
        // Writing to a string cannot fail.
        let _written = write!(
            summer,
            " or ({column} >= {} and {column} < {})",
            begun.millis(),
            ended.millis()
        );
    }
    format!("(({column} + case when 1 = 0{summer} then 3600000 else 0 end) / 86400000)")
}

impl Figures {
    /// Counts the registrations that wait for the desk, by target clock.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn waiting_clocks(&self) -> Result<Vec<(TargetClock, u64)>, StoreError> {
        let rows: Vec<(i64, Option<i64>, i64)> = query_as(
            "select clock_days, clock_since, count(*) from registration where state in \
             ('received', 'being-checked') group by clock_days, clock_since",
        )
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let clocks = rows.into_iter().map(|(used, since, count)| {
            let clock = TargetClock {
                used: u32::try_from(used).unwrap_or_default(),
                runs_since: since.and_then(CalendarDate::of_day_number),
            };
            (clock, count.unsigned_abs())
        });
        Ok(clocks.collect())
    }

    /// Returns the number of registrations whose applicants have questions to answer.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn waiting_for_answers(&self) -> Result<u64, StoreError> {
        let count: i64 = query_scalar(
            "select count(*) from registration where state = 'more-information-needed'",
        )
        .fetch_one(&mut self.database.read().await?)
        .await?;
        Ok(count.unsigned_abs())
    }

    /// Counts the registrations that arrived in a period, by day and channel.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn arrivals(&self, period: Period) -> Result<Vec<ArrivalCount>, StoreError> {
        let (from, until) = ends(period);
        let day = london_day("submitted_at", from, until);
        let statement = format!(
            "select {day} as day, came_by as way, count(*) as count from registration where \
             submitted_at >= $1 and submitted_at < $2 group by 1, 2"
        );
        self.counts(statement, (from, until)).await
    }

    /// Counts the decisions of a period, by day and duration, including decisions that were undone
    /// later.
    ///
    /// The duration is in working days.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn decisions(&self, period: Period) -> Result<Vec<DecisionCount>, StoreError> {
        let (from, until) = ends(period);
        let day = london_day("state_since", from, until);
        let undone_day = london_day("decided_at", from, until);
        let statement = format!(
            "select day, used, cast(sum(decisions) as bigint) as count from (select {day} as day, \
             clock_days as used, count(*) as decisions from registration where state in \
             ('approved', 'not-approved') and state_since >= $1 and state_since < $2 group by 1, 2 \
             union all select {undone_day} as day, clock_days as used, count(*) as decisions from \
             undone_decision where decided_at >= $1 and decided_at < $2 group by 1, 2) as decided \
             group by day, used"
        );
        self.counts(statement, (from, until)).await
    }

    /// Counts the decisions that were undone in a period: each day, in days since 1970, with its
    /// number.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn undoings(&self, period: Period) -> Result<Vec<(i64, i64)>, StoreError> {
        let (from, until) = ends(period);
        let day = london_day("undone_at", from, until);
        let statement = format!(
            "select {day} as day, count(*) as count from undone_decision where undone_at >= $1 and \
             undone_at < $2 group by 1"
        );
        self.counts(statement, (from, until)).await
    }

    /// Counts the accounts activated in a period, by day of activation and day of arrival.
    ///
    /// The day of arrival is that of the account's registration.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn activations(&self, period: Period) -> Result<Vec<ActivationCount>, StoreError> {
        let (from, until) = ends(period);
        let (day, arrived) = (
            london_day("activated_at", from, until),
            london_day("submitted_at", from.plus_hours(EARLIEST_HOURS), until),
        );
        let statement = format!(
            "select {arrived} as arrived, {day} as day, count(*) as count from registration_user \
             join registration on registration.id = registration_id where activated_at >= $1 and \
             activated_at < $2 group by 1, 2"
        );
        self.counts(statement, (from, until)).await
    }

    /// Calls `found` with the details of each audit row with this action in a period.
    ///
    /// Rows whose details were erased are left out.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn details_of(
        &self,
        action: Action,
        period: Period,
        found: &mut (dyn FnMut(&str) + Send),
    ) -> Result<(), StoreError> {
        let (from, until) = ends(period);
        let mut after: Option<RowPlace> = None;
        loop {
            let search = AuditSearch {
                action: Some(action.key().to_owned()),
                from: Some(from),
                until: Some(until),
                after,
                ..AuditSearch::default()
            };
            let page = search_rows(&mut self.database.read().await?, &search, PAGE).await?;
            for row in page.iter().filter(|row| !row.row.is_erased()) {
                found(&row.row.details);
            }
            match page.last() {
                Some(last) => after = Some(last.place()),
                None => return Ok(()),
            }
        }
    }

    /// Runs a statement over a period, whose ends are `$1` and `$2`. The statement must contain
    /// nothing that a person typed.
    async fn counts<T: Readable>(
        &self,
        statement: String,
        (from, until): (Moment, Moment),
    ) -> Result<Vec<T>, StoreError> {
        query_as(AssertSqlSafe(statement))
            .bind(from.millis())
            .bind(until.millis())
            .fetch_all(&mut self.database.read().await?)
            .await
    }
}
