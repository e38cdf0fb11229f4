//! Appends entries to the chain of their subject, in the transaction of the change that they record.

use registration::desk::audit::Action;

use super::model::{Entry, Last, NewEntry};
use super::subject::Subject;
use crate::current_request;
use crate::security_event::{self, SecurityEvent};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as};

const INSERT: &str = "insert into audit (subject, sequence, at, actor, action, details, \
                      previous_hash, hash, source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Appends an entry to its subject's chain, with the source of the current request.
///
/// The transaction must hold the lock on the subject's row, so that nobody else appends.
pub(in crate::store) async fn append_next(
    connection: &mut Connection<'_>,
    entry: NewEntry,
) -> Result<(), StoreError> {
    let last = last(connection, &entry.subject.to_string()).await?;
    record_security_event(&entry);
    let entry = entry.after(last);
    insert(connection, &entry, current_request::source(), "").await?;
    Ok(())
}

/// Appends an entry to its subject's chain, which nobody has locked; returns `false` if another
/// entry took its place meanwhile.
pub(super) async fn append_unless_overtaken(
    connection: &mut Connection<'_>,
    entry: NewEntry,
    source: Option<String>,
) -> Result<bool, StoreError> {
    let last = last(connection, &entry.subject.to_string()).await?;
    let overtaken = " on conflict (subject, sequence) do nothing";
    let inserted = insert(connection, &entry.after(last), source, overtaken).await?;
    Ok(inserted == 1)
}

/// Records the security event of an entry about an officer or the desk's settings. If the
/// transaction fails afterwards, the log says so in a later line of the same request.
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

/// Inserts an entry; `clause` is added to the end of the statement.
async fn insert(
    connection: &mut Connection<'_>,
    entry: &Entry,
    source: Option<String>,
    clause: &'static str,
) -> Result<u64, StoreError> {
    query(joined(&[INSERT, clause]))
        .bind(&entry.subject)
        .bind(entry.sequence)
        .bind(entry.at.millis())
        .bind(&entry.actor)
        .bind(&entry.action)
        .bind(&entry.details)
        .bind(&entry.previous_hash)
        .bind(entry.hash_from(source.as_deref()))
        .bind(source)
        .execute(connection)
        .await
}

/// Reads the sequence number and hash of the last row of a chain.
async fn last(
    connection: &mut Connection<'_>,
    subject: &str,
) -> Result<Option<(i64, String)>, StoreError> {
    // In SQLite, text in a number column compares greater than any number. The upper limit skips
    // such a row.
    let last: Option<Last> = query_as(
        "select cast(sequence as bigint) as sequence, hash from audit where subject = $1 and \
         sequence <= 9223372036854775807 order by audit.sequence desc limit 1",
    )
    .bind(subject)
    .fetch_optional(connection)
    .await?;
    Ok(last.map(|last| (last.sequence, last.hash)))
}
