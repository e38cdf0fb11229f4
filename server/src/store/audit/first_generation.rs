//! Audit rows of the first generation, whose hash covers the details and the source themselves.
//!
//! In the second generation, the hash covers only digests of these values. Only `carry_over.rs`
//! reads rows of the first generation.

use std::fmt::Write;

use crate::randomness::sha256;

/// A row of the first generation.
#[derive(Debug, Clone)]
pub(super) struct FirstRow {
    pub(super) subject: String,
    pub(super) sequence: i64,
    pub(super) at: i64,
    pub(super) actor: String,
    pub(super) action: String,
    pub(super) details: String,
    pub(super) source: Option<String>,
    pub(super) previous_hash: String,
    pub(super) hash: String,
    /// The columns that could not be read.
    pub(super) unreadable: Vec<&'static str>,
}

impl FirstRow {
    /// Returns the hash that the row should have.
    ///
    /// If a row has no source, the hash leaves the source out, because the oldest rows had no such
    /// column.
    pub(super) fn true_hash(&self) -> String {
        let sequence = self.sequence.to_string();
        let at = self.at.to_string();
        let columns = [
            &self.subject,
            &sequence,
            &at,
            &self.actor,
            &self.action,
            &self.details,
            &self.previous_hash,
        ];
        let mut text = String::new();
        for column in columns.into_iter().chain(&self.source) {
            // Writing to a string cannot fail.
            let _written = writeln!(text, "{}:{column}", column.len());
        }
        sha256(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_existing_databases() {
        let mut row = FirstRow {
            subject: "registration/CP-7K3M-9QXT".to_owned(),
            sequence: 1,
            at: 1_790_000_000_123,
            actor: "applicant".to_owned(),
            action: "submitted".to_owned(),
            details: "{}".to_owned(),
            source: None,
            previous_hash: String::new(),
            hash: String::new(),
            unreadable: Vec::new(),
        };
        let without = "bcbc156d0f7bb0e17985d9878c4829bb4d0f44a9dd165bcdb17ed2b5491d67ad";
        assert_eq!(row.true_hash(), without);
        row.source = Some("192.0.2.7".to_owned());
        assert_ne!(row.true_hash(), without);
    }
}
