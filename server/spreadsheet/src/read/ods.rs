//! Reads OpenDocument spreadsheets, as LibreOffice saves them.
//!
//! This reader parses the XML itself instead of using calamine. calamine expands repeated rows and
//! cells in memory before anything can stop it, and reports neither hidden rows nor merged cells.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;

use memchr::memmem;
use quick_xml::events::BytesStart;
use registration::spreadsheet::{Cell, LONGEST_CELL, MAX_COLUMNS, Refusal, SheetHead};
use zip::ZipArchive;

use crate::read::archive::open_checked;
use crate::read::limits::{Limits, Watch};
use crate::read::markup::{attribute, number};
use crate::read::merged::Area;
use crate::read::reading::ReadError;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::RowSink;
use crate::read::xml_sheets::{Found, MAX_ROWS, Visitor, XmlFormat, XmlSheets, rows_of, walk};

/// An opened OpenDocument spreadsheet.
pub(super) struct Ods<'b> {
    content: Content<'b>,
    sheets: XmlSheets,
}

/// The source of a document's content.
enum Content<'b> {
    /// A zip archive that has the content as one part.
    Packed(ZipArchive<Cursor<&'b [u8]>>),
    /// The file itself, which is not zipped.
    Flat(&'b [u8]),
}

/// The maximum number of copies into which a repeated cell with content is expanded; no list of
/// users is wider.
const MAX_REPEATED: usize = 1_024;

impl<'b> Ods<'b> {
    pub(super) fn open(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
        let mut archive = open_checked(bytes, limits, watch)?.archive;
        let mut manifest = Vec::new();
        if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
            part.read_to_end(&mut manifest)
                .map_err(|_| Refusal::Damaged)?;
        }
        if memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(Refusal::PasswordProtected.into());
        }
        Ok(Self::of(Content::Packed(archive))?)
    }

    /// Opens a document that is not zipped.
    pub(super) fn open_flat(bytes: &'b [u8]) -> Result<Self, Refusal> {
        Self::of(Content::Flat(bytes))
    }

    fn of(mut content: Content<'b>) -> Result<Self, Refusal> {
        let sheets = XmlSheets::collect(|visit| content.walk(visit))?;
        Ok(Self { content, sheets })
    }

    pub(super) fn heads(&self) -> Vec<SheetHead<'static>> {
        self.sheets.heads()
    }

    pub(super) fn rows(&mut self, wanted: usize, take: &mut RowSink<'_>) -> Result<(), Refusal> {
        self.content.walk(&mut rows_of(wanted, take))
    }

    pub(super) fn metadata(&self, sheet: usize) -> Option<&SheetMetadata> {
        self.sheets.metadata(sheet)
    }
}

/// A cell whose end tag has not been read yet.
#[derive(Default)]
struct Open {
    repeated: usize,
    spanned: u32,
    kind: String,
    value: String,
    is_error: bool,
    is_formula: bool,
    text: String,
    paragraphs: usize,
}

/// The state of the parser: the parts of the current sheet, row and cell read so far.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the elements of a sheet switch each of them by itself"
)]
struct Format {
    sheets: usize,
    row: u32,
    row_repeated: u32,
    row_hidden: bool,
    column: usize,
    cells: Vec<Cell<'static>>,
    open: Option<Open>,
    in_paragraph: bool,
    /// Whether the text is a comment or the pronunciation of a name (ruby), which is not part of
    /// the cell.
    beside: bool,
    /// The name of the style whose definition is being read.
    style: String,
    hidden_sheets: HashSet<String>,
    flat_rows: HashSet<String>,
    struck: HashSet<String>,
    row_struck: bool,
}

impl Content<'_> {
    fn walk(&mut self, visit: &mut Visitor<'_>) -> Result<(), Refusal> {
        match self {
            Self::Packed(archive) => {
                let part = archive
                    .by_name("content.xml")
                    .map_err(|_| Refusal::Damaged)?;
                walk::<Format>(BufReader::new(part), visit)
            }
            Self::Flat(bytes) => walk::<Format>(*bytes, visit),
        }
    }
}

impl XmlFormat for Format {
    const ROOTS: &'static [&'static str] = &["document-content", "document"];

    fn start(&mut self, tag: &BytesStart<'_>, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "style:name").unwrap_or_default(),
            "table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_sheets.insert(self.style.clone());
            }
            "table-row-properties" if is_flat(tag) => {
                self.flat_rows.insert(self.style.clone());
            }
            "text-properties" if strikes_through(tag) => {
                self.struck.insert(self.style.clone());
            }
            "table" => {
                self.sheets += 1;
                self.row = 0;
                let style = attribute(tag, "table:style-name").unwrap_or_default();
                let name = attribute(tag, "table:name").unwrap_or_default();
                let hidden = self.hidden_sheets.contains(&style);
                return visit(Found::Sheet { name, hidden });
            }
            "table-row" => {
                self.row_repeated = number(tag, "table:number-rows-repeated").unwrap_or(1);
                let visibility = attribute(tag, "table:visibility");
                let style = attribute(tag, "table:style-name");
                self.row_hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"))
                    || style.is_some_and(|style| self.flat_rows.contains(&style));
                self.row_struck = false;
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                self.open = Some(Open::of(tag));
                self.see_style(tag, "table:style-name");
            }
            "span" => self.see_style(tag, "text:style-name"),
            "annotation" | "ruby-text" => self.beside = true,
            "p" if !self.beside => {
                self.in_paragraph = true;
                if let Some(open) = &mut self.open {
                    if open.paragraphs > 0 {
                        open.text.push('\n');
                    }
                    open.paragraphs += 1;
                }
            }
            "s" => {
                let count = number(tag, "text:c").unwrap_or(1).min(100);
                (0..count).for_each(|_| self.text(" "));
            }
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn text(&mut self, text: &str) {
        if !self.in_paragraph || self.beside {
            return;
        }
        if let Some(open) = &mut self.open
            // No rule accepts more than `LONGEST_CELL` characters, and a character has at most four
            // bytes.
            && open.text.len() <= LONGEST_CELL * 4
        {
            open.text.extend(text.chars().take(LONGEST_CELL + 1));
        }
    }

    fn end(&mut self, name: &str, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match name {
            "annotation" | "ruby-text" => self.beside = false,
            "p" if !self.beside => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => return self.end_cell(visit),
            "table-row" => return self.end_row(visit),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Format {
    /// Marks the row as struck through if the style of this cell, or of a part of its text, has
    /// strikethrough.
    fn see_style(&mut self, tag: &BytesStart<'_>, name: &str) {
        if !self.struck.is_empty() {
            let style = attribute(tag, name);
            self.row_struck |= style.is_some_and(|style| self.struck.contains(&style));
        }
    }

    fn end_cell(&mut self, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        let Some(open) = self.open.take() else {
            return ControlFlow::Continue(());
        };
        let (repeated, spanned, first) = (open.repeated, open.spanned, self.column);
        let cell = open.into_cell();
        if cell != Cell::Empty {
            let until = (self.column + repeated.min(MAX_REPEATED)).min(MAX_COLUMNS);
            if self.cells.len() < until {
                self.cells.resize(self.column.min(until), Cell::Empty);
                self.cells.resize(until, cell);
            }
        }
        self.column = self.column.saturating_add(repeated).min(MAX_COLUMNS);
        if spanned > 1 {
            let row = self.row.saturating_add(1);
            let last_row = self.row.saturating_add(spanned);
            return visit(Found::Merged(Area {
                first_row: row,
                last_row,
                column: first,
            }));
        }
        ControlFlow::Continue(())
    }

    fn end_row(&mut self, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        let Some(sheet) = self.sheets.checked_sub(1) else {
            return ControlFlow::Continue(());
        };
        if self.cells.iter().all(Cell::is_blank) {
            self.row = self.row.saturating_add(self.row_repeated);
            return ControlFlow::Continue(());
        }
        for _ in 0..self.row_repeated.min(MAX_ROWS.saturating_sub(self.row)) {
            self.row = self.row.saturating_add(1);
            visit(Found::Row {
                sheet,
                row: self.row,
                hidden: self.row_hidden,
                struck: self.row_struck,
                cells: &self.cells,
            })?;
        }
        ControlFlow::Continue(())
    }
}

/// Returns whether a row style has no height, which hides the row.
fn is_flat(tag: &BytesStart<'_>) -> bool {
    let height = attribute(tag, "style:row-height");
    height.is_some_and(|height| {
        let number = height.trim_end_matches(|letter: char| letter.is_alphabetic());
        number.parse::<f64>().is_ok_and(|height| height <= 0.0)
    })
}

fn strikes_through(tag: &BytesStart<'_>) -> bool {
    let has = |name: &str| attribute(tag, name).is_some_and(|line| line != "none");
    has("style:text-line-through-style") || has("style:text-line-through-type")
}

impl Open {
    fn of(tag: &BytesStart<'_>) -> Self {
        let repeated = number(tag, "table:number-columns-repeated").unwrap_or(1);
        let kind = attribute(tag, "office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "float" | "percentage" | "currency" => attribute(tag, "office:value"),
            "date" => attribute(tag, "office:date-value"),
            "time" => attribute(tag, "office:time-value"),
            "boolean" => attribute(tag, "office:boolean-value"),
            _ => attribute(tag, "office:string-value"),
        };
        Self {
            repeated: usize::try_from(repeated).unwrap_or(usize::MAX),
            spanned: number(tag, "table:number-rows-spanned").unwrap_or(1),
            kind,
            value: value.unwrap_or_default(),
            is_error: attribute(tag, "calcext:value-type").as_deref() == Some("error"),
            is_formula: attribute(tag, "table:formula").is_some(),
            ..Self::default()
        }
    }

    fn into_cell(self) -> Cell<'static> {
        let text = if self.text.is_empty() {
            self.value.clone()
        } else {
            self.text
        };
        if self.is_error {
            return Cell::Error(Cow::Owned(text));
        }
        let cell = match self.kind.as_str() {
            "float" | "percentage" | "currency" => self.value.parse().ok().map(Cell::Number),
            "date" | "time" => Some(Cell::Date(Cow::Owned(self.value))),
            "boolean" => Some(Cell::Logical(self.value == "true")),
            _ => None,
        };
        match cell {
            Some(cell) => cell,
            // A formula without a value type was never calculated; a formula with an empty result
            // has a value type.
            None if self.is_formula && self.kind.is_empty() && text.is_empty() => {
                Cell::Uncalculated
            }
            None if text.is_empty() => Cell::Empty,
            None => Cell::Text(Cow::Owned(text)),
        }
    }
}
