//! Verifies a hash chain row by row, without the database.

use std::fmt;

use registration::desk::audit::Action;

use super::model::{AuditRow, ValueState};

/// A fault, with the chain that contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainFault {
    /// The subject of the chain, `the seals` for the chain of seals, or `no subject` for a row
    /// whose subject is not text.
    pub subject: String,
    /// The kind of fault, such as a changed row.
    pub kind: FaultKind,
}

/// A fault in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The row with this sequence number was changed: its contents do not match its hash, or a
    /// value does not match its digest.
    Changed(i64),
    /// A gap before an existing row: the first and the last missing sequence number.
    Missing(i64, i64),
    /// The values of rows are missing, and no later row says that they were erased: the first and
    /// the last of these rows.
    ValuesMissing(i64, i64),
    /// A row was inserted before the first row: its sequence number is below 1.
    BeforeFirst(i64),
    /// A row's previous hash is not the hash of the row before it.
    NotFollowing(i64),
    /// The end of the chain is missing: the rows after `after`, up to `sealed`, were sealed but no
    /// longer exist.
    CutOff {
        /// The sequence number of the last row that still exists.
        after: i64,
        /// The sequence number of the last row that was sealed.
        sealed: i64,
    },
    /// The whole chain is missing; it was sealed up to this sequence number.
    Gone(i64),
    /// The hash of a row differs from the hash that was sealed. The chain was rewritten from that
    /// row or an earlier one, and may be consistent in itself.
    NotAsSealed(i64),
    /// The registration exists, but has no audit row.
    WithoutChain,
    /// A row cannot be read, because the named column contains a value that no server writes.
    Unreadable(i64, &'static str),
    /// A row belongs to no chain: its subject or sequence number is a value that no server writes.
    Misplaced {
        /// The row's identifier in SQLite.
        rowid: i64,
        /// The column with the unexpected value.
        column: &'static str,
    },
    /// Missing seals whose heads still exist: the lowest and the highest seal number.
    HeadsWithoutSeal(i64, i64),
    /// The database has no seal with the hash that an operator noted elsewhere.
    NotedSealGone,
}

/// The subject of faults in the chain of seals; their row numbers are seal numbers.
pub const SEALS: &str = "the seals";

/// The state of one chain's verification, which goes row by row.
#[derive(Debug)]
pub(super) struct Chain {
    /// The next expected sequence number.
    next: i64,
    /// The hash of the previous row; `None` if it could not be read.
    before: Option<String>,
    /// Rows until this time, in milliseconds since 1970, may lack their network address.
    addresses_until: i64,
    /// The number of rows whose values were erased.
    erased: u64,
    /// The first and the last row whose values are missing, and the number of such rows; `None` if
    /// there are none, or once a later row records their erasure.
    absent: Option<(i64, i64, u64)>,
}

impl Chain {
    /// Creates the state before the first row.
    ///
    /// Rows until `addresses_until`, in milliseconds since 1970, may lack their network address.
    pub(super) const fn new(addresses_until: i64) -> Self {
        Self {
            next: 1,
            before: Some(String::new()),
            addresses_until,
            erased: 0,
            absent: None,
        }
    }

    /// Returns the faults that only the end of the chain reveals, and the number of rows with
    /// erased values.
    pub(super) fn finish(self) -> (Vec<FaultKind>, u64) {
        let missing = |(first, last, _)| FaultKind::ValuesMissing(first, last);
        (self.absent.map(missing).into_iter().collect(), self.erased)
    }

    /// Checks the next row and returns its faults.
    pub(super) fn take(&mut self, subject: &str, row: &AuditRow) -> Vec<FaultKind> {
        if let Some(column) = row.unreadable.first() {
            let hash = (!row.unreadable.contains(&"hash")).then(|| row.hash.clone());
            return self.unreadable(row.sequence, column, hash);
        }
        let true_hash = row.entry(subject).hash();
        let (sequence, hash) = (row.sequence, &row.hash);
        let mut wrong = self.follow(sequence, &row.previous_hash, hash, &true_hash);
        // If the row's hash is wrong, its digests cannot be trusted, so the values are not
        // compared.
        let is_true = [
            FaultKind::BeforeFirst(sequence),
            FaultKind::Changed(sequence),
        ]
        .iter()
        .all(|kind| !wrong.contains(kind));
        if is_true && self.has_changed_values(row) {
            wrong.push(FaultKind::Changed(sequence));
        }
        wrong
    }

    /// Compares the values of a row with their digests, and returns whether a value was changed.
    ///
    /// Missing values are recorded in `absent` or, if they may be missing, counted in `erased`.
    fn has_changed_values(&mut self, row: &AuditRow) -> bool {
        if row.action == Action::Erased.key()
            && let Some((_, _, rows)) = self.absent.take()
        {
            self.erased += rows;
        }
        let (details, source) = (row.details_state(), row.source_state());
        if details == ValueState::Changed || source == ValueState::Changed {
            return true;
        }
        let without_address = row.at <= self.addresses_until;
        let is_sign_in = [Action::SignedIn, Action::SignInFailed]
            .iter()
            .any(|action| action.key() == row.action);
        let details_may_go = without_address && is_sign_in;
        let unexplained = (details == ValueState::Absent && !details_may_go)
            || (source == ValueState::Absent && !without_address);
        if unexplained {
            let (first, _, rows) = self.absent.unwrap_or((row.sequence, row.sequence, 0));
            self.absent = Some((first, row.sequence, rows + 1));
        } else if details == ValueState::Absent || source == ValueState::Absent {
            self.erased += 1;
        }
        false
    }

    /// Records an unreadable row and returns its faults.
    ///
    /// `hash` is `None` if the row's hash cannot be read either.
    pub(super) fn unreadable(
        &mut self,
        sequence: i64,
        column: &'static str,
        hash: Option<String>,
    ) -> Vec<FaultKind> {
        if sequence < self.next {
            return vec![
                FaultKind::BeforeFirst(sequence),
                FaultKind::Unreadable(sequence, column),
            ];
        }
        let missing = (sequence > self.next).then(|| FaultKind::Missing(self.next, sequence - 1));
        self.next = sequence + 1;
        self.before = hash;
        missing
            .into_iter()
            .chain([FaultKind::Unreadable(sequence, column)])
            .collect()
    }

    /// Checks the next row of a chain of audit rows or seals, and returns its faults.
    pub(super) fn follow(
        &mut self,
        sequence: i64,
        previous: &str,
        hash: &str,
        true_hash: &str,
    ) -> Vec<FaultKind> {
        let mut wrong = Vec::new();
        if sequence < self.next {
            return vec![FaultKind::BeforeFirst(sequence)];
        }
        if sequence > self.next {
            wrong.push(FaultKind::Missing(self.next, sequence - 1));
        } else if self
            .before
            .as_ref()
            .is_some_and(|before| before != previous)
        {
            wrong.push(FaultKind::NotFollowing(sequence));
        }
        if hash != true_hash {
            wrong.push(FaultKind::Changed(sequence));
        }
        self.next = sequence + 1;
        self.before = Some(hash.to_owned());
        wrong
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(row) => write!(
                f,
                "row {row} was changed: its contents do not match its hash"
            ),
            Self::Missing(first, last) if first == last => write!(f, "row {first} is missing"),
            Self::Missing(first, last) => write!(f, "rows {first} to {last} are missing"),
            Self::ValuesMissing(first, last) if first == last => write!(
                f,
                "the values of row {first} are missing, and no later row says that they were erased"
            ),
            Self::ValuesMissing(first, last) => write!(
                f,
                "values of rows {first} to {last} are missing, and no later row says that they were erased"
            ),
            Self::BeforeFirst(row) => write!(f, "row {row} was inserted before the first"),
            Self::NotFollowing(1) => write!(f, "row 1 does not begin the chain"),
            Self::NotFollowing(row) => {
                let before = row - 1;
                write!(
                    f,
                    "row {row} does not follow row {before}: row {before} was rewritten, or one of the two was inserted"
                )
            }
            Self::CutOff { after, sealed } => {
                let first = after + 1;
                write!(
                    f,
                    "the end is missing: rows from {first} up to {sealed} were sealed and are gone"
                )
            }
            Self::Gone(sealed) => {
                write!(
                    f,
                    "the whole chain is gone: it was sealed up to row {sealed}"
                )
            }
            Self::NotAsSealed(row) => write!(
                f,
                "row {row} is not the row that was sealed: the chain was rewritten"
            ),
            Self::WithoutChain => write!(
                f,
                "the whole chain is gone: the registration exists but has no rows"
            ),
            Self::Unreadable(row, column) => write!(
                f,
                "row {row} cannot be read: its column {column} holds a value that this service never writes"
            ),
            Self::Misplaced { rowid, column } => write!(
                f,
                "the row with the rowid {rowid} has no place in a chain: its column {column} holds a value that this service never writes"
            ),
            Self::HeadsWithoutSeal(first, last) if first == last => {
                write!(f, "seal {first} is missing, but what it sealed exists")
            }
            Self::HeadsWithoutSeal(first, last) => write!(
                f,
                "seals {first} to {last} are missing, but what they sealed exists"
            ),
            Self::NotedSealGone => write!(f, "the seal that you gave is not among them"),
        }
    }
}

impl fmt::Display for ChainFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_a_chain_names_the_row_that_shows_it() {
        // Each row: its sequence number, the previous hash, its own hash, and the true hash of its
        // contents.
        type Row = (i64, &'static str, &'static str, &'static str);
        let cases: [(&str, &[Row], &[FaultKind]); 8] = [
            (
                "whole",
                &[(1, "", "a", "a"), (2, "a", "b", "b"), (3, "b", "c", "c")],
                &[],
            ),
            (
                "contents changed",
                &[(1, "", "a", "x"), (2, "a", "b", "b")],
                &[FaultKind::Changed(1)],
            ),
            (
                "contents and hash changed",
                &[(1, "", "x", "x"), (2, "a", "b", "b")],
                &[FaultKind::NotFollowing(2)],
            ),
            (
                "two missing",
                &[(1, "", "a", "a"), (4, "c", "d", "d"), (5, "d", "e", "e")],
                &[FaultKind::Missing(2, 3)],
            ),
            (
                "the first missing",
                &[(2, "a", "b", "b")],
                &[FaultKind::Missing(1, 1)],
            ),
            (
                "one before the first",
                &[(0, "", "z", "z"), (1, "", "a", "a")],
                &[FaultKind::BeforeFirst(0)],
            ),
            (
                "one put in at the end",
                &[(1, "", "a", "a"), (2, "", "z", "z")],
                &[FaultKind::NotFollowing(2)],
            ),
            (
                "another beginning",
                &[(1, "z", "a", "a")],
                &[FaultKind::NotFollowing(1)],
            ),
        ];
        for (name, rows, expected) in cases {
            let mut chain = Chain::new(i64::MIN);
            let found: Vec<FaultKind> = rows
                .iter()
                .flat_map(|(at, previous, hash, true_hash)| {
                    chain.follow(*at, previous, hash, true_hash)
                })
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
