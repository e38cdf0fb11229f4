//! A row of a file that was read: the answers, the notes on how they were read, and the sender's
//! decision.

use serde::{Deserialize, Serialize};

use crate::answers::Answers;
use crate::problem::Problem;
use crate::spreadsheet::{Column, Note, RowDecision};
use crate::users::User;

/// The code of the problem for a formula whose result is not in the file.
pub(super) const UNCALCULATED: &str = "cell-not-calculated";

/// The code of the problem of a row in which every filled cell holds an error. The problems of the
/// cells are not shown beside this problem.
pub(super) const ONLY_ERRORS: &str = "row-errors";

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeRow {
    /// The number of the row in the sender's own spreadsheet.
    pub row: u32,
    /// The answers, tidied. A cell that could not be read keeps its text.
    pub user: User,
    /// Notes on the changes that were made to read the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Problems with the row's cells that the rules for a user cannot detect.
    ///
    /// An example is a number that became a date. A problem is removed once its cell is typed
    /// again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Problem>,
    /// The sender's decision about the row.
    #[serde(default)]
    pub decision: RowDecision,
    /// Whether the row is hidden in the sender's spreadsheet.
    #[serde(default)]
    pub hidden: bool,
    /// Whether the row is struck through in the sender's spreadsheet.
    #[serde(default)]
    pub struck: bool,
    /// The kind of content of the row.
    #[serde(default)]
    pub(super) holds: RowContent,
}

/// The kind of content of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RowContent {
    /// A user.
    #[default]
    #[serde(rename = "somebody")]
    User,
    /// No user: a line such as "Total: 12", or the example that shows how to fill the sheet in.
    Remark,
    /// No user: only a prefilled role or answer about administrators.
    #[serde(rename = "nobody")]
    Prefilled,
}

impl IntakeRow {
    pub(super) fn new(row: u32) -> Self {
        Self {
            row,
            user: User::default(),
            notes: Vec::new(),
            faults: Vec::new(),
            decision: RowDecision::Take,
            hidden: false,
            struck: false,
            holds: RowContent::User,
        }
    }

    /// Returns the text of a cell.
    #[must_use]
    pub fn text(&self, column: Column) -> &str {
        match column {
            Column::FirstName => &self.user.first_name,
            Column::LastName => &self.user.last_name,
            Column::Email => &self.user.email,
            Column::Mobile => &self.user.mobile,
            Column::Role => &self.user.role,
            Column::Administrator => &self.user.administrator,
        }
    }

    /// Returns the problems of the row alone, in column order. A problem in `faults` hides the
    /// problems that the rules find with the same cell.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        if self.faults.is_empty() {
            return self.user.problems_of_row();
        }
        if let Some(only) = self.faults.iter().find(|fault| fault.code == ONLY_ERRORS) {
            return vec![only.clone()];
        }
        let of_rules = self.user.problems_of_row();
        User::FIELDS
            .iter()
            .filter_map(|field| {
                self.faults
                    .iter()
                    .chain(&of_rules)
                    .find(|problem| problem.field == *field)
                    .cloned()
            })
            .collect()
    }

    /// Whether the row contains a user, and not a line such as "Total: 12".
    #[must_use]
    pub fn is_user(&self) -> bool {
        self.holds == RowContent::User
    }
}
