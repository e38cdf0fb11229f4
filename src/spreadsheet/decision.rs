//! What a person decides about a row of their file.

use serde::{Deserialize, Serialize};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It becomes a user, once nothing is wrong with it.
    #[default]
    Take,
    /// It takes the place of the user of the list who has the same mailbox.
    Replace,
    /// It is left out.
    LeaveOut,
}
