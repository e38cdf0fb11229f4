//! Chains that the hourly seal passes by, because their rows are older than a day by their own clock: what was brought
//! in from elsewhere, and what was written while no server sealed.
//!
//! Every hour so many rows of the index are gone through, from the chain where the hour before stopped (`last` of
//! `audit_compared`), and after the last chain from the first one. A piece is read before anything is locked: of what
//! is sealed already nothing is written, and nobody who writes waits. A small audit is gone through whole each time,
//! the eight million rows of a million registrations in less than a day.

use super::seal::{Piece, Seal, SealOf};
use crate::clock::Moment;
use crate::store::db::{Store, StoreError, read, write};

/// How many rows a piece has, at least: a few hundredths of a second.
pub const ROWS_OF_A_PIECE: i64 = 20_000;
/// How many pieces are compared at once.
pub const PIECES: usize = 25;

impl Store {
    /// Compares the next pieces of the audit with its seals and seals what never was; after the last chain it stops.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seal_missed(
        &self,
        at: Moment,
        pieces: usize,
        rows: i64,
    ) -> Result<Vec<Seal>, StoreError> {
        let last: Option<String> = read!(self, |connection| {
            sqlx::query_scalar("select last from audit_compared where id = 1")
                .fetch_optional(connection)
                .await
        })?;
        let mut after = last.unwrap_or_default();
        let mut seals = Vec::new();
        for _ in 0..pieces {
            let Some(until) = self.end_of_piece(&after, rows).await? else {
                after = String::new();
                break;
            };
            let piece = Piece { after, until };
            if self.has_unsealed(&piece).await? {
                seals.extend(self.seal_chains(at, &SealOf::Piece(&piece)).await?);
            }
            after = piece.until;
        }
        write!(self, |connection| {
            sqlx::query(
                "insert into audit_compared (id, last) values (1, $1) \
                 on conflict (id) do update set last = excluded.last",
            )
            .bind(&after)
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(seals)
    }

    /// The last chain of the piece that begins after a chain; nothing where there is none.
    async fn end_of_piece(&self, after: &str, rows: i64) -> Result<Option<String>, StoreError> {
        let end: Option<String> = read!(self, |connection| {
            sqlx::query_scalar(
                "select subject from audit where subject > $1 and subject = cast(subject as text) \
                 order by subject, sequence limit 1 offset $2",
            )
            .bind(after)
            .bind(rows)
            .fetch_optional(connection)
            .await
        })?;
        if end.is_some() {
            return Ok(end);
        }
        Ok(read!(self, |connection| {
            sqlx::query_scalar(
                "select subject from audit where subject > $1 and subject = cast(subject as text) \
                 order by subject desc limit 1",
            )
            .bind(after)
            .fetch_optional(connection)
            .await
        })?)
    }

    /// Whether a chain of a piece has grown since it was sealed, or never was.
    async fn has_unsealed(&self, piece: &Piece) -> Result<bool, StoreError> {
        let found: Option<i64> = read!(self, |connection| {
            sqlx::query_scalar(
                "select head.sequence from (select subject, max(sequence) as sequence from audit \
                 where subject > $1 and subject <= $2 and sequence = cast(sequence as bigint) \
                 group by subject) as head where not exists (select 1 from audit_sealed_head as sealed \
                 join audit_seal on audit_seal.number = sealed.seal \
                 where sealed.subject = head.subject and sealed.sequence >= head.sequence) limit 1",
            )
            .bind(&piece.after)
            .bind(&piece.until)
            .fetch_optional(connection)
            .await
        })?;
        Ok(found.is_some())
    }
}
