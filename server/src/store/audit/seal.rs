//! Seals, which reveal whether the end of a chain, or a whole chain, was deleted.
//!
//! Each seal hashes the last rows (“heads”) of the chains that grew, and the hash of the previous
//! seal. Every hour, `serve` seals the chains that grew in the last day; a day allows for clocks
//! that differ. Every hour, `serve` also checks a part of the other chains (`missed.rs`).
//! `registration audit seal` checks every chain. To detect deleted seals, note the hash of the last
//! seal outside the database.

use sha2::{Digest, Sha256};
use sqlx::SqlStr;

use super::model::{Head, Last, Seal};
use crate::clock::Moment;
use crate::randomness::hexadecimal;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Audit;

/// The number of heads read per query.
const PAGE: i64 = 10_000;
/// How far back the hourly seal looks, as a negative number of hours. `seal_missed` and
/// `registration audit seal` cover older rows.
const RECENT_HOURS: i64 = -24;

/// The maximum number of attempts to store a seal; another server may use the same number first.
const MAX_ATTEMPTS: usize = 8;

/// The chains to seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chains {
    /// Chains that grew in the last day.
    Recent,
    /// All chains.
    All,
}

/// A range of chains, in the order of their subjects.
#[derive(Debug)]
pub(super) struct Piece {
    /// The subject before the first chain of the piece.
    pub(super) after: String,
    /// The last subject of the piece.
    pub(super) until: String,
}

/// The chains that a seal covers.
#[derive(Debug)]
pub(super) enum SealOf<'a> {
    /// Chains with a row at or after this time, in milliseconds since 1970.
    Since(i64),
    /// The chains of a piece.
    Piece(&'a Piece),
}

/// The hash of a seal, to which heads are added in order, page by page.
pub(super) struct SealHash(Sha256);

/// Reads a page of the heads of a seal, starting after the position `after`.
pub(super) async fn heads(
    connection: &mut Connection<'_>,
    seal: i64,
    after: i64,
) -> Result<Vec<Head>, StoreError> {
    query_as(
        "select position, subject, sequence, hash from audit_sealed_head where seal = $1 and \
         position > $2 order by position limit $3",
    )
    .bind(seal)
    .bind(after)
    .bind(PAGE)
    .fetch_all(connection)
    .await
}

impl SealHash {
    pub(super) fn of(number: i64, at: i64, previous_hash: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(format!("{number} {at} {previous_hash}\n"));
        Self(hash)
    }

    pub(super) fn carried(mut self, hash: Option<&str>) -> Self {
        if let Some(hash) = hash {
            self.0.update(format!("carried over from {hash}\n"));
        }
        self
    }

    pub(super) fn add(&mut self, heads: &[Head]) {
        for head in heads {
            let Head {
                position,
                subject,
                sequence,
                hash,
            } = head;
            let length = subject.len();
            self.0
                .update(format!("{position} {length}:{subject} {sequence} {hash}\n"));
        }
    }

    pub(super) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// Returns the hash that a seal's contents and heads should have.
///
/// Returns an empty text if the seal does not have as many heads as it states.
pub(super) async fn true_hash(
    connection: &mut Connection<'_>,
    seal: &Seal,
) -> Result<String, StoreError> {
    let hash = SealHash::of(seal.number, seal.at, &seal.previous_hash);
    let mut hash = hash.carried(seal.carried_hash.as_deref());
    let mut after = 0;
    loop {
        let page = heads(connection, seal.number, after).await?;
        // If somebody replaced a position with text, its head comes last and `position` is 0, which
        // ends the loop. The head is in the hash all the same, so the hash does not match the seal.
        let last = page.last().map_or(after, |head| head.position);
        hash.add(&page);
        if last <= after {
            return Ok(if seal.heads == after {
                hash.finish()
            } else {
                String::new()
            });
        }
        after = last;
    }
}

/// Builds the statement that inserts the unsealed heads of the chains that match `condition`.
fn new_heads(condition: &'static str) -> SqlStr {
    joined(&[
        "insert into audit_sealed_head (seal, position, subject, sequence, hash) ",
        "select $1, row_number() over (order by head.subject), head.subject, head.sequence, \
         audit.hash ",
        "from (select subject, max(sequence) as sequence from audit where ",
        condition,
        " and sequence = cast(sequence as bigint) group by subject) as head ",
        "join audit on audit.subject = head.subject and audit.sequence = head.sequence ",
        "where not exists (select 1 from audit_sealed_head as sealed ",
        // If somebody deletes a seal, its heads no longer count as sealed.
        "join audit_seal on audit_seal.number = sealed.seal ",
        "where sealed.subject = head.subject and sealed.sequence >= head.sequence)",
    ])
}

impl Audit {
    /// Seals the chains that have unsealed rows; returns `None` if no chain has unsealed rows.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn seal_audit(&self, at: Moment, chains: Chains) -> Result<Option<Seal>, StoreError> {
        let since = match chains {
            Chains::Recent => at.plus_hours(RECENT_HOURS).millis(),
            Chains::All => i64::MIN,
        };
        self.seal_chains(at, &SealOf::Since(since)).await
    }

    /// Seals the given chains; tries again if another server uses the same seal number first.
    pub(super) async fn seal_chains(
        &self,
        at: Moment,
        of: &SealOf<'_>,
    ) -> Result<Option<Seal>, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.seal(at, of).await {
                Err(StoreError::Database(sqlx::Error::Database(error)))
                    if error.is_unique_violation() && tries < MAX_ATTEMPTS => {}
                sealed => return sealed,
            }
        }
    }

    async fn seal(&self, at: Moment, of: &SealOf<'_>) -> Result<Option<Seal>, StoreError> {
        let (statement, since, piece) = match of {
            SealOf::Since(since) => (
                new_heads("subject in (select subject from audit where at >= $2)"),
                *since,
                None,
            ),
            SealOf::Piece(piece) => (
                new_heads("subject > $3 and subject <= $4"),
                i64::MIN,
                Some(piece),
            ),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let last: Option<Last> = query_as(
            "select number as sequence, hash from audit_seal where number = cast(number as \
             bigint) order by number desc limit 1",
        )
        .fetch_optional(&mut transaction)
        .await?;
        let (last, previous_hash) =
            last.map_or_else(Default::default, |last| (last.sequence, last.hash));
        // If somebody deleted a seal, its heads may still exist under its number.
        let taken: i64 = query_scalar(
            "select coalesce(max(seal), 0) from audit_sealed_head where seal = cast(seal as \
             bigint)",
        )
        .fetch_one(&mut transaction)
        .await?;
        let number = last.max(taken) + 1;
        let sealed = query(statement)
            .bind(number)
            .bind(since)
            .bind(piece.map(|piece| piece.after.as_str()))
            .bind(piece.map(|piece| piece.until.as_str()))
            .execute(&mut transaction)
            .await?;
        let outcome = if sealed == 0 {
            None
        } else {
            let mut hash = SealHash::of(number, at.millis(), &previous_hash);
            let mut after = 0;
            loop {
                let page = heads(&mut transaction, number, after).await?;
                let Some(head) = page.last() else { break };
                after = head.position;
                hash.add(&page);
            }
            let seal = Seal {
                number,
                at: at.millis(),
                heads: after,
                previous_hash,
                hash: hash.finish(),
                carried_hash: None,
            };
            query(
                "insert into audit_seal (number, at, heads, previous_hash, hash) values ($1, $2, \
                 $3, $4, $5)",
            )
            .bind(seal.number)
            .bind(seal.at)
            .bind(seal.heads)
            .bind(&seal.previous_hash)
            .bind(&seal.hash)
            .execute(&mut transaction)
            .await?;
            Some(seal)
        };
        transaction.commit().await?;
        Ok(outcome)
    }
}
