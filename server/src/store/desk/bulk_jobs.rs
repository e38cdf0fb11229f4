//! Jobs that change many entries of the queue: the entries that an officer has selected, and the
//! result for each.
//!
//! A server keeps a job for a short time while it works on it. If the server is killed, another takes
//! the job up where the results end.

use registration::desk::bulk::{BulkAction, BulkOutcome};
use registration::identifiers::Reference;
use registration::lifecycle::State;

use super::queue_conditions::{ListedRow, QueueQuery, REGISTRATION};
use super::values::Values;
use crate::clock::Moment;
use crate::store::audit::Subject;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Casework;

/// How many entries are read or written by one statement.
const AT_ONCE: usize = 200;

/// An entry that an officer has selected, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkCandidate {
    /// The registration or the request.
    pub subject: Subject,
    /// The version of the entry.
    pub version: i64,
    /// The officer to whom the entry is assigned.
    pub officer: Option<OfficerId>,
    /// Whether the entry was decided, withdrawn or answered.
    pub is_over: bool,
}

/// A job to be stored, about which the officer is asked next.
#[derive(Debug, Clone)]
pub struct NewBulkJob {
    /// A new identifier.
    pub id: String,
    /// The officer who asks for the changes.
    pub officer: OfficerId,
    /// What happens to each entry.
    pub action: BulkAction,
    /// The officer to whom the entries are assigned.
    pub assignee: Option<OfficerId>,
    /// The address of the list in which the entries were selected.
    pub list: String,
    /// Whether the list has more entries than the job takes.
    pub is_part: bool,
    /// When the entries were selected.
    pub at: Moment,
    /// The entries, each with the reason why it is left out, if there is one.
    pub entries: Vec<(BulkCandidate, Option<BulkOutcome>)>,
}

/// A stored job, without its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkJob {
    /// The identifier.
    pub id: String,
    /// The officer who asks for the changes.
    pub officer: OfficerId,
    /// What happens to each entry.
    pub action: BulkAction,
    /// The officer to whom the entries are assigned.
    pub assignee: Option<OfficerId>,
    /// The address of the list in which the entries were selected.
    pub list: String,
    /// Whether the list had more entries than the job takes.
    pub is_part: bool,
    /// Whether the officer has agreed to the changes.
    pub has_begun: bool,
    /// Whether every entry was worked off.
    pub has_ended: bool,
}

/// The number of entries of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkCounts {
    /// The entries that are to be worked off.
    pub left: i64,
    /// The entries that were changed.
    pub done: i64,
    /// The entries that are not changed.
    pub not_done: i64,
    /// The entries that are to be worked off and were assigned to somebody else than the officer.
    pub of_colleagues: i64,
    /// All entries that are requests for another format.
    pub requests: i64,
}

/// An entry of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// The place in the job.
    pub place: i64,
    /// The registration or the request.
    pub subject: Subject,
    /// The version that the officer was asked about.
    pub version: i64,
    /// The officer to whom the entry was assigned then.
    pub officer: Option<OfficerId>,
    /// The result; `None` until the entry is worked off.
    pub outcome: Option<BulkOutcome>,
}

/// The entries of a job to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkPart {
    /// Those that are to be worked off.
    Left,
    /// Those that are not changed.
    NotDone,
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    officer_id: String,
    action: String,
    assignee_id: Option<String>,
    list: String,
    is_part: bool,
    began_at: Option<i64>,
    ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    place: i64,
    subject: String,
    version: i64,
    officer_id: Option<String>,
    outcome: Option<String>,
}

const JOBS: &str = "select id, officer_id, action, assignee_id, list, is_part, began_at, ended_at \
                    from bulk_job where ";

impl Casework {
    /// Returns the first `most` entries of a list of the queue, and whether it has more.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bulk_candidates_of_list(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<(Vec<BulkCandidate>, bool), StoreError> {
        let mut rows = self.listed(asked, most + 1).await?.rows;
        let has_more = rows.len() > most;
        rows.truncate(most);
        let (registrations, requests): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.what == REGISTRATION);
        let ids =
            |rows: Vec<ListedRow>| -> Vec<String> { rows.into_iter().map(|row| row.id).collect() };
        let mut found = self.registrations_by("id", &ids(registrations)).await?;
        found.extend(self.requests_by_id(&ids(requests)).await?);
        Ok((found, has_more))
    }

    /// Returns the entries with these subjects. Other subjects, and entries that do not exist, are
    /// left out.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bulk_candidates(
        &self,
        subjects: &[Subject],
    ) -> Result<Vec<BulkCandidate>, StoreError> {
        let mut references = Vec::new();
        let mut requests = Vec::new();
        for subject in subjects {
            match subject {
                Subject::Registration(reference) => references.push(reference.to_string()),
                Subject::FormatRequest(id) => requests.push(id.clone()),
                _ => {}
            }
        }
        let mut found = self.registrations_by("reference", &references).await?;
        found.extend(self.requests_by_id(&requests).await?);
        Ok(found)
    }

    async fn registrations_by(
        &self,
        column: &'static str,
        values: &[String],
    ) -> Result<Vec<BulkCandidate>, StoreError> {
        let mut found = Vec::new();
        for part in values.chunks(AT_ONCE) {
            let mut values = Values::default();
            let places: Vec<String> = part
                .iter()
                .map(|value| values.text(value.clone()))
                .collect();
            let statement = format!(
                "select reference, version, officer_id, state from registration where {column} in \
                 ({}) order by reference",
                places.join(", ")
            );
            let rows: Vec<(String, i64, Option<String>, String)> = values
                .fetch_all(statement, &mut self.database.read().await?)
                .await?;
            for (reference, version, officer, state) in rows {
                let reference = Reference::parse(&reference)
                    .map_err(|_| unread("registration", "reference"))?;
                let state =
                    State::from_key(&state).ok_or_else(|| unread("registration", "state"))?;
                found.push(BulkCandidate {
                    subject: Subject::Registration(reference),
                    version,
                    officer: officer.map(OfficerId::named),
                    is_over: state.is_closed(),
                });
            }
        }
        Ok(found)
    }

    async fn requests_by_id(&self, ids: &[String]) -> Result<Vec<BulkCandidate>, StoreError> {
        let mut found = Vec::new();
        for part in ids.chunks(AT_ONCE) {
            let mut values = Values::default();
            let places: Vec<String> = part
                .iter()
                .map(|value| values.text(value.clone()))
                .collect();
            let statement = format!(
                "select id, version, officer_id, answered_at from format_request where id in ({}) \
                 order by id",
                places.join(", ")
            );
            let rows: Vec<(String, i64, Option<String>, Option<i64>)> = values
                .fetch_all(statement, &mut self.database.read().await?)
                .await?;
            found.extend(
                rows.into_iter()
                    .map(|(id, version, officer, answered)| BulkCandidate {
                        subject: Subject::FormatRequest(id),
                        version,
                        officer: officer.map(OfficerId::named),
                        is_over: answered.is_some(),
                    }),
            );
        }
        Ok(found)
    }

    /// Stores a job and its entries.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_bulk_job(&self, new: &NewBulkJob) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query(
            "insert into bulk_job (id, officer_id, action, assignee_id, list, is_part, asked_at) \
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&new.id)
        .bind(new.officer.as_str())
        .bind(new.action.key())
        .bind(new.assignee.as_ref().map(OfficerId::as_str))
        .bind(&new.list)
        .bind(new.is_part)
        .bind(new.at.millis())
        .execute(&mut transaction)
        .await?;
        for (place, (entry, outcome)) in (0_i64..).zip(&new.entries) {
            query(
                "insert into bulk_item (job_id, place, subject, version, officer_id, outcome) \
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&new.id)
            .bind(place)
            .bind(entry.subject.to_string())
            .bind(entry.version)
            .bind(entry.officer.as_ref().map(OfficerId::as_str))
            .bind(outcome.map(BulkOutcome::key))
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await
    }

    /// Returns a job; `None` if there is none or it was deleted.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bulk_job(&self, id: &str) -> Result<Option<BulkJob>, StoreError> {
        let row: Option<JobRow> = query_as(joined(&[JOBS, "id = $1"]))
            .bind(id)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        row.map(BulkJob::try_from).transpose()
    }

    /// Returns the number of entries of a job, by result.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bulk_counts(&self, job: &BulkJob) -> Result<BulkCounts, StoreError> {
        let rows: Vec<(Option<String>, i64, i64, i64)> = query_as(
            "select outcome, sum(case when officer_id is not null and officer_id <> $2 then 1 else 0 \
             end), sum(case when subject like 'format-request/%' then 1 else 0 end), count(*) from \
             bulk_item where job_id = $1 group by outcome",
        )
        .bind(&job.id)
        .bind(job.officer.as_str())
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let mut counts = BulkCounts::default();
        for (outcome, of_colleagues, requests, count) in rows {
            counts.requests += requests;
            match outcome.as_deref().map(BulkOutcome::from_key) {
                None => {
                    counts.left += count;
                    counts.of_colleagues += of_colleagues;
                }
                Some(Some(BulkOutcome::Done)) => counts.done += count,
                Some(_) => counts.not_done += count,
            }
        }
        Ok(counts)
    }

    /// Returns the first `most` entries of a part of a job.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bulk_items(
        &self,
        job: &str,
        part: BulkPart,
        most: i64,
    ) -> Result<Vec<BulkItem>, StoreError> {
        let condition = match part {
            BulkPart::Left => "outcome is null",
            BulkPart::NotDone => "outcome <> 'done'",
        };
        let statement = joined(&[
            "select place, subject, version, officer_id, outcome from bulk_item where job_id = $1 \
             and ",
            condition,
            " order by place limit $2",
        ]);
        let rows: Vec<ItemRow> = query_as(statement)
            .bind(job)
            .bind(most)
            .fetch_all(&mut self.database.read().await?)
            .await?;
        rows.into_iter().map(BulkItem::try_from).collect()
    }

    /// Records that the officer has agreed to a job. Nothing changes if they have before.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_bulk_job(&self, id: &str, at: Moment) -> Result<(), StoreError> {
        query("update bulk_job set began_at = $2 where id = $1 and began_at is null")
            .bind(id)
            .bind(at.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Keeps a job for the server that works on it. Returns `false` if the job is over or not begun,
    /// or if another server keeps it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn keep_bulk_job(
        &self,
        id: &str,
        now: Moment,
        until: Moment,
    ) -> Result<bool, StoreError> {
        let kept: Option<i64> = query_scalar(
            "update bulk_job set kept_until = $3 where id = $1 and began_at is not null and \
             ended_at is null and kept_until <= $2 returning kept_until",
        )
        .bind(id)
        .bind(now.millis())
        .bind(until.millis())
        .fetch_optional(&mut self.database.write().await?)
        .await?;
        Ok(kept.is_some())
    }

    /// Records the results of entries, and keeps the job for longer.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_bulk_outcomes(
        &self,
        job: &str,
        outcomes: &[(i64, BulkOutcome)],
        until: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        for (place, outcome) in outcomes {
            query(
                "update bulk_item set outcome = $3 where job_id = $1 and place = $2 and outcome is \
                 null",
            )
            .bind(job)
            .bind(*place)
            .bind(outcome.key())
            .execute(&mut transaction)
            .await?;
        }
        query("update bulk_job set kept_until = $2 where id = $1 and ended_at is null")
            .bind(job)
            .bind(until.millis())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await
    }

    /// Records that every entry of a job was worked off.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_bulk_job(&self, id: &str, at: Moment) -> Result<(), StoreError> {
        query("update bulk_job set ended_at = $2 where id = $1 and ended_at is null")
            .bind(id)
            .bind(at.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Returns the jobs that were begun and that no server keeps, because theirs was killed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn abandoned_bulk_jobs(&self, now: Moment) -> Result<Vec<String>, StoreError> {
        query_scalar(
            "select id from bulk_job where began_at is not null and ended_at is null and \
             kept_until <= $1 order by asked_at",
        )
        .bind(now.millis())
        .fetch_all(&mut self.database.read().await?)
        .await
    }
}

impl TryFrom<JobRow> for BulkJob {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            officer: OfficerId::named(row.officer_id),
            action: BulkAction::from_key(&row.action)
                .ok_or_else(|| unread("bulk_job", "action"))?,
            assignee: row.assignee_id.map(OfficerId::named),
            list: row.list,
            is_part: row.is_part,
            has_begun: row.began_at.is_some(),
            has_ended: row.ended_at.is_some(),
        })
    }
}

impl TryFrom<ItemRow> for BulkItem {
    type Error = StoreError;

    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        let outcome = row.outcome.map(|outcome| {
            BulkOutcome::from_key(&outcome).ok_or_else(|| unread("bulk_item", "outcome"))
        });
        Ok(Self {
            place: row.place,
            subject: Subject::parse(&row.subject).map_err(|_| unread("bulk_item", "subject"))?,
            version: row.version,
            officer: row.officer_id.map(OfficerId::named),
            outcome: outcome.transpose()?,
        })
    }
}

const fn unread(table: &'static str, column: &'static str) -> StoreError {
    StoreError::Row { table, column }
}
