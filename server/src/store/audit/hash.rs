//! The hash of a row of the audit, by which the next row of the same subject is chained to it.

use std::fmt::Write;

use super::model::Entry;
use crate::randomness::sha256;

impl Entry {
    /// Returns the hash of the entry if its source is unknown.
    #[must_use]
    pub fn hash(&self) -> String {
        self.hash_from(None)
    }

    /// Returns the hash of the entry, to which the next row is chained.
    ///
    /// The hash covers every column with its length, so that two different rows never hash the same
    /// text. A row without a source leaves that column out, because rows older than the column have
    /// no source.
    #[must_use]
    pub fn hash_from(&self, source: Option<&str>) -> String {
        let sequence = self.sequence.to_string();
        let at = self.at.millis().to_string();
        let columns = [
            self.subject.as_str(),
            &sequence,
            &at,
            &self.actor,
            &self.action,
            &self.details,
            &self.previous_hash,
        ];
        let mut text = String::new();
        for column in columns.into_iter().chain(source) {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "{}:{column}", column.len());
        }
        sha256(text.as_bytes())
    }
}
