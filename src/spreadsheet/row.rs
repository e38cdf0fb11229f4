//! Reads the cells of a row as a user.
//!
//! A cell that can be read is tidied, and a note reports the change. A cell that cannot be read
//! keeps its text and gets a problem, so that the sender can correct it.

use std::borrow::Cow;

use crate::spreadsheet::cell_problem::{noun, problem};
use crate::spreadsheet::date_like::is_date_like;
use crate::spreadsheet::error_like::is_error_like;
use crate::spreadsheet::heading::is_word;
use crate::spreadsheet::intake_row::{ONLY_ERRORS, UNCALCULATED};
use crate::spreadsheet::left_out::{RemarkPlace, RowCells, content, is_total, may_be_remark};
use crate::spreadsheet::missing_value::is_missing_value;
use crate::spreadsheet::name_order::NameOrder;
use crate::spreadsheet::table_columns::TableColumns;
use crate::spreadsheet::yes_or_no::{is_blank_like, yes_no};
use crate::spreadsheet::{
    Cell, Column, IntakeRow, LONGEST_CELL, Layout, Mapping, Note, Refusal, contact_cell, name_cell,
    normalised, role_of_words, unescaped, yes_or_no,
};
use crate::text::{may_begin, may_end, tidy};

/// A reader for the rows of one sheet, which may have several tables below or beside each other.
#[derive(Debug, Clone)]
pub struct RowReader {
    mapping: Mapping,
    layout: Layout,
    tables: Vec<TableColumns>,
    /// The first tables of the sheet that have ended; see `MAX_TABLES`.
    above: Vec<TableColumns>,
    notes: Vec<Note>,
}

impl RowReader {
    /// Creates a reader for the rows of a sheet with this layout.
    #[must_use]
    pub fn new(layout: &Layout, mapping: &Mapping) -> Self {
        Self {
            mapping: mapping.clone(),
            layout: layout.clone(),
            tables: TableColumns::of(layout, mapping),
            above: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Returns the refusal if two columns with the same meaning have different values for one user.
    #[must_use]
    pub fn repeated(&self) -> Option<Refusal> {
        let mut tables = self.above.iter().chain(&self.tables);
        tables.find_map(|table| table.repeated().cloned())
    }

    /// Returns the notes on the tables and columns that were read.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        let tables = self.above.iter().chain(&self.tables);
        let columns = tables.flat_map(TableColumns::notes);
        self.notes.iter().cloned().chain(columns).collect()
    }

    /// Reads a row of `width` cells and passes the result to `take`.
    ///
    /// If tables stand side by side, `take` is called for each table. `take` is not called for a
    /// row that is blank, repeats the headings or is a drawn line. A row of other headings begins
    /// another table with its own columns.
    pub fn read<'t>(
        &mut self,
        row: u32,
        width: usize,
        cell_at: impl Fn(usize) -> Cell<'t>,
        take: &mut dyn FnMut(IntakeRow),
    ) {
        if self.is_headings_again(&cell_at) {
            return;
        }
        if let Some(layout) = self.next_table(row, width, &cell_at) {
            self.go_on_with(row, layout);
            return;
        }
        for table in &mut self.tables {
            if let Some(read) = read_user(table, &self.mapping, row, width, &cell_at) {
                take(read);
            }
        }
    }

    /// Whether the row repeats the headings, as in a sheet that was printed in pages.
    fn is_headings_again<'t>(&self, cell_at: &impl Fn(usize) -> Cell<'t>) -> bool {
        let known = || {
            let headings = self.layout.headings.iter();
            headings.filter(|heading| heading.meaning.is_some() && !heading.text.is_empty())
        };
        let same = |place: usize, text: &str| matches!(cell_at(place), Cell::Text(cell) if tidy(&cell) == text);
        known()
            .next()
            .is_some_and(|first| same(first.place, &first.text))
            && known().all(|heading| same(heading.place, &heading.text))
    }

    /// Returns the layout of another table, if the row has the headings of that table.
    fn next_table<'t>(
        &self,
        row: u32,
        width: usize,
        cell_at: &impl Fn(usize) -> Cell<'t>,
    ) -> Option<Layout> {
        let table = self.tables.first()?;
        let address = table.place(Column::Email).map(cell_at);
        if address.is_some_and(|cell| matches!(&cell, Cell::Text(text) if text.contains('@'))) {
            return None;
        }
        // Testing a few cells costs less than interpreting the whole row.
        let mut texts = (0..width.min(CELLS_COMPARED)).map(cell_at);
        if !texts.any(|cell| matches!(&cell, Cell::Text(text) if is_word(text))) {
            return None;
        }
        let cells: Vec<Cell<'t>> = (0..width.min(WIDEST)).map(cell_at).collect();
        self.layout.of_next_table(row, &cells, &self.mapping)
    }

    fn go_on_with(&mut self, row: u32, layout: Layout) {
        let words = format!("We read row {row} as the headings of another list");
        self.notes.push(Note::on_row(row, "headings-again", words));
        let tables = TableColumns::of(&layout, &self.mapping);
        let ended = std::mem::replace(&mut self.tables, tables);
        // A sheet may have any number of tables. Notes on the first tables are enough, but a table
        // with contradicting columns is never forgotten.
        let has_room = self.above.len() < MAX_TABLES;
        let contradicts = self.repeated().is_some();
        let of_note =
            |table: &TableColumns| has_room || (!contradicts && table.repeated().is_some());
        self.above.extend(ended.into_iter().filter(of_note));
        self.layout = layout;
    }
}

/// The number of cells of a row that are tested for known headings.
const CELLS_COMPARED: usize = 12;
/// The maximum number of cells that are read as the headings of another table.
const WIDEST: usize = 200;
/// The number of earlier tables after which no more are remembered for notes.
const MAX_TABLES: usize = 100;

/// Reads a row of one table; `None` if the row is blank or a drawn line.
fn read_user<'t>(
    table: &mut TableColumns,
    mapping: &Mapping,
    row: u32,
    width: usize,
    cell_at: &impl Fn(usize) -> Cell<'t>,
) -> Option<IntakeRow> {
    let mut read = IntakeRow::new(row);
    let mut cells = RowCells {
        total: is_total(&cell_at(0)),
        full_name: table.full_name().is_some() && !table.has_both_names(),
        ..RowCells::default()
    };
    for column in Column::ALL {
        let cell = as_written(bare(table.cell(column, cell_at)));
        if cell.is_blank() {
            continue;
        }
        cells.count(&cell);
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
            None => read_cell(&mut read, column, &cell, Origin::File),
        }
    }
    if let Some(place) = table.full_name_in(cell_at)
        && !(table.has_both_names() && has_names(&read, &cell_at(place)))
    {
        let cell = as_written(bare(cell_at(place)));
        table.compare_full_names(&cell, cell_at);
        if !cell.is_blank() {
            cells.count(&cell);
            read_full_name(&mut read, &cell, table.name_order(place));
        }
    }
    if cells.filled > 1 && cells.errors == cells.filled {
        only_errors(&mut read);
    }
    name_cell::settle(&mut read);
    if cells.filled == 1 {
        let mut own: Vec<usize> = table.places().collect();
        own.sort_unstable();
        let mut places = (0..width).filter(|place| own.binary_search(place).is_err());
        cells.others = places.any(|place| !cell_at(place).is_blank());
    }
    if may_be_remark(&read.user) {
        cells.remark = RemarkPlace::of(&first_filled(table, cell_at), &cell_at(0));
    }
    read.holds = content(&read, cells)?;
    if let Some(role) = mapping.role.filter(|_| !table.has(Column::Role)) {
        role.key().clone_into(&mut read.user.role);
    }
    // A value for all users applies only if no column has this answer.
    if let Some(administrator) = mapping
        .administrator
        .filter(|_| !table.has(Column::Administrator))
    {
        yes_no(administrator).clone_into(&mut read.user.administrator);
    }
    Some(read)
}

/// Returns the first filled cell of a user: the full name, or else the first column of the form.
fn first_filled<'t>(table: &TableColumns, cell_at: &impl Fn(usize) -> Cell<'t>) -> Cell<'t> {
    let full_name = table.full_name_in(cell_at).into_iter();
    let mut cells = full_name.chain(table.places()).map(cell_at);
    cells.find(|cell| !cell.is_blank()).unwrap_or(Cell::Empty)
}

/// Whether the full name of a row is not read, in a table that also has columns of first and last
/// names. It is not read if the row has both names, or if the only name is not part of the full
/// name, which may then be the name of a firm.
fn has_names(read: &IntakeRow, full_name: &Cell<'_>) -> bool {
    let names = [&read.user.first_name, &read.user.last_name];
    if names.iter().all(|name| !name.is_empty()) {
        return true;
    }
    let full_name = normalised(&full_name.text());
    !names
        .iter()
        .all(|name| full_name.contains(&normalised(name)))
}

/// The source of the text of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// A file, in which people write remarks around names.
    File,
    /// A field of a page, where the text is read exactly as typed.
    Typed,
}

impl IntakeRow {
    /// Replaces a cell with a text that a person typed, and removes its earlier problems and notes.
    pub fn type_into(&mut self, column: Column, typed: &str) {
        // The typed cell no longer holds an error, so the problem `ONLY_ERRORS` is removed too.
        self.faults
            .retain(|problem| problem.field != column.key() && problem.code != ONLY_ERRORS);
        self.notes.retain(|note| note.column != Some(column));
        column.field_mut(&mut self.user).clear();
        let cell = Cell::Text(Cow::Borrowed(typed));
        if cell.is_blank() {
            return;
        }
        match too_long(&cell) {
            Some(kept) => *column.field_mut(&mut self.user) = kept,
            None => read_cell(self, column, &cell, Origin::Typed),
        }
    }
}

/// Removes the apostrophe that stops a program from running the text of a cell as a formula.
fn bare(cell: Cell<'_>) -> Cell<'_> {
    match cell {
        Cell::Text(Cow::Borrowed(text)) => Cell::Text(Cow::Borrowed(unescaped(text))),
        Cell::Text(Cow::Owned(text)) if unescaped(&text) != text => {
            Cell::Text(Cow::Owned(unescaped(&text).to_owned()))
        }
        cell => cell,
    }
}

/// Converts a text cell that looks like an error, a date or a missing value into an error, a date
/// or an empty cell.
///
/// Programs write such values as text in a CSV file. Text typed on a page is not converted, because
/// no program has changed it.
fn as_written(cell: Cell<'_>) -> Cell<'_> {
    let Cell::Text(text) = &cell else {
        return cell;
    };
    if is_missing_value(text) {
        return Cell::Empty;
    }
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
    // A text never has more characters than bytes, so a short text needs no tidying and counting.
    if text.len() <= LONGEST_CELL {
        return None;
    }
    let text = tidy(text);
    (text.chars().count() > LONGEST_CELL).then(|| text.chars().take(LONGEST_CELL).collect())
}

fn read_cell(read: &mut IntakeRow, column: Column, cell: &Cell<'_>, origin: Origin) {
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
            Column::FirstName | Column::LastName => match origin {
                Origin::File => name_cell::read(read, column, cell),
                Origin::Typed => name_cell::read_typed(read, column, &cell.text()),
            },
            Column::Email => contact_cell::read_email(read, cell),
            Column::Mobile => contact_cell::read_mobile(read, cell),
            Column::Role => read_role(read, cell),
            Column::Administrator => read_administrator(read, cell),
        },
    }
}

const NO_RESULT: &str = "the cell holds a formula, and the file does not have its result";

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

/// Adds one problem for a row in which every filled cell holds an error. This problem hides the
/// problems of the cells until a cell is typed.
fn only_errors(read: &mut IntakeRow) {
    let texts = Column::ALL.iter().map(|column| read.text(*column));
    let error = texts.into_iter().find(|text| !text.is_empty());
    let error = error.unwrap_or_default();
    let words = format!(
        "Enter the details of this user or leave the row out: every cell holds an error such as {error}"
    );
    let first = problem(Column::FirstName, ONLY_ERRORS, words);
    read.faults.insert(0, first);
}

fn read_full_name(read: &mut IntakeRow, cell: &Cell<'_>, order: NameOrder) {
    if matches!(cell, Cell::Uncalculated | Cell::Error(_) | Cell::Date(_)) {
        for column in [Column::FirstName, Column::LastName] {
            if read.text(column).is_empty() {
                read_cell(read, column, cell, Origin::File);
            }
        }
        return;
    }
    name_cell::read_full(read, cell, order);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spreadsheet::intake_row::RowContent;
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

    /// Reads one row and returns the result; `None` if the reader did not call `take`.
    fn one<'t>(
        reader: &mut RowReader,
        row: u32,
        width: usize,
        cell_at: impl Fn(usize) -> Cell<'t>,
    ) -> Option<IntakeRow> {
        let mut found = None;
        reader.read(row, width, cell_at, &mut |read| found = Some(read));
        found
    }

    #[test]
    fn a_row_of_errors_asks_for_every_cell_once_one_is_typed() {
        let mut read = one(&mut reader(), 2, 6, |_| Cell::Error("#N/A".into())).unwrap();
        let codes = |read: &IntakeRow| {
            let problems = read.problems().into_iter();
            problems
                .map(|problem| (problem.field.to_string(), problem.code.to_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            codes(&read),
            [("first_name".to_owned(), "row-errors".to_owned())]
        );
        read.type_into(Column::FirstName, "Ann");
        let fields: Vec<String> = codes(&read).into_iter().map(|(field, _)| field).collect();
        let others = Column::ALL.iter().skip(1).map(|column| column.key());
        assert_eq!(fields, others.collect::<Vec<_>>());
    }

    fn read(cells: &[Cell<'static>; 6]) -> Option<IntakeRow> {
        one(&mut reader(), 2, 6, |place| cells[place].clone())
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
    fn values_destroyed_by_a_program_have_their_own_message() {
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
    fn tidied_values_are_reported() {
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
    fn text_around_an_address_or_number_is_no_part_of_it() {
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
        assert_eq!(row(&[(Column::LastName, "Iyer")]), Some(RowContent::User));
        assert_eq!(
            row(&[(Column::FirstName, "YORK")]),
            Some(RowContent::Remark)
        );
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
            let read = one(&mut reader, 2, 3, |place| cells[place].clone());
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
        let row = one(&mut reader, 2, 7, |place| {
            if place == 6 {
                text("a@firm.example")
            } else {
                Cell::Empty
            }
        });
        assert_eq!(row.unwrap().user.email, "a@firm.example");
        assert_eq!(reader.repeated(), None);
        let _ = one(&mut reader, 3, 7, |place| {
            text(if place == 6 {
                "a@firm.example"
            } else {
                "b@firm.example"
            })
        });
        let both = vec!["Email".to_owned(); 2];
        let refusal = Refusal::DuplicateHeading(Column::Email, both);
        assert_eq!(reader.repeated(), Some(refusal));
    }

    proptest! {
        #[test]
        fn any_cells_are_read_without_a_panic(cells in proptest::collection::vec(".{0,600}", 6)) {
            let row = one(&mut reader(), 2, 6, |place| {
                Cell::Text(Cow::Borrowed(cells[place].as_str()))
            });
            if let Some(row) = row {
                let _ = row.user.problems_of_row();
            }
        }
    }
}
