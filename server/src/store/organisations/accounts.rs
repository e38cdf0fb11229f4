//! The desk's tasks that follow from a change of members: an account to make, to change or to end.
//!
//! The account of a member who joined after the approval is one more account of the registration,
//! so it is in the same lists, batches and results as the others. It is not part of the answers that
//! were signed.

use registration::desk::account::{Account, ends_with_approval};
use registration::membership::MemberId;

use crate::clock::Moment;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// The first place among the accounts of a registration that is given to somebody who joins later.
/// It is above all places of users who were signed for.
const FIRST_PLACE: i64 = 10_001;

#[derive(sqlx::FromRow)]
struct AccountRow {
    registration_id: String,
    position: i64,
    email: String,
    first_name: String,
    last_name: String,
    account: String,
    sent_at: Option<i64>,
    batch: Option<i64>,
}

/// Puts the account of a new member into the list of accounts to make. A member who needs no
/// account gets none.
pub(super) async fn make(
    connection: &mut Connection<'_>,
    member: &MemberId,
    at: Moment,
) -> Result<(), StoreError> {
    let made = query(
        "insert into registration_user (registration_id, position, first_name, last_name, email, \
         mobile, role, administrator, joined_later, in_set_up, account_since, account_id) select \
         organisation.registration_id, (select case when coalesce(max(position), 0) < $3 then $3 \
         else max(position) + 1 end from registration_user where registration_id = \
         organisation.registration_id), member.first_name, member.last_name, member.email, \
         member.mobile, member.role, member.administrator, true, true, $2, member.id from member \
         join organisation on organisation.id = member.organisation_id where member.id = $1 and \
         member.mobile is not null and member.role is not null and member.place is null",
    )
    .bind(member.as_str())
    .bind(at.millis())
    .bind(FIRST_PLACE)
    .execute(connection)
    .await?;
    if made == 1 {
        query(
            "update member set place = (select position from registration_user join organisation \
             on organisation.registration_id = registration_user.registration_id where \
             organisation.id = member.organisation_id and account_id = member.id) where id = $1",
        )
        .bind(member.as_str())
        .execute(connection)
        .await?;
        touch(connection, member).await?;
    }
    Ok(())
}

/// Takes the account of a member who left out of set-up, and lists it as to be ended if it was or
/// may have been made.
pub(super) async fn end(
    connection: &mut Connection<'_>,
    member: &MemberId,
    at: Moment,
) -> Result<(), StoreError> {
    query("update account_change set done_at = $2 where member_id = $1 and done_at is null")
        .bind(member.as_str())
        .bind(at.millis())
        .execute(connection)
        .await?;
    let Some(row) = account_of(connection, member).await? else {
        return Ok(());
    };
    let account = state(&row)?;
    if ends_with_approval(account, row.sent_at.is_some(), row.batch.is_some()) {
        query(
            "insert into account_to_end (registration_id, email, first_name, last_name, \
             account_id, account, since) select $1, $2, $3, $4, coalesce(account_id, $5), account, \
             $7 from registration_user where registration_id = $1 and position = $6 on conflict \
             (registration_id, email) do update set first_name = excluded.first_name, last_name = \
             excluded.last_name, account_id = excluded.account_id, account = excluded.account, \
             since = excluded.since, ended_at = null",
        )
        .bind(&row.registration_id)
        .bind(&row.email)
        .bind(&row.first_name)
        .bind(&row.last_name)
        .bind(crate::store::desk::account_id(
            &row.registration_id,
            &row.email,
        ))
        .bind(row.position)
        .bind(at.millis())
        .execute(connection)
        .await?;
    }
    query(
        "update registration_user set in_set_up = false, batch = null where registration_id = $1 \
         and position = $2",
    )
    .bind(&row.registration_id)
    .bind(row.position)
    .execute(connection)
    .await?;
    touch(connection, member).await
}

/// Lists the account of a member as to be changed, if it was or may have been made. An account that
/// is still to be made is made with the new details.
pub(super) async fn change(
    connection: &mut Connection<'_>,
    member: &MemberId,
    event: i64,
    at: Moment,
) -> Result<(), StoreError> {
    let Some(row) = account_of(connection, member).await? else {
        return Ok(());
    };
    touch(connection, member).await?;
    if state(&row)? == Account::ToBeMade && row.batch.is_none() {
        return Ok(());
    }
    query(
        "insert into account_change (organisation_id, event, member_id, since) select \
         organisation_id, $2, id, $3 from member where id = $1",
    )
    .bind(member.as_str())
    .bind(event)
    .bind(at.millis())
    .execute(connection)
    .await?;
    Ok(())
}

async fn account_of(
    connection: &mut Connection<'_>,
    member: &MemberId,
) -> Result<Option<AccountRow>, StoreError> {
    query_as(
        "select person.registration_id, person.position, member.email, member.first_name, \
         member.last_name, person.account, person.sent_at, person.batch from member join \
         organisation on organisation.id = member.organisation_id join registration_user as person \
         on person.registration_id = organisation.registration_id and person.position = \
         member.place where member.id = $1",
    )
    .bind(member.as_str())
    .fetch_optional(connection)
    .await
}

fn state(row: &AccountRow) -> Result<Account, StoreError> {
    Account::from_key(&row.account).ok_or(StoreError::Row {
        table: "registration_user",
        column: "account",
    })
}

/// Increments the version of the registration whose accounts changed, so that an officer who saw
/// them before the change does not act on them.
async fn touch(connection: &mut Connection<'_>, member: &MemberId) -> Result<(), StoreError> {
    query(
        "update registration set version = version + 1 where id = (select registration_id from \
         organisation join member on member.organisation_id = organisation.id where member.id = \
         $1)",
    )
    .bind(member.as_str())
    .execute(connection)
    .await?;
    Ok(())
}
