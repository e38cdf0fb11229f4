//! Erases what stands beside the chains of a subject, once each chain says so.

use registration::desk::audit::Action;

use super::Told;
use crate::store::audit::{NewEntry, Subject, append_unless_overtaken};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};

/// Erases the values beside the chain of a subject and beside the chain of its views; returns how
/// many rows had values.
pub(super) async fn erase_chains(
    connection: &mut Connection<'_>,
    subject: &Subject,
    told: &Told,
) -> Result<u64, StoreError> {
    let mut rows = 0;
    for subject in [subject.clone(), subject.clone().views()] {
        rows += erase_chain(connection, &subject, told).await?;
    }
    Ok(rows)
}

async fn erase_chain(
    connection: &mut Connection<'_>,
    subject: &Subject,
    told: &Told,
) -> Result<u64, StoreError> {
    let text = subject.to_string();
    // What a chain says about its own erasure stays.
    let last: Option<i64> = query_scalar(
        "select max(value.sequence) from audit_value as value join audit on audit.subject = \
         value.subject and audit.sequence = value.sequence where value.subject = $1 and \
         audit.action <> 'erased'",
    )
    .bind(&text)
    .fetch_one(connection)
    .await?;
    let Some(last) = last else {
        return Ok(0);
    };
    say_erased(connection, subject, told).await?;
    query(
        "delete from audit_value where subject = $1 and sequence <= $2 and not exists (select 1 \
         from audit where audit.subject = audit_value.subject and audit.sequence = \
         audit_value.sequence and audit.action = 'erased')",
    )
    .bind(&text)
    .bind(last)
    .execute(connection)
    .await
}

/// Erases the values of those rows of a subject's chain whose details contain one of these texts;
/// returns how many.
pub(super) async fn erase_rows_with(
    connection: &mut Connection<'_>,
    subject: &Subject,
    contains: &(dyn Fn(&str) -> bool + Sync),
    told: &Told,
) -> Result<u64, StoreError> {
    let text = subject.to_string();
    let rows: Vec<(i64, Option<String>)> =
        query_as("select sequence, details from audit_value where subject = $1 order by sequence")
            .bind(&text)
            .fetch_all(connection)
            .await?;
    let found: Vec<i64> = rows
        .into_iter()
        .filter(|(_, details)| details.as_deref().is_some_and(contains))
        .map(|(sequence, _)| sequence)
        .collect();
    if found.is_empty() {
        return Ok(0);
    }
    say_erased(connection, subject, told).await?;
    let mut erased = 0;
    for sequence in found {
        erased += query("delete from audit_value where subject = $1 and sequence = $2")
            .bind(&text)
            .bind(sequence)
            .execute(connection)
            .await?;
    }
    Ok(erased)
}

/// Says in the chain of a subject that values of the rows before were erased.
pub(super) async fn say_erased(
    connection: &mut Connection<'_>,
    subject: &Subject,
    told: &Told,
) -> Result<(), StoreError> {
    let entry = NewEntry {
        subject: subject.clone(),
        at: told.at,
        actor: told.actor.clone(),
        action: Action::Erased,
        details: told.details.clone(),
    };
    // Nobody locks the chain of views, so another view may take the place.
    while !append_unless_overtaken(connection, entry.clone(), None).await? {}
    Ok(())
}
