//! Appends entries to the audit.
//!
//! Each entry goes into the chain of its subject. If the entry records a change, the change and the
//! entry are written in one transaction.

use registration::desk::audit::Action;

use super::model::{Last, NewEntry, Record};
use super::subject::Subject;
use crate::current_request;
use crate::security_event::{self, SecurityEvent};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as};

const INSERT: &str = "insert into audit (subject, sequence, at, actor, action, details_digest, \
                      source_digest, previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, \
                      $9)";

const INSERT_VALUES: &str = "insert into audit_value (subject, sequence, details_key, details, \
                             source_key, source) values ($1, $2, $3, $4, $5, $6)";

/// Appends an entry to its subject's chain, with the source of the current request.
///
/// The transaction must have locked the subject's row, to prevent other appends.
pub(in crate::store) async fn append_next(
    connection: &mut Connection<'_>,
    entry: NewEntry,
) -> Result<(), StoreError> {
    let last = last(connection, &entry.subject.to_string()).await?;
    record_security_event(&entry);
    let record = entry.after(last, current_request::source())?;
    insert(connection, &record, "").await?;
    Ok(())
}

/// Appends an entry to its subject's chain without a lock.
///
/// Returns `false` if another entry got the same sequence number first.
pub(in crate::store) async fn append_unless_overtaken(
    connection: &mut Connection<'_>,
    entry: NewEntry,
    source: Option<String>,
) -> Result<bool, StoreError> {
    let last = last(connection, &entry.subject.to_string()).await?;
    let overtaken = " on conflict (subject, sequence) do nothing";
    let record = entry.after(last, source)?;
    insert(connection, &record, overtaken).await
}

/// Logs the security event of an entry about an officer or the desk's settings; other entries are
/// not logged.
///
/// If the transaction fails afterwards, a later log line of the same request reports the failure.
fn record_security_event(entry: &NewEntry) {
    let event = match (&entry.subject, entry.action) {
        (Subject::Officer(_), Action::SignInFailed) => SecurityEvent::SignInFailed,
        (Subject::Officer(_), Action::SignedIn) => SecurityEvent::SignedIn,
        (Subject::Officer(_), _) => SecurityEvent::AccountChanged,
        (Subject::Settings, _) => SecurityEvent::SettingsChanged,
        _ => return,
    };
    let (actor, subject) = (entry.actor.to_string(), entry.subject.to_string());
    security_event::record_audited(event, entry.action.key(), (&actor, &subject));
}

/// Inserts a record; `clause` is added to the end of the statement.
///
/// Returns `false` if `clause` skips the record because its sequence number is already in use.
async fn insert(
    connection: &mut Connection<'_>,
    record: &Record,
    clause: &'static str,
) -> Result<bool, StoreError> {
    let entry = &record.entry;
    let inserted = query(joined(&[INSERT, clause]))
        .bind(&entry.subject)
        .bind(entry.sequence)
        .bind(entry.at.millis())
        .bind(&entry.actor)
        .bind(&entry.action)
        .bind(&entry.details_digest)
        .bind(&entry.source_digest)
        .bind(&entry.previous_hash)
        .bind(entry.hash())
        .execute(connection)
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_values(connection, record).await?;
    Ok(true)
}

/// Inserts the details and the source of a record, with the keys of their digests.
pub(super) async fn insert_values(
    connection: &mut Connection<'_>,
    record: &Record,
) -> Result<(), StoreError> {
    let source = record.source.as_ref();
    query(INSERT_VALUES)
        .bind(&record.entry.subject)
        .bind(record.entry.sequence)
        .bind(&record.details.key)
        .bind(&record.details.value)
        .bind(source.map(|source| source.key.as_str()))
        .bind(source.map(|source| source.value.as_str()))
        .execute(connection)
        .await?;
    Ok(())
}

/// Reads the sequence number and the hash of the last row of a chain. The result is never `None`.
///
/// For an empty chain, the number is 0 and the hash is empty. If rows were deleted but their values
/// still exist, the number of the last value is returned, so that the deletion leaves a gap.
async fn last(
    connection: &mut Connection<'_>,
    subject: &str,
) -> Result<Option<(i64, String)>, StoreError> {
    // In SQLite, text in a number column compares greater than any number. The upper limit skips
    // rows with such a value.
    let last: Option<Last> = query_as(
        "select case when coalesce(last.sequence, 0) > placed.sequence then last.sequence else \
         placed.sequence end as sequence, coalesce(last.hash, '') as hash from (select \
         coalesce(max(sequence), 0) as sequence from audit_value where subject = $1 and sequence \
         <= 9223372036854775807) as placed left join (select cast(sequence as bigint) as \
         sequence, hash from audit where subject = $1 and sequence <= 9223372036854775807 order \
         by audit.sequence desc limit 1) as last on true",
    )
    .bind(subject)
    .fetch_optional(connection)
    .await?;
    Ok(last.map(|last| (last.sequence, last.hash)))
}
