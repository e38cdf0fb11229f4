//! Code that the two XML formats share (XML Spreadsheet 2003 and OpenDocument): the loop over the
//! XML events of a file, and the sheets that result.
//!
//! Each format defines only what its elements mean.

use std::io::BufRead;
use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};
use registration::spreadsheet::{Cell, Refusal, SheetHead};

use crate::read::limits::MAX_SHEETS;
use crate::read::markup::resolved;
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HEAD_ROWS, HeadRoom, RowSink};

/// The maximum number of rows of a sheet in Excel and LibreOffice; later rows are ignored.
pub(super) const MAX_ROWS: u32 = 1_048_576;

/// An item that a format finds, in the order of the file.
pub(super) enum Found<'c> {
    /// The start of a sheet.
    Sheet { name: String, hidden: bool },
    /// The current sheet is hidden.
    SheetHidden,
    /// A row of the sheet with the index `sheet`.
    Row {
        sheet: usize,
        row: u32,
        hidden: bool,
        struck: bool,
        cells: &'c [Cell<'static>],
    },
    /// Merged cells of the current sheet.
    Merged(Area),
}

/// A callback for each item found. It can stop the reading.
pub(super) type Visitor<'v> = dyn FnMut(Found<'_>) -> ControlFlow<()> + 'v;

/// An XML format: defines what elements and texts mean.
pub(super) trait XmlFormat: Default {
    /// The possible names of the root element. A file without the end tag of its root element is
    /// damaged.
    const ROOTS: &'static [&'static str];

    /// Handles a start tag.
    fn start(&mut self, tag: &BytesStart<'_>, visit: &mut Visitor<'_>) -> ControlFlow<()>;

    /// Handles a chunk of text.
    fn text(&mut self, text: &str);

    /// Handles an end tag; the name has no prefix.
    fn end(&mut self, name: &str, visit: &mut Visitor<'_>) -> ControlFlow<()>;
}

/// Walks through a file until it ends or the visitor stops.
pub(super) fn walk<F: XmlFormat>(
    content: impl BufRead,
    visit: &mut Visitor<'_>,
) -> Result<(), Refusal> {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut format = F::default();
    let mut ended = false;
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|_| Refusal::Damaged)?;
        let flow = match event {
            Event::Start(tag) => format.start(&tag, visit),
            Event::Empty(tag) => match format.start(&tag, visit) {
                ControlFlow::Continue(()) => format.end(tag.local_name().as_ref(), visit),
                stop @ ControlFlow::Break(()) => stop,
            },
            Event::End(tag) => {
                ended |= F::ROOTS.contains(&tag.local_name().as_ref());
                format.end(tag.local_name().as_ref(), visit)
            }
            Event::Text(text) => {
                format.text(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::CData(text) => {
                format.text(&text.xml10_content());
                ControlFlow::Continue(())
            }
            Event::GeneralRef(reference) => {
                format.text(&resolved(&reference));
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

/// The head and the metadata of each sheet of a file.
pub(super) struct XmlSheets(Vec<Sheet>);

#[derive(Default)]
struct Sheet {
    head: SheetHead<'static>,
    metadata: SheetMetadata,
}

impl XmlSheets {
    /// Collects the sheets from `walk`, which passes each item that it finds to the visitor.
    pub(super) fn collect(
        walk: impl FnOnce(&mut Visitor<'_>) -> Result<(), Refusal>,
    ) -> Result<Self, Refusal> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut room = HeadRoom::default();
        walk(&mut |found| {
            let is_full = sheets.len() >= MAX_SHEETS;
            match (found, sheets.last_mut()) {
                (Found::Sheet { .. }, _) if is_full => return ControlFlow::Break(()),
                (Found::Sheet { name, hidden }, _) => {
                    let mut sheet = Sheet::default();
                    sheet.head.name = Some(name);
                    sheet.head.hidden = hidden;
                    sheets.push(sheet);
                }
                (Found::SheetHidden, Some(sheet)) => sheet.head.hidden = true,
                (Found::Merged(area), Some(sheet)) => sheet.metadata.merge(area),
                (
                    Found::Row {
                        row,
                        hidden,
                        struck,
                        cells,
                        ..
                    },
                    Some(sheet),
                ) => {
                    // Once the head is full, the walk goes on: it still has to find hidden rows and
                    // other sheets.
                    if sheet.head.rows.len() < HEAD_ROWS && room.is_left() {
                        let _ = room.take(&mut sheet.head, row, cells);
                    }
                    if hidden {
                        sheet.metadata.hide(row);
                    }
                    if struck {
                        sheet.metadata.strike(row);
                    }
                }
                (_, None) => {}
            }
            ControlFlow::Continue(())
        })?;
        Ok(Self(sheets))
    }

    /// Returns the first rows of every sheet.
    pub(super) fn heads(&self) -> Vec<SheetHead<'static>> {
        self.0.iter().map(|sheet| sheet.head.clone()).collect()
    }

    /// Returns the hidden rows, struck-through rows and merged cells of a sheet; `None` if no sheet
    /// has this index.
    pub(super) fn metadata(&self, sheet: usize) -> Option<&SheetMetadata> {
        self.0.get(sheet).map(|sheet| &sheet.metadata)
    }
}

/// Creates a visitor that passes the rows of one sheet to `take`.
pub(super) fn rows_of(
    wanted: usize,
    take: &mut RowSink<'_>,
) -> impl FnMut(Found<'_>) -> ControlFlow<()> {
    move |found| match found {
        Found::Row {
            sheet, row, cells, ..
        } if sheet == wanted => take(row, cells),
        _ => ControlFlow::Continue(()),
    }
}
