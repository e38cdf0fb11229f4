//! Excel's format of 1997 to 2003, and the workbooks of Excel 5 and 95.
//!
//! calamine reads the cells, but it allocates each sheet as a full rectangle up to its furthest
//! cells. So this module first walks through the records, to limit that size and to find the hidden
//! rows.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, SheetType, SheetVisible, XlsError};
use registration::spreadsheet::{Cell, Exceeded, Refusal, SheetHead};

use crate::read::limits::MOST_SHEETS;
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HeadRoom, RowSink};
use crate::read::xlsx::date_as_text;

/// A workbook.
pub(super) struct Xls {
    sheets: Vec<Sheet>,
}

struct Sheet {
    name: String,
    hidden: bool,
    cells: Range<Data>,
    metadata: SheetMetadata,
}

/// The most cells of all sheets together, with the empty ones inside each sheet's bounding
/// rectangle: about 130 MB, because calamine holds them twice.
const MOST_CELLS: u64 = 2_000_000;

impl Xls {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let records = records(bytes)?;
        let mut hidden = hidden_rows_of_sheets(&records)?.into_iter();
        let mut workbook =
            calamine::Xls::new(Cursor::new(bytes)).map_err(|fault| refusal(&fault))?;
        let sheets = workbook
            .sheets_metadata()
            .to_vec()
            .into_iter()
            .take(MOST_SHEETS)
            .filter_map(|sheet| {
                let hidden_rows = hidden.next().unwrap_or_default();
                if sheet.typ != SheetType::WorkSheet {
                    return None;
                }
                let mut metadata = SheetMetadata::default();
                for row in hidden_rows {
                    metadata.hide(row);
                }
                workbook
                    .merge_cells_by_sheet_name(&sheet.name)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|area| Area::of(area.start, area.end))
                    .for_each(|area| metadata.merge(area));
                Some(Sheet {
                    cells: workbook.worksheet_range(&sheet.name).ok()?,
                    hidden: sheet.visible != SheetVisible::Visible,
                    name: sheet.name,
                    metadata,
                })
            })
            .collect();
        Ok(Self { sheets })
    }

    pub(super) fn heads(&self) -> Vec<SheetHead<'static>> {
        let mut room = HeadRoom::default();
        self.sheets
            .iter()
            .map(|sheet| {
                let mut head = SheetHead {
                    name: Some(sheet.name.clone()),
                    hidden: sheet.hidden,
                    rows: Vec::new(),
                };
                each_row(&sheet.cells, &mut |row, cells| {
                    room.take(&mut head, row, cells)
                });
                head
            })
            .collect()
    }

    pub(super) fn rows(&self, sheet: usize, take: &mut RowSink<'_>) {
        if let Some(sheet) = self.sheets.get(sheet) {
            each_row(&sheet.cells, take);
        }
    }

    pub(super) fn rows_expected(&self, sheet: usize) -> Option<u32> {
        let (row, _) = self.sheets.get(sheet)?.cells.end()?;
        Some(row + 1)
    }

    pub(super) fn metadata(&self, sheet: usize) -> Option<&SheetMetadata> {
        self.sheets.get(sheet).map(|sheet| &sheet.metadata)
    }
}

fn each_row(cells: &Range<Data>, take: &mut RowSink<'_>) {
    let Some((first_row, first_column)) = cells.start() else {
        return;
    };
    let before = usize::try_from(first_column).unwrap_or_default();
    for (row, values) in (first_row..).zip(cells.rows()) {
        let mut row_cells = vec![Cell::Empty; before];
        row_cells.extend(values.iter().map(cell_of));
        if take(row + 1, &row_cells).is_break() {
            return;
        }
    }
}

fn cell_of(value: &Data) -> Cell<'_> {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(Cow::Borrowed(text)),
        #[expect(
            clippy::cast_precision_loss,
            reason = "spreadsheets store only 15 digits of a number"
        )]
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(logical) => Cell::Logical(*logical),
        Data::DateTime(date) => Cell::Date(Cow::Owned(date_as_text(*date))),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Date(Cow::Borrowed(text)),
        Data::Error(error) => Cell::Error(Cow::Owned(error.to_string())),
    }
}

fn refusal(fault: &XlsError) -> Refusal {
    match fault {
        XlsError::Password => Refusal::PasswordProtected,
        _ => Refusal::Damaged,
    }
}

fn records(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let name = if file.is_stream("/Workbook") {
        "/Workbook"
    } else {
        "/Book"
    };
    let mut records = Vec::new();
    file.open_stream(name)
        .map_err(|_| Refusal::Damaged)?
        .take(bytes.len() as u64)
        .read_to_end(&mut records)
        .map_err(|_| Refusal::Damaged)?;
    Ok(records)
}

/// The record types of the format ([MS-XLS] 2.3).
mod record {
    pub(super) const END: u16 = 0x000A;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const PASSWORD: u16 = 0x002F;
    pub(super) const ROW: u16 = 0x0208;
    /// The cell records: Formula, Number, Label, `BoolErr`, RK, `MulRk`, `MulBlank`, `RString`,
    /// `LabelSst` and Blank.
    pub(super) const CELLS: [u16; 10] = [
        0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201,
    ];
}

/// Finds the hidden rows of each sheet, and checks how many cells the sheets span.
fn hidden_rows_of_sheets(records: &[u8]) -> Result<Vec<Vec<u32>>, Refusal> {
    let mut sheets: Vec<Vec<u32>> = Vec::new();
    let mut depth = 0_u32;
    let mut extent = Extent::default();
    let mut cells = 0_u64;
    let mut globals_over = false;
    let mut rest = records;
    while let Some((kind, body, after)) = next_record(rest) {
        rest = after;
        match kind {
            record::PASSWORD => return Err(Refusal::PasswordProtected),
            record::BEGIN => {
                depth += 1;
                if depth == 1 && globals_over {
                    sheets.push(Vec::new());
                    extent = Extent::default();
                }
            }
            record::END => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    globals_over = true;
                    cells += std::mem::take(&mut extent).cells();
                }
            }
            record::ROW if depth == 1 => {
                let hidden = body.get(12).is_some_and(|flags| flags & 0x20 != 0);
                if let (true, Some(row), Some(sheet)) = (hidden, word(body, 0), sheets.last_mut()) {
                    sheet.push(u32::from(row) + 1);
                }
            }
            kind if depth == 1 && record::CELLS.contains(&kind) => {
                let last = match kind {
                    0x00BD | 0x00BE => body.len().checked_sub(2).and_then(|end| word(body, end)),
                    _ => word(body, 2),
                };
                if let (Some(row), Some(first), Some(last)) = (word(body, 0), word(body, 2), last) {
                    extent.include(row, first, last);
                }
            }
            _ => {}
        }
        if cells + extent.cells() > MOST_CELLS {
            let most = usize::try_from(MOST_CELLS).unwrap_or(usize::MAX);
            return Err(Refusal::Exceeds(Exceeded::Cells(most)));
        }
    }
    Ok(sheets)
}

/// The bounding rectangle of the cells of a sheet.
#[derive(Default)]
struct Extent {
    corners: Option<([u16; 2], [u16; 2])>,
}

impl Extent {
    fn include(&mut self, row: u16, first: u16, last: u16) {
        let (low, high) = self.corners.unwrap_or(([row, first], [row, last]));
        self.corners = Some((
            [low[0].min(row), low[1].min(first)],
            [high[0].max(row), high[1].max(last)],
        ));
    }

    fn cells(&self) -> u64 {
        self.corners.map_or(0, |(low, high)| {
            let length = |at: usize| u64::from(high[at].saturating_sub(low[at])) + 1;
            length(0) * length(1)
        })
    }
}

fn next_record(records: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let kind = word(records, 0)?;
    let length = usize::from(word(records, 2)?);
    let body = records.get(4..4 + length)?;
    Some((kind, body, records.get(4 + length..)?))
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}
