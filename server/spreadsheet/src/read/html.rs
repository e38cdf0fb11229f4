//! Reads the tables of a web page. Many systems offer such a page as "export to Excel" and name it
//! `.xls`.
//!
//! All tables of the page form one sheet, one below the other, and a paragraph outside the tables
//! is a row. Excel shows the file in the same way, so the row numbers match the row numbers that
//! the sender sees.

use std::borrow::Cow;
use std::ops::ControlFlow;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use registration::spreadsheet::{Cell, LONGEST_CELL, Note, Refusal, SheetHead};

use crate::read::encoding::decoded;
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HeadRoom, RowSink};

/// A web page with a table.
pub(super) struct Html<'b> {
    text: Cow<'b, str>,
    metadata: SheetMetadata,
    notes: Vec<Note>,
    rows: u32,
}

/// The maximum number of columns of a web page that are read: no list of users is wider.
const MAX_COLUMNS_OF_PAGE: usize = 100;
/// The maximum number of rows of a sheet in Excel; later rows are ignored.
const MAX_ROWS: u32 = 1_048_576;

impl<'b> Html<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let (text, notes) = decoded(bytes)?;
        let mut metadata = SheetMetadata::default();
        let mut rows = 0;
        let tables = walk(&text, &mut |visit| {
            match visit {
                Visit::Row {
                    row,
                    hidden,
                    struck,
                    ..
                } => {
                    rows = row;
                    if hidden {
                        metadata.hide(row);
                    }
                    if struck {
                        metadata.strike(row);
                    }
                }
                Visit::Merged(area) => metadata.merge(area),
            }
            ControlFlow::Continue(())
        });
        if tables == 0 {
            return Err(Refusal::NotASpreadsheet(Some("a web page".to_owned())));
        }
        Ok(Self {
            text,
            metadata,
            notes,
            rows,
        })
    }

    pub(super) fn notes(&self) -> Vec<Note> {
        self.notes.clone()
    }

    pub(super) fn head(&self) -> SheetHead<'static> {
        let mut head = SheetHead::default();
        let mut room = HeadRoom::default();
        self.rows(&mut |row, cells| room.take(&mut head, row, cells));
        head
    }

    pub(super) fn rows(&self, take: &mut RowSink<'_>) {
        walk(&self.text, &mut |visit| match visit {
            Visit::Row { row, cells, .. } => take(row, cells),
            Visit::Merged(_) => ControlFlow::Continue(()),
        });
    }

    pub(super) const fn rows_expected(&self) -> u32 {
        self.rows
    }

    pub(super) const fn metadata(&self) -> &SheetMetadata {
        &self.metadata
    }
}

enum Visit<'c> {
    Row {
        row: u32,
        hidden: bool,
        struck: bool,
        cells: &'c [Cell<'static>],
    },
    Merged(Area),
}

type Visitor<'v> = dyn FnMut(Visit<'_>) -> ControlFlow<()> + 'v;

/// Walks through a page until it ends or the visitor stops; returns the number of tables.
fn walk(text: &str, visit: &mut Visitor<'_>) -> usize {
    let mut tables = 0;
    let walk = Walk {
        visit,
        tables: &mut tables,
        row: 0,
        cells: Vec::new(),
        in_row: false,
        row_hidden: false,
        row_struck: false,
        open: None,
        ended: Vec::new(),
        covered: Vec::new(),
        width: 0,
        loose: String::new(),
        unseen: false,
        tag: Tag::default(),
        wanted: None,
    };
    let mut emitter = CallbackEmitter::new(walk);
    // Treat the content of styles and scripts as text, not as markup.
    emitter.naively_switch_states(true);
    // The emitter returns an item only when the visitor stops, so asking for one item runs the
    // whole walk.
    let _ = Tokenizer::new_with_emitter(text, emitter).next();
    tables
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "the tags of a page switch each of them by itself"
)]
struct Walk<'v, 'p> {
    visit: &'v mut Visitor<'p>,
    tables: &'v mut usize,
    row: u32,
    cells: Vec<Cell<'static>>,
    in_row: bool,
    row_hidden: bool,
    row_struck: bool,
    open: Option<Open>,
    /// The finished cells of the current row.
    ended: Vec<Open>,
    /// For each column, the last row that a cell with a `rowspan` covers.
    covered: Vec<u32>,
    /// The number of columns of the widest row of the table so far.
    width: usize,
    /// The current text outside the tables.
    loose: String,
    /// Whether the current text is in an element that the page does not show, such as a style, a
    /// script or a title.
    unseen: bool,
    tag: Tag,
    wanted: Option<Wanted>,
}

/// The parts of a cell that have been read so far.
struct Open {
    columns: usize,
    rows: u32,
    number: Option<f64>,
    text: String,
}

/// A tag that has not been read to its end.
#[derive(Default)]
struct Tag {
    name: Name,
    columns: Option<usize>,
    rows: Option<u32>,
    hidden: bool,
    struck: bool,
    number: Option<f64>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Name {
    Table,
    Row,
    Cell,
    Break,
    Block,
    Struck,
    Unseen,
    #[default]
    Other,
}

impl Name {
    fn of(name: &[u8]) -> Self {
        match name {
            b"table" => Self::Table,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"br" => Self::Break,
            b"p" | b"div" | b"li" | b"caption" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6"
            | b"hr" | b"body" => Self::Block,
            b"s" | b"strike" | b"del" => Self::Struck,
            // LibreOffice writes a cell's comment as an element. `rt` and `rp` contain the
            // pronunciation of a name (ruby).
            b"style" | b"script" | b"title" | b"xml" | b"comment" | b"rt" | b"rp" => Self::Unseen,
            _ => Self::Other,
        }
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    Columns,
    Rows,
    Style,
    Number,
}

impl Callback<(), ()> for Walk<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<()> {
        let flow = match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: Name::of(name),
                    ..Tag::default()
                };
                ControlFlow::Continue(())
            }
            CallbackEvent::AttributeName { name } => {
                self.wanted = match name {
                    b"colspan" => Some(Wanted::Columns),
                    b"rowspan" => Some(Wanted::Rows),
                    b"style" => Some(Wanted::Style),
                    b"x:num" => Some(Wanted::Number),
                    _ => None,
                };
                ControlFlow::Continue(())
            }
            CallbackEvent::AttributeValue { value } => {
                self.attribute(value);
                ControlFlow::Continue(())
            }
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(Name::of(name)),
            CallbackEvent::String { value } => {
                self.text(&String::from_utf8_lossy(value));
                ControlFlow::Continue(())
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => ControlFlow::Continue(()),
        };
        flow.is_break().then_some(())
    }
}

impl Walk<'_, '_> {
    fn attribute(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value.get(..500).unwrap_or(value));
        match self.wanted.take() {
            Some(Wanted::Columns) => self.tag.columns = value.trim().parse().ok(),
            Some(Wanted::Rows) => self.tag.rows = value.trim().parse().ok(),
            Some(Wanted::Number) => self.tag.number = value.trim().parse().ok(),
            Some(Wanted::Style) => {
                let style: String = value.split_whitespace().collect();
                let style = style.to_ascii_lowercase();
                let has = |look: &str| style.contains(look);
                let flat = ["height:0;", "height:0px", "height:0pt", "height:0in"];
                self.tag.hidden = has("display:none")
                    || has("visibility:hidden")
                    || has("visibility:collapse")
                    || style.split(';').any(|look| look == "height:0")
                    || flat
                        .iter()
                        .any(|look| style.starts_with(look) || has(&[";", look].concat()));
                self.tag.struck = has("line-through");
            }
            None => {}
        }
    }

    fn start(&mut self) -> ControlFlow<()> {
        match self.tag.name {
            Name::Table => {
                *self.tables += 1;
                // Pages that use tables for their layout nest them. A nested table is read as a
                // separate table.
                self.end_row()?;
                self.end_loose()?;
                self.covered.clear();
                self.width = 0;
            }
            Name::Row => {
                self.end_row()?;
                self.end_loose()?;
                self.in_row = true;
                self.row_hidden = self.tag.hidden;
                self.row_struck = self.tag.struck;
            }
            Name::Cell => {
                self.end_cell();
                self.in_row = true;
                self.row_struck |= self.tag.struck;
                self.open = Some(Open {
                    columns: self.tag.columns.unwrap_or(1).clamp(1, MAX_COLUMNS_OF_PAGE),
                    rows: self.tag.rows.unwrap_or(1).clamp(1, MAX_ROWS),
                    number: self.tag.number,
                    text: String::new(),
                });
            }
            Name::Break | Name::Block => return self.line_end(),
            Name::Unseen => self.unseen = true,
            Name::Struck => self.row_struck |= self.in_row,
            Name::Other => self.row_struck |= self.in_row && self.tag.struck,
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, name: Name) -> ControlFlow<()> {
        match name {
            Name::Table | Name::Row => self.end_row(),
            Name::Cell => {
                self.end_cell();
                ControlFlow::Continue(())
            }
            Name::Break | Name::Block => self.line_end(),
            Name::Unseen => {
                self.unseen = false;
                ControlFlow::Continue(())
            }
            Name::Struck | Name::Other => ControlFlow::Continue(()),
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen {
            return;
        }
        let into = match &mut self.open {
            Some(open) => &mut open.text,
            None if self.in_row => return,
            None => &mut self.loose,
        };
        // No rule accepts more than `LONGEST_CELL` characters, and a character has at most four
        // bytes. A line break in the file shows as a space on the page.
        if into.len() <= LONGEST_CELL * 4 {
            let letters = text.chars().take(LONGEST_CELL + 1);
            into.extend(letters.map(|letter| {
                if matches!(letter, '\n' | '\r') {
                    ' '
                } else {
                    letter
                }
            }));
        }
    }

    fn line_end(&mut self) -> ControlFlow<()> {
        match &mut self.open {
            Some(open) if !open.text.trim().is_empty() => open.text.push('\n'),
            Some(_) => {}
            None if self.in_row => {}
            None => return self.end_loose(),
        }
        ControlFlow::Continue(())
    }

    fn end_loose(&mut self) -> ControlFlow<()> {
        if self.loose.trim().is_empty() {
            self.loose.clear();
            return ControlFlow::Continue(());
        }
        self.row = self.row.saturating_add(1);
        let text = std::mem::take(&mut self.loose);
        (self.visit)(Visit::Row {
            row: self.row,
            hidden: false,
            struck: false,
            cells: &[Cell::Text(Cow::Owned(text))],
        })
    }

    fn end_cell(&mut self) {
        if let Some(open) = self.open.take()
            && self.ended.len() < MAX_COLUMNS_OF_PAGE
        {
            self.ended.push(open);
        }
    }

    fn end_row(&mut self) -> ControlFlow<()> {
        self.end_cell();
        if !self.in_row {
            return ControlFlow::Continue(());
        }
        self.in_row = false;
        self.row = self.row.saturating_add(1);
        if self.row > MAX_ROWS {
            return ControlFlow::Break(());
        }
        let merged = self.place_cells();
        for area in merged {
            (self.visit)(Visit::Merged(area))?;
        }
        let flow = (self.visit)(Visit::Row {
            row: self.row,
            hidden: self.row_hidden,
            struck: self.row_struck,
            cells: &self.cells,
        });
        self.cells.clear();
        flow
    }

    /// Places the cells of a row in their columns; returns the areas of the cells that span several
    /// rows.
    ///
    /// If the cells that span down from rows above would make this row wider than the table, the page has left out
    /// rows, such as hidden rows. Those cells then end above this row.
    fn place_cells(&mut self) -> Vec<Area> {
        let columns: usize = self.ended.iter().map(|open| open.columns).sum();
        let row = self.row;
        let covered = self.covered.iter().filter(|last| **last >= row).count();
        if covered > 0 && self.width > 0 && columns <= self.width && columns + covered > self.width
        {
            self.covered.clear();
        }
        let mut merged = Vec::new();
        let mut column = 0;
        for open in std::mem::take(&mut self.ended) {
            while self.covered.get(column).is_some_and(|last| *last >= row) {
                column += 1;
            }
            if column >= MAX_COLUMNS_OF_PAGE {
                break;
            }
            let first = column;
            column = (first + open.columns).min(MAX_COLUMNS_OF_PAGE);
            self.cells.resize(first, Cell::Empty);
            let rows = open.rows;
            self.cells.push(open.into_cell());
            if rows == 1 {
                continue;
            }
            let last_row = row.saturating_add(rows - 1);
            if self.covered.len() < column {
                self.covered.resize(column, 0);
            }
            if let Some(covered) = self.covered.get_mut(first..column) {
                covered.fill(last_row);
            }
            merged.push(Area {
                first_row: row,
                last_row,
                column: first,
            });
        }
        self.width = self.width.max(column);
        merged
    }
}

impl Open {
    fn into_cell(self) -> Cell<'static> {
        let text = self.text.trim();
        match self.number {
            // Excel writes the number as shown, even if shortened (`4.477E+11`), and the full
            // number in an attribute.
            Some(number) if text.contains("E+") => Cell::Number(number),
            _ if text.is_empty() => Cell::Empty,
            _ => Cell::Text(Cow::Owned(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &str) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        Html::open(page.as_bytes())
            .unwrap()
            .rows(&mut |row, cells| {
                let texts = cells.iter().map(|cell| cell.text().into_owned());
                rows.push((row, texts.collect()));
                ControlFlow::Continue(())
            });
        rows
    }

    #[test]
    fn a_table_is_read_as_excel_shows_it() {
        let page = "<html><head><title>Users</title><style>td{a:b}</style></head><body>\
            <h1>Hartwell Crane</h1><table><caption>Our <b>users</b></caption>\
            <tr><th>First name</th><th>Email</th></tr>\
            <tr><td>Zo&euml; &amp;\n Co</td><td><a href=\"mailto:z@firm.example\">z@firm.example</a></td></tr>\
            </table></body></html>";
        let expected = [
            (1, vec!["Hartwell Crane".to_owned()]),
            (2, vec!["Our users".to_owned()]),
            (3, vec!["First name".to_owned(), "Email".to_owned()]),
            (4, vec!["Zoë &  Co".to_owned(), "z@firm.example".to_owned()]),
        ];
        assert_eq!(rows(page), expected);
    }

    #[test]
    fn tags_that_are_never_closed_end_where_the_next_begins() {
        let page = "<TABLE><TR><TD>A<TD>B<TR><TD>C<TD>D</TABLE>";
        let texts: Vec<Vec<String>> = rows(page).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(texts, [["A", "B"], ["C", "D"]]);
    }

    #[test]
    fn a_table_inside_another_that_lays_the_page_out_is_read() {
        let page = "<table><tr><td><table><tr><td>A</td><td>B</td></tr></table></td></tr></table>";
        assert!(rows(page).iter().any(|(_, cells)| cells == &["A", "B"]));
    }

    #[test]
    fn cells_over_several_columns_and_rows_leave_the_others_in_their_place() {
        let page = "<table><tr><td colspan=2>A</td><td rowspan=\"2\">B</td><td>C</td></tr>\
            <tr><td>D</td><td>E</td><td>F</td></tr></table>";
        let found = rows(page);
        assert_eq!(found[0].1, ["A", "", "B", "C"]);
        assert_eq!(found[1].1, ["D", "E", "", "F"]);
        let html = Html::open(page.as_bytes()).unwrap();
        let area = Area {
            first_row: 1,
            last_row: 2,
            column: 2,
        };
        assert_eq!(html.metadata().merged, [area]);
    }

    #[test]
    fn hidden_rows_are_noted_and_numbers_that_were_cut_short_read_from_their_attribute() {
        let page = "<table><tr style='display: none'><td>A</td></tr>\
            <tr><td x:num=\"447700900123\">4.477E+11</td></tr></table>";
        assert_eq!(
            Html::open(page.as_bytes()).unwrap().metadata().hidden_rows,
            [1]
        );
        assert_eq!(rows(page)[1].1, ["447700900123"]);
    }

    #[test]
    fn a_cell_over_rows_that_were_left_out_does_not_push_the_next_row_aside() {
        let page = "<table><tr><td>Office</td><td>Name</td></tr>\
            <tr><td rowspan=2>Leeds</td><td>Priya</td></tr>\
            <tr><td rowspan=2>York</td><td>Zoe</td></tr><tr><td>Kofi</td></tr></table>";
        let texts: Vec<Vec<String>> = rows(page).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(texts[2], ["York", "Zoe"]);
        assert_eq!(texts[3], ["", "Kofi"]);
    }

    #[test]
    fn struck_through_rows_and_remarks_beside_names_are_noticed() {
        let page = "<table><tr><td>A<comment>part time</comment></td></tr>\
            <tr><td><s>B</s></td></tr><tr><td style='text-decoration: line-through'>C</td></tr>\
            <tr style='height:0'><td>D</td></tr><tr style='height:0.5pt'><td>E</td></tr>\
            <tr><td><ruby>F<rt>x</rt></ruby></td></tr></table>";
        let html = Html::open(page.as_bytes()).unwrap();
        assert_eq!(html.metadata().struck_rows, [2, 3]);
        assert_eq!(html.metadata().hidden_rows, [4]);
        let texts: Vec<String> = rows(page)
            .into_iter()
            .map(|(_, cells)| cells.concat())
            .collect();
        assert_eq!(texts, ["A", "B", "C", "D", "E", "F"]);
    }

    #[test]
    fn a_page_without_a_table_is_no_spreadsheet() {
        for page in ["<html><p>Sign in</p></html>", "<html><style><table>"] {
            assert!(Html::open(page.as_bytes()).is_err(), "{page}");
        }
    }
}
