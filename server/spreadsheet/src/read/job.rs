//! The job of reading one file: what the reader goes by from its first byte to its last row.

use registration::spreadsheet::Mapping;

use crate::read::limits::{Limits, Watch};

/// The job of reading one file.
pub(super) struct Job<'j, 'w> {
    /// What the sender said that the columns hold.
    pub mapping: &'j Mapping,
    /// The limits on the file.
    pub limits: &'j Limits,
    /// The callback that can stop the job.
    pub watch: &'j mut Watch<'w>,
}
