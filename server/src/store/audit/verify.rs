//! Verifies the chains and the seals, page by page to limit memory use.

use sqlx::SqlStr;

use super::chain::{Chain, ChainFault, FaultKind, SEALS};
use registration::retention::LEAST_ADDRESS_DAYS;

use super::model::{FoundRow, Seal};
use super::seal::true_hash;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query_as, query_scalar};
use crate::store::stores::Audit;

/// The number of rows read per query.
pub(super) const PAGE: i64 = 2_000;
/// The minimum age of a row, in milliseconds, when its network address is erased.
const YOUNGEST_ADDRESS: i64 = LEAST_ADDRESS_DAYS * 24 * 3_600_000;

pub(super) const EVERY_ROW: &str = "select * from audit_row where (subject, sequence) > ($1, $2) and subject \
                         = cast(subject as text) and sequence = cast(sequence as bigint) order by \
                         subject, sequence limit $3";

pub(super) const ROWS_OF_ONE: &str = "select * from audit_row where subject = $1 and sequence > $2 and \
                           sequence = cast(sequence as bigint) order by subject, sequence limit \
                           $3";

/// Selects the time of the last audit row that records an erasure of network addresses.
///
/// In SQLite, a timestamp that is not a number compares greater than any number. The upper limit
/// skips such rows.
const ADDRESSES_ERASED: &str = "select max(at) from audit where action = 'addresses-erased' and \
                                subject = 'system/retention' and at <= 9223372036854775807";

/// Builds the statement for sealed heads whose row is missing or differs from the sealed row.
///
/// Each result also has the last sequence number of its chain.
fn sealed(condition: &'static str) -> SqlStr {
    joined(&[
        "select head.subject, head.seal, head.sequence, audit.hash is not null as found, ",
        "(select max(sequence) from audit as last where last.subject = head.subject ",
        "and last.sequence = cast(last.sequence as bigint)) as last ",
        "from audit_sealed_head as head left join audit ",
        "on audit.subject = head.subject and audit.sequence = head.sequence where ",
        condition,
        " and head.seal = cast(head.seal as bigint) and head.sequence = cast(head.sequence as \
         bigint) ",
        "and head.subject = cast(head.subject as text) and (audit.hash is null or audit.hash <> \
         head.hash) ",
        "order by head.subject, head.seal limit $3",
    ])
}

/// The numbers of rows, chains and seals that were verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedCounts {
    /// The number of rows.
    pub rows: u64,
    /// The number of rows whose values were erased.
    pub erased: u64,
    /// The number of chains.
    pub chains: u64,
    /// The number of seals.
    pub seals: u64,
    /// When the last seal was made, in milliseconds since 1970; `None` if there are no seals.
    pub sealed_at: Option<i64>,
}

/// A sealed head whose row is missing or differs from the sealed row.
#[derive(sqlx::FromRow)]
struct SealedRow {
    subject: String,
    seal: i64,
    sequence: i64,
    found: bool,
    last: Option<i64>,
}

/// The faults in one chain's sealed heads, collected to report each kind once.
#[derive(Default)]
struct SealedChain {
    subject: String,
    /// The sequence number of the last row that exists; `None` if the whole chain is missing.
    last: Option<i64>,
    /// The sequence number of the last sealed row, if it is missing.
    gone: Option<i64>,
    /// The sequence number of the first row that differs from the sealed row, if one does.
    rewritten: Option<i64>,
}

impl Audit {
    /// Verifies every chain and every seal, and passes each fault to `found`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn verify_audit(
        &self,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<VerifiedCounts, StoreError> {
        let mut walked = VerifiedCounts::default();
        self.verify_rows(None, &mut walked, found).await?;
        walked.rows += self.report_misplaced(None, found).await?;
        self.verify_sealed(None, found).await?;
        self.report_without_chain(None, found).await?;
        self.verify_seals(&mut walked, found).await?;
        Ok(walked)
    }

    /// Verifies one chain against its hashes and the seals; returns the counts and the faults.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn verify_chain(
        &self,
        subject: &str,
    ) -> Result<(VerifiedCounts, Vec<ChainFault>), StoreError> {
        let (mut walked, mut breaks) = (VerifiedCounts::default(), Vec::new());
        let mut found = |found| breaks.push(found);
        self.verify_rows(Some(subject), &mut walked, &mut found)
            .await?;
        walked.rows += self.report_misplaced(Some(subject), &mut found).await?;
        self.verify_sealed(Some(subject), &mut found).await?;
        self.report_without_chain(Some(subject), &mut found).await?;
        Ok((walked, breaks))
    }

    async fn verify_rows(
        &self,
        one: Option<&str>,
        walked: &mut VerifiedCounts,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<(), StoreError> {
        let statement = one.map_or(EVERY_ROW, |_| ROWS_OF_ONE);
        let mut place = (one.unwrap_or_default().to_owned(), i64::MIN);
        let erased: Option<i64> = query_scalar(ADDRESSES_ERASED)
            .fetch_one(&mut self.database.read().await?)
            .await?;
        let addresses_until = erased.map_or(i64::MIN, |at| at.saturating_sub(YOUNGEST_ADDRESS));
        let mut chain = Chain::new(addresses_until);
        loop {
            let page: Vec<FoundRow> = query_as(statement)
                .bind(&place.0)
                .bind(place.1)
                .bind(PAGE)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            if page.is_empty() {
                let (wrong, erased) = chain.finish();
                walked.erased += erased;
                report(&place.0, wrong, found);
                return Ok(());
            }
            for FoundRow { subject, row } in page {
                if walked.chains == 0 || subject != place.0 {
                    walked.chains += 1;
                    let before = std::mem::replace(&mut chain, Chain::new(addresses_until));
                    let (wrong, erased) = before.finish();
                    walked.erased += erased;
                    report(&place.0, wrong, found);
                }
                walked.rows += 1;
                report(&subject, chain.take(&subject, &row), found);
                place = (subject, row.sequence);
            }
        }
    }

    async fn verify_sealed(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<(), StoreError> {
        let statement = match one {
            None => sealed("(head.subject, head.seal) > ($1, $2)"),
            Some(_) => sealed("head.subject = $1 and head.seal > $2"),
        };
        let mut place = (one.unwrap_or_default().to_owned(), i64::MIN);
        let mut chain = SealedChain::default();
        loop {
            let page: Vec<SealedRow> = query_as(statement.clone())
                .bind(&place.0)
                .bind(place.1)
                .bind(PAGE)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            if page.is_empty() {
                report(&chain.subject, chain.wrong(), found);
                return Ok(());
            }
            for row in page {
                if row.subject != chain.subject {
                    report(&chain.subject, chain.wrong(), found);
                    chain = SealedChain {
                        subject: row.subject.clone(),
                        last: row.last,
                        ..SealedChain::default()
                    };
                }
                chain.take(&row);
                place = (row.subject, row.seal);
            }
        }
    }

    async fn verify_seals(
        &self,
        walked: &mut VerifiedCounts,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<(), StoreError> {
        let mut chain = Chain::new(i64::MIN);
        let (mut after, mut last) = (i64::MIN, 0);
        loop {
            let page: Vec<Seal> = query_as(
                "select number, at, heads, previous_hash, hash, carried_hash from audit_seal \
                 where number > $1 and number = cast(number as bigint) order by number limit $2",
            )
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut self.database.read().await?)
            .await?;
            if page.is_empty() {
                return self.report_heads_without_seal(last, found).await;
            }
            for seal in page {
                let true_hash = true_hash(&mut self.database.read().await?, &seal).await?;
                let wrong = chain.follow(seal.number, &seal.previous_hash, &seal.hash, &true_hash);
                report(SEALS, wrong, found);
                walked.seals += 1;
                walked.sealed_at = Some(seal.at);
                after = seal.number;
                last = last.max(after);
            }
        }
    }

    /// Returns whether a seal has this hash, or had this hash before the audit was carried over to
    /// its second generation.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn has_seal(&self, hash: &str) -> Result<bool, StoreError> {
        let number: Option<i64> = query_scalar(
            "select number from audit_seal where hash = $1 or carried_hash = $1 limit 1",
        )
        .bind(hash)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(number.is_some())
    }
}

impl SealedChain {
    fn take(&mut self, row: &SealedRow) {
        if row.found {
            self.rewritten = self.rewritten.or(Some(row.sequence));
        } else if self.last.is_none_or(|last| row.sequence > last) {
            self.gone = self.gone.max(Some(row.sequence));
        }
        // A missing row before an existing row was already reported by `verify_rows`.
    }

    fn wrong(&self) -> Vec<FaultKind> {
        let cut_off = self.gone.map(|sealed| match self.last {
            Some(after) => FaultKind::CutOff { after, sealed },
            None => FaultKind::Gone(sealed),
        });
        let rewritten = self.rewritten.map(FaultKind::NotAsSealed);
        rewritten.into_iter().chain(cut_off).collect()
    }
}

fn report(subject: &str, wrong: Vec<FaultKind>, found: &mut (dyn FnMut(ChainFault) + Send)) {
    for kind in wrong {
        found(ChainFault {
            subject: subject.to_owned(),
            kind,
        });
    }
}
