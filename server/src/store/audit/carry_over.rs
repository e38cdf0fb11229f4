//! Carries the audit of the first generation over to the second.
//!
//! The details and the source of each row move to the table `audit_value`, and the hashes of rows
//! and seals are computed again. This happens once, in one transaction, when this version of the
//! service first opens a database.

use registration::desk::audit::Action;
use serde_json::json;

use super::append::{append_next, insert_values};
use super::first_generation::FirstRow;
use super::model::{Entry, NewEntry, Record, Seal};
use super::seal::{SealHash, heads, true_hash};
use super::value::KeyedValue;
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};
use crate::store::connection::Connection;
use crate::store::desk::people::take_lock;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Audit;

/// The number of rows read per query.
const PAGE: i64 = 2_000;

/// The hash of a row or a seal before the carry-over, and the hash after it.
#[derive(Debug, Clone, Default)]
struct Successor {
    before: String,
    after: String,
}

/// The numbers of rows, seals and faults that were carried over.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    rows: u64,
    seals: usize,
    /// The number of rows and seals that did not verify or could not be read.
    faults: u64,
}

impl Audit {
    /// Carries the audit over if it is of the first generation.
    ///
    /// All changes are made in one transaction. The tables are compacted after the commit.
    ///
    /// No fault is repaired. A row or a seal that does not verify keeps its old hash, which does
    /// not match its new contents either. Verification therefore reports the same faults before and
    /// after.
    pub(in crate::store) async fn carry_over(&self, at: Moment) -> Result<(), StoreError> {
        if !is_first_generation(&mut self.database.read().await?).await? {
            return Ok(());
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_lock(&mut transaction, "audit-carry-over", at.millis()).await?;
        if !is_first_generation(&mut transaction).await? {
            return Ok(());
        }
        let counts = carry_all_over(&mut transaction).await?;
        query("update audit_generation set generation = 2 where id = 1")
            .execute(&mut transaction)
            .await?;
        let Counts {
            rows,
            seals,
            faults,
        } = counts;
        let told = NewEntry {
            subject: Subject::Retention,
            at,
            actor: Actor::Service,
            action: Action::CarriedOver,
            details: json!({ "rows": rows, "seals": seals, "faults": faults }).to_string(),
        };
        append_next(&mut transaction, told).await?;
        transaction.commit().await?;
        drop(connection);
        tracing::info!(rows, seals, "carried the audit over");
        if faults > 0 {
            tracing::warn!(
                faults,
                "the audit had faults and still has them: `registration audit verify` tells each"
            );
        }
        self.database
            .compact("audit, audit_seal, audit_sealed_head")
            .await
    }
}

async fn is_first_generation(connection: &mut Connection<'_>) -> Result<bool, StoreError> {
    let generation: Option<i64> =
        query_scalar("select generation from audit_generation where id = 1")
            .fetch_optional(connection)
            .await?;
    Ok(generation == Some(1))
}

async fn carry_all_over(connection: &mut Connection<'_>) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    // The hash of a seal covers hashes of rows, so the seals are verified before the rows change.
    let seals = verified_seals(connection).await?;
    counts.seals = seals.len();
    counts.faults += count_faults(seals.iter().map(|(_, is_true)| *is_true));
    carry_rows_over(connection, &mut counts).await?;
    let mut last = Some(Successor::default());
    for (seal, is_true) in seals {
        last = Some(carry_seal_over(connection, seal, is_true, last).await?);
    }
    Ok(counts)
}

fn count_faults(verified: impl Iterator<Item = bool>) -> u64 {
    verified.map(|is_true| u64::from(!is_true)).sum()
}

/// Returns the seals with an integer number, in order, and whether the hash of each matches its
/// contents.
async fn verified_seals(connection: &mut Connection<'_>) -> Result<Vec<(Seal, bool)>, StoreError> {
    let seals: Vec<Seal> = query_as(
        "select number, at, heads, previous_hash, hash, carried_hash from audit_seal where number \
         = cast(number as bigint) order by number",
    )
    .fetch_all(connection)
    .await?;
    let mut verified = Vec::new();
    for seal in seals {
        let is_true = true_hash(connection, &seal).await? == seal.hash;
        verified.push((seal, is_true));
    }
    Ok(verified)
}

async fn carry_rows_over(
    connection: &mut Connection<'_>,
    counts: &mut Counts,
) -> Result<(), StoreError> {
    let mut place = (String::new(), i64::MIN);
    // The hashes of the previous row of the same chain; `None` if its hash cannot be read.
    let mut last = Some(Successor::default());
    loop {
        let page: Vec<FirstRow> = query_as(
            "select subject, sequence, at, actor, action, details_digest, source_digest, \
             previous_hash, hash from audit where (subject, sequence) > ($1, $2) and subject = \
             cast(subject as text) and sequence = cast(sequence as bigint) order by subject, \
             sequence limit $3",
        )
        .bind(&place.0)
        .bind(place.1)
        .bind(PAGE)
        .fetch_all(connection)
        .await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page {
            if row.subject != place.0 {
                last = Some(Successor::default());
            }
            place = (row.subject.clone(), row.sequence);
            counts.rows += 1;
            let is_whole = row.unreadable.is_empty() && row.true_hash() == row.hash;
            counts.faults += u64::from(!is_whole);
            // A row with a number below 1 is not part of the chain.
            let is_before_first = row.sequence < 1;
            let successor = carry_row_over(connection, row, is_whole, last.as_ref()).await?;
            if !is_before_first {
                last = successor;
            }
        }
    }
}

/// Carries a row over, and returns its old and its new hash.
///
/// Returns `None` if the row's hash cannot be read.
async fn carry_row_over(
    connection: &mut Connection<'_>,
    row: FirstRow,
    is_whole: bool,
    last: Option<&Successor>,
) -> Result<Option<Successor>, StoreError> {
    if !row.unreadable.is_empty() {
        // An unreadable row is not changed; verification reports it.
        let hash = row.hash;
        return Ok((!row.unreadable.contains(&"hash")).then(|| Successor {
            before: hash.clone(),
            after: hash,
        }));
    }
    let before = row.hash.clone();
    let record = record_of(row, last)?;
    let after = if is_whole {
        record.entry.hash()
    } else {
        before.clone()
    };
    let entry = &record.entry;
    query(
        "update audit set details_digest = $3, source_digest = $4, previous_hash = $5, hash = $6 \
         where subject = $1 and sequence = $2",
    )
    .bind(&entry.subject)
    .bind(entry.sequence)
    .bind(&entry.details_digest)
    .bind(&entry.source_digest)
    .bind(&entry.previous_hash)
    .bind(&after)
    .execute(connection)
    .await?;
    insert_values(connection, &record).await?;
    query(
        "update audit_sealed_head set hash = $4 where subject = $1 and sequence = $2 and hash = $3",
    )
    .bind(&entry.subject)
    .bind(entry.sequence)
    .bind(&before)
    .bind(&after)
    .execute(connection)
    .await?;
    Ok(Some(Successor { before, after }))
}

/// Builds the new record of a row.
///
/// `last` has the hashes of the previous row; `None` if they could not be read.
fn record_of(row: FirstRow, last: Option<&Successor>) -> Result<Record, StoreError> {
    let details = KeyedValue::new(row.details)?;
    let source = row.source.map(KeyedValue::new).transpose()?;
    Ok(Record {
        entry: Entry {
            subject: row.subject,
            sequence: row.sequence,
            at: Moment::from_millis(row.at),
            actor: row.actor,
            action: row.action,
            details_digest: details.digest(),
            source_digest: source.as_ref().map(KeyedValue::digest),
            previous_hash: named(row.previous_hash, last),
        },
        details,
        source,
    })
}

/// Returns the new previous hash of a row or a seal.
///
/// If `hash` is the old hash of the previous row or seal, the new hash of that row or seal is
/// returned. Any other hash is returned unchanged, because it is a fault that verification must
/// report.
fn named(hash: String, last: Option<&Successor>) -> String {
    match last {
        Some(last) if last.before == hash => last.after.clone(),
        _ => hash,
    }
}

/// Carries a seal over, and returns its old and its new hash.
///
/// If the seal verifies, its old hash is stored in `carried_hash`, for comparison with a hash that
/// was noted elsewhere. Otherwise the seal keeps its old hash.
async fn carry_seal_over(
    connection: &mut Connection<'_>,
    seal: Seal,
    is_true: bool,
    last: Option<Successor>,
) -> Result<Successor, StoreError> {
    let before = seal.hash;
    let previous_hash = named(seal.previous_hash, last.as_ref());
    let mut after = before.clone();
    if is_true {
        let hash = SealHash::of(seal.number, seal.at, &previous_hash);
        let mut hash = hash.carried(Some(&before));
        let mut position = 0;
        loop {
            let page = heads(connection, seal.number, position).await?;
            let Some(head) = page.last() else { break };
            position = head.position;
            hash.add(&page);
        }
        after = hash.finish();
    }
    query(
        "update audit_seal set previous_hash = $2, hash = $3, carried_hash = $4 where number = $1",
    )
    .bind(seal.number)
    .bind(&previous_hash)
    .bind(&after)
    .bind(is_true.then_some(before.as_str()))
    .execute(connection)
    .await?;
    Ok(Successor { before, after })
}
