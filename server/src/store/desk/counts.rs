//! The counts beside the filters of the queue.
//!
//! The number of decided entries grows without limit, so counting them stops at a limit above
//! `MAX_LISTED`.

use registration::date::CalendarDate;
use registration::desk::queue::{ItemKind, ItemStatus, MAX_LISTED, last_early_day, overdue_since};
use registration::format_request;
use registration::organisation::OrganisationKind;

use super::queue_conditions::{PROPOSED, QueueQuery};
use super::values::Values;
use crate::store::error::StoreError;
use crate::store::stores::Casework;

/// A count that is exact up to `MAX_LISTED`; above that, it may be too low.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CountedUpTo(pub usize);

/// The counts beside the filters of the queue.
///
/// All counts except `statuses` cover only entries that wait for the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// The number of entries in each status.
    pub statuses: Vec<(ItemStatus, CountedUpTo)>,
    /// The number of entries of each kind.
    pub kinds: Vec<(ItemKind, CountedUpTo)>,
    /// The number of registrations of each kind of organisation.
    pub organisations: Vec<(OrganisationKind, CountedUpTo)>,
    /// The number of entries assigned to the current officer.
    pub mine: CountedUpTo,
    /// The number of unassigned entries.
    pub unassigned: CountedUpTo,
    /// The number of registrations with an early hearing.
    pub early: CountedUpTo,
    /// The number of overdue entries.
    pub overdue: CountedUpTo,
    /// The number of registrations whose decision waits for a second officer.
    pub second_officer: CountedUpTo,
}

impl CountedUpTo {
    /// Returns whether there are more entries than can be listed.
    #[must_use]
    pub const fn is_more(self) -> bool {
        self.0 > MAX_LISTED
    }

    fn plus(&mut self, count: i64) {
        self.0 += usize::try_from(count).unwrap_or_default();
    }
}

const WAITS: &str = "state in ('received', 'being-checked')";

impl Casework {
    /// Counts the entries for each filter of the queue.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn queue_counts(&self, asked: &QueueQuery<'_>) -> Result<QueueCounts, StoreError> {
        let mut counts = QueueCounts {
            statuses: ItemStatus::ALL
                .iter()
                .map(|status| (*status, CountedUpTo(0)))
                .collect(),
            kinds: ItemKind::ALL
                .iter()
                .map(|kind| (*kind, CountedUpTo(0)))
                .collect(),
            organisations: OrganisationKind::ALL
                .map(|kind| (kind, CountedUpTo(0)))
                .to_vec(),
            ..QueueCounts::default()
        };
        self.count_states(asked, &mut counts).await?;
        self.count_kinds(&mut counts).await?;
        self.count_requests(asked, &mut counts).await?;
        Ok(counts)
    }

    /// Counts registrations by status, and counts waiting registrations that are assigned to the
    /// current officer, are unassigned, have an early hearing, are overdue, or need a second
    /// officer.
    ///
    /// Each count is a subquery that stops after `MAX_LISTED` + 1 rows.
    async fn count_states(
        &self,
        asked: &QueueQuery<'_>,
        counts: &mut QueueCounts,
    ) -> Result<(), StoreError> {
        let mut values = Values::default();
        let me = values.text(asked.officer.as_str());
        let first = values.text(asked.today.to_string());
        let last = values.text(last_early_day(asked.today).to_string());
        let overdue = overdue_since(asked.today, asked.target);
        let overdue = values.number(overdue.map_or(0, CalendarDate::day_number));
        let mut conditions: Vec<(String, String)> = ItemStatus::ALL
            .iter()
            .filter(|status| status.state().is_some())
            .map(|status| {
                (
                    status.key().to_owned(),
                    format!("state = '{}'", status.key()),
                )
            })
            .collect();
        for state in ItemStatus::WAITING.map(ItemStatus::key) {
            let state = format!("state = '{state}'");
            for (name, condition) in [
                ("mine", format!("officer_id = {me}")),
                ("nobodys", "officer_id is null".to_owned()),
                (
                    "early",
                    format!("first_hearing >= {first} and first_hearing <= {last}"),
                ),
                (
                    "overdue",
                    format!("waits_since > 0 and waits_since <= {overdue}"),
                ),
                ("second-officer", PROPOSED.to_owned()),
            ] {
                conditions.push((name.to_owned(), format!("{state} and {condition}")));
            }
        }
        let counted: Vec<String> = conditions
            .iter()
            .enumerate()
            .map(|(at, (name, condition))| {
                format!(
                    "select '{name}' as name, count(*) as times from (select 1 from registration \
                     where {condition} limit {}) as counted_{at}",
                    MAX_LISTED + 1
                )
            })
            .collect();
        let rows: Vec<(String, i64)> = values
            .fetch_all(
                counted.join(" union all "),
                &mut self.database.read().await?,
            )
            .await?;
        for (name, times) in rows {
            match &*name {
                "mine" => counts.mine.plus(times),
                "nobodys" => counts.unassigned.plus(times),
                "early" => counts.early.plus(times),
                "overdue" => counts.overdue.plus(times),
                "second-officer" => counts.second_officer.plus(times),
                status => add(&mut counts.statuses, ItemStatus::from_key(status), times),
            }
        }
        Ok(())
    }

    /// Counts waiting registrations by kind of entry and kind of organisation.
    ///
    /// All waiting registrations are counted; their number is limited by the desk's workload.
    async fn count_kinds(&self, counts: &mut QueueCounts) -> Result<(), StoreError> {
        let statement = format!(
            "select kind, case when revision > 1 then 1 else 0 end as again, count(*) as times \
             from registration where {WAITS} group by 1, 2"
        );
        let rows: Vec<(String, i32, i64)> = Values::default()
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        for (kind, again, times) in rows {
            let what = if again == 1 {
                ItemKind::SentAgain
            } else {
                ItemKind::New
            };
            add(&mut counts.kinds, Some(what), times);
            add(
                &mut counts.organisations,
                OrganisationKind::from_key(&kind),
                times,
            );
        }
        Ok(())
    }

    async fn count_requests(
        &self,
        asked: &QueueQuery<'_>,
        counts: &mut QueueCounts,
    ) -> Result<(), StoreError> {
        let mut values = Values::default();
        let me = values.text(asked.officer.as_str());
        let target = u32::from(format_request::WORKING_DAYS);
        let overdue = overdue_since(asked.today, target);
        let overdue = values.number(overdue.map_or(0, CalendarDate::day_number));
        let statement = format!(
            "select state, case when officer_id is null then 'nobody' when officer_id = {me} then \
             'me' else 'other' end as whose, case when waits_since <= {overdue} then 1 else 0 end \
             as late, count(*) as times from (select state, officer_id, waits_since from \
             format_request order by state desc, waits_since, asked_at, id limit {}) as requests \
             group by 1, 2, 3",
            10 * MAX_LISTED
        );
        let rows: Vec<(String, String, i32, i64)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        for (state, whose, late, times) in rows {
            let waits = state == "waiting";
            let status = if waits {
                ItemStatus::of_open_request(whose != "nobody")
            } else {
                ItemStatus::Answered
            };
            add(&mut counts.statuses, Some(status), times);
            if !waits {
                continue;
            }
            add(&mut counts.kinds, Some(ItemKind::FormatRequest), times);
            match &*whose {
                "me" => counts.mine.plus(times),
                "nobody" => counts.unassigned.plus(times),
                _ => {}
            }
            if late == 1 {
                counts.overdue.plus(times);
            }
        }
        Ok(())
    }
}

fn add<T: PartialEq + Copy>(counts: &mut [(T, CountedUpTo)], one: Option<T>, times: i64) {
    for (counted, count) in counts {
        if one == Some(*counted) {
            count.plus(times);
        }
    }
}
