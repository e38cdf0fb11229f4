//! A file that was read and awaits its sender's decisions: the rows, their problems, and the
//! decision about each row.
//!
//! The rows are not users yet: the sender first corrects cells and leaves rows out. The same rules
//! apply on the review page, on the command line and at the desk.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::left_words::says_left;
use crate::problem::Problem;
use crate::spreadsheet::intake_row::{ONLY_ERRORS, RowContent, UNCALCULATED};
use crate::spreadsheet::yes_or_no::yes_no;
use crate::spreadsheet::{Column, IntakeRow, Note, OrganisationPage, RowDecision};
use crate::users::User;

/// A problem with a row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The index of the row in the intake, from 0.
    pub index: usize,
    /// The number of the row in the sender's own spreadsheet.
    pub row: u32,
    /// The problem. Its field is the key of the column.
    pub problem: Problem,
}

/// Cells of one column with the same text and the same problem, which one answer can correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultGroup {
    /// The column of the cells.
    pub column: Column,
    /// The text of each cell.
    pub text: String,
    /// The problem of each cell.
    pub problem: Problem,
    /// The numbers of the rows in the sender's own spreadsheet.
    pub rows: Vec<u32>,
}

/// A row of the file that replaces a user of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// The index of the row in the intake, from 0.
    pub index: usize,
    /// The index of the user in the list, from 0.
    pub listed: usize,
}

/// A file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Intake {
    /// The name of the sheet that was read; `None` if the format has no sheet names.
    pub sheet: Option<String>,
    /// The rows that contain a user.
    pub rows: Vec<IntakeRow>,
    /// Notes for the sender about the file as a whole, and about rows that are not in `rows`.
    pub notes: Vec<Note>,
    /// Page 1 of the form, if it is in the file.
    pub organisation: Option<OrganisationPage>,
    said_yes: bool,
    said_no: bool,
    /// The numbers of the prefilled rows, until `finish` adds a note about them.
    #[serde(skip)]
    filled_ahead: Vec<u32>,
}

impl Intake {
    /// Creates an intake without rows.
    #[must_use]
    pub fn new(
        sheet: Option<String>,
        notes: Vec<Note>,
        organisation: Option<OrganisationPage>,
    ) -> Self {
        Self {
            sheet,
            notes,
            organisation,
            ..Self::default()
        }
    }

    /// Adds a row. A row without a user is only mentioned in a note.
    pub fn push(&mut self, read: IntakeRow) {
        match read.holds {
            RowContent::User => {}
            RowContent::Remark => {
                let words = format!(
                    "We left out row {}{}: it looks like a remark or an example, not a user",
                    read.row,
                    quoted(&read.user)
                );
                self.notes
                    .push(Note::on_row(read.row, "row-left-out", words));
                if says_left(&read.user.full_name()) {
                    self.notes.push(Note::on_row(
                        read.row,
                        "section-left",
                        "The rows below may be people who have left: leave out those who need no account",
                    ));
                }
                return;
            }
            RowContent::Prefilled => {
                self.filled_ahead.push(read.row);
                return;
            }
        }
        match read.user.administrator.as_str() {
            "yes" => self.said_yes = true,
            "no" => self.said_no = true,
            _ => {}
        }
        self.rows.push(read);
    }

    /// Completes the intake after its last row has been added.
    ///
    /// If some rows say yes in the administrator column and no row says no, an empty cell of this
    /// column becomes a no, with a note. Notes are also added about prefilled rows and about
    /// formulas without results.
    pub fn finish(&mut self) {
        if let [first, rest @ ..] = std::mem::take(&mut self.filled_ahead).as_slice() {
            let words = match rest {
                [] => format!("We left out row {first}: it has neither a name nor an address"),
                [.., last] => format!(
                    "We left out {} rows from row {first} to row {last}: they have neither a name nor an \
                     address",
                    rest.len() + 1
                ),
            };
            self.notes.push(Note::on_file("rows-left-out", words));
        }
        let mut faults = self.rows.iter().flat_map(|read| &read.faults);
        if faults.any(|fault| fault.code == UNCALCULATED) {
            self.notes.push(Note::on_file(
                "formulas-not-calculated",
                "Some cells are formulas whose results are not in the file: to have them filled in, open it in \
                 Excel or LibreOffice, save it and upload it again",
            ));
        }
        if !self.said_yes || self.said_no {
            return;
        }
        for read in &mut self.rows {
            let administrator = Column::Administrator.key();
            let has_fault = read.faults.iter().any(|fault| fault.field == administrator);
            if read.user.administrator.is_empty() && !has_fault {
                yes_no(false).clone_into(&mut read.user.administrator);
                read.notes.push(Note::on_cell(
                    read.row,
                    Column::Administrator,
                    "administrator-read-as",
                    "We read the empty cell as No",
                ));
            }
        }
    }

    /// Leaves out the rows that equal a user of the list and have no problem of their own, and adds
    /// a note to each of these rows.
    pub fn leave_out_listed(&mut self, listed: &[User]) {
        let mailboxes = mailboxes(listed);
        for read in &mut self.rows {
            let Some(user) = read
                .user
                .mailbox()
                .and_then(|mailbox| listed.get(*mailboxes.get(&mailbox)?))
            else {
                continue;
            };
            if read.problems().is_empty() && same_person(&read.user, user) {
                read.decision = RowDecision::LeaveOut;
                read.notes.push(Note::on_row(
                    read.row,
                    "already-listed",
                    format!("{} is on your list already", read.user.full_name()),
                ));
            }
        }
    }

    /// Returns the problems of the rows that are not left out, in the order of the file.
    ///
    /// These are the problems of each row alone, mailboxes that an earlier row has as well, and
    /// mailboxes of users on the list whom the row does not replace.
    #[must_use]
    pub fn problems(&self, listed: &[User]) -> Vec<RowProblem> {
        let of_list = mailboxes(listed);
        let mut earlier: HashMap<String, usize> = HashMap::with_capacity(self.rows.len());
        let mut found = Vec::new();
        for (index, read) in self.rows.iter().enumerate() {
            if read.decision == RowDecision::LeaveOut {
                continue;
            }
            let before = found.len();
            let mut add = |problem| {
                found.push(RowProblem {
                    index,
                    row: read.row,
                    problem,
                });
            };
            read.problems().into_iter().for_each(&mut add);
            let Some(mailbox) = read.user.mailbox() else {
                continue;
            };
            if let Some(user) = of_list.get(&mailbox).and_then(|place| listed.get(*place))
                && read.decision != RowDecision::Replace
            {
                add(listed_already(&read.user, user));
            }
            let first = *earlier.entry(mailbox).or_insert(index);
            if let Some(first) = self.rows.get(first).filter(|_| first != index) {
                add(repeated(read, first));
            }
            sort_by_column(found.get_mut(before..).unwrap_or_default());
        }
        found
    }

    /// Returns the indexes, from 0, of the rows that are not left out and have none of these
    /// problems.
    #[must_use]
    pub fn without_problems(&self, problems: &[RowProblem]) -> Vec<usize> {
        let mut bad = problems.iter().map(|problem| problem.index).peekable();
        let mut good = Vec::new();
        for (index, read) in self.rows.iter().enumerate() {
            let mut has_problem = false;
            while bad.next_if(|place| *place <= index).is_some_and(|place| {
                has_problem |= place == index;
                true
            }) {}
            if !has_problem && read.decision != RowDecision::LeaveOut {
                good.push(index);
            }
        }
        good
    }

    /// Returns the rows that replace a user of the list. A row whose mailbox no user of the list
    /// has is skipped.
    #[must_use]
    pub fn replaced(&self, listed: &[User]) -> Vec<Replaced> {
        let of_list = mailboxes(listed);
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, read)| read.decision == RowDecision::Replace)
            .filter_map(|(index, read)| {
                let listed = *of_list.get(&read.user.mailbox()?)?;
                Some(Replaced { index, listed })
            })
            .collect()
    }

    /// Groups the problems that two or more cells of a column with the same text share, the largest
    /// group first.
    ///
    /// Email addresses and mobile numbers are not grouped, because each person has their own. Rows
    /// in which every filled cell holds an error are not grouped either.
    #[must_use]
    pub fn fault_groups(&self, problems: &[RowProblem]) -> Vec<FaultGroup> {
        let mut groups: Vec<FaultGroup> = Vec::new();
        let mut places: HashMap<(Column, &str, &str), usize> = HashMap::new();
        for found in problems {
            let (Some(column), Some(read)) = (
                Column::from_key(&found.problem.field),
                self.rows.get(found.index),
            ) else {
                continue;
            };
            if matches!(
                found.problem.code.as_ref(),
                REPEATED | EMAIL_LISTED | ONLY_ERRORS
            ) {
                continue;
            }
            let key = (column, read.text(column), found.problem.code.as_ref());
            let place = *places.entry(key).or_insert_with(|| {
                groups.push(FaultGroup {
                    column,
                    text: read.text(column).to_owned(),
                    problem: found.problem.clone(),
                    rows: Vec::new(),
                });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(place) {
                group.rows.push(found.row);
            }
        }
        groups.retain(|group| group.rows.len() > 1 && can_be_shared(group.column));
        groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
        groups
    }

    /// Sets every cell of a group to one answer. A cell whose text has changed in the meantime
    /// stays.
    pub fn fix_group(&mut self, group: &FaultGroup, typed: &str) {
        for read in &mut self.rows {
            if group.rows.contains(&read.row) && read.text(group.column) == group.text {
                read.type_into(group.column, typed);
            }
        }
    }

    /// Returns the row with this number in the sender's file; `None` if the intake has no such row.
    pub fn row_mut(&mut self, row: u32) -> Option<&mut IntakeRow> {
        self.rows.iter_mut().find(|read| read.row == row)
    }

    /// Returns all notes: first the notes on the file as a whole, then the notes on rows, by row
    /// number.
    #[must_use]
    pub fn all_notes(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self
            .notes
            .iter()
            .chain(self.rows.iter().flat_map(|read| &read.notes))
            .collect();
        notes.sort_by_key(|note| note.row);
        notes
    }
}

/// The code of the problem for a mailbox that an earlier row has.
const REPEATED: &str = "email-repeated";
/// The code of the problem for a mailbox that a user of the list has.
pub const EMAIL_LISTED: &str = "email-listed";

/// Returns the first of name, email address and mobile number that a user has, in brackets, for a
/// note about the user's row; empty if the user has none of them.
fn quoted(user: &User) -> String {
    let texts = [user.full_name(), user.email.clone(), user.mobile.clone()];
    match texts.iter().find(|text| !text.is_empty()) {
        Some(text) => format!(" (“{}”)", text.chars().take(60).collect::<String>()),
        None => String::new(),
    }
}

/// Whether several people can have the same answer in a column. People cannot share an email
/// address or a mobile number.
const fn can_be_shared(column: Column) -> bool {
    !matches!(column, Column::Email | Column::Mobile)
}

fn mailboxes(listed: &[User]) -> HashMap<String, usize> {
    listed
        .iter()
        .enumerate()
        .filter_map(|(place, user)| Some((user.mailbox()?, place)))
        .collect()
}

fn same_person(read: &User, listed: &User) -> bool {
    let mut other = listed.clone();
    let mut row = IntakeRow::new(0);
    for column in Column::ALL {
        let typed = std::mem::take(column.field_mut(&mut other));
        row.type_into(column, &typed);
    }
    let number = |user: &User| crate::identifiers::Mobile::check(&user.mobile).ok();
    User {
        mobile: String::new(),
        ..row.user.clone()
    } == User {
        mobile: String::new(),
        ..read.clone()
    } && number(&row.user) == number(read)
}

fn repeated(read: &IntakeRow, first: &IntakeRow) -> Problem {
    Problem::new(
        Column::Email.key(),
        REPEATED,
        format!(
            "Enter a different email address or leave this row out: row {} ({}) and row {} have the \
             same one",
            first.row,
            first.user.full_name(),
            read.row
        ),
    )
}

fn listed_already(read: &User, listed: &User) -> Problem {
    Problem::new(
        Column::Email.key(),
        EMAIL_LISTED,
        format!(
            "Enter a different email address, replace the user on your list or leave this row out: {} \
             is already on your list, for {}",
            read.email,
            listed.full_name()
        ),
    )
}

fn sort_by_column(problems: &mut [RowProblem]) {
    problems.sort_by_key(|found| Column::from_key(&found.problem.field));
}
