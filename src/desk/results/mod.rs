//! The results file, in which the people who make the accounts report the outcome of each account:
//! the columns and rows of the file, and the plan of changes.
//!
//! These functions only plan: they return the steps to take and the rows that are not carried out.

mod columns;
mod plan;
mod status;

use serde::{Deserialize, Serialize};

pub use columns::{ResultColumn, ResultLayout};
pub use plan::{AccountNow, AccountToEnd, Mismatch, Plan, PlannedEnding, PlannedStep, plan};
pub use status::{ResultStatus, status_of};

use crate::spreadsheet::{Cell, unescaped};
use crate::text::tidy;

/// The maximum number of rows in a results file.
pub const MAX_RESULTS: u32 = 5_000;
/// The maximum number of characters read from a cell.
const LONGEST: usize = 300;

/// A row of the results file, with the text of its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// The number of the row in the file.
    pub row: u32,
    /// The UUID of the user.
    pub user: String,
    /// The user's e-mail address.
    pub email: String,
    /// The UUID of the organisation.
    pub organisation: String,
    /// The status of the account.
    pub status: String,
    /// The reason why the account failed.
    pub reason: String,
    /// The date of the status.
    pub date: String,
}

impl ResultRow {
    /// Reads a row of the file; `None` if the user, the e-mail address and the status are all
    /// empty.
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
        let cell_text = |column| text(column).unwrap_or_default();
        let read = Self {
            row,
            user: cell_text(ResultColumn::User).to_lowercase(),
            email: cell_text(ResultColumn::Email),
            organisation: cell_text(ResultColumn::Organisation).to_lowercase(),
            status: cell_text(ResultColumn::Status),
            reason: cell_text(ResultColumn::Reason),
            date: cell_text(ResultColumn::Date),
        };
        let is_blank = read.user.is_empty() && read.email.is_empty() && read.status.is_empty();
        (!is_blank).then_some(read)
    }
}
