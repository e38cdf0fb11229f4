//! The files that the service writes, as other programs see them.
//!
//! `written` checks their content, `round_trip` reads them again, and `libreoffice` reads files
//! that LibreOffice saved. `seen` has what these tests share.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]

mod libreoffice;
mod round_trip;
mod seen;
mod written;
