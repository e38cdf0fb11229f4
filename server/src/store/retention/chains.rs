//! Erases the values (details and sources) of a subject's audit rows.
//!
//! Each chain first gets a row that records the erasure, so that verification expects the missing
//! values.

use registration::desk::audit::Action;

use super::Told;
use crate::store::audit::{NewEntry, Subject, append_unless_overtaken};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};

/// Erases the values in the chain of a subject and in the chain of the subject's views.
///
/// Returns the number of rows whose values were erased.
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
    // The details of rows that record an erasure are not erased.
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

/// Erases the values of those rows of a subject's chain whose details satisfy `contains`.
///
/// Returns the number of erased rows.
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

/// Appends a row to a subject's chain that records an erasure of values in earlier rows.
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
    // The chain of views has no lock, so another view may use the same sequence number first.
    while !append_unless_overtaken(connection, entry.clone(), None).await? {}
    Ok(())
}
