//! What a walk from row to row cannot see: rows that have no place in any chain, registrations that have no chain, and
//! sealed heads whose seals are gone.

use super::FoundRow;
use super::chain::{Break, How, SEALS};
use crate::store::db::{Db, Store, StoreError, read};

/// How many are read at once.
const PAGE: i64 = 2_000;

/// Rows of SQLite whose subject is no text or whose place is no whole number.
macro_rules! misplaced {
    ($condition:literal) => {
        concat!(
            "select rowid, subject, sequence, at, actor, action, details, previous_hash, hash, source from audit ",
            "where ",
            $condition,
            "rowid > $1 and (subject <> cast(subject as text) or sequence <> cast(sequence as bigint)) ",
            "order by rowid limit $2"
        )
    };
}

/// Registrations of which the audit has neither a row nor a sealed head.
macro_rules! without_chain {
    ($condition:literal) => {
        concat!(
            "select reference from registration where ",
            $condition,
            " and not exists (select 1 from audit where audit.subject = 'registration/' || reference) ",
            "and not exists (select 1 from audit_sealed_head as head ",
            "where head.subject = 'registration/' || reference) order by reference limit $2"
        )
    };
}

#[derive(sqlx::FromRow)]
struct Misplaced {
    rowid: i64,
    #[sqlx(flatten)]
    found: FoundRow,
}

impl Store {
    /// Tells the rows that have no place in a chain; PostgreSQL keeps no such row. Gives how many there are.
    pub(super) async fn tell_misplaced(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(Break) + Send),
    ) -> Result<u64, StoreError> {
        let Db::Sqlite { read, .. } = &self.db else {
            return Ok(0);
        };
        let statement = match one {
            None => misplaced!(""),
            Some(_) => misplaced!("subject = $3 and "),
        };
        let (mut after, mut rows) = (i64::MIN, 0);
        loop {
            let mut lent = read.lend().await?;
            let page: Vec<Misplaced> = sqlx::query_as(statement)
                .bind(after)
                .bind(PAGE)
                .bind(one)
                .fetch_all(&mut *lent)
                .await?;
            drop(lent);
            if page.is_empty() {
                return Ok(rows);
            }
            for Misplaced { rowid, found: row } in page {
                let is_lost = row.row.unreadable.contains(&"subject");
                let column = if is_lost { "subject" } else { "sequence" };
                let subject = if is_lost { "no subject" } else { &row.subject };
                found(Break {
                    subject: subject.to_owned(),
                    how: How::Misplaced { rowid, column },
                });
                rows += 1;
                after = rowid;
            }
        }
    }

    /// Tells the registrations whose chain is wholly gone and was never sealed: what was sealed is told by its seal.
    pub(super) async fn tell_without_chain(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(Break) + Send),
    ) -> Result<(), StoreError> {
        let (statement, mut after) = match one {
            None => (without_chain!("reference > $1"), String::new()),
            Some(subject) => match subject.strip_prefix("registration/") {
                Some(reference) => (without_chain!("reference = $1"), reference.to_owned()),
                None => return Ok(()),
            },
        };
        loop {
            let page: Vec<String> = read!(self, |connection| {
                sqlx::query_scalar(statement)
                    .bind(&after)
                    .bind(PAGE)
                    .fetch_all(connection)
                    .await
            })?;
            for reference in &page {
                found(Break {
                    subject: format!("registration/{reference}"),
                    how: How::WithoutChain,
                });
            }
            match page.into_iter().next_back() {
                Some(last) if one.is_none() => after = last,
                _ => return Ok(()),
            }
        }
    }

    /// Tells the heads of seals that are gone, before the first and after the last that is there: what is missing in
    /// between is told as the seals are walked.
    pub(super) async fn tell_heads_without_seal(
        &self,
        last: i64,
        found: &mut (dyn FnMut(Break) + Send),
    ) -> Result<(), StoreError> {
        for (from, to) in [(i64::MIN, 0), (last.saturating_add(1), i64::MAX)] {
            let seals: (Option<i64>, Option<i64>) = read!(self, |connection| {
                sqlx::query_as(
                    // A seal may have been made since the walk.
                    "select min(seal), max(seal) from audit_sealed_head \
                     where seal >= $1 and seal <= $2 and seal = cast(seal as bigint) \
                     and not exists (select 1 from audit_seal where number = seal)",
                )
                .bind(from)
                .bind(to)
                .fetch_one(connection)
                .await
            })?;
            if let (Some(first), Some(last)) = seals {
                found(Break {
                    subject: SEALS.to_owned(),
                    how: How::HeadsWithoutSeal(first, last),
                });
            }
        }
        Ok(())
    }
}
