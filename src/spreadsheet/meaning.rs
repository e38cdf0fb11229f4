//! What the cells below a heading can hold.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::Column;

/// The meaning of a heading: what the cells below it hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// One column of the form.
    Column(Column),
    /// First and last name together.
    FullName,
}
