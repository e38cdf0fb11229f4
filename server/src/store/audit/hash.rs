//! The hash of an audit row, which the next row of the same subject contains.

use std::fmt::Write;

use super::model::Entry;
use crate::randomness::sha256;

/// The first line of the hashed text.
///
/// It prevents a row from having the same hash as a row of the first generation.
const GENERATION: &str = "audit row 2";

impl Entry {
    /// Returns the hash of the entry, which becomes the previous hash of the next row.
    ///
    /// The hash covers every column of the row, with the column's length, so that two different
    /// rows never hash the same text. It covers the digests of the details and of the source
    /// instead of these values themselves.
    #[must_use]
    pub fn hash(&self) -> String {
        let sequence = self.sequence.to_string();
        let at = self.at.millis().to_string();
        let columns = [
            GENERATION,
            &self.subject,
            &sequence,
            &at,
            &self.actor,
            &self.action,
            &self.details_digest,
            self.source_digest.as_deref().unwrap_or_default(),
            &self.previous_hash,
        ];
        let mut text = String::new();
        for column in columns {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "{}:{column}", column.len());
        }
        sha256(text.as_bytes())
    }
}
