//! Problems with cells, and the noun for each column in their messages.

use std::borrow::Cow;

use crate::problem::Problem;
use crate::spreadsheet::Column;

/// Creates a problem with a cell of a column.
pub(super) fn problem(
    column: Column,
    code: &'static str,
    words: impl Into<Cow<'static, str>>,
) -> Problem {
    Problem::new(column.key(), code, words)
}

/// Returns the noun for the content of a column, for use in messages.
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
