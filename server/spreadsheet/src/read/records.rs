//! The records of a text file, numbered as the sender's program shows its rows.

use csv::{Position, Reader, ReaderBuilder, StringRecord};

/// The reader of a text's records, which counts their row numbers.
pub(super) struct Records<'t> {
    text: &'t [u8],
    reader: Reader<&'t [u8]>,
    record: StringRecord,
    row: u32,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        Self {
            text: text.as_bytes(),
            reader,
            record: StringRecord::new(),
            row: 0,
        }
    }

    /// Reads the next record. Returns the record with its row number, which counts from 1; `None`
    /// at the end.
    pub(super) fn next_record(&mut self) -> Option<(u32, &StringRecord)> {
        // This cannot fail: the text is UTF-8 in memory, and rows may differ in length.
        if !self.reader.read_record(&mut self.record).ok()? {
            return None;
        }
        let start = self.record.position().map_or(0, Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        self.row = self
            .row
            .saturating_add(1)
            .saturating_add(blank_lines_at(self.text, start));
        Some((self.row, &self.record))
    }
}

/// Counts the blank lines at a position: the csv reader skips them, but they count as rows.
fn blank_lines_at(text: &[u8], start: usize) -> u32 {
    let mut at = start;
    // The position may be inside the CRLF that ended the previous line.
    if at > 0 && text.get(at - 1) == Some(&b'\r') && text.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    loop {
        match (text.get(at), text.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at += 2,
            (Some(b'\r' | b'\n'), _) => at += 1,
            _ => return lines,
        }
        lines += 1;
    }
}
