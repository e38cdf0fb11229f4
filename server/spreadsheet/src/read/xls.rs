//! Reads Excel's format of 1997 to 2003, and the workbooks of Excel 5 and 95.
//!
//! calamine reads the cells, but it allocates each sheet as a full rectangle up to its furthest
//! cells, and as much memory as a sheet claims to need. So this module first walks through the
//! records, to limit the cells and the memory, and to find the hidden and the struck-through rows.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, SheetType, SheetVisible, XlsError, XlsOptions};
use registration::spreadsheet::{Cell, CodePage, Exceeded, Note, Refusal, SheetHead};

use crate::read::compound;
use crate::read::far_cells::{self, CellRecord};
use crate::read::ignored_records;
use crate::read::limits::MAX_SHEETS;
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HeadRoom, RowSink};
use crate::read::xlsx::date_as_text;

/// An opened xls workbook.
pub(super) struct Xls {
    sheets: Vec<Sheet>,
    letters: Letters,
    notes: Vec<Note>,
}

/// The encoding of the texts of a workbook.
#[derive(Debug, Clone, Copy)]
enum Letters {
    /// UTF-16, or only the low byte of each character. The code page that the file names does not
    /// apply, and some programs write a wrong code page.
    Wide,
    /// A one-byte encoding that calamine does not know.
    Narrow(CodePage),
    /// The encoding that the file names, as calamine reads it.
    AsNamed,
}

impl Letters {
    fn of(records: &[u8]) -> Self {
        let Some((record::BEGIN, begin, _)) = next_record(records) else {
            return Self::AsNamed;
        };
        if word(begin, 0) == Some(EXCEL_97) {
            return Self::Wide;
        }
        let mut rest = records;
        while let Some((kind, body, after)) = next_record(rest) {
            rest = after;
            if kind == record::CODE_PAGE {
                let page = word(body, 0).and_then(CodePage::from_number);
                return page.map_or(Self::AsNamed, Self::Narrow);
            }
        }
        Self::Narrow(CodePage::Windows1252)
    }

    /// Returns the code page that calamine has to use; `None` for the code page that the file
    /// names.
    const fn forced(self) -> Option<u16> {
        match self {
            Self::Wide => Some(1200),
            // Windows-1252 decodes every byte to a different character, so `read` can recover the
            // original bytes from the text.
            Self::Narrow(_) => Some(1252),
            Self::AsNamed => None,
        }
    }

    /// Decodes again a text that calamine decoded with the forced code page.
    fn read(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Narrow(page) if page != CodePage::Windows1252 && !text.is_ascii() => {
                let bytes = CodePage::Windows1252.encoded(text);
                bytes.map_or(Cow::Borrowed(text), |bytes| {
                    Cow::Owned(page.decoded(&bytes))
                })
            }
            _ => Cow::Borrowed(text),
        }
    }
}

/// The version number in the first record of a workbook of Excel 97 and later.
const EXCEL_97: u16 = 0x0600;

struct Sheet {
    name: String,
    hidden: bool,
    cells: Range<Data>,
    metadata: SheetMetadata,
}

/// The maximum number of cells of all sheets together, including the empty cells inside each
/// sheet's bounding rectangle. So many cells take about 130 MB, because calamine stores them twice.
const MAX_CELLS: u64 = 2_000_000;

impl Xls {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let records = records(bytes)?;
        let (found, far) = sheets_of(&records)?;
        let mut found = found.into_iter();
        let mut ignored = oversized_dimensions(&records);
        ignored.extend(far.iter().map(|cell| cell.at));
        let bytes = if ignored.is_empty() {
            Cow::Borrowed(bytes)
        } else {
            let name = stream_name(&compound::open(bytes)?);
            Cow::Owned(ignored_records::without(bytes, name, &ignored)?)
        };
        let letters = Letters::of(&records);
        let mut options = XlsOptions::default();
        options.force_codepage = letters.forced();
        let mut workbook = calamine::Xls::new_with_options(Cursor::new(bytes), options)
            .map_err(|fault| refusal(&fault))?;
        let sheets = workbook
            .sheets_metadata()
            .to_vec()
            .into_iter()
            .take(MAX_SHEETS)
            .filter_map(|sheet| {
                let mut metadata = found.next().unwrap_or_default();
                if sheet.typ != SheetType::WorkSheet {
                    return None;
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
                    name: letters.read(&sheet.name).into_owned(),
                    metadata,
                })
            })
            .collect();
        let notes = far_cells::note(&far).into_iter().collect();
        Ok(Self {
            sheets,
            letters,
            notes,
        })
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
                each_row(&sheet.cells, self.letters, &mut |row, cells| {
                    room.take(&mut head, row, cells)
                });
                head
            })
            .collect()
    }

    pub(super) fn notes(&self) -> Vec<Note> {
        self.notes.clone()
    }

    pub(super) fn rows(&self, sheet: usize, take: &mut RowSink<'_>) {
        if let Some(sheet) = self.sheets.get(sheet) {
            each_row(&sheet.cells, self.letters, take);
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

fn each_row(cells: &Range<Data>, letters: Letters, take: &mut RowSink<'_>) {
    let Some((first_row, first_column)) = cells.start() else {
        return;
    };
    let before = usize::try_from(first_column).unwrap_or_default();
    for (row, values) in (first_row..).zip(cells.rows()) {
        let mut row_cells = vec![Cell::Empty; before];
        row_cells.extend(values.iter().map(|value| cell_of(value, letters)));
        if take(row + 1, &row_cells).is_break() {
            return;
        }
    }
}

fn cell_of(value: &Data, letters: Letters) -> Cell<'_> {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(letters.read(text)),
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
    let mut file = compound::open(bytes)?;
    let name = stream_name(&file);
    let mut records = Vec::new();
    file.open_stream(name)
        .map_err(|_| Refusal::Damaged)?
        .take(bytes.len() as u64)
        .read_to_end(&mut records)
        .map_err(|_| Refusal::Damaged)?;
    Ok(records)
}

/// Returns the name of the stream that contains the workbook.
fn stream_name<F>(file: &cfb::CompoundFile<F>) -> &'static str {
    if file.is_stream("/Workbook") {
        "/Workbook"
    } else {
        "/Book"
    }
}

/// The record types of the format ([MS-XLS] 2.3).
mod record {
    pub(super) const END: u16 = 0x000A;
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const PASSWORD: u16 = 0x002F;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const STYLE: u16 = 0x00E0;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const ROW: u16 = 0x0208;
    /// The records of cells that are not blank: Formula, Number, Label, `BoolErr`, RK, `MulRk`,
    /// `RString` and `LabelSst`.
    pub(super) const CELLS: [u16; 8] = [
        0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6, 0x00FD,
    ];
}

/// Returns the offsets of the Dimensions records that claim too many cells, or whose end comes
/// before their start. The record is only a hint, but calamine allocates memory for the claimed
/// cells.
fn oversized_dimensions(records: &[u8]) -> Vec<usize> {
    let mut offsets = Vec::new();
    let mut rest = records;
    while let Some((kind, body, after)) = next_record(rest) {
        if kind == record::DIMENSIONS && !is_sound(body) {
            offsets.push(records.len() - rest.len());
        }
        rest = after;
    }
    offsets
}

/// Returns whether a Dimensions record claims no more cells than a workbook may have, and ends no
/// earlier than it starts ([MS-XLS] 2.4.90).
fn is_sound(body: &[u8]) -> bool {
    let long = |at: usize| Some(u32::from(word(body, at)?) | u32::from(word(body, at + 2)?) << 16);
    let short = |at: usize| word(body, at).map(u32::from);
    // Excel 95 numbers rows with 16 bits.
    let rows_and_columns = if body.len() < 14 {
        [short(0), short(2), short(6)]
    } else {
        [long(0), long(4), short(10)]
    };
    let [Some(first), Some(after_last), Some(columns)] = rows_and_columns else {
        return false;
    };
    after_last
        .checked_sub(first)
        .is_some_and(|rows| u64::from(rows) * u64::from(columns) <= MAX_CELLS)
}

/// Finds the hidden and struck-through rows of each sheet, and the stray cells of the sheets that
/// span too many cells.
///
/// # Errors
/// [`Refusal::PasswordProtected`] if the workbook is encrypted; [`Refusal::Exceeds`] if the sheets
/// span too many cells even without the stray cells.
fn sheets_of(records: &[u8]) -> Result<(Vec<SheetMetadata>, Vec<CellRecord>), Refusal> {
    let mut cells_of_sheet: Vec<CellRecord> = Vec::new();
    let mut far = Vec::new();
    let mut sheets: Vec<SheetMetadata> = Vec::new();
    let mut fonts: Vec<bool> = Vec::new();
    let mut struck: HashSet<u16> = HashSet::new();
    let mut styles = 0_u16;
    let mut depth = 0_u32;
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
                    sheets.push(SheetMetadata::default());
                    cells_of_sheet.clear();
                }
            }
            record::END => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    globals_over = true;
                    cells += extent(&cells_of_sheet, &mut far);
                    cells_of_sheet.clear();
                    if cells > MAX_CELLS {
                        return Err(too_many_cells());
                    }
                }
            }
            record::ROW if depth == 1 => {
                let hidden =
                    body.get(12).is_some_and(|flags| flags & 0x20 != 0) || word(body, 6) == Some(0);
                if let (true, Some(row), Some(sheet)) = (hidden, word(body, 0), sheets.last_mut()) {
                    sheet.hide(u32::from(row) + 1);
                }
            }
            record::FONT if !globals_over => {
                // The format skips font number 4.
                if fonts.len() == 4 {
                    fonts.push(false);
                }
                fonts.push(word(body, 2).is_some_and(|flags| flags & 0x8 != 0));
            }
            record::STYLE if !globals_over => {
                let font = word(body, 0).map(usize::from);
                if font.and_then(|font| fonts.get(font)) == Some(&true) {
                    struck.insert(styles);
                }
                styles = styles.saturating_add(1);
            }
            kind if depth == 1 && record::CELLS.contains(&kind) => {
                let last = match kind {
                    0x00BD => body.len().checked_sub(2).and_then(|end| word(body, end)),
                    _ => word(body, 2),
                };
                if let (Some(row), Some(first), Some(last)) = (word(body, 0), word(body, 2), last) {
                    let at = records.len() - rest.len() - body.len() - 4;
                    cells_of_sheet.push(CellRecord {
                        row,
                        first,
                        last,
                        at,
                    });
                    let style = word(body, 4);
                    if style.is_some_and(|style| struck.contains(&style))
                        && let Some(sheet) = sheets.last_mut()
                    {
                        sheet.strike(u32::from(row) + 1);
                    }
                }
            }
            _ => {}
        }
    }
    cells += extent(&cells_of_sheet, &mut far);
    if cells > MAX_CELLS {
        return Err(too_many_cells());
    }
    Ok((sheets, far))
}

fn too_many_cells() -> Refusal {
    let most = usize::try_from(MAX_CELLS).unwrap_or(usize::MAX);
    Refusal::Exceeds(Exceeded::Cells(most))
}

/// Returns how many cells a sheet spans. If there are too many cells, the stray cells are added to
/// `far` and not counted.
fn extent(cells: &[CellRecord], far: &mut Vec<CellRecord>) -> u64 {
    let span = |is_counted: &dyn Fn(&CellRecord) -> bool| {
        let mut extent = Extent::default();
        for cell in cells.iter().filter(|cell| is_counted(cell)) {
            extent.include(cell.row, cell.first, cell.last);
        }
        extent.cells()
    };
    let whole = span(&|_| true);
    if whole <= MAX_CELLS {
        return whole;
    }
    let alone = far_cells::alone(cells);
    let places: HashSet<usize> = alone.iter().map(|cell| cell.at).collect();
    far.extend(alone);
    span(&|cell| !places.contains(&cell.at))
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
