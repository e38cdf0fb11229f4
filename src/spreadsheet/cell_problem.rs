//! What is said about a cell with a problem: the field and the noun of its column.

use std::borrow::Cow;

use crate::problem::Problem;
use crate::spreadsheet::Column;

/// Returns a problem with the cell of a column.
pub(super) fn problem(
    column: Column,
    code: &'static str,
    words: impl Into<Cow<'static, str>>,
) -> Problem {
    Problem::new(column.key(), code, words)
}

/// Returns the noun for what a column holds.
pub(super) const fn noun(column: Column) -> &'static str {
    match column {
        Column::FirstName => "first name",
        Column::LastName => "last name",
        Column::Email => "email address",
        Column::Mobile => "mobile number",
        Column::Role => "role",
        Column::Administrator => "answer yes or no",
    }
}
