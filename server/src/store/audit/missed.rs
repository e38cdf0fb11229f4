//! Seals chains that the hourly seal misses, because their rows have timestamps over a day old:
//! imported rows, and rows written while no server was sealing.

use super::model::Seal;
use super::seal::{Piece, SealOf};
use crate::clock::Moment;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Audit;

/// The smallest size of a piece (a range of chains), in rows; the last piece may be smaller.
///
/// Reading a piece takes a few hundredths of a second.
pub const ROWS_OF_A_PIECE: i64 = 20_000;
/// The number of pieces (ranges of chains) that one hourly call of `seal_missed` checks.
pub const PIECES: usize = 25;

impl Audit {
    /// Checks the next pieces of the audit and seals the chains that have unsealed rows.
    ///
    /// A piece is a range of chains, in order of subject. Each call continues after the chain where
    /// the previous call stopped (`last` in `audit_compared`). If a piece has no unsealed rows, no
    /// lock is taken and no seal is written. A small audit is checked completely each hour; the
    /// eight million rows of a million registrations take less than a day.
    ///
    /// A piece has at least `rows` rows, except the last. After the last chain, the call ends early
    /// and the next call starts again with the first chain. Returns the new seals.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn seal_missed(
        &self,
        at: Moment,
        pieces: usize,
        rows: i64,
    ) -> Result<Vec<Seal>, StoreError> {
        let last: Option<String> = query_scalar("select last from audit_compared where id = 1")
            .fetch_optional(&mut self.database.read().await?)
            .await?;
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
        query(
            "insert into audit_compared (id, last) values (1, $1) on conflict (id) do update set \
             last = excluded.last",
        )
        .bind(&after)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(seals)
    }

    /// Returns the last subject of the piece that begins after `after`, or `None` if no subject
    /// follows.
    async fn end_of_piece(&self, after: &str, rows: i64) -> Result<Option<String>, StoreError> {
        let end: Option<String> = query_scalar(
            "select subject from audit where subject > $1 and subject = cast(subject as text) \
             order by subject, sequence limit 1 offset $2",
        )
        .bind(after)
        .bind(rows)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        if end.is_some() {
            return Ok(end);
        }
        query_scalar(
            "select subject from audit where subject > $1 and subject = cast(subject as text) \
             order by subject desc limit 1",
        )
        .bind(after)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Returns whether a chain of the piece has unsealed rows.
    async fn has_unsealed(&self, piece: &Piece) -> Result<bool, StoreError> {
        let found: Option<i64> = query_scalar(
            "select head.sequence from (select subject, max(sequence) as sequence from audit \
             where subject > $1 and subject <= $2 and sequence = cast(sequence as bigint) group \
             by subject) as head where not exists (select 1 from audit_sealed_head as sealed join \
             audit_seal on audit_seal.number = sealed.seal where sealed.subject = head.subject \
             and sealed.sequence >= head.sequence) limit 1",
        )
        .bind(&piece.after)
        .bind(&piece.until)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(found.is_some())
    }
}
