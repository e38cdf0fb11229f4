//! The meanings that a column of a sheet can have.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::Column;

/// The meaning of a heading and of the cells below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// One column of the form.
    Column(Column),
    /// First and last name together.
    FullName,
}
