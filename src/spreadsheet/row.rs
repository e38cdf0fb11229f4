//! Reads the cells of a row as a user, and copes with what people and their
//! programs leave in cells.
//!
//! A cell that can be read is tidied, and a note says what was done. A cell that cannot be read
//! keeps its text and carries its problem, so that the sender can correct it.

use std::borrow::Cow;

use crate::identifiers::{E164, Email, Mobile};
use crate::problem::Problem;
use crate::spreadsheet::date_like::is_date_like;
use crate::spreadsheet::error_like::is_error_like;
use crate::spreadsheet::intake_row::{RowContent, UNCALCULATED};
use crate::spreadsheet::yes_or_no::{is_blank_like, yes_no};
use crate::spreadsheet::{
    Cell, Column, IntakeRow, LONGEST_CELL, Layout, Mapping, Note, full_name, normalised,
    role_of_words, unescaped, yes_or_no,
};
use crate::text::{is_invisible, may_begin, may_end, tidy};
use crate::users::{Role, User};

/// Reads the rows of one sheet.
#[derive(Debug, Clone)]
pub struct RowReader {
    places: [Vec<usize>; 6],
    full_name: Option<usize>,
    other_full_names: Vec<usize>,
    role: Option<Role>,
    administrator: Option<bool>,
    headings: Vec<(usize, String)>,
    repeated: Option<Column>,
    /// Columns that were read because another of the same meaning was empty.
    filled_in: Vec<FilledIn>,
}

/// Two columns of the same meaning: the other is read if the first is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FilledIn {
    column: Column,
    first: usize,
    other: usize,
}

impl RowReader {
    /// Makes a reader of the rows of a sheet with this layout.
    #[must_use]
    pub fn new(layout: &Layout, mapping: &Mapping) -> Self {
        let headings = layout
            .headings
            .iter()
            .filter(|heading| heading.meaning.is_some())
            .map(|heading| (heading.place, heading.text.clone()))
            .collect();
        Self {
            places: Column::ALL.map(|column| layout.places(column)),
            full_name: layout.full_name(),
            other_full_names: layout.full_names().skip(1).collect(),
            // A value for every user applies only if no column has it.
            role: mapping
                .role
                .filter(|_| layout.places(Column::Role).is_empty()),
            administrator: mapping
                .administrator
                .filter(|_| layout.places(Column::Administrator).is_empty()),
            headings,
            repeated: None,
            filled_in: Vec::new(),
        }
    }

    /// Returns how many columns have to be read, from the first one on.
    #[must_use]
    pub fn width(&self) -> usize {
        let places = self.places.iter().flatten().copied();
        places
            .chain(self.full_name)
            .chain(self.other_full_names.iter().copied())
            .max()
            .map_or(0, |place| place + 1)
    }

    /// Returns the first column that has two copies with different values for one user.
    #[must_use]
    pub fn repeated(&self) -> Option<Column> {
        self.repeated
    }

    /// Returns the notes on columns of the same meaning that were read as one.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let text = |place: usize| {
            let heading = self.headings.iter().find(|(own, _)| *own == place);
            let text = heading.map_or("", |(_, text)| text.as_str());
            text.chars().take(60).collect::<String>()
        };
        self.filled_in
            .iter()
            .map(|found| {
                let (first, other) = (text(found.first), text(found.other));
                let words = if normalised(&first) == normalised(&other) {
                    format!(
                        "Two columns are “{first}”: we read the second where the first is empty"
                    )
                } else {
                    format!(
                        "We read the {} from “{other}” where “{first}” is empty",
                        noun(found.column)
                    )
                };
                Note::on_file("columns-read-as-one", words)
            })
            .collect()
    }

    /// Reads a row; `None` if it is blank, repeats the headings or is a drawn line.
    pub fn read<'t>(&mut self, row: u32, cell_at: impl Fn(usize) -> Cell<'t>) -> Option<IntakeRow> {
        if self.is_headings_again(&cell_at) {
            return None;
        }
        let mut read = IntakeRow::new(row);
        let mut filled = 0;
        let mut total = is_total(&cell_at(0));
        let mut counted = 0;
        for column in Column::ALL {
            let cell = as_written(bare(self.cell(column, &cell_at)));
            if cell.is_blank() {
                continue;
            }
            filled += 1;
            let says_total = is_total(&cell);
            total |= says_total;
            counted += u32::from(says_total || is_count(&cell));
            match too_long(&cell) {
                Some(kept) => {
                    *column.field_mut(&mut read.user) = kept;
                    let problem = problem(
                        column,
                        "cell-too-long",
                        format!(
                            "{} must be {LONGEST_CELL} characters or fewer",
                            column.heading()
                        ),
                    );
                    read.faults.push(problem);
                }
                None => read_cell(&mut read, column, &cell),
            }
        }
        if let Some(place) = self.full_name {
            let cell = as_written(bare(cell_at(place)));
            self.compare_full_names(&cell, &cell_at);
            if !cell.is_blank() {
                filled += 1;
                let says_total = is_total(&cell);
                total |= says_total;
                counted += u32::from(says_total || is_count(&cell));
                read_full_name(&mut read, &cell);
            }
        }
        if filled == 0 || is_drawn_line(&read.user) {
            return None;
        }
        if total && counted == filled {
            read.holds = RowContent::Remark;
        } else if is_unnamed(&read) {
            read.holds = RowContent::Prefilled;
        } else if (filled == 1 && is_remark(&read.user, self.full_name.is_none()))
            || is_example(&read.user)
            || is_sample(&read.user)
        {
            read.holds = RowContent::Remark;
        }
        if let Some(role) = self.role {
            role.key().clone_into(&mut read.user.role);
        }
        if let Some(administrator) = self.administrator {
            yes_no(administrator).clone_into(&mut read.user.administrator);
        }
        Some(read)
    }

    fn cell<'t>(&mut self, column: Column, cell_at: &impl Fn(usize) -> Cell<'t>) -> Cell<'t> {
        let Some((first, others)) = self.places[column.index()].split_first() else {
            return Cell::Empty;
        };
        let mut cell = cell_at(*first);
        let (first, others) = (*first, others.to_vec());
        for place in others {
            let other = cell_at(place);
            if other.is_blank() {
                continue;
            }
            if cell.is_blank() {
                cell = other;
                let filled_in = FilledIn {
                    column,
                    first,
                    other: place,
                };
                if !self.filled_in.contains(&filled_in) {
                    self.filled_in.push(filled_in);
                }
            } else if tidy(&cell.text()) != tidy(&other.text()) {
                self.repeated.get_or_insert(column);
            }
        }
        cell
    }

    fn compare_full_names<'t>(&mut self, name: &Cell<'_>, cell_at: &impl Fn(usize) -> Cell<'t>) {
        let differs = |place: &usize| {
            let other = cell_at(*place);
            !other.is_blank() && tidy(&other.text()) != tidy(&name.text())
        };
        if self.other_full_names.iter().any(differs) {
            self.repeated.get_or_insert(Column::FirstName);
        }
    }

    /// Whether the row repeats the headings, as in a sheet that was printed in pages.
    fn is_headings_again<'t>(&self, cell_at: &impl Fn(usize) -> Cell<'t>) -> bool {
        let [(place, text), ..] = self.headings.as_slice() else {
            return false;
        };
        let same = |place: usize, text: &str| matches!(cell_at(place), Cell::Text(cell) if tidy(&cell) == text);
        same(*place, text) && self.headings.iter().all(|(place, text)| same(*place, text))
    }
}

/// Returns the answer of a user that a column fills.
impl IntakeRow {
    /// Replaces a cell with what a person typed, after the row was read.
    pub fn type_into(&mut self, column: Column, typed: &str) {
        self.faults.retain(|problem| problem.field != column.key());
        self.notes.retain(|note| note.column != Some(column));
        column.field_mut(&mut self.user).clear();
        let cell = Cell::Text(Cow::Borrowed(typed));
        if cell.is_blank() {
            return;
        }
        match too_long(&cell) {
            Some(kept) => *column.field_mut(&mut self.user) = kept,
            None => read_cell(self, column, &cell),
        }
    }
}

fn problem(column: Column, code: &'static str, words: impl Into<Cow<'static, str>>) -> Problem {
    Problem::new(column.key(), code, words)
}

/// Removes the apostrophe that keeps the text of a cell from being run as a formula.
fn bare(cell: Cell<'_>) -> Cell<'_> {
    match cell {
        Cell::Text(Cow::Borrowed(text)) => Cell::Text(Cow::Borrowed(unescaped(text))),
        Cell::Text(Cow::Owned(text)) if unescaped(&text) != text => {
            Cell::Text(Cow::Owned(unescaped(&text).to_owned()))
        }
        cell => cell,
    }
}

/// Turns a text cell that looks like an error or a date into an error or a date cell.
///
/// Programs write errors and dates as text in a CSV file. What a person types on a page does not
/// come here, because no program has changed it.
fn as_written(cell: Cell<'_>) -> Cell<'_> {
    let Cell::Text(text) = &cell else {
        return cell;
    };
    let is_digit = |byte: u8| byte.is_ascii_digit();
    if may_begin(text, |byte| matches!(byte, b'#' | b'E')) && is_error_like(&tidy(text)) {
        return Cell::Error(Cow::Owned(tidy(text).into_owned()));
    }
    if (may_begin(text, is_digit) || may_end(text, is_digit)) && is_date_like(&tidy(text)) {
        return Cell::Date(Cow::Owned(tidy(text).into_owned()));
    }
    cell
}

fn too_long(cell: &Cell<'_>) -> Option<String> {
    let (Cell::Text(text) | Cell::Date(text) | Cell::Error(text)) = cell else {
        return None;
    };
    // A text never has more characters than bytes, so a short one need not be tidied and counted.
    if text.len() <= LONGEST_CELL {
        return None;
    }
    let text = tidy(text);
    (text.chars().count() > LONGEST_CELL).then(|| text.chars().take(LONGEST_CELL).collect())
}

fn read_cell(read: &mut IntakeRow, column: Column, cell: &Cell<'_>) {
    match cell {
        Cell::Uncalculated => {
            let words = format!("Enter the {}: {NO_RESULT}", noun(column));
            read.faults.push(problem(column, UNCALCULATED, words));
        }
        Cell::Error(error) => {
            let words = format!(
                "Enter the {}: the cell holds the error {error}",
                noun(column)
            );
            read.faults.push(problem(column, "cell-error", words));
            error.as_ref().clone_into(column.field_mut(&mut read.user));
        }
        Cell::Date(date) => {
            let words = if column == Column::Mobile {
                Cow::Borrowed(
                    "Excel has turned this number into a date. Format the column as text and type the \
                     number again",
                )
            } else {
                Cow::Owned(format!(
                    "Enter the {}: Excel has turned it into a date",
                    noun(column)
                ))
            };
            read.faults.push(problem(column, "cell-date", words));
            date.as_ref().clone_into(column.field_mut(&mut read.user));
        }
        _ => match column {
            Column::FirstName | Column::LastName => read_name(read, column, cell),
            Column::Email => read_email(read, cell),
            Column::Mobile => read_mobile(read, cell),
            Column::Role => read_role(read, cell),
            Column::Administrator => read_administrator(read, cell),
        },
    }
}

const NO_RESULT: &str = "the cell holds a formula, and the file does not have its result";

fn read_name(read: &mut IntakeRow, column: Column, cell: &Cell<'_>) {
    let text = cell.text();
    let tidied = tidy(&text);
    note_on_spaces(read, column, &text, &tidied);
    let name = without_quotes(&tidied);
    if name != tidied {
        let words = format!(
            "We took the quotation marks from around the {}",
            noun(column)
        );
        let note = Note::on_cell(read.row, column, "quotes-removed", words);
        read.notes.push(note);
    }
    name.clone_into(column.field_mut(&mut read.user));
}

/// Removes the curly quotation marks around a name, which are no part of any name.
fn without_quotes(tidied: &str) -> &str {
    let held = tidied
        .strip_prefix('“')
        .and_then(|rest| rest.strip_suffix('”'));
    held.map(str::trim)
        .filter(|name| !name.is_empty() && !name.contains(['“', '”']))
        .unwrap_or(tidied)
}

fn read_email(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    // Sentences and lists leave punctuation around an address.
    let bare = || typed.trim_matches(|letter: char| !letter.is_alphanumeric());
    // The untidied text comes first: after tidying nobody can tell a no-break space from a space.
    let Ok(address) = Email::check(&text).or_else(|_| Email::check(bare())) else {
        read.user.email = typed.into_owned();
        return;
    };
    if address.as_ref() != typed.as_ref() {
        let words = format!("We read “{typed}” as {address}");
        let note = Note::on_cell(read.row, Column::Email, "email-read-as", words);
        read.notes.push(note);
    }
    read.user.email = address.into_owned();
}

fn read_mobile(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    let familiar = |typed: &str| matches!(typed.bytes().next(), Some(b'0' | b'+' | b'('));
    match Mobile::check(&typed) {
        Ok(number) if !familiar(&typed) => {
            let read_as = number.national();
            if read_as != typed {
                let words = format!("We read {typed} as {read_as}");
                let note = Note::on_cell(read.row, Column::Mobile, "mobile-read-as", words);
                read.notes.push(note);
            }
            read.user.mobile = read_as;
        }
        Ok(_) => read.user.mobile = typed.into_owned(),
        Err(_) => read_mobile_among_words(read, typed.into_owned()),
    }
}

/// Reads a mobile number beside a landline, or with words around it: "M: 07700 900 123 (work)".
fn read_mobile_among_words(read: &mut IntakeRow, typed: String) {
    let mut mobiles: Vec<E164> = typed
        .split(['/', ';', ',', '|'])
        .flat_map(|part| part.split(" or "))
        .filter_map(|part| {
            let part = part.split(" (").next().unwrap_or_default().trim();
            // Letters before the number are a label only if a colon, a full stop or
            // a space follows them.
            let number = part.trim_start_matches(char::is_alphabetic);
            if number.len() < part.len() && !number.starts_with([':', '.', ' ']) {
                return None;
            }
            let number = number.trim_start_matches([':', '.', ' ']);
            Mobile::check(number).ok()
        })
        .collect();
    mobiles.dedup();
    match mobiles.as_slice() {
        [] => {}
        [mobile] => {
            read.user.mobile = mobile.national();
            let words = format!("We read “{typed}” as {}", read.user.mobile);
            let note = Note::on_cell(read.row, Column::Mobile, "mobile-read-as", words);
            read.notes.push(note);
            return;
        }
        _ => {
            let words = "Enter only one mobile number, like 07700 900 982";
            read.faults
                .push(problem(Column::Mobile, "mobile-two", words));
        }
    }
    read.user.mobile = typed;
}

fn read_role(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    if let Some((role, own)) = role_of_words(&typed) {
        if !own {
            let words = format!("We read “{typed}” as {}", role.words());
            let note = Note::on_cell(read.row, Column::Role, "role-read-as", words);
            read.notes.push(note);
        }
        role.key().clone_into(&mut read.user.role);
    } else {
        let short: String = typed.chars().take(60).collect();
        let words = format!("Select the role of this user: “{short}” is not one of the four roles");
        read.faults
            .push(problem(Column::Role, "role-unknown", words));
        read.user.role = typed.into_owned();
    }
}

fn read_administrator(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    // "Yes - for the Leeds office" is a yes with a remark.
    let bare = typed.split([',', ';', ':', '(', '–', '-']).next();
    if let Some(yes) = yes_or_no(&typed).filter(|_| !is_blank_like(&typed)) {
        yes_no(yes).clone_into(&mut read.user.administrator);
    } else if let Some(yes) = yes_or_no(&typed).or_else(|| bare.and_then(yes_or_no)) {
        let short: String = typed.chars().take(60).collect();
        let words = format!("We read “{short}” as {}", if yes { "Yes" } else { "No" });
        let code = "administrator-read-as";
        let note = Note::on_cell(read.row, Column::Administrator, code, words);
        read.notes.push(note);
        yes_no(yes).clone_into(&mut read.user.administrator);
    } else {
        let short: String = typed.chars().take(60).collect();
        let words = format!(
            "Select yes if this user is an organisation administrator: “{short}” is neither yes nor no"
        );
        let problem = problem(Column::Administrator, "administrator-unknown", words);
        read.faults.push(problem);
        read.user.administrator = typed.into_owned();
    }
}

fn read_full_name(read: &mut IntakeRow, cell: &Cell<'_>) {
    if matches!(cell, Cell::Uncalculated | Cell::Error(_) | Cell::Date(_)) {
        for column in [Column::FirstName, Column::LastName] {
            if read.text(column).is_empty() {
                read_cell(read, column, cell);
            }
        }
        return;
    }
    let text = cell.text();
    let whole: String = text.chars().take(LONGEST_CELL).collect();
    let (first, last) = full_name::split(without_quotes(&tidy(&whole)));
    let row = read.row;
    let mut taken = false;
    for (column, part) in [(Column::FirstName, first), (Column::LastName, last)] {
        let field = column.field_mut(&mut read.user);
        if field.is_empty() {
            *field = part;
            taken = true;
        }
    }
    if taken {
        let words = format!(
            "We read “{}” as first name “{}” and last name “{}”",
            tidy(&whole),
            read.user.first_name,
            read.user.last_name
        );
        let note = Note::on_cell(row, Column::FirstName, "name-read-as", words);
        read.notes.push(note);
    }
}

fn note_on_spaces(read: &mut IntakeRow, column: Column, text: &str, tidied: &str) {
    if text.trim_matches(' ') == tidied {
        return;
    }
    let hidden = text
        .chars()
        .any(|letter| is_invisible(letter) || (letter.is_whitespace() && letter != ' '));
    let words = if text.trim().contains(['\n', '\r']) {
        format!("We read the line break in the {} as a space", noun(column))
    } else if hidden {
        format!("We took hidden characters out of the {}", noun(column))
    } else {
        format!("We took spaces out of the {}", noun(column))
    };
    let note = Note::on_cell(read.row, column, "spaces-removed", words);
    read.notes.push(note);
}

/// Whether a row is a remark under the table or between its parts: "Total: 12", "Leeds office".
///
/// Several words in the column of first names, with nothing beside them, are no person's name.
fn is_remark(user: &User, in_columns: bool) -> bool {
    let text = user.full_name().to_lowercase();
    let starts = ["total", "note", "end of", "count", "number of", "page "];
    let is_name = text.starts_with(char::is_alphanumeric) && !text.ends_with(':');
    let several = text.split(' ').count() > 1;
    !text.is_empty()
        && (starts.iter().any(|start| text.starts_with(start))
            || (in_columns && (several || !is_name)))
}

/// Whether a row shows how to fill the sheet in: "e.g. Jane".
fn is_example(user: &User) -> bool {
    [&user.first_name, &user.last_name].iter().any(|name| {
        let start = name.get(..3).unwrap_or_default();
        ["e.g", "eg.", "eg:"]
            .iter()
            .any(|example| start.eq_ignore_ascii_case(example))
    })
}

/// Whether a row is the template's sample, by two of three signs: a user may have one.
fn is_sample(user: &User) -> bool {
    // Normalising only removes letters, so a shorter name cannot match.
    let starts =
        |name: &str, start: &str| name.len() >= start.len() && normalised(name).starts_with(start);
    let host = "@test.com";
    let address = user.email.len().checked_sub(host.len());
    let address = address.and_then(|at| user.email.get(at..));
    [
        starts(&user.first_name, "testfirst"),
        starts(&user.last_name, "testlast"),
        address.is_some_and(|end| end.eq_ignore_ascii_case(host)),
    ]
    .iter()
    .filter(|sign| **sign)
    .count()
        > 1
}

fn is_total(cell: &Cell<'_>) -> bool {
    let starts = |text: &str| {
        text.get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("total"))
    };
    let is_t = |byte| matches!(byte, b't' | b'T');
    matches!(cell, Cell::Text(text) if may_begin(text, is_t) && starts(&tidy(text)))
}

/// Whether a cell is a number of people, which has fewer digits than a telephone number.
fn is_count(cell: &Cell<'_>) -> bool {
    let text = cell.text();
    if !may_begin(&text, |byte| byte.is_ascii_digit()) {
        return false;
    }
    let text = tidy(&text);
    text.len() < 7 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a row has a role or an answer but no person: it was filled in ahead.
fn is_unnamed(read: &IntakeRow) -> bool {
    // An uncalculated formula still counts as a person.
    let is_formula = |column: Column| {
        let faults = &mut read.faults.iter();
        faults.any(|fault| fault.code == UNCALCULATED && fault.field == column.key())
    };
    [
        Column::FirstName,
        Column::LastName,
        Column::Email,
        Column::Mobile,
    ]
    .into_iter()
    .all(|column| read.text(column).is_empty() && !is_formula(column))
}

/// Whether a row is a line of dashes or similar signs, with which people draw a table.
fn is_drawn_line(user: &User) -> bool {
    let drawn = |text: &String| {
        text.bytes()
            .all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*' | b'.' | b':'))
    };
    let names = [&user.first_name, &user.last_name, &user.email, &user.mobile];
    names.iter().all(|text| drawn(text)) && names.iter().any(|text| text.len() > 1)
}

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spreadsheet::{Heading, Meaning};

    fn reader() -> RowReader {
        let headings = Column::ALL.iter().zip(0..).map(|(column, place)| Heading {
            place,
            text: column.heading().to_owned(),
            meaning: Some(Meaning::Column(*column)),
        });
        let layout = Layout {
            heading_row: Some(1),
            headings: headings.collect(),
        };
        RowReader::new(&layout, &Mapping::default())
    }

    fn read(cells: &[Cell<'static>; 6]) -> Option<IntakeRow> {
        reader().read(2, |place| cells[place].clone())
    }

    fn text(text: &'static str) -> Cell<'static> {
        Cell::Text(Cow::Borrowed(text))
    }

    fn good() -> [Cell<'static>; 6] {
        [
            text("Priya"),
            text("Iyer"),
            text("priya@firm.example"),
            text("07700 900673"),
            text("Advocate"),
            text("Yes"),
        ]
    }

    fn with(column: Column, cell: Cell<'static>) -> IntakeRow {
        let mut cells = good();
        cells[column.index()] = cell;
        read(&cells).unwrap()
    }

    fn codes(read: &IntakeRow) -> Vec<&str> {
        let notes = read.notes.iter().map(|note| note.code.as_ref());
        let faults = read.faults.iter().map(|fault| fault.code.as_ref());
        notes.chain(faults).collect()
    }

    #[test]
    fn a_right_row_is_read_without_a_word() {
        let read = read(&good()).unwrap();
        assert!(codes(&read).is_empty());
        assert_eq!(read.user.role, "advocate");
        assert!(read.user.problems_of_row().is_empty());
    }

    #[test]
    fn a_number_that_lost_its_zero_is_read_and_told() {
        for cell in [
            Cell::Number(7_700_900_673.0),
            text("7700900673"),
            text("7700900673.0"),
        ] {
            let read = with(Column::Mobile, cell);
            assert_eq!(codes(&read), ["mobile-read-as"]);
            assert!(
                read.user.problems_of_row().is_empty(),
                "{}",
                read.user.mobile
            );
        }
    }

    #[test]
    fn what_a_program_destroyed_has_its_own_words() {
        for (column, cell, code) in [
            (
                Column::Mobile,
                Cell::Date(Cow::Borrowed("2026-02-01")),
                "cell-date",
            ),
            (
                Column::FirstName,
                Cell::Date(Cow::Borrowed("2026-05-01")),
                "cell-date",
            ),
            (
                Column::Email,
                Cell::Error(Cow::Borrowed("#N/A")),
                "cell-error",
            ),
            (Column::Role, text("Judge"), "role-unknown"),
            (
                Column::Administrator,
                text("maybe"),
                "administrator-unknown",
            ),
        ] {
            let read = with(column, cell);
            assert_eq!(codes(&read), [code]);
            assert_eq!(read.faults[0].field, column.key());
        }
    }

    #[test]
    fn a_date_or_an_error_as_text_is_what_it_is_in_a_workbook() {
        for column in Column::ALL {
            for date in [
                "01-Feb",
                "Feb-24",
                "01/05/2026",
                " 2024-02-01 00:00:00\u{a0}",
            ] {
                let read = with(column, text(date));
                let dated = with(column, Cell::Date(Cow::Borrowed(date.trim())));
                assert_eq!(read, dated, "{date}");
                assert_eq!(codes(&read), ["cell-date"], "{date}");
            }
            for error in ["#N/A", "#NAME?", " Err:502 "] {
                let read = with(column, text(error));
                let in_error = with(column, Cell::Error(Cow::Borrowed(error.trim())));
                assert_eq!(read, in_error, "{error}");
                assert_eq!(codes(&read), ["cell-error"], "{error}");
            }
        }
        for number in ["07700-900-673", "07700/900/673", "077-0090-0673"] {
            let read = with(Column::Mobile, text(number));
            assert!(read.faults.is_empty(), "{number}");
        }
    }

    #[test]
    fn the_apostrophe_before_a_formula_is_no_part_of_the_answer() {
        for cell in [text("'=Abel"), Cell::Text(Cow::Owned("'=Abel".to_owned()))] {
            let read = with(Column::LastName, cell);
            assert_eq!(read.user.last_name, "=Abel");
            assert!(codes(&read).is_empty());
        }
        let read = with(Column::Mobile, text("'+44 7700 900673"));
        assert_eq!(read.user.mobile, "+44 7700 900673");
        assert!(read.user.problems_of_row().is_empty());
        assert_eq!(
            with(Column::LastName, text("'t Hooft")).user.last_name,
            "'t Hooft"
        );
    }

    #[test]
    fn what_was_tidied_is_told() {
        for (column, cell, code) in [
            (
                Column::Email,
                text("Priya Iyer <priya@firm.example>"),
                "email-read-as",
            ),
            (
                Column::Email,
                text("mailto:priya@firm.example"),
                "email-read-as",
            ),
            (Column::Role, text("Barrister"), "role-read-as"),
            (Column::LastName, text("Iyer\u{200b}"), "spaces-removed"),
            (Column::LastName, text("van  Beethoven"), "spaces-removed"),
            (Column::LastName, text("van\nBeethoven"), "spaces-removed"),
            (Column::LastName, text("van\tBeethoven"), "spaces-removed"),
            (Column::FirstName, text("“Ann”"), "quotes-removed"),
            (Column::Administrator, text("-"), "administrator-read-as"),
            (Column::Administrator, text("n/a"), "administrator-read-as"),
        ] {
            let read = with(column, cell);
            assert_eq!(codes(&read), [code]);
            assert!(read.user.problems_of_row().is_empty());
        }
    }

    #[test]
    fn a_name_keeps_what_is_its_own() {
        for name in [
            "Ann “Nan”",
            "“Nan” Ann",
            "“",
            "“”",
            "O’Brien",
            "“Ann” or “Nan”",
        ] {
            let read = with(Column::FirstName, text(name));
            assert_eq!(read.user.first_name, name);
            assert!(codes(&read).is_empty(), "{name}");
        }
        let read = with(Column::FirstName, text("“Ann”"));
        assert_eq!(read.user.first_name, "Ann");
        let read = with(Column::LastName, text("van\r\nBeethoven"));
        assert_eq!(read.user.last_name, "van Beethoven");
        assert_eq!(
            read.notes[0].message,
            "We read the line break in the last name as a space"
        );
    }

    #[test]
    fn blank_rows_and_repeated_headings_hold_nobody() {
        assert_eq!(read(&[const { Cell::Empty }; 6]), None);
        assert_eq!(
            read(&[
                text(" "),
                text("\u{a0}"),
                text(""),
                text(""),
                text(""),
                text("")
            ]),
            None
        );
        let again = Column::ALL.map(|column| Cell::Text(Cow::Borrowed(column.heading())));
        assert_eq!(read(&again), None);
    }

    #[test]
    fn what_stands_around_an_address_or_a_number_is_no_part_of_it() {
        for (column, cell, read_as) in [
            (Column::Email, "priya@firm.example.", "priya@firm.example"),
            (Column::Email, "priya@firm.example;", "priya@firm.example"),
            (Column::Email, "‘priya@firm.example’", "priya@firm.example"),
            (Column::Mobile, "M: 07700 900673", "07700 900673"),
            (Column::Mobile, "07700 900673 (work)", "07700 900673"),
            (
                Column::Mobile,
                "020 7946 0991 / 07700 900673",
                "07700 900673",
            ),
            (
                Column::Mobile,
                "07700900673 or +44 7700 900673",
                "07700 900673",
            ),
            (Column::Administrator, "Yes - for Leeds", "yes"),
            (Column::Administrator, "No (not yet)", "no"),
        ] {
            let read = with(column, text(cell));
            assert_eq!(read.text(column), read_as, "{cell}");
            assert_eq!(read.notes.len(), 1, "{cell}");
            assert!(read.problems().is_empty(), "{cell}");
        }
        for (column, cell, code) in [
            (Column::Mobile, "07700 900673 / 07700 900674", "mobile-two"),
            (Column::Mobile, "07700 900abc", "mobile-letters"),
            (Column::Mobile, "O7700 900673", "mobile-letters"),
            (
                Column::Mobile,
                "020 7946 0991 / 020 7946 0992",
                "mobile-too-long",
            ),
            (Column::Email, "a@firm.example; b@firm.example", "email-two"),
            (Column::Email, "priya @ firm.example", "email-spaces"),
            (Column::Administrator, "yes and no", "administrator-unknown"),
        ] {
            let read = with(column, text(cell));
            assert_eq!(read.problems()[0].code, code, "{cell}");
            assert_eq!(read.text(column), cell);
        }
    }

    #[test]
    fn rows_that_are_nobody_are_told_from_people() {
        let row = |cells: &[(Column, &'static str)]| {
            let mut row = [const { Cell::Empty }; 6];
            for (column, cell) in cells {
                row[column.index()] = text(cell);
            }
            read(&row).map(|read| read.holds)
        };
        for words in [
            "Total: 12",
            "Leeds office",
            "* administrators",
            "Notes:",
            "Please note that Wen leaves in May",
        ] {
            assert_eq!(
                row(&[(Column::FirstName, words)]),
                Some(RowContent::Remark),
                "{words}"
            );
        }
        assert_eq!(row(&[(Column::FirstName, "Priya")]), Some(RowContent::User));
        assert_eq!(
            row(&[(Column::Email, "priya@firm.example")]),
            Some(RowContent::User)
        );
        let example = [
            (Column::FirstName, "e.g. Jane"),
            (Column::LastName, "Smith"),
            (Column::Role, "Advocate"),
        ];
        assert_eq!(row(&example), Some(RowContent::Remark));
        for sample in [
            ["TestFirst", "TestLast", "a@firm.example"],
            ["Test first1", "Test last1", "test1@test.com"],
            ["testfirst", "Iyer", "someone@TEST.com"],
        ] {
            let names = [Column::FirstName, Column::LastName, Column::Email];
            let mut cells: Vec<_> = names.into_iter().zip(sample).collect();
            cells.push((Column::Role, "Advocate"));
            assert_eq!(row(&cells), Some(RowContent::Remark), "{sample:?}");
        }
        let unlucky = [
            (Column::FirstName, "Testa"),
            (Column::LastName, "Lastman"),
            (Column::Email, "a@test.com"),
        ];
        assert_eq!(row(&unlucky), Some(RowContent::User));
        for column in [Column::LastName, Column::Email, Column::Administrator] {
            let total = [(Column::FirstName, "Total"), (column, "1")];
            assert_eq!(row(&total), Some(RowContent::Remark), "{column:?}");
        }
        for beside in ["Iyer", "07700 900673", "07700900673"] {
            let total = [(Column::FirstName, "Total"), (Column::Mobile, beside)];
            assert_eq!(row(&total), Some(RowContent::User), "{beside}");
        }
        let somebody = [
            (Column::FirstName, "Egon"),
            (Column::LastName, "Sample"),
            (Column::Role, "Advocate"),
        ];
        assert_eq!(row(&somebody), Some(RowContent::User));
        let ahead = [(Column::Role, "Advocate"), (Column::Administrator, "No")];
        assert_eq!(row(&ahead), Some(RowContent::Prefilled));
        let line = [
            (Column::FirstName, "---"),
            (Column::LastName, "---"),
            (Column::Role, "---"),
        ];
        assert_eq!(row(&line), None);
    }

    #[test]
    fn a_total_is_told_where_its_word_stands_before_the_columns_of_the_form() {
        let headings = [(1, Meaning::FullName), (2, Meaning::Column(Column::Email))];
        let headings = headings.map(|(place, meaning)| Heading {
            place,
            text: String::new(),
            meaning: Some(meaning),
        });
        let layout = Layout {
            heading_row: Some(1),
            headings: headings.to_vec(),
        };
        let row = |cells: [Cell<'static>; 3]| {
            let mut reader = RowReader::new(&layout, &Mapping::default());
            let read = reader.read(2, |place| cells[place].clone());
            read.map(|read| read.holds)
        };
        let total = [text("Total users:"), Cell::Number(12.0), Cell::Empty];
        assert_eq!(row(total), Some(RowContent::Remark));
        let total = [Cell::Empty, text("Total"), Cell::Number(12.0)];
        assert_eq!(row(total), Some(RowContent::Remark));
        let numbered = [Cell::Number(1.0), text("Iyer"), Cell::Number(12.0)];
        assert_eq!(row(numbered), Some(RowContent::User));
    }

    #[test]
    fn a_cell_of_more_than_500_characters_is_a_problem_that_says_so() {
        let read = with(Column::FirstName, Cell::Text(Cow::Owned("x".repeat(501))));
        assert_eq!(codes(&read), ["cell-too-long"]);
        assert!(read.faults[0].words.contains("500 characters"));
        assert_eq!(read.user.first_name.chars().count(), LONGEST_CELL);
    }

    #[test]
    fn no_kind_of_cell_holds_more_than_500_characters() {
        for cell in [Cell::Date, Cell::Error, Cell::Text] {
            let read = with(Column::Mobile, cell(Cow::Owned("1".repeat(600))));
            assert_eq!(codes(&read), ["cell-too-long"]);
            assert_eq!(read.user.mobile.chars().count(), LONGEST_CELL);
        }
    }

    #[test]
    fn two_columns_of_one_kind_count_as_one_unless_they_differ() {
        let headings = [0, 6].map(|place| Heading {
            place,
            text: "Email".to_owned(),
            meaning: Some(Meaning::Column(Column::Email)),
        });
        let layout = Layout {
            heading_row: Some(1),
            headings: headings.to_vec(),
        };
        let mut reader = RowReader::new(&layout, &Mapping::default());
        let row = reader.read(2, |place| {
            if place == 6 {
                text("a@firm.example")
            } else {
                Cell::Empty
            }
        });
        assert_eq!(row.unwrap().user.email, "a@firm.example");
        assert_eq!(reader.repeated(), None);
        let _ = reader.read(3, |place| {
            text(if place == 6 {
                "a@firm.example"
            } else {
                "b@firm.example"
            })
        });
        assert_eq!(reader.repeated(), Some(Column::Email));
    }

    proptest! {
        #[test]
        fn any_cells_are_read_without_a_panic(cells in proptest::collection::vec(".{0,600}", 6)) {
            let row = reader().read(2, |place| Cell::Text(Cow::Borrowed(cells[place].as_str())));
            if let Some(row) = row {
                let _ = row.user.problems_of_row();
            }
        }
    }
}
