//! Erases the personal data of members: of a whole organisation with its registration, or of one
//! person.

use std::collections::BTreeMap;

use registration::date::CalendarDate;
use registration::identifiers::full_name;
use registration::membership::{MemberId, Step};

use super::opening::delete_members;
use super::reading::read;
use super::steps::{MemberStepOutcome, NewMemberStep, take};
use crate::clock::Moment;
use crate::store::audit::Actor;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};

/// A person who was erased from the members of an organisation.
pub(in crate::store) struct ErasedMember {
    /// The organisation.
    pub(in crate::store) organisation: String,
    /// The number of rows erased.
    pub(in crate::store) members: u64,
    /// The names and email addresses that were erased.
    pub(in crate::store) texts: Vec<String>,
}

/// Closes the organisation of a registration that is erased and deletes its members. Returns the
/// organisation, if it was opened, and the number of its members.
pub(in crate::store) async fn erase_members(
    connection: &mut Connection<'_>,
    registration: &str,
    at: Moment,
) -> Result<Option<(String, u64)>, StoreError> {
    query(
        "update organisation set closed_on = coalesce(closed_on, $2) where registration_id = $1 \
         and opened_on is not null",
    )
    .bind(registration)
    .bind(at.calendar_date().map(CalendarDate::day_number))
    .execute(connection)
    .await?;
    let id: Option<String> = query_scalar(
        "select id from organisation where registration_id = $1 and opened_on is not null",
    )
    .bind(registration)
    .fetch_optional(connection)
    .await?;
    let Some(id) = id else {
        return Ok(None);
    };
    let members = delete_members(connection, &id).await?;
    Ok(Some((id, members)))
}

/// Returns the organisations that have or had a member with this mailbox, by the references of
/// their registrations.
pub(in crate::store) async fn organisations_of_mailbox(
    connection: &mut Connection<'_>,
    mailbox: &str,
) -> Result<Vec<String>, StoreError> {
    query_scalar(
        "select distinct reference from member join organisation on organisation.id = \
         member.organisation_id join registration on registration.id = \
         organisation.registration_id where member.mailbox = $1 and erased_at is null",
    )
    .bind(mailbox)
    .fetch_all(connection)
    .await
}

/// Erases a person with this mailbox from the members of the organisation that a registration
/// began. Somebody who is still a member leaves first, today.
///
/// Returns `None` if nobody was erased, because the person is the accountable person or the last
/// administrator.
pub(in crate::store) async fn erase_member(
    connection: &mut Connection<'_>,
    (registration, mailbox): (&str, &str),
    at: Moment,
) -> Result<Option<ErasedMember>, StoreError> {
    let id: Option<String> = query_scalar("select id from organisation where registration_id = $1")
        .bind(registration)
        .fetch_optional(connection)
        .await?;
    let id = id.unwrap_or_default();
    let members: Vec<(String, String, String, String)> = query_as(
        "select id, first_name, last_name, email from member where organisation_id = $1 and \
         mailbox = $2",
    )
    .bind(&id)
    .bind(mailbox)
    .fetch_all(connection)
    .await?;
    let (mut erased, mut texts) = (0, Vec::new());
    for (member, first_name, last_name, email) in members {
        texts.extend([full_name(&first_name, &last_name), email]);
        if !leave(connection, &id, &MemberId::named(member.clone()), at).await? {
            return Ok(None);
        }
        query("update member_event set details = null where member_id = $1")
            .bind(&member)
            .execute(connection)
            .await?;
        erased += query(
            "update member set first_name = '', last_name = '', email = '', mailbox = '', \
             telephone = null, job_title = null, mobile = null, role = null, place = null, \
             engagement = '{\"kind\":\"employee\"}' where id = $1",
        )
        .bind(&member)
        .execute(connection)
        .await?;
    }
    Ok(Some(ErasedMember {
        organisation: id,
        members: erased,
        texts,
    }))
}

/// Has a member leave who is still on the record; returns whether the member has left.
async fn leave(
    connection: &mut Connection<'_>,
    organisation: &str,
    member: &MemberId,
    at: Moment,
) -> Result<bool, StoreError> {
    let (Some(today), Some(stored)) = (at.calendar_date(), read(connection, organisation).await?)
    else {
        return Ok(true);
    };
    let leaves = stored.history.leaves_on(member);
    if stored.closed_on.is_some() || leaves.is_some_and(|leaves| leaves <= today) {
        return Ok(true);
    }
    let planned: Vec<i64> = stored
        .history
        .to_come(today)
        .into_iter()
        .filter(|event| event.member == *member)
        .map(|event| event.number)
        .collect();
    let cancel = Step::Cancel { numbers: planned };
    let remove = Step::remove(member.clone(), today);
    for step in [cancel, remove] {
        let is_empty = matches!(&step, Step::Cancel { numbers } if numbers.is_empty());
        let was_member = stored.on(today).has(member) || matches!(step, Step::Cancel { .. });
        if is_empty || !was_member {
            continue;
        }
        let new = NewMemberStep {
            organisation: organisation.to_owned(),
            step,
            people: Vec::new(),
            edits: BTreeMap::new(),
            by: Actor::Service,
            at,
        };
        if !matches!(
            take(connection, &new, today).await?,
            MemberStepOutcome::Taken { .. }
        ) {
            return Ok(false);
        }
    }
    Ok(true)
}
