//! The inputs that the steps of reading a file share: the mapping of its columns, the limits and
//! the callback.

use registration::spreadsheet::Mapping;

use crate::read::limits::{Limits, Watch};

/// The inputs that each step of reading a file needs.
pub(super) struct ReadInputs<'j, 'w> {
    /// The sender's choice of what each column contains.
    pub mapping: &'j Mapping,
    /// The limits on the file.
    pub limits: &'j Limits,
    /// The callback that can stop the job.
    pub watch: &'j mut Watch<'w>,
}
