//! Reads Excel's format since 2007, with or without macros. Macros are never read.
//!
//! calamine reads the cells row by row. This module also reads which part of the archive contains
//! which sheet, to match the hidden rows and merged cells that `archive` found to their sheets.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, XlsxError};
use quick_xml::events::Event;
use registration::spreadsheet::{Cell, Exceeded, LAST_ROW, MAX_COLUMNS, Refusal, SheetHead};

use crate::read::archive::open_checked;
use crate::read::limits::MAX_SHEETS;
use crate::read::limits::{Limits, Watch};
use crate::read::part_names::plain;
use crate::read::quiet::quietly;
use crate::read::reading::ReadError;
use crate::read::repaired;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HeadRoom, RowSink};

/// An opened xlsx workbook.
pub(super) struct Xlsx<'b> {
    workbook: calamine::Xlsx<Cursor<Cow<'b, [u8]>>>,
    sheets: Vec<Sheet>,
    heads: Vec<SheetHead<'static>>,
}

struct Sheet {
    name: String,
    hidden: bool,
    metadata: SheetMetadata,
}

impl<'b> Xlsx<'b> {
    pub(super) fn open(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
        // A workbook that makes calamine panic may be readable once it is rewritten.
        let opened = quietly(|| Self::open_as_it_is(Cow::Borrowed(bytes), limits, &mut *watch))
            .unwrap_or(Err(ReadError::Refused(Refusal::Damaged)));
        match opened {
            Err(ReadError::Refused(Refusal::Damaged)) => Self::open_repaired(bytes, limits, watch),
            opened => opened,
        }
    }

    /// Opens a copy of the workbook that was rewritten.
    pub(super) fn open_repaired(
        bytes: &[u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
        let repaired = repaired::package(bytes, limits)?;
        Self::open_as_it_is(Cow::Owned(repaired), limits, watch)
    }

    fn open_as_it_is(
        bytes: Cow<'b, [u8]>,
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, ReadError> {
        let mut guarded = open_checked(&bytes, limits, watch)?;
        let parts = parts(&mut guarded.archive);
        let mut metadata = guarded.metadata;
        let workbook = calamine::Xlsx::new(Cursor::new(bytes)).map_err(|fault| refusal(&fault))?;
        let mut seen = HashSet::new();
        let sheets = workbook
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .take(MAX_SHEETS)
            .filter_map(|sheet| {
                let found = parts.iter().find(|(name, _)| *name == sheet.name);
                let part = found.map_or("", |(_, part)| part.as_str());
                // Read each part once, even if several sheets refer to it.
                let file = part.rsplit(['/', '\\']).next().unwrap_or_default();
                seen.insert(file.to_lowercase()).then(|| Sheet {
                    name: sheet.name.clone(),
                    hidden: sheet.visible != SheetVisible::Visible,
                    metadata: metadata.remove(&plain(part)).unwrap_or_default(),
                })
            })
            .collect();
        let mut opened = Self {
            workbook,
            sheets,
            heads: Vec::new(),
        };
        opened.heads = opened.read_heads()?;
        Ok(opened)
    }

    /// Returns the first rows of every sheet. Call this function once: a second call returns an
    /// empty list.
    pub(super) fn heads(&mut self) -> Vec<SheetHead<'static>> {
        std::mem::take(&mut self.heads)
    }

    fn read_heads(&mut self) -> Result<Vec<SheetHead<'static>>, Refusal> {
        let mut heads = Vec::new();
        let mut room = HeadRoom::default();
        for place in 0..self.sheets.len() {
            let mut head = SheetHead::default();
            self.rows(place, &mut |row, cells| room.take(&mut head, row, cells))?;
            if let Some(sheet) = self.sheets.get(place) {
                head.name = Some(sheet.name.clone());
                head.hidden = sheet.hidden;
            }
            heads.push(head);
        }
        Ok(heads)
    }

    pub(super) fn rows(&mut self, sheet: usize, take: &mut RowSink<'_>) -> Result<(), Refusal> {
        let Some(sheet) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let mut reader = match self.workbook.worksheet_cells_reader(&sheet.name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            Err(fault) => return Err(refusal(&fault)),
        };
        let mut cells: Vec<Cell<'_>> = Vec::new();
        // The columns with a value in this row. Clearing only these cells is fast, even if the row
        // is wide.
        let mut filled: Vec<usize> = Vec::new();
        let mut row = None;
        while let Some(record) = reader
            .next_cell_with_formula_metadata()
            .map_err(|fault| refusal(&fault))?
        {
            let (at, column) = record.pos;
            if row != Some(at) {
                if at >= LAST_ROW {
                    return Err(Refusal::TooManyRows);
                }
                // The rows must be in order: otherwise a row number could occur twice.
                if row.is_some_and(|before| before > at) {
                    return Err(Refusal::Damaged);
                }
                if let Some(done) = row
                    && take(done + 1, up_to_the_last(&cells, &filled)).is_break()
                {
                    return Ok(());
                }
                for place in filled.drain(..) {
                    if let Some(cell) = cells.get_mut(place) {
                        *cell = Cell::Empty;
                    }
                }
                row = Some(at);
            }
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column >= MAX_COLUMNS {
                return Err(Refusal::Exceeds(Exceeded::Columns));
            }
            let value = match cell_of(&record.value) {
                // A formula without a value was never calculated; a formula with an empty result
                // has an empty text as its value.
                Cell::Empty if record.formula.is_some() => Cell::Uncalculated,
                Cell::Empty => continue,
                value => value,
            };
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            if let Some(place) = cells.get_mut(column) {
                *place = value;
                filled.push(column);
            }
        }
        if let Some(done) = row {
            let _ = take(done + 1, up_to_the_last(&cells, &filled));
        }
        Ok(())
    }

    pub(super) fn rows_expected(&mut self, sheet: usize) -> Option<u32> {
        let name = &self.sheets.get(sheet)?.name;
        let reader = self.workbook.worksheet_cells_reader(name).ok()?;
        Some(reader.dimensions().end.0 + 1).filter(|rows| *rows > 1)
    }

    pub(super) fn metadata(&self, sheet: usize) -> Option<&SheetMetadata> {
        self.sheets.get(sheet).map(|sheet| &sheet.metadata)
    }
}

fn up_to_the_last<'c, 't>(cells: &'c [Cell<'t>], filled: &[usize]) -> &'c [Cell<'t>] {
    let length = filled.iter().max().map_or(0, |last| last + 1);
    cells.get(..length).unwrap_or(cells)
}

fn refusal(fault: &XlsxError) -> Refusal {
    match fault {
        XlsxError::Password => Refusal::PasswordProtected,
        _ => Refusal::Damaged,
    }
}

fn cell_of<'t>(value: &DataRef<'t>) -> Cell<'t> {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
        DataRef::String(text) => Cell::Text(Cow::Owned(text.clone())),
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets store only 15 digits of a number"
        )]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(logical) => Cell::Logical(*logical),
        DataRef::DateTime(date) => Cell::Date(Cow::Owned(date_as_text(*date))),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::Date(Cow::Owned(text.clone()))
        }
        DataRef::Error(error) => Cell::Error(Cow::Owned(error.to_string())),
    }
}

pub(super) fn date_as_text(date: calamine::ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns the name of each sheet with the name of its part.
fn parts(archive: &mut zip::ZipArchive<Cursor<&[u8]>>) -> Vec<(String, String)> {
    let (folder, file) = list_of_sheets(archive);
    let relations = format!("{folder}_rels/{file}.rels");
    let targets = attributes(archive, &relations, "Relationship", ["Id", "Target"]);
    attributes(archive, &format!("{folder}{file}"), "sheet", ["name", "id"])
        .into_iter()
        .take(MAX_SHEETS)
        .filter_map(|(name, id)| {
            let (_, target) = targets.iter().find(|(target, _)| *target == id)?;
            let part = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{target}"),
            };
            Some((name, part))
        })
        .collect()
}

/// Returns the folder and file name of the list of sheets, normally `xl/` and `workbook.xml`.
fn list_of_sheets(archive: &mut zip::ZipArchive<Cursor<&[u8]>>) -> (String, String) {
    let document = attributes(archive, "_rels/.rels", "Relationship", ["Type", "Target"])
        .into_iter()
        .rfind(|(kind, _)| kind.ends_with("/relationships/officeDocument"));
    let Some((_, target)) = document else {
        return ("xl/".to_owned(), "workbook.xml".to_owned());
    };
    let target = target.strip_prefix('/').unwrap_or(&target);
    let name = target.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, file) = target.split_at(name);
    (folder.to_owned(), file.to_owned())
}

/// Returns two attributes of each element with a given name that has both; an empty list if the
/// part cannot be read. The attribute names have no prefix.
fn attributes(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    part: &str,
    element: &str,
    wanted: [&str; 2],
) -> Vec<(String, String)> {
    let mut text = String::new();
    if archive
        .by_name(part)
        .ok()
        .and_then(|mut part| part.read_to_string(&mut text).ok())
        .is_none()
    {
        return Vec::new();
    }
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == element => {
                let [mut first, mut second] = [None, None];
                for attribute in tag.attributes().flatten() {
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .map(Cow::into_owned)
                        .ok();
                    let name = attribute.key.local_name();
                    if name.as_ref() == wanted[0] {
                        first = value;
                    } else if name.as_ref() == wanted[1] {
                        second = value;
                    }
                }
                found.extend(first.zip(second));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
