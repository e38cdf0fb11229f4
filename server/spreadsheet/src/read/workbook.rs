//! An opened file of any format, as sheets of rows: the interface that all formats share.

use registration::spreadsheet::{Note, Refusal, SheetHead};

use crate::read::excel_xml::ExcelXml;
use crate::read::html::Html;
use crate::read::kind::{Kind, kind};
use crate::read::limits::{Limits, Watch};
use crate::read::ods::Ods;
use crate::read::reading::ReadError;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::RowSink;
use crate::read::text::Text;
use crate::read::xls::Xls;
use crate::read::xlsx::Xlsx;

/// An opened file of any format.
pub(super) enum Workbook<'b> {
    Text(Text<'b>),
    Xlsx(Box<Xlsx<'b>>),
    Xls(Box<Xls>),
    Ods(Box<Ods<'b>>),
    ExcelXml(Box<ExcelXml<'b>>),
    Html(Box<Html<'b>>),
}

impl<'b> Workbook<'b> {
    /// Opens a file. `limits` and `watch` apply to the zipped formats, which are unpacked here for
    /// a check.
    pub(super) fn open(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
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

    /// Opens a workbook that cannot be read as it is, as a copy that was rewritten.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] if the format is not xlsx or the workbook cannot be rewritten.
    pub(super) fn open_repaired(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
        match kind(bytes)? {
            Kind::Xlsx => Ok(Self::Xlsx(Box::new(Xlsx::open_repaired(
                bytes, limits, watch,
            )?))),
            _ => Err(Refusal::Damaged.into()),
        }
    }

    /// Returns the first rows of every sheet. Call this function once: for xlsx, a second call
    /// returns an empty list.
    pub(super) fn heads(&mut self) -> Vec<SheetHead<'static>> {
        match self {
            Self::Text(text) => vec![text.head()],
            Self::Xlsx(xlsx) => xlsx.heads(),
            Self::Xls(xls) => xls.heads(),
            Self::Ods(ods) => ods.heads(),
            Self::ExcelXml(xml) => xml.heads(),
            Self::Html(html) => vec![html.head()],
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

    /// Returns the approximate number of rows of a sheet; `None` if the format does not state the
    /// number.
    pub(super) fn rows_expected(&mut self, sheet: usize) -> Option<u32> {
        match self {
            Self::Text(text) => Some(text.rows_expected()),
            Self::Xlsx(xlsx) => xlsx.rows_expected(sheet),
            Self::Xls(xls) => xls.rows_expected(sheet),
            Self::Html(html) => Some(html.rows_expected()),
            Self::Ods(_) | Self::ExcelXml(_) => None,
        }
    }

    /// Returns the hidden rows, struck-through rows and merged cells of a sheet.
    pub(super) fn metadata(&self, sheet: usize) -> SheetMetadata {
        let metadata = match self {
            Self::Text(_) => None,
            Self::Xlsx(xlsx) => xlsx.metadata(sheet),
            Self::Xls(xls) => xls.metadata(sheet),
            Self::Ods(ods) => ods.metadata(sheet),
            Self::ExcelXml(xml) => xml.metadata(sheet),
            Self::Html(html) => Some(html.metadata()),
        };
        metadata.cloned().unwrap_or_default()
    }

    /// Returns the notes on the file as a whole.
    pub(super) fn notes(&self) -> Vec<Note> {
        match self {
            Self::Text(text) => text.notes(),
            Self::Html(html) => html.notes(),
            Self::Xls(xls) => xls.notes(),
            Self::Xlsx(_) | Self::Ods(_) | Self::ExcelXml(_) => Vec::new(),
        }
    }
}
