//! The file in which those who make the accounts say what became of each: which column is which, what a row says, and
//! what would be done with the accounts as they stand.
//!
//! Nothing is done by these functions: they say what would be done, and what does not match.

mod columns;
mod plan;
mod status;

use serde::{Deserialize, Serialize};

pub use columns::{ResultColumn, ResultLayout};
pub use plan::{AccountNow, Mismatch, Plan, PlannedStep, plan};
pub use status::{ResultStatus, status_of};

use crate::spreadsheet::{Cell, unguarded};
use crate::text::tidy;

/// The most rows of a file of results.
pub const MOST_RESULTS: u32 = 5_000;
/// The most characters that are kept of a cell.
const LONGEST: usize = 300;

/// A row of the file, as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    /// Its number in the file.
    pub row: u32,
    /// The UUID of the user.
    pub user: String,
    /// The user's address.
    pub email: String,
    /// The UUID of the organisation.
    pub organisation: String,
    /// What became of the account.
    pub status: String,
    /// Why it failed.
    pub reason: String,
    /// When.
    pub date: String,
}

impl ResultRow {
    /// What a row of the file says; nothing for a row without anything in the columns that matter.
    #[must_use]
    pub fn read(row: u32, cells: &[Cell<'_>], layout: &ResultLayout) -> Option<Self> {
        let text = |column| {
            let place = layout.place(column)?;
            let text = cells.get(place)?.text().into_owned();
            Some(
                unguarded(&tidy(&text))
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
