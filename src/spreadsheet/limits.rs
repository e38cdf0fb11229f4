//! How much of a file is taken: the figures that the reader keeps to and the messages name.
//!
//! Users of one registration are limited in `users`, characters of a cell beside the cell.

/// The most bytes of a file: 10 MB.
pub const MOST_BYTES: usize = 10 * MEGABYTE;
/// The most bytes of what is packed in a file: 100 MB.
pub const MOST_INFLATED: usize = 100 * MEGABYTE;
/// The most rows with something in them.
pub const MOST_ROWS: u32 = 200_000;
/// The most columns of a sheet, which is what spreadsheet programs have.
pub const MOST_COLUMNS: usize = 16_384;
/// The most rows of a sheet, empty ones among them, which is what spreadsheet programs have.
pub const LAST_ROW: u32 = 1_048_576;
/// The most cells with something in them of all sheets of a workbook together: the most rows, each with ten. Half as
/// many in an OpenDocument, which is walked twice.
pub const MOST_CELLS: usize = 2_000_000;
/// The most texts that the cells of a workbook share.
pub const MOST_TEXTS: usize = 1_000_000;
/// The most bytes of one text in a workbook.
pub const LONGEST_TEXT: usize = MEGABYTE;
/// The most parts of a workbook.
pub const MOST_PARTS: usize = 10_000;
/// The most bytes of the list of sheets and of the lists of parts, which are read whole.
pub const LONGEST_LIST: usize = 10 * MEGABYTE;
/// The most seconds of work on one file.
pub const MOST_SECONDS: u32 = 20;

/// The bytes of a megabyte, as people and file lists count them.
pub(super) const MEGABYTE: usize = 1_000_000;
