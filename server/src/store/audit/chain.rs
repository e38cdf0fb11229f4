//! What is wrong with a chain: told row by row, by the rule alone.

use std::fmt;

use super::{AuditRow, Entry};
use crate::clock::Moment;

/// Something that should not be, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The subject of the chain; `the seals` for the chain of seals.
    pub subject: String,
    /// What is wrong.
    pub how: How,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A row's contents do not have the hash that it carries.
    Changed(i64),
    /// Rows are missing before one that is there: from the first to the last.
    Missing(i64, i64),
    /// A row stands before the first place.
    PutIn(i64),
    /// A row carries another hash than that of the row before it.
    NotFollowing(i64),
    /// The rows after `after` were sealed, up to `sealed`, and are gone.
    CutOff {
        /// The last row that is there.
        after: i64,
        /// The last row that was sealed.
        sealed: i64,
    },
    /// The chain was sealed with so many rows, and none is there.
    Gone(i64),
    /// A row is not the one that was sealed, though the chain holds: it was written anew from there or before.
    NotAsSealed(i64),
    /// The registration is there, and not a row tells of it.
    WithoutChain,
    /// A column of a row holds what no server writes: the row cannot be read.
    Unreadable(i64, &'static str),
    /// By this column a row has its place in a chain, and it holds what no server writes.
    Misplaced {
        /// By which the database finds the row.
        rowid: i64,
        /// The column.
        column: &'static str,
    },
    /// The heads are there that these seals sealed, from the first to the last, and the seals are gone.
    HeadsWithoutSeal(i64, i64),
    /// The seal that was noted elsewhere is not there.
    NotedSealGone,
}

/// The subject under which breaks of the seals are told; their rows are the seals.
pub const SEALS: &str = "the seals";

/// A chain that is walked from its beginning.
#[derive(Debug)]
pub(super) struct Chain {
    /// The place of the row that comes next.
    next: i64,
    /// The hash of the row before it; nothing where that row is missing.
    before: Option<String>,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            next: 1,
            before: Some(String::new()),
        }
    }
}

impl Chain {
    /// Takes the next row and says what is wrong with it.
    pub(super) fn take(&mut self, subject: &str, row: &AuditRow) -> Vec<How> {
        match row.unreadable.first() {
            Some(column) => {
                let hash = (!row.unreadable.contains(&"hash")).then(|| row.hash.clone());
                self.unreadable(row.sequence, column, hash)
            }
            None => self.follow(
                row.sequence,
                &row.previous_hash,
                &row.hash,
                &row.true_hash(subject),
            ),
        }
    }

    /// Takes something that cannot be read, of which at most the hash is known.
    pub(super) fn unreadable(
        &mut self,
        sequence: i64,
        column: &'static str,
        hash: Option<String>,
    ) -> Vec<How> {
        if sequence < self.next {
            return vec![How::PutIn(sequence), How::Unreadable(sequence, column)];
        }
        let missing = (sequence > self.next).then(|| How::Missing(self.next, sequence - 1));
        self.next = sequence + 1;
        self.before = hash;
        missing
            .into_iter()
            .chain([How::Unreadable(sequence, column)])
            .collect()
    }

    /// The same of anything that is numbered and chained.
    pub(super) fn follow(
        &mut self,
        sequence: i64,
        previous: &str,
        hash: &str,
        true_hash: &str,
    ) -> Vec<How> {
        let mut wrong = Vec::new();
        if sequence < self.next {
            return vec![How::PutIn(sequence)];
        }
        if sequence > self.next {
            wrong.push(How::Missing(self.next, sequence - 1));
        } else if self
            .before
            .as_ref()
            .is_some_and(|before| before != previous)
        {
            wrong.push(How::NotFollowing(sequence));
        }
        if hash != true_hash {
            wrong.push(How::Changed(sequence));
        }
        self.next = sequence + 1;
        self.before = Some(hash.to_owned());
        wrong
    }
}

impl AuditRow {
    /// The hash that its contents have.
    fn true_hash(&self, subject: &str) -> String {
        let entry = Entry {
            subject: subject.to_owned(),
            sequence: self.sequence,
            at: Moment::from_millis(self.at),
            actor: self.actor.clone(),
            action: self.action.clone(),
            details: self.details.clone(),
            previous_hash: self.previous_hash.clone(),
        };
        entry.hash_from(self.source.as_deref())
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(row) => write!(
                f,
                "row {row} was changed: its contents do not have the hash that it carries"
            ),
            Self::Missing(first, last) if first == last => write!(f, "row {first} is missing"),
            Self::Missing(first, last) => write!(f, "rows {first} to {last} are missing"),
            Self::PutIn(row) => write!(f, "row {row} was put in before the first"),
            Self::NotFollowing(1) => write!(f, "row 1 does not begin the chain"),
            Self::NotFollowing(row) => {
                let before = row - 1;
                write!(
                    f,
                    "row {row} does not follow row {before}: row {before} was written anew, or one of the two was put in"
                )
            }
            Self::CutOff { after, sealed } => {
                let first = after + 1;
                write!(
                    f,
                    "the end is cut off: row {first} and what came after it, up to row {sealed}, was sealed and is gone"
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
                "row {row} is not the row that was sealed: the chain was written anew"
            ),
            Self::WithoutChain => write!(
                f,
                "the whole chain is gone: the registration is there, and not a row tells of it"
            ),
            Self::Unreadable(row, column) => write!(
                f,
                "row {row} cannot be read: its column {column} holds what this service never writes"
            ),
            Self::Misplaced { rowid, column } => write!(
                f,
                "the row with the rowid {rowid} has no place in a chain: its column {column} holds what this service never writes"
            ),
            Self::HeadsWithoutSeal(first, last) if first == last => {
                write!(f, "seal {first} is gone: what it sealed is there")
            }
            Self::HeadsWithoutSeal(first, last) => write!(
                f,
                "seals {first} to {last} are gone: what they sealed is there"
            ),
            Self::NotedSealGone => write!(f, "the seal that you gave is not among them"),
        }
    }
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_chain_is_told_of_the_row_where_it_shows() {
        // Each row: its place, the hash before it, its own, and that of its contents.
        type Row = (i64, &'static str, &'static str, &'static str);
        let cases: [(&str, &[Row], &[How]); 8] = [
            (
                "whole",
                &[(1, "", "a", "a"), (2, "a", "b", "b"), (3, "b", "c", "c")],
                &[],
            ),
            (
                "contents changed",
                &[(1, "", "a", "x"), (2, "a", "b", "b")],
                &[How::Changed(1)],
            ),
            (
                "contents and hash changed",
                &[(1, "", "x", "x"), (2, "a", "b", "b")],
                &[How::NotFollowing(2)],
            ),
            (
                "two missing",
                &[(1, "", "a", "a"), (4, "c", "d", "d"), (5, "d", "e", "e")],
                &[How::Missing(2, 3)],
            ),
            (
                "the first missing",
                &[(2, "a", "b", "b")],
                &[How::Missing(1, 1)],
            ),
            (
                "one before the first",
                &[(0, "", "z", "z"), (1, "", "a", "a")],
                &[How::PutIn(0)],
            ),
            (
                "one put in at the end",
                &[(1, "", "a", "a"), (2, "", "z", "z")],
                &[How::NotFollowing(2)],
            ),
            (
                "another beginning",
                &[(1, "z", "a", "a")],
                &[How::NotFollowing(1)],
            ),
        ];
        for (name, rows, expected) in cases {
            let mut chain = Chain::default();
            let found: Vec<How> = rows
                .iter()
                .flat_map(|(at, previous, hash, true_hash)| {
                    chain.follow(*at, previous, hash, true_hash)
                })
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
