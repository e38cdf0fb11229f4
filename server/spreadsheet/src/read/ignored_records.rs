//! Marks records of an old workbook in a copy of the file, so that calamine skips them.

use std::io::{Cursor, Seek, SeekFrom, Write};

use cfb::CompoundFile;
use registration::spreadsheet::Refusal;

use crate::read::compound;

/// The record type of a blank cell. Every program skips such a record.
const IGNORED: u16 = 0x0201;

/// Returns a copy of the file in which the records at these offsets of a stream are skipped.
///
/// # Errors
/// [`Refusal::Damaged`] if the file cannot be opened, or the stream is missing or shorter than an
/// offset.
pub(super) fn without(bytes: &[u8], stream: &str, offsets: &[usize]) -> Result<Vec<u8>, Refusal> {
    let file = compound::open(bytes)?
        .into_inner()
        .into_inner()
        .into_owned();
    let mut file = CompoundFile::open(Cursor::new(file)).map_err(|_| Refusal::Damaged)?;
    let mut records = file.open_stream(stream).map_err(|_| Refusal::Damaged)?;
    for offset in offsets {
        let offset = u64::try_from(*offset).map_err(|_| Refusal::Damaged)?;
        let written = records
            .seek(SeekFrom::Start(offset))
            .and_then(|_| records.write_all(&IGNORED.to_le_bytes()));
        written.map_err(|_| Refusal::Damaged)?;
    }
    records.flush().map_err(|_| Refusal::Damaged)?;
    drop(records);
    file.flush().map_err(|_| Refusal::Damaged)?;
    Ok(file.into_inner().into_inner())
}
