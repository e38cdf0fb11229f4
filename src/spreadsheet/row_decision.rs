//! The sender's decision about a row of a file.

use serde::{Deserialize, Serialize};

/// The decision about a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowDecision {
    /// The row becomes a user once it has no problems.
    #[default]
    Take,
    /// The row replaces the user of the list who has the same mailbox.
    Replace,
    /// The row is left out.
    LeaveOut,
}
