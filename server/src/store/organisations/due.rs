//! What is due on a day: a change whose day has come gives the desk its tasks, once. If the service
//! was down over the day, this happens at the next start, and the audit says how late it was.

use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::membership::{Change, MemberDetails, MemberId};
use serde_json::json;

use super::accounts;
use super::lock::lock;
use super::member_columns::columns;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Organisations;

/// How many organisations are looked up at once.
const AT_ONCE: i64 = 200;

/// What was done because its day had come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueDone {
    /// The number of changes.
    pub changes: u64,
    /// The number of those whose day was before today.
    pub late: u64,
}

#[derive(sqlx::FromRow)]
struct DueRow {
    number: i64,
    member_id: String,
    change: String,
    recorded_on: i64,
    details: Option<String>,
}

impl Organisations {
    /// Gives the desk its tasks for all changes whose day has come. Several servers may do so at
    /// once; each change is done once.
    ///
    /// # Errors
    /// When the database fails, or a row of an organisation cannot be read. The changes of the other
    /// organisations are done first.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn do_due(&self, now: Moment) -> Result<DueDone, StoreError> {
        let mut done = DueDone::default();
        let Some(today) = now.calendar_date() else {
            return Ok(done);
        };
        let mut unread = None;
        let mut after = String::new();
        loop {
            let waiting: Vec<String> = query_scalar(
                "select distinct member_event.organisation_id from member_event join organisation \
                 on organisation.id = member_event.organisation_id where due_done_at is null and \
                 cancelled_at is null and recorded_on <= $1 and closed_on is null and \
                 member_event.organisation_id > $2 order by member_event.organisation_id limit $3",
            )
            .bind(today.day_number())
            .bind(&after)
            .bind(AT_ONCE)
            .fetch_all(&mut self.database.read().await?)
            .await?;
            let Some(last) = waiting.last() else {
                return unread.map_or(Ok(done), Err);
            };
            after.clone_from(last);
            for organisation in &waiting {
                let mut connection = self.database.write().await?;
                let mut transaction = connection.begin().await?;
                if lock(&mut transaction, organisation).await? {
                    let of_one = match finish(&mut transaction, organisation, today, now).await {
                        Err(error @ StoreError::Row { .. }) => {
                            unread = Some(error);
                            continue;
                        }
                        of_one => of_one?,
                    };
                    done.changes += of_one.changes;
                    done.late += of_one.late;
                    transaction.commit().await?;
                }
            }
        }
    }
}

/// Gives the desk its tasks for the changes of an organisation whose day has come, in the
/// transaction of the caller, who has locked the organisation.
pub(super) async fn finish(
    connection: &mut Connection<'_>,
    organisation: &str,
    today: CalendarDate,
    at: Moment,
) -> Result<DueDone, StoreError> {
    let rows: Vec<DueRow> = query_as(
        "select number, member_id, change, recorded_on, details from member_event where \
         organisation_id = $1 and due_done_at is null and cancelled_at is null and recorded_on <= \
         $2 order by recorded_on, number",
    )
    .bind(organisation)
    .bind(today.day_number())
    .fetch_all(connection)
    .await?;
    let mut done = DueDone::default();
    let mut events = Vec::new();
    for row in &rows {
        let marked = query(
            "update member_event set due_done_at = $3 where organisation_id = $1 and number = $2 \
             and due_done_at is null",
        )
        .bind(organisation)
        .bind(row.number)
        .bind(at.millis())
        .execute(connection)
        .await?;
        if marked == 0 {
            continue;
        }
        let member = MemberId::named(row.member_id.clone());
        apply(connection, &member, row, at).await?;
        done.changes += 1;
        let late = today.day_number() - row.recorded_on;
        done.late += u64::from(late > 0);
        events.push(json!({ "event": row.number, "days_late": late }));
    }
    if !events.is_empty() {
        let entry = NewEntry {
            subject: Subject::Organisation(organisation.to_owned()),
            at,
            actor: Actor::Service,
            action: Action::MembersChangeDue,
            details: json!({ "day": today, "done": events }).to_string(),
        };
        append_next(connection, entry).await?;
    }
    Ok(done)
}

async fn apply(
    connection: &mut Connection<'_>,
    member: &MemberId,
    row: &DueRow,
    at: Moment,
) -> Result<(), StoreError> {
    let unread = |column| StoreError::Row {
        table: "member_event",
        column,
    };
    match Change::from_key(&row.change).ok_or_else(|| unread("change"))? {
        Change::Join => accounts::make(connection, member, at).await,
        Change::Leave => accounts::end(connection, member, at).await,
        change @ (Change::BecomeAdministrator | Change::StopAdministrator) => {
            let is_administrator = change == Change::BecomeAdministrator;
            query("update member set administrator = $2 where id = $1")
                .bind(member.as_str())
                .bind(is_administrator)
                .execute(connection)
                .await?;
            accounts::change(connection, member, row.number, at).await
        }
        Change::Edit => {
            let details = row.details.as_deref().unwrap_or_default();
            // Without details, the personal data of the event was erased.
            let Ok(details) = serde_json::from_str::<MemberDetails>(details) else {
                return Ok(());
            };
            query(
                "update member set first_name = $2, last_name = $3, email = $4, mailbox = $5, \
                 telephone = $6, job_title = $7, mobile = $8, role = $9, engagement = $10 where \
                 id = $1",
            )
            .bind(member.as_str())
            .bind_all(columns(&details)?)
            .execute(connection)
            .await?;
            accounts::change(connection, member, row.number, at).await
        }
        Change::TakeOver => Ok(()),
    }
}
