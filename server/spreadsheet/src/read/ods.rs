//! OpenDocument spreadsheets, as LibreOffice saves them.
//!
//! This reader parses the XML itself instead of using calamine. calamine expands repeated rows and
//! cells in memory before anything can stop it, and reports neither hidden rows nor merged cells.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use registration::spreadsheet::{Cell, LONGEST_CELL, MOST_COLUMNS, Refusal, SheetHead};
use zip::ZipArchive;

use crate::read::archive::guarded;
use crate::read::asides::Asides;
use crate::read::limits::MOST_SHEETS;
use crate::read::markup::{attribute, letter, number};
use crate::read::merged::Area;
use crate::read::sink::{HEAD_ROWS, HeadRoom, RowSink};
use crate::read::{Limits, Unread, Watch};

/// A document.
pub(super) struct Ods<'b> {
    content: Content<'b>,
    sheets: Vec<Sheet>,
}

/// Where the content of a document is.
enum Content<'b> {
    /// In a part of an archive.
    Packed(ZipArchive<Cursor<&'b [u8]>>),
    /// In the file itself, which is not zipped.
    Flat(&'b [u8]),
}

#[derive(Default)]
struct Sheet {
    head: SheetHead<'static>,
    asides: Asides,
}

/// The most rows of a sheet in LibreOffice: a repeated row is repeated no further.
const MOST_ROWS: u32 = 1_048_576;

/// How often a cell with content is repeated at most: no list of users is wider.
const MOST_REPEATED: usize = 1_024;

impl<'b> Ods<'b> {
    pub(super) fn open(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Unread> {
        let mut archive = guarded(bytes, limits, watch)?.archive;
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
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut room = HeadRoom::default();
        content.walk(&mut |visit| {
            let enough = sheets.len() >= MOST_SHEETS;
            match (visit, sheets.last_mut()) {
                (Visit::Sheet { .. }, _) if enough => {
                    return ControlFlow::Break(());
                }
                (Visit::Sheet { name, hidden }, _) => {
                    let name = Some(name);
                    let head = SheetHead {
                        name,
                        hidden,
                        ..SheetHead::default()
                    };
                    sheets.push(Sheet {
                        head,
                        ..Sheet::default()
                    });
                }
                (
                    Visit::Row {
                        row, hidden, cells, ..
                    },
                    Some(sheet),
                ) => {
                    // Once the head is full, the walk goes on: it still has to find hidden rows and
                    // other sheets.
                    if sheet.head.rows.len() < HEAD_ROWS && room.is_left() {
                        let _ = room.take(&mut sheet.head, row, cells);
                    }
                    if hidden {
                        sheet.asides.hide(row);
                    }
                }
                (Visit::Merged(area), Some(sheet)) => sheet.asides.merge(area),
                (_, None) => {}
            }
            ControlFlow::Continue(())
        })?;
        Ok(Self { content, sheets })
    }

    pub(super) fn heads(&self) -> Vec<SheetHead<'static>> {
        self.sheets.iter().map(|sheet| sheet.head.clone()).collect()
    }

    pub(super) fn rows(&mut self, wanted: usize, take: &mut RowSink<'_>) -> Result<(), Refusal> {
        self.content.walk(&mut |visit| match visit {
            Visit::Row {
                sheet, row, cells, ..
            } if sheet == wanted => take(row, cells),
            _ => ControlFlow::Continue(()),
        })
    }

    pub(super) fn asides(&self, sheet: usize) -> Option<&Asides> {
        self.sheets.get(sheet).map(|sheet| &sheet.asides)
    }
}

enum Visit<'c> {
    Sheet {
        name: String,
        hidden: bool,
    },
    Row {
        sheet: usize,
        row: u32,
        hidden: bool,
        cells: &'c [Cell<'static>],
    },
    Merged(Area),
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

#[derive(Default)]
struct Walk {
    sheets: usize,
    row: u32,
    row_repeated: u32,
    row_hidden: bool,
    column: usize,
    cells: Vec<Cell<'static>>,
    open: Option<Open>,
    in_paragraph: bool,
    in_annotation: bool,
    style: String,
    hidden_styles: HashSet<String>,
}

type Visitor<'v> = dyn FnMut(Visit<'_>) -> ControlFlow<()> + 'v;

impl Content<'_> {
    fn walk(&mut self, visit: &mut Visitor<'_>) -> Result<(), Refusal> {
        match self {
            Self::Packed(archive) => {
                let part = archive
                    .by_name("content.xml")
                    .map_err(|_| Refusal::Damaged)?;
                walk(BufReader::new(part), visit)
            }
            Self::Flat(bytes) => walk(*bytes, visit),
        }
    }
}

fn walk(content: impl BufRead, visit: &mut Visitor<'_>) -> Result<(), Refusal> {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut walk = Walk::default();
    let mut ended = false;
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|_| Refusal::Damaged)?;
        let flow = match event {
            Event::Start(tag) => walk.start(&tag, visit),
            Event::Empty(tag) => {
                let flow = walk.start(&tag, visit);
                match flow {
                    ControlFlow::Continue(()) => walk.end(tag.local_name().as_ref(), visit),
                    stop @ ControlFlow::Break(()) => stop,
                }
            }
            Event::End(tag) => {
                ended |= matches!(tag.local_name().as_ref(), "document-content" | "document");
                walk.end(tag.local_name().as_ref(), visit)
            }
            Event::Text(text) => {
                walk.text(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::CData(text) => {
                walk.text(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::GeneralRef(reference) => {
                walk.text(&letter(&reference));
                ControlFlow::Continue(())
            }
            Event::Eof if ended => return Ok(()),
            Event::Eof => return Err(Refusal::Damaged),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "style:name").unwrap_or_default(),
            "table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(std::mem::take(&mut self.style));
            }
            "table" => {
                self.sheets += 1;
                self.row = 0;
                let style = attribute(tag, "table:style-name").unwrap_or_default();
                let name = attribute(tag, "table:name").unwrap_or_default();
                let hidden = self.hidden_styles.contains(&style);
                return visit(Visit::Sheet { name, hidden });
            }
            "table-row" => {
                self.row_repeated = number(tag, "table:number-rows-repeated").unwrap_or(1);
                let visibility = attribute(tag, "table:visibility");
                self.row_hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"));
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => self.open = Some(Open::of(tag)),
            "annotation" => self.in_annotation = true,
            "p" if !self.in_annotation => {
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
        if !self.in_paragraph || self.in_annotation {
            return;
        }
        if let Some(open) = &mut self.open
            // A character has at most four bytes: beyond this length the text is too long for any
            // rule.
            && open.text.len() <= LONGEST_CELL * 4
        {
            open.text.extend(text.chars().take(LONGEST_CELL + 1));
        }
    }

    fn end(&mut self, name: &str, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match name {
            "annotation" => self.in_annotation = false,
            "p" if !self.in_annotation => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => return self.end_cell(visit),
            "table-row" => return self.end_row(visit),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn end_cell(&mut self, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        let Some(open) = self.open.take() else {
            return ControlFlow::Continue(());
        };
        let (repeated, spanned, first) = (open.repeated, open.spanned, self.column);
        let cell = open.into_cell();
        if cell != Cell::Empty {
            let until = (self.column + repeated.min(MOST_REPEATED)).min(MOST_COLUMNS);
            if self.cells.len() < until {
                self.cells.resize(self.column.min(until), Cell::Empty);
                self.cells.resize(until, cell);
            }
        }
        self.column = self.column.saturating_add(repeated).min(MOST_COLUMNS);
        if spanned > 1 {
            let row = self.row.saturating_add(1);
            let last_row = self.row.saturating_add(spanned);
            return visit(Visit::Merged(Area {
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
        for _ in 0..self.row_repeated.min(MOST_ROWS.saturating_sub(self.row)) {
            self.row = self.row.saturating_add(1);
            visit(Visit::Row {
                sheet,
                row: self.row,
                hidden: self.row_hidden,
                cells: &self.cells,
            })?;
        }
        ControlFlow::Continue(())
    }
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
            // A formula with an empty result has a value type; without one, it was never
            // calculated.
            None if self.is_formula && self.kind.is_empty() && text.is_empty() => {
                Cell::Uncalculated
            }
            None if text.is_empty() => Cell::Empty,
            None => Cell::Text(Cow::Owned(text)),
        }
    }
}
