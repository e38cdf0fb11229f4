//! An opened file of any format, as sheets of rows: the interface that all formats share.

use std::ops::ControlFlow;

use registration::spreadsheet::{Cell, Note, Refusal, SheetHead};

use crate::read::asides::Asides;
use crate::read::excel_xml::ExcelXml;
use crate::read::html::Html;
use crate::read::kind::{Kind, kind};
use crate::read::ods::Ods;
use crate::read::text::Text;
use crate::read::xls::Xls;
use crate::read::xlsx::Xlsx;
use crate::read::{Limits, Unread, Watch};

/// The number of rows with content that are searched for headings.
pub(super) const HEAD_ROWS: usize = 60;

/// The number of columns that are searched for headings.
const HEAD_COLUMNS: usize = 1_000;

/// A callback for each row of a sheet: the row number, which counts from 1, and the cells from the
/// first column on.
pub(super) type RowSink<'s> = dyn FnMut(u32, &[Cell<'_>]) -> ControlFlow<()> + 's;

/// The memory left for the heads of all sheets together.
pub(super) struct HeadRoom {
    bytes: usize,
}

impl Default for HeadRoom {
    fn default() -> Self {
        Self { bytes: 10_000_000 }
    }
}

impl HeadRoom {
    pub(super) const fn is_left(&self) -> bool {
        self.bytes > 0
    }

    /// Adds a row to the head of a sheet; stops when the head is full.
    pub(super) fn take(
        &mut self,
        head: &mut SheetHead<'static>,
        row: u32,
        cells: &[Cell<'_>],
    ) -> ControlFlow<()> {
        if !Cell::all_blank(cells) {
            let cells: Vec<Cell<'static>> = cells
                .iter()
                .take(HEAD_COLUMNS)
                .map(|cell| cell.borrowed().shortened())
                .collect();
            let text = |cell: &Cell<'_>| match cell {
                Cell::Text(text) => text.len(),
                _ => 0,
            };
            let size = size_of_val(cells.as_slice()) + cells.iter().map(text).sum::<usize>();
            self.bytes = self.bytes.saturating_sub(size);
            head.rows.push((row, cells));
        }
        if head.rows.len() < HEAD_ROWS && self.is_left() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

/// An opened file.
pub(super) enum Workbook<'b> {
    Text(Text<'b>),
    Xlsx(Box<Xlsx<'b>>),
    Xls(Box<Xls>),
    Ods(Box<Ods<'b>>),
    ExcelXml(Box<ExcelXml<'b>>),
    Html(Box<Html<'b>>),
}

impl<'b> Workbook<'b> {
    /// Opens a file, within the limits.
    pub(super) fn open(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Unread> {
        Ok(match kind(bytes)? {
            Kind::Text => Self::Text(Text::open(bytes)?),
            Kind::Xlsx => Self::Xlsx(Box::new(Xlsx::open(bytes, limits, watch)?)),
            Kind::Xls => Self::Xls(Box::new(Xls::open(bytes)?)),
            Kind::Ods => Self::Ods(Box::new(Ods::open(bytes, limits, watch)?)),
            Kind::FlatOds => Self::Ods(Box::new(Ods::open_flat(bytes)?)),
            Kind::ExcelXml => Self::ExcelXml(Box::new(ExcelXml::open(bytes)?)),
            Kind::Html => Self::Html(Box::new(Html::open(bytes)?)),
        })
    }

    /// Returns the first rows of every sheet.
    pub(super) fn heads(&mut self) -> Result<Vec<SheetHead<'static>>, Refusal> {
        match self {
            Self::Text(text) => Ok(vec![text.head()]),
            Self::Xlsx(xlsx) => xlsx.heads(),
            Self::Xls(xls) => Ok(xls.heads()),
            Self::Ods(ods) => Ok(ods.heads()),
            Self::ExcelXml(xml) => Ok(xml.heads()),
            Self::Html(html) => Ok(vec![html.head()]),
        }
    }

    /// Passes each row of a sheet to `take`, until the sheet ends or `take` stops.
    pub(super) fn rows(&mut self, sheet: usize, take: &mut RowSink<'_>) -> Result<(), Refusal> {
        match self {
            Self::Text(text) => text.rows(take),
            Self::Xlsx(xlsx) => xlsx.rows(sheet, take)?,
            Self::Xls(xls) => xls.rows(sheet, take),
            Self::Ods(ods) => ods.rows(sheet, take)?,
            Self::ExcelXml(xml) => xml.rows(sheet, take)?,
            Self::Html(html) => html.rows(take),
        }
        Ok(())
    }

    /// Returns about how many rows a sheet has, if the file gives that.
    pub(super) fn rows_expected(&mut self, sheet: usize) -> Option<u32> {
        match self {
            Self::Text(text) => Some(text.rows_expected()),
            Self::Xlsx(xlsx) => xlsx.rows_expected(sheet),
            Self::Xls(xls) => xls.rows_expected(sheet),
            Self::Html(html) => Some(html.rows_expected()),
            Self::Ods(_) | Self::ExcelXml(_) => None,
        }
    }

    /// Returns the hidden rows and merged cells of a sheet.
    pub(super) fn asides(&self, sheet: usize) -> Asides {
        let asides = match self {
            Self::Text(_) => None,
            Self::Xlsx(xlsx) => xlsx.asides(sheet),
            Self::Xls(xls) => xls.asides(sheet),
            Self::Ods(ods) => ods.asides(sheet),
            Self::ExcelXml(xml) => xml.asides(sheet),
            Self::Html(html) => Some(html.asides()),
        };
        asides.cloned().unwrap_or_default()
    }

    /// Returns the notes on the file as a whole.
    pub(super) fn notes(&self) -> Vec<Note> {
        match self {
            Self::Text(text) => text.notes(),
            Self::Html(html) => html.notes(),
            Self::Xlsx(_) | Self::Xls(_) | Self::Ods(_) | Self::ExcelXml(_) => Vec::new(),
        }
    }
}
