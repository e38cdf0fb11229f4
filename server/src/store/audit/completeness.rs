//! Finds faults that verifying the chains cannot find: rows outside any chain, registrations
//! without a chain, and sealed heads without a seal.

use sqlx::SqlStr;

use super::chain::{ChainFault, FaultKind, SEALS};
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query_as, query_scalar};
use crate::store::stores::Audit;

/// The number of rows read per query.
const PAGE: i64 = 2_000;

/// Builds the statement for rows with a subject that is not text or a number that is not an
/// integer.
///
/// Only SQLite can store such rows.
fn misplaced(condition: &'static str) -> SqlStr {
    joined(&[
        "select rowid, case when subject = cast(subject as text) then subject end as subject from \
         audit where ",
        condition,
        "rowid > $1 and (subject <> cast(subject as text) or sequence <> cast(sequence as bigint)) ",
        "order by rowid limit $2",
    ])
}

/// Builds the statement for registrations that have neither an audit row nor a sealed head.
fn without_chain(condition: &'static str) -> SqlStr {
    joined(&[
        "select reference from registration where ",
        condition,
        " and not exists (select 1 from audit where audit.subject = 'registration/' || \
         reference) ",
        "and not exists (select 1 from audit_sealed_head as head ",
        "where head.subject = 'registration/' || reference) order by reference limit $2",
    ])
}

#[derive(sqlx::FromRow)]
struct Misplaced {
    rowid: i64,
    /// `None` if the subject is not text.
    subject: Option<String>,
}

impl Audit {
    /// Reports the rows that belong to no chain, and returns how many there are.
    ///
    /// `one` limits the search to one subject. In PostgreSQL, the column types prevent such rows.
    pub(super) async fn report_misplaced(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<u64, StoreError> {
        if let Engine::Postgres(..) = self.database.engine() {
            return Ok(0);
        }
        let statement = match one {
            None => misplaced(""),
            Some(_) => misplaced("subject = $3 and "),
        };
        let (mut after, mut rows) = (i64::MIN, 0);
        loop {
            let page: Vec<Misplaced> = query_as(statement.clone())
                .bind(after)
                .bind(PAGE)
                .bind(one)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            if page.is_empty() {
                return Ok(rows);
            }
            for Misplaced { rowid, subject } in page {
                let (column, subject) = match subject {
                    Some(subject) => ("sequence", subject),
                    None => ("subject", "no subject".to_owned()),
                };
                found(ChainFault {
                    subject,
                    kind: FaultKind::Misplaced { rowid, column },
                });
                rows += 1;
                after = rowid;
            }
        }
    }

    /// Reports the registrations whose chain is missing and was never sealed.
    ///
    /// `one` limits the search to one subject. `verify_sealed` reports a missing chain that was
    /// sealed.
    pub(super) async fn report_without_chain(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<(), StoreError> {
        let (statement, mut after) = match one {
            None => (without_chain("reference > $1"), String::new()),
            Some(subject) => match subject.strip_prefix("registration/") {
                Some(reference) => (without_chain("reference = $1"), reference.to_owned()),
                None => return Ok(()),
            },
        };
        loop {
            let page: Vec<String> = query_scalar(statement.clone())
                .bind(&after)
                .bind(PAGE)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            for reference in &page {
                found(ChainFault {
                    subject: format!("registration/{reference}"),
                    kind: FaultKind::WithoutChain,
                });
            }
            match page.into_iter().next_back() {
                Some(last) if one.is_none() => after = last,
                _ => return Ok(()),
            }
        }
    }

    /// Reports heads whose seal is missing and has a number below 1 or above `last`.
    ///
    /// `verify_seals` reports missing seals with numbers in between.
    pub(super) async fn report_heads_without_seal(
        &self,
        last: i64,
        found: &mut (dyn FnMut(ChainFault) + Send),
    ) -> Result<(), StoreError> {
        for (from, to) in [(i64::MIN, 0), (last.saturating_add(1), i64::MAX)] {
            let seals: (Option<i64>, Option<i64>) = query_as(
                // `not exists` skips seals that were added after `last` was read.
                "select min(seal), max(seal) from audit_sealed_head where seal >= $1 and seal <= \
                 $2 and seal = cast(seal as bigint) and not exists (select 1 from audit_seal \
                 where number = seal)",
            )
            .bind(from)
            .bind(to)
            .fetch_one(&mut self.database.read().await?)
            .await?;
            if let (Some(first), Some(last)) = seals {
                found(ChainFault {
                    subject: SEALS.to_owned(),
                    kind: FaultKind::HeadsWithoutSeal(first, last),
                });
            }
        }
        Ok(())
    }
}
