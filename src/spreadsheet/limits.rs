//! The limits on an uploaded file. The reader enforces them, and the messages state them.
//!
//! The maximum number of users is in `users`, and the maximum length of a cell in `cell`.

/// The maximum size of a file, in bytes: 10 MB.
pub const MAX_BYTES: usize = 10 * MEGABYTE;
/// The maximum size of a file after unpacking, in bytes: 100 MB.
pub const MAX_INFLATED: usize = 100 * MEGABYTE;
/// The maximum number of rows that are not empty.
pub const MAX_ROWS: u32 = 200_000;
/// The maximum number of columns of a sheet. Spreadsheet programs allow no more.
pub const MAX_COLUMNS: usize = 16_384;
/// The highest row number in a sheet, counting empty rows. Spreadsheet programs allow no more.
pub const LAST_ROW: u32 = 1_048_576;
/// The maximum number of cells that are not empty, in all sheets of a workbook together: ten times
/// [`MAX_ROWS`].
///
/// An OpenDocument file may have half as many, because it is read twice.
pub const MAX_CELLS: usize = 2_000_000;
/// The maximum number of entries in a workbook's table of shared texts.
pub const MAX_TEXTS: usize = 1_000_000;
/// The maximum size of one text in a workbook, in bytes.
pub const LONGEST_TEXT: usize = MEGABYTE;
/// The maximum number of parts of a workbook, which are the files in its archive.
pub const MAX_PARTS: usize = 10_000;
/// The maximum size of the list of sheets, and of each list of parts, in bytes. These lists are
/// read into memory as a whole.
pub const LONGEST_LIST: usize = 10 * MEGABYTE;
/// The maximum time for reading one file, in seconds.
pub const MAX_SECONDS: u32 = 20;

/// Returns the formats and the maximum size of an upload, for the hint of its field.
#[must_use]
pub fn upload_hint() -> String {
    format!(
        "Excel, OpenDocument, CSV or TSV, smaller than {}MB",
        MAX_BYTES / MEGABYTE
    )
}

/// The number of bytes in a megabyte, as file managers count.
pub(super) const MEGABYTE: usize = 1_000_000;
