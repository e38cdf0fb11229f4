//! The files that are written, as other programs see them.
//!
//! `written` looks at what stands in them, `round_trip` sends them back, `libreoffice` takes them through
//! LibreOffice; `seen` is how these tests look at a file.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod libreoffice;
mod round_trip;
mod seen;
mod written;
