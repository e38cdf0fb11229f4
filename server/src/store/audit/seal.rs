//! Seals: from time to time the last rows of the chains that grew are hashed together, each seal chained to the one
//! before. A chain alone cannot tell that its end is missing, and a chain that is gone tells nothing.
//!
//! `serve` seals every hour what grew in the last day, which leaves room for clocks that differ; `registration audit
//! seal` compares every chain. A seal's hash that was noted elsewhere shows whether seals were cut off.

use sha2::{Digest, Sha256};

use crate::clock::Moment;
use crate::randomness::hexadecimal;
use crate::store::db::{Store, StoreError, transaction};

/// How many heads are read at once.
pub(super) const PAGE: i64 = 10_000;
/// Rows that are older by their own clock are sealed only when every chain is compared.
const RECENT_HOURS: i64 = -24;

/// A seal as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Seal {
    /// Its number, from 1.
    pub number: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// How many chains it seals.
    pub heads: i64,
    /// The hash of the seal before, empty for the first.
    pub previous_hash: String,
    /// Its own hash: of all this and of each head in order.
    pub hash: String,
}

/// Which chains a seal looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chains {
    /// Those that grew in the last day.
    Recent,
    /// All of them.
    All,
}

/// The last row of a chain.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Head {
    pub(super) position: i64,
    pub(super) subject: String,
    pub(super) sequence: i64,
    pub(super) hash: String,
}

/// Hashes the heads of a seal, in their order, a page at a time.
pub(super) struct SealHash(Sha256);

/// The heads of a seal after a position.
macro_rules! heads {
    ($connection:expr, $seal:expr, $after:expr) => {
        sqlx::query_as::<_, crate::store::audit::seal::Head>(
            "select position, subject, sequence, hash from audit_sealed_head \
             where seal = $1 and position > $2 order by position limit $3",
        )
        .bind($seal)
        .bind($after)
        .bind(crate::store::audit::seal::PAGE)
        .fetch_all($connection)
        .await
    };
}

pub(super) use heads;

impl SealHash {
    pub(super) fn of(number: i64, at: i64, previous_hash: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(format!("{number} {at} {previous_hash}\n"));
        Self(hash)
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

impl Store {
    /// Seals the chains that grew since the seal before; nothing where none did, or where another server seals at the
    /// same moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seal_audit(&self, at: Moment, chains: Chains) -> Result<Option<Seal>, StoreError> {
        match self.seal(at, chains).await {
            Err(StoreError::Database(sqlx::Error::Database(error)))
                if error.is_unique_violation() =>
            {
                Ok(None)
            }
            sealed => sealed,
        }
    }

    async fn seal(&self, at: Moment, chains: Chains) -> Result<Option<Seal>, StoreError> {
        let since = match chains {
            Chains::Recent => at.plus_hours(RECENT_HOURS).millis(),
            Chains::All => i64::MIN,
        };
        Ok(transaction!(self, |transaction| {
            let last: Option<(i64, String)> =
                sqlx::query_as("select number, hash from audit_seal order by number desc limit 1")
                    .fetch_optional(&mut *transaction)
                    .await?;
            let (last, previous_hash) = last.unwrap_or_default();
            let number = last + 1;
            let heads = sqlx::query(
                "insert into audit_sealed_head (seal, position, subject, sequence, hash) \
                 select $1, row_number() over (order by head.subject), head.subject, head.sequence, audit.hash \
                 from (select subject, max(sequence) as sequence from audit \
                 where subject in (select subject from audit where at >= $2) group by subject) as head \
                 join audit on audit.subject = head.subject and audit.sequence = head.sequence \
                 where not exists (select 1 from audit_sealed_head as sealed \
                 where sealed.subject = head.subject and sealed.sequence >= head.sequence)",
            )
            .bind(number)
            .bind(since)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if heads == 0 {
                None
            } else {
                let mut hash = SealHash::of(number, at.millis(), &previous_hash);
                let mut after = 0;
                loop {
                    let page = heads!(&mut *transaction, number, after)?;
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
                };
                sqlx::query(
                    "insert into audit_seal (number, at, heads, previous_hash, hash) \
                     values ($1, $2, $3, $4, $5)",
                )
                .bind(seal.number)
                .bind(seal.at)
                .bind(seal.heads)
                .bind(&seal.previous_hash)
                .bind(&seal.hash)
                .execute(&mut *transaction)
                .await?;
                Some(seal)
            }
        }))
    }
}
