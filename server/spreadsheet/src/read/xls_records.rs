//! Walks through the records of an old workbook in the order in which calamine reads them.
//!
//! calamine allocates memory for the whole rectangle up to the furthest cells of a sheet, and for
//! the size that a sheet claims to have. The walk limits both before calamine reads the file, and
//! finds the hidden and the struck-through rows.

use std::collections::HashSet;
use std::ops::Range;

use registration::spreadsheet::{Exceeded, Refusal};

use crate::read::far_cells::{self, CellRecord};
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::xls_format::{double_word, next_record, record, word};
use crate::read::xls_texts::SharedTexts;

/// The result of a walk through the records of a workbook.
pub(super) struct WorkbookRecords {
    /// The metadata of each sheet, in the order in which the workbook lists the sheets.
    pub sheets: Vec<SheetMetadata>,
    /// The stray cells of the sheets that span too many cells.
    pub far: Vec<CellRecord>,
    /// The offsets of the Dimensions records that claim too many cells, or whose end comes before
    /// their start. Such a record is only a hint, but calamine allocates memory for the cells that
    /// it claims.
    pub ignored: Vec<usize>,
}

impl WorkbookRecords {
    /// Walks through the records of the workbook, then of each sheet that it lists.
    ///
    /// # Errors
    /// [`Refusal::PasswordProtected`] if the workbook is encrypted; [`Refusal::Exceeds`] if the
    /// sheets span too many cells even without the stray cells; [`Refusal::Inflates`] if the shared
    /// texts of all cells are too long together. [`Refusal::Damaged`] if the workbook lists more
    /// than `MAX_LISTED` sheets, or if two sheets with cells have records in common: calamine would
    /// store the cells once for each sheet.
    pub(super) fn walk(records: &[u8]) -> Result<Self, Refusal> {
        let globals = Globals::walk(records)?;
        let mut walked = Self {
            sheets: Vec::new(),
            far: Vec::new(),
            ignored: Vec::new(),
        };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        ranges.push(0..globals.end);
        let (mut cells, mut texts) = (0_u64, 0_u64);
        for start in &globals.starts {
            let sheet = SheetRecords::walk(records, *start, &globals)?;
            if !sheet.cells.is_empty() || !sheet.ignored.is_empty() {
                if ranges.iter().any(|range| overlap(range, &sheet.range)) {
                    return Err(Refusal::Damaged);
                }
                ranges.push(sheet.range);
            }
            cells += extent(&sheet.cells, &mut walked.far);
            if cells > MAX_CELLS {
                return Err(too_many_cells());
            }
            texts = texts.saturating_add(sheet.texts);
            if texts > MAX_TEXTS {
                return Err(Refusal::Inflates);
            }
            walked.ignored.extend(sheet.ignored);
            walked.sheets.push(sheet.metadata);
        }
        Ok(walked)
    }
}

/// The maximum number of cells of all sheets together, including the empty cells inside each
/// sheet's bounding rectangle. So many cells take about 130 MB, because calamine stores them twice.
const MAX_CELLS: u64 = 2_000_000;

/// The maximum number of bytes of all cells' shared texts together. calamine copies a shared text
/// into each cell that uses it.
const MAX_TEXTS: u64 = 50_000_000;

/// The maximum number of sheets that a workbook may list. There is a limit because the walk
/// compares each sheet with all sheets before it.
const MAX_LISTED: usize = 1_000;

/// The records of the workbook as a whole, which come first.
struct Globals {
    /// The offset after the last of these records.
    end: usize,
    /// The offset of each sheet's records, in the order in which the workbook lists the sheets.
    starts: Vec<usize>,
    /// The numbers of the styles with struck-through text.
    struck: HashSet<u16>,
    texts: SharedTexts,
}

impl Globals {
    fn walk(records: &[u8]) -> Result<Self, Refusal> {
        let mut starts = Vec::new();
        let mut fonts: Vec<bool> = Vec::new();
        let mut struck = HashSet::new();
        let mut styles = 0_u16;
        let mut texts = SharedTexts::default();
        let mut rest = records;
        while let Some((kind, body, after)) = next_record(rest) {
            let at = records.len() - rest.len();
            rest = after;
            match kind {
                record::SHARED_TEXTS => texts = SharedTexts::at(records, at),
                record::PASSWORD => return Err(Refusal::PasswordProtected),
                record::BOUND_SHEET => {
                    let start = double_word(body, 0).ok_or(Refusal::Damaged)?;
                    starts.push(usize::try_from(start).map_err(|_| Refusal::Damaged)?);
                    if starts.len() > MAX_LISTED {
                        return Err(Refusal::Damaged);
                    }
                }
                record::FONT => {
                    // The format skips font number 4.
                    if fonts.len() == 4 {
                        fonts.push(false);
                    }
                    fonts.push(word(body, 2).is_some_and(|flags| flags & 0x8 != 0));
                }
                record::STYLE => {
                    let font = word(body, 0).map(usize::from);
                    if font.and_then(|font| fonts.get(font)) == Some(&true) {
                        struck.insert(styles);
                    }
                    styles = styles.saturating_add(1);
                }
                record::END => break,
                _ => {}
            }
        }
        Ok(Self {
            end: records.len() - rest.len(),
            starts,
            struck,
            texts,
        })
    }
}

/// The records of a sheet.
struct SheetRecords {
    /// The offsets of the records.
    range: Range<usize>,
    cells: Vec<CellRecord>,
    metadata: SheetMetadata,
    /// The offsets of the Dimensions records that `is_sound` rejects.
    ignored: Vec<usize>,
    /// The number of bytes of the shared texts in the cells, counted once for each cell.
    texts: u64,
}

impl SheetRecords {
    /// Walks from `start` to the end of the sheet. Charts in the sheet have a start and an end of
    /// their own, and are skipped.
    fn walk(records: &[u8], start: usize, globals: &Globals) -> Result<Self, Refusal> {
        let mut sheet = Self {
            range: start..start,
            cells: Vec::new(),
            metadata: SheetMetadata::default(),
            ignored: Vec::new(),
            texts: 0,
        };
        let mut has_begun = false;
        let mut charts = 0_u32;
        let mut rest = records.get(start..).unwrap_or_default();
        while let Some((kind, body, after)) = next_record(rest) {
            let at = records.len() - rest.len();
            rest = after;
            match kind {
                record::PASSWORD => return Err(Refusal::PasswordProtected),
                record::BEGIN if has_begun => charts += 1,
                record::BEGIN => has_begun = true,
                record::END if charts == 0 => break,
                record::END => charts -= 1,
                _ if charts > 0 => {}
                record::DIMENSIONS if !is_sound(body) => sheet.ignored.push(at),
                record::ROW => {
                    let hidden = body.get(12).is_some_and(|flags| flags & 0x20 != 0)
                        || word(body, 6) == Some(0);
                    if let (true, Some(row)) = (hidden, word(body, 0)) {
                        sheet.metadata.hide(u32::from(row) + 1);
                    }
                }
                kind if record::CELLS.contains(&kind) => {
                    if kind == record::SHARED_TEXT {
                        sheet.texts += globals.texts.length_in(body);
                    }
                    if let Some(cell) = CellRecord::of(kind, body, at) {
                        sheet.cells.push(cell);
                        if word(body, 4).is_some_and(|style| globals.struck.contains(&style)) {
                            sheet.metadata.strike(u32::from(cell.row) + 1);
                        }
                    }
                }
                _ => {}
            }
        }
        sheet.range = start..records.len().max(start) - rest.len();
        Ok(sheet)
    }
}

impl CellRecord {
    /// Reads the row and the columns of a cell record; `None` if the record is too short.
    fn of(kind: u16, body: &[u8], at: usize) -> Option<Self> {
        let last = match kind {
            record::SEVERAL_NUMBERS => word(body, body.len().checked_sub(2)?)?,
            _ => word(body, 2)?,
        };
        Some(Self {
            row: word(body, 0)?,
            first: word(body, 2)?,
            last,
            at,
        })
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Returns whether a Dimensions record claims no more cells than a workbook may have, and ends no
/// earlier than it starts ([MS-XLS] 2.4.90).
fn is_sound(body: &[u8]) -> bool {
    let short = |at: usize| word(body, at).map(u32::from);
    // Excel 95 numbers rows with 16 bits.
    let rows_and_columns = if body.len() < 14 {
        [short(0), short(2), short(6)]
    } else {
        [double_word(body, 0), double_word(body, 4), short(10)]
    };
    let [Some(first), Some(after_last), Some(columns)] = rows_and_columns else {
        return false;
    };
    after_last
        .checked_sub(first)
        .is_some_and(|rows| u64::from(rows) * u64::from(columns) <= MAX_CELLS)
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
