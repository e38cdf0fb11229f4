//! Spreadsheets: `read` turns whatever bytes people send into rows, `write` makes files that can be sent
//! back unchanged.
//!
//! No HTTP, no store, no clock: a file is a slice of bytes in memory and is kept nowhere. What headings
//! and cells mean is said in `registration::spreadsheet`.

pub mod read;
pub mod write;
