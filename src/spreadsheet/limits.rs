//! How much of a file is taken: the figures that the reader keeps to and the messages name.
//!
//! Users of one registration are limited in `users`, characters of a cell beside the cell.

/// The most bytes of a file: 10 MB.
pub const MOST_BYTES: usize = 10 * MEGABYTE;
/// The most bytes of what is packed in a file: 100 MB.
pub const MOST_INFLATED: usize = 100 * MEGABYTE;
/// The most rows with something in them.
pub const MOST_ROWS: u32 = 200_000;
/// The most seconds of work on one file.
pub const MOST_SECONDS: u32 = 20;

/// The bytes of a megabyte, as people and file lists count them.
pub(super) const MEGABYTE: usize = 1_000_000;
