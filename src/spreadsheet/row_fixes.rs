//! Corrections of rows on a page: the names of the form's fields, the problems with typed values,
//! and how the values change the rows.
//!
//! The browser calls `input_problems` while a person types, and the server calls it when the form
//! is sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::problem::Problem;
use crate::spreadsheet::{Column, Intake, Note, RowDecision};
use crate::text::tidy;
use crate::users::{Role, User};

/// The values of a form that corrects rows, by field name.
pub type RowInputs = BTreeMap<String, String>;

/// The position of a row in the intake and in the sender's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// The index among the rows of the intake, from 0.
    pub index: usize,
    /// The number of the row in the sender's own spreadsheet.
    pub row: u32,
}

/// A field for a row in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowField {
    /// The input for a cell.
    Cell(Column),
    /// The checkbox that leaves the row out.
    LeaveOut,
    /// The checkbox that replaces a user of the list with the row.
    Replace,
    /// The checkbox that restores a row that was left out.
    TakeBack,
}

impl RowField {
    /// Returns the name of the field, such as `email-12-14`: key, index of the row and number of
    /// the row.
    #[must_use]
    pub fn name(self, place: RowPlace) -> String {
        let [index, row] = [place.index.to_string(), place.row.to_string()];
        [self.key(), "-", &index, "-", &row].concat()
    }

    /// Parses the name of a field into the field and its row; `None` for any other name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<(Self, RowPlace)> {
        let (rest, row) = name.rsplit_once('-')?;
        let (key, index) = rest.rsplit_once('-')?;
        let place = RowPlace {
            index: index.parse().ok()?,
            row: row.parse().ok()?,
        };
        let boxes = [Self::LeaveOut, Self::Replace, Self::TakeBack];
        let field = boxes.into_iter().find(|field| field.key() == key);
        let field = field.or_else(|| Column::from_key(key).map(Self::Cell))?;
        Some((field, place))
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Cell(column) => column.key(),
            Self::LeaveOut => "leave_out",
            Self::Replace => "replace",
            Self::TakeBack => "take_back",
        }
    }
}

/// The maximum number of groups on a page. A group is all cells of a column with the same text and
/// problem, which one answer corrects.
pub const MAX_GROUPS: usize = 5;

/// A field for a group of cells with the same problem; its name ends with the number of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupField {
    /// The column of the group's cells.
    Column,
    /// The text of each cell in the group.
    Text,
    /// The answer for all cells of the group.
    Answer,
}

impl GroupField {
    /// Returns the name of the field for a group, given the number of the group.
    #[must_use]
    pub fn name(self, number: usize) -> String {
        let key = match self {
            Self::Column => "same-column-",
            Self::Text => "same-text-",
            Self::Answer => "same-",
        };
        [key, &number.to_string()].concat()
    }
}

/// Returns a cell's problem for a page of many rows: at the cell's input, with the row number in
/// the message.
#[must_use]
pub fn problem_of_row(problem: &Problem, column: Column, place: RowPlace) -> Problem {
    let words = ["Row ", &place.row.to_string(), ": ", &problem.words].concat();
    let field = RowField::Cell(column).name(place);
    problem.clone().at(field).saying(words)
}

/// Returns the problems of the typed cells, each checked alone. Rows that are to be left out are
/// skipped.
#[must_use]
pub fn input_problems(typed: &RowInputs) -> Vec<Problem> {
    let mut found = Vec::new();
    for (name, text) in typed {
        let Some((RowField::Cell(column), place)) = RowField::from_name(name) else {
            continue;
        };
        if typed.contains_key(&RowField::LeaveOut.name(place)) {
            continue;
        }
        let mut user = User::default();
        column.field_mut(&mut user).clone_from(text);
        let problems = user.problems_of_row().into_iter();
        let own = problems.filter(|problem| problem.field == column.key());
        found.extend(own.map(|problem| (place, column, problem_of_row(&problem, column, place))));
    }
    found.sort_by_key(|(place, column, _)| (*place, *column));
    found.into_iter().map(|(_, _, problem)| problem).collect()
}

impl Intake {
    /// Applies the typed values to the rows.
    ///
    /// Cells come first, then the answers for groups of cells with the same problem. A value typed
    /// into a cell therefore takes precedence over the answer for its group. An unchanged cell
    /// keeps its notes and problems. A role or administrator cell for which nothing was chosen
    /// stays unchanged.
    pub fn apply_inputs(&mut self, typed: &RowInputs, listed: &[User]) {
        self.put_into_rows(typed);
        for number in 0..MAX_GROUPS {
            let sent = |field: GroupField| typed.get(&field.name(number));
            if let (Some(column), Some(text), Some(answer)) = (
                sent(GroupField::Column),
                sent(GroupField::Text),
                sent(GroupField::Answer),
            ) {
                self.answer_all(column, text, answer, listed);
            }
        }
    }

    fn put_into_rows(&mut self, typed: &RowInputs) {
        for (name, text) in typed {
            let Some((field, place)) = RowField::from_name(name) else {
                continue;
            };
            let Some(read) = self
                .rows
                .get_mut(place.index)
                .filter(|read| read.row == place.row)
            else {
                continue;
            };
            match field {
                RowField::Cell(column) => {
                    let chosen = matches!(column, Column::Role | Column::Administrator);
                    let text = tidy(text);
                    if text == read.text(column) || (chosen && text.is_empty()) {
                        continue;
                    }
                    read.type_into(column, words_of(column, &text));
                }
                RowField::LeaveOut => read.decision = RowDecision::LeaveOut,
                RowField::Replace => read.decision = RowDecision::Replace,
                RowField::TakeBack => read.decision = RowDecision::Take,
            }
        }
    }

    /// Adds rows that were corrected in a second file, and leaves out the earlier rows that have
    /// problems.
    ///
    /// The sender still sees the rows that are left out. The second file's answers about the
    /// organisation are used only if the first file has none.
    pub fn merge_corrected(&mut self, brought: Self, listed: &[User]) {
        let mut replaced = 0_usize;
        for found in self.problems(listed) {
            if let Some(read) = self.rows.get_mut(found.index)
                && read.decision != RowDecision::LeaveOut
            {
                read.decision = RowDecision::LeaveOut;
                replaced += 1;
            }
        }
        let words = match replaced {
            0 => None,
            1 => Some(Cow::Borrowed(
                "We left out 1 row of your first file that had a problem: the rows you brought back take its place",
            )),
            more => Some(Cow::Owned(format!(
                "We left out {more} rows of your first file that had problems: the rows you brought back take \
                 their place"
            ))),
        };
        self.notes
            .extend(words.map(|words| Note::on_file("rows-replaced", words)));
        self.notes.extend(brought.notes);
        self.rows.extend(brought.rows);
        if self.organisation.is_none() {
            self.organisation = brought.organisation;
        }
    }
}

impl Intake {
    /// Sets the cells of each problem group with this column and text to one answer.
    ///
    /// Groups with different problems are all set. Does nothing if the answer is empty or equals
    /// the text, or if the column is unknown.
    fn answer_all(&mut self, column: &str, text: &str, answer: &str, listed: &[User]) {
        let answer = tidy(answer);
        let Some(column) = Column::from_key(column) else {
            return;
        };
        if answer.is_empty() || answer == text {
            return;
        }
        let groups = self.fault_groups(&self.problems(listed));
        for group in groups {
            if group.column == column && group.text == text {
                self.fix_group(&group, words_of(column, &answer));
            }
        }
    }
}

/// Converts the key of a role into the name that a cell would contain; returns any other text
/// unchanged.
fn words_of(column: Column, text: &str) -> &str {
    match column {
        Column::Role => match Role::from_key(text) {
            Some(role) => role.words(),
            None => text,
        },
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spreadsheet::IntakeRow;

    fn row(number: u32, email: &str) -> IntakeRow {
        let mut read = IntakeRow::new(number);
        read.user = User {
            first_name: "Priya".to_owned(),
            last_name: "Iyer".to_owned(),
            email: email.to_owned(),
            mobile: "07700 900673".to_owned(),
            role: "advocate".to_owned(),
            administrator: "yes".to_owned(),
        };
        read
    }

    fn intake(rows: impl IntoIterator<Item = IntakeRow>) -> Intake {
        let mut intake = Intake::default();
        rows.into_iter().for_each(|read| intake.push(read));
        intake
    }

    fn typed(fields: &[(&str, &str)]) -> RowInputs {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        fields.iter().map(own).collect()
    }

    #[test]
    fn each_field_is_found_by_its_name_and_nothing_else_is() {
        for field in [
            RowField::Cell(Column::Email),
            RowField::Cell(Column::FirstName),
            RowField::LeaveOut,
            RowField::Replace,
            RowField::TakeBack,
        ] {
            let place = RowPlace { index: 12, row: 14 };
            assert_eq!(
                RowField::from_name(&field.name(place)),
                Some((field, place))
            );
        }
        for name in [
            "",
            "email",
            "email-",
            "email-1",
            "email-1-x",
            "email--1-2",
            "page-1-2",
            "-1-2",
        ] {
            assert_eq!(RowField::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn typed_cells_are_judged_by_the_rules_of_a_user_at_their_own_fields() {
        let typed = typed(&[
            ("email-10-12", "wen@"),
            ("email-2-4", ""),
            ("first_name-2-4", "=1"),
            ("mobile-3-5", "1"),
            ("leave_out-3-5", "yes"),
            ("role-4-6", "advocate"),
            ("page", "1"),
        ]);
        let fields: Vec<_> = input_problems(&typed)
            .into_iter()
            .map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["first_name-2-4", "email-2-4", "email-10-12"]);
    }

    #[test]
    fn typed_text_goes_into_its_row() {
        let mut rows = intake([row(2, "wen@"), row(3, "b@firm.example"), row(4, "c")]);
        rows.rows[1].user.role = "wizard".to_owned();
        rows.apply_inputs(
            &typed(&[
                ("email-0-2", " wen@firm.example "),
                ("role-1-3", "chambers-clerk"),
                ("leave_out-2-4", "yes"),
                ("email-77-2", "nobody@firm.example"),
                ("email-1-9", "another-row@firm.example"),
            ]),
            &[],
        );
        assert_eq!(rows.rows[0].user.email, "wen@firm.example");
        assert_eq!(rows.rows[1].user.role, "chambers-clerk");
        assert!(rows.rows[1].notes.is_empty());
        assert!(rows.problems(&[]).is_empty());
        rows.apply_inputs(&typed(&[("take_back-2-4", "yes")]), &[]);
        assert_eq!(rows.problems(&[]).len(), 1);
    }

    #[test]
    fn a_cell_that_is_sent_back_as_it_stood_keeps_its_fault() {
        let mut rows = intake([row(2, "a@firm.example")]);
        rows.rows[0].user.mobile = "2026-02-01".to_owned();
        let fault = Problem::new("mobile", "cell-date", "It is a date");
        rows.rows[0].faults.push(fault.clone());
        rows.apply_inputs(
            &typed(&[("mobile-0-2", "2026-02-01"), ("role-0-2", "")]),
            &[],
        );
        assert_eq!(rows.rows[0].problems(), [fault]);
        rows.apply_inputs(&typed(&[("mobile-0-2", "07700 900123")]), &[]);
        assert!(rows.rows[0].problems().is_empty());
    }

    #[test]
    fn one_answer_puts_all_cells_with_one_fault_right() {
        let mut rows = intake([row(2, "a@firm.example"), row(3, "b@firm.example")]);
        for read in &mut rows.rows {
            read.type_into(Column::Role, "wizard");
        }
        let same = |answer| {
            typed(&[
                ("same-column-0", "role"),
                ("same-text-0", "wizard"),
                ("same-0", answer),
                ("role-1-3", ""),
            ])
        };
        for answer in [" ", "wizard"] {
            rows.apply_inputs(&same(answer), &[]);
            assert_eq!(rows.problems(&[]).len(), 2, "{answer}");
        }
        rows.apply_inputs(&same("chambers-clerk"), &[]);
        assert!(rows.problems(&[]).is_empty());
        assert!(rows.rows.iter().all(|read| read.notes.is_empty()));
    }

    #[test]
    fn rows_that_are_brought_back_take_the_place_of_those_with_problems() {
        let mut rows = intake([row(2, "a@firm.example"), row(3, "wrong")]);
        rows.merge_corrected(intake([row(3, "b@firm.example")]), &[]);
        assert!(rows.problems(&[]).is_empty());
        assert_eq!(rows.without_problems(&[]), [0, 2]);
        assert_eq!(rows.rows[1].decision, RowDecision::LeaveOut);
        assert_eq!(
            rows.notes
                .iter()
                .map(|note| &*note.message)
                .collect::<Vec<_>>(),
            [
                "We left out 1 row of your first file that had a problem: the rows you brought back take its place"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_browser_finds_in_a_cell_what_the_server_finds(
            place in 0..4_usize,
            text in "[ -~é’]{0,20}",
        ) {
            let column = Column::ALL[place];
            let name = RowField::Cell(column).name(RowPlace { index: 0, row: 2 });
            let typed = RowInputs::from([(name, text)]);
            let mut rows = intake([row(2, "a@firm.example")]);
            rows.apply_inputs(&typed, &[]);
            let of_server: Vec<_> = rows.problems(&[]).into_iter()
                .map(|found| format!("Row 2: {}", found.problem.words))
                .collect();
            let of_browser: Vec<_> = input_problems(&typed)
                .into_iter()
                .map(|found| found.words.into_owned())
                .collect();
            prop_assert_eq!(of_browser, of_server);
        }
    }
}
