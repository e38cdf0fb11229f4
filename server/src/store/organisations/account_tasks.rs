//! The list of accounts that must be changed on Common Platform, and marking them as changed.

use registration::desk::audit::Action;
use registration::identifiers::full_name;
use registration::membership::Change;
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::desk::like;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Organisations;

/// An account that must be changed, because its member has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChangeTask {
    /// The identifier of the organisation.
    pub organisation_id: String,
    /// The number of the event that changed the member.
    pub event: i64,
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The name of the member.
    pub name: String,
    /// The member's email address.
    pub email: String,
    /// What has changed.
    pub change: Change,
    /// When the change took effect for the desk.
    pub since: Moment,
    /// How many days late the change was reported.
    pub days_late: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    organisation_id: String,
    event: i64,
    reference: String,
    organisation: String,
    first_name: String,
    last_name: String,
    email: String,
    change: String,
    since: i64,
    late: i64,
}

impl Organisations {
    /// Returns one page of the accounts that must be changed, longest wait first, and the number of
    /// all these accounts. `words` filters by the organisation's name or the reference.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn accounts_to_change(
        &self,
        words: &str,
        (most, skipped): (i64, i64),
    ) -> Result<(Vec<AccountChangeTask>, u64), StoreError> {
        let words = like(words);
        let rows: Vec<Row> = query_as(
            "select task.organisation_id, task.event, registration.reference, registration.name \
             as organisation, member.first_name, member.last_name, member.email, \
             member_event.change, task.since, member_event.reported_on - \
             member_event.effective_on as late from account_change as task join member_event on \
             member_event.organisation_id = task.organisation_id and member_event.number = \
             task.event join member on member.id = task.member_id join organisation on \
             organisation.id = task.organisation_id join registration on registration.id = \
             organisation.registration_id where task.done_at is null and ($1 = '' or \
             lower(registration.name) like $1 or lower(registration.reference) like $1) order by \
             task.since, task.organisation_id, task.event limit $2 offset $3",
        )
        .bind(&words)
        .bind(most)
        .bind(skipped)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let count: i64 = query_scalar(
            "select count(*) from account_change as task join organisation on organisation.id = \
             task.organisation_id join registration on registration.id = \
             organisation.registration_id where task.done_at is null and ($1 = '' or \
             lower(registration.name) like $1 or lower(registration.reference) like $1)",
        )
        .bind(&words)
        .fetch_one(&mut self.database.read().await?)
        .await?;
        let tasks = rows.into_iter().map(AccountChangeTask::try_from);
        Ok((tasks.collect::<Result<_, _>>()?, count.unsigned_abs()))
    }

    /// Marks accounts as changed, each with an audit row of its organisation; returns how many were
    /// not marked before.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn mark_changed(
        &self,
        tasks: &[(String, i64)],
        actor: &Actor,
        at: Moment,
    ) -> Result<usize, StoreError> {
        let mut changed = 0;
        for (organisation, event) in tasks {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            // The chain of the organisation has one writer at a time.
            query("update organisation set steps = steps where id = $1")
                .bind(organisation)
                .execute(&mut transaction)
                .await?;
            let marked = query(
                "update account_change set done_at = $3 where organisation_id = $1 and event = $2 \
                 and done_at is null",
            )
            .bind(organisation)
            .bind(*event)
            .bind(at.millis())
            .execute(&mut transaction)
            .await?;
            if marked == 1 {
                let entry = NewEntry {
                    subject: Subject::Organisation(organisation.clone()),
                    at,
                    actor: actor.clone(),
                    action: Action::AccountsChanged,
                    details: json!({ "event": event }).to_string(),
                };
                append_next(&mut transaction, entry).await?;
                changed += 1;
            }
            transaction.commit().await?;
        }
        Ok(changed)
    }
}

impl TryFrom<Row> for AccountChangeTask {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            name: full_name(&row.first_name, &row.last_name),
            change: Change::from_key(&row.change).ok_or(StoreError::Row {
                table: "member_event",
                column: "change",
            })?,
            since: Moment::from_millis(row.since),
            days_late: u32::try_from(row.late).unwrap_or_default(),
            organisation_id: row.organisation_id,
            event: row.event,
            reference: row.reference,
            organisation: row.organisation,
            email: row.email,
        })
    }
}
