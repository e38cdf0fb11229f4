//! Reads Excel's format of 1997 to 2003, and the workbooks of Excel 5 and 95.
//!
//! calamine reads the cells. Before that, `xls_records` walks through the records, to limit the
//! cells and the memory, and to find the hidden and the struck-through rows.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, SheetType, SheetVisible, XlsError, XlsOptions};
use registration::spreadsheet::{Cell, CodePage, Note, Refusal, SheetHead};

use crate::read::compound;
use crate::read::far_cells;
use crate::read::ignored_records;
use crate::read::limits::MAX_SHEETS;
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::{HeadRoom, RowSink};
use crate::read::xls_format::{next_record, record, word};
use crate::read::xls_records::WorkbookRecords;
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
    /// A one-byte encoding that calamine does not know, or Windows-1252 if the file names none.
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

impl Xls {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let records = records(bytes)?;
        let WorkbookRecords {
            sheets,
            far,
            mut ignored,
        } = WorkbookRecords::walk(&records)?;
        let mut found = sheets.into_iter();
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
