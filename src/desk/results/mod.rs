//! The results file, in which the people who make the accounts report on each: its columns, its
//! rows, and the plan of what to change.
//!
//! These functions change nothing: they say what would be done, and what does not match.

mod columns;
mod plan;
mod status;

use serde::{Deserialize, Serialize};

pub use columns::{ResultColumn, ResultLayout};
pub use plan::{AccountNow, Mismatch, Plan, PlannedStep, plan};
pub use status::{ResultStatus, status_of};

use crate::spreadsheet::{Cell, unescaped};
use crate::text::tidy;

/// The most rows of a file of results.
pub const MOST_RESULTS: u32 = 5_000;
/// The most characters that are kept of a cell.
const LONGEST: usize = 300;

/// A row of the results file, in the file's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// Its number in the file.
    pub row: u32,
    /// The UUID of the user.
    pub user: String,
    /// The user's e-mail address.
    pub email: String,
    /// The UUID of the organisation.
    pub organisation: String,
    /// The status of the account.
    pub status: String,
    /// Why the account failed.
    pub reason: String,
    /// The date of the status.
    pub date: String,
}

impl ResultRow {
    /// Reads a row of the file; `None` if it has neither a user nor a status.
    #[must_use]
    pub fn read(row: u32, cells: &[Cell<'_>], layout: &ResultLayout) -> Option<Self> {
        let text = |column| {
            let place = layout.place(column)?;
            let text = cells.get(place)?.text().into_owned();
            Some(
                unescaped(&tidy(&text))
                    .chars()
                    .take(LONGEST)
                    .collect::<String>(),
            )
        };
        let said = |column| text(column).unwrap_or_default();
        let read = Self {
            row,
            user: said(ResultColumn::User).to_lowercase(),
            email: said(ResultColumn::Email),
            organisation: said(ResultColumn::Organisation).to_lowercase(),
            status: said(ResultColumn::Status),
            reason: said(ResultColumn::Reason),
            date: said(ResultColumn::Date),
        };
        let is_blank = read.user.is_empty() && read.email.is_empty() && read.status.is_empty();
        (!is_blank).then_some(read)
    }
}
