//! The limits on a file. The reader keeps to them, and the messages name them.
//!
//! `users` limits the users of a registration, and `cell` the characters of a cell.

/// The most bytes of a file: 10 MB.
pub const MOST_BYTES: usize = 10 * MEGABYTE;
/// The most bytes of a file once it is unpacked: 100 MB.
pub const MOST_INFLATED: usize = 100 * MEGABYTE;
/// The most rows that are not empty.
pub const MOST_ROWS: u32 = 200_000;
/// The most columns of a sheet; spreadsheet programs have no more.
pub const MOST_COLUMNS: usize = 16_384;
/// The last row of a sheet, counting empty ones; spreadsheet programs have no more.
pub const LAST_ROW: u32 = 1_048_576;
/// The most cells that are not empty, in all sheets of a workbook: ten for each of the most rows.
///
/// An OpenDocument may have half as many, because it is read twice.
pub const MOST_CELLS: usize = 2_000_000;
/// The most entries in a workbook's table of shared texts.
pub const MOST_TEXTS: usize = 1_000_000;
/// The most bytes of one text in a workbook.
pub const LONGEST_TEXT: usize = MEGABYTE;
/// The most parts of a workbook, which are the files in its archive.
pub const MOST_PARTS: usize = 10_000;
/// The most bytes of the list of sheets and of each list of parts, which are read whole.
pub const LONGEST_LIST: usize = 10 * MEGABYTE;
/// The most seconds of work on one file.
pub const MOST_SECONDS: u32 = 20;

/// The bytes of a megabyte, as people and file lists count them.
pub(super) const MEGABYTE: usize = 1_000_000;
