//! Spreadsheets: `read` turns the bytes of any file that people send into rows, and `write` creates
//! files that can be uploaded again unchanged.
//!
//! There is no HTTP, no store and no clock here: a file is a slice of bytes in memory and is never
//! saved. `registration::spreadsheet` decides what headings and cells mean.

pub mod read;
pub mod write;
