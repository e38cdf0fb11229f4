//! Reads CSV, TSV and cells pasted from a spreadsheet.
//!
//! Rows have the numbers that the sender's program shows: a blank line counts as a row; a line
//! break inside quotes and a line that declares the separator do not.

use std::borrow::Cow;
use std::ops::ControlFlow;

use memchr::memmem;
use registration::spreadsheet::{Cell, Exceeded, MAX_COLUMNS, Note, Refusal, SheetHead};

use crate::read::encoding::decoded;
use crate::read::quoted;
use crate::read::records::Records;
use crate::read::separator;
use crate::read::sink::{HeadRoom, RowSink};
use crate::read::unclosed;

/// A decoded text file.
#[derive(Debug)]
pub(super) struct Text<'b> {
    decoded: Cow<'b, str>,
    start: usize,
    separator: u8,
    notes: Vec<Note>,
}

impl<'b> Text<'b> {
    /// Decodes the text, detects its separator, and removes unclosed quotation marks and the spaces
    /// before quoted cells. A text with too many columns is refused.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let (text, mut notes) = decoded(bytes)?;
        let named = separator::declared(&text);
        let start = named.map_or(0, |(_, rest)| text.len() - rest.len());
        let body = text.get(start..).unwrap_or_default();
        if separator::exceeds_columns(body) {
            return Err(Refusal::Exceeds(Exceeded::Columns));
        }
        let mut separator = named.map_or_else(|| separator::detect(body), |(name, _)| name);
        let mut closed = unclosed::removed(body, separator);
        if named.is_none()
            && let Some((text, _)) = &closed
        {
            // An unclosed quotation mark at the start can hide the separator, so detect it again.
            let again = separator::detect(text);
            if again != separator {
                separator = again;
                closed = unclosed::removed(body, separator);
            }
        }
        if let Some((_, marks)) = &closed {
            notes.push(Note::on_file("quotes-ignored", unclosed_note(*marks)));
        }
        let body = closed.as_ref().map_or(body, |(text, _)| text.as_str());
        let respaced = memmem::find(body.as_bytes(), b" \"")
            .and_then(|_| quoted::without_leading_spaces(body, separator));
        let (decoded, start) = match respaced.or(closed.map(|(text, _)| text)) {
            Some(changed) => (Cow::Owned(changed), 0),
            None => (text, start),
        };
        Ok(Self {
            decoded,
            start,
            separator,
            notes,
        })
    }

    pub(super) fn notes(&self) -> Vec<Note> {
        self.notes.clone()
    }

    pub(super) fn head(&self) -> SheetHead<'static> {
        let mut head = SheetHead::default();
        let mut room = HeadRoom::default();
        self.rows(&mut |row, cells| room.take(&mut head, row, cells));
        head
    }

    pub(super) fn rows(&self, take: &mut RowSink<'_>) {
        let mut records = self.records();
        // Reserve room for as many cells as the previous row has, so that most rows need one
        // allocation. The vector itself cannot be reused: its cells borrow from the record, which
        // the next row overwrites.
        let mut width = 8;
        while let Some((row, record)) = records.next_record() {
            let mut cells = Vec::with_capacity(width);
            cells.extend(record.iter().take(MAX_COLUMNS).map(cell));
            width = cells.len();
            if let ControlFlow::Break(()) = take(row, &cells) {
                return;
            }
        }
    }

    /// Estimates the number of rows from the number of line ends.
    pub(super) fn rows_expected(&self) -> u32 {
        let ends = memchr::memchr_iter(b'\n', self.decoded.as_bytes()).count();
        u32::try_from(ends.max(1)).unwrap_or(u32::MAX)
    }

    fn records(&self) -> Records<'_> {
        let body = self.decoded.get(self.start..).unwrap_or_default();
        Records::new(body, self.separator)
    }
}

fn unclosed_note(marks: usize) -> &'static str {
    if marks == 1 {
        "A quotation mark in the file is never closed: we left it out"
    } else {
        "Some quotation marks in the file are never closed: we left them out"
    }
}

/// Reads a cell. Removes the `="` and `"` around a text such as `="07700 900123"`, which some
/// systems write so that Excel keeps the leading zero.
fn cell(text: &str) -> Cell<'_> {
    if text.is_empty() {
        return Cell::Empty;
    }
    let kept = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|rest| !rest.contains('"'));
    Cell::Text(Cow::Borrowed(kept.unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        Text::open(text.as_bytes())
            .unwrap()
            .rows(&mut |row, cells| {
                rows.push((
                    row,
                    cells.iter().map(|cell| cell.text().into_owned()).collect(),
                ));
                ControlFlow::Continue(())
            });
        rows
    }

    #[test]
    fn rows_are_numbered_as_the_sender_sees_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["First name,Email", "\"A", "B\",c", "", "", "D,e", "F,g"].join(end);
            let numbers: Vec<u32> = rows(&text).into_iter().map(|(row, _)| row).collect();
            assert_eq!(numbers, [1, 2, 5, 6], "{end:?}");
        }
        for end in ["\n", "\r\n", "\r"] {
            let numbered = rows(&["sep=;", "First name;Email", "A;b", ""].join(end));
            let second = (2, vec!["A".to_owned(), "b".to_owned()]);
            assert_eq!(numbered[1], second, "{end:?}");
        }
        assert_eq!(rows("\n\nFirst name,Email\nA,b")[0].0, 3);
    }

    #[test]
    fn a_space_before_a_cell_in_quotes_is_no_part_of_it() {
        let rows = rows("\"First name\", \"Email\"\n\"Anne\", \"a@firm.example, home\"\n");
        assert_eq!(rows[1].1, ["Anne", "a@firm.example, home"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
        let lines = "Nick,nick@firm.example\n".repeat(40);
        let rows = rows(&format!("First name,Email\n\"Anne,a@firm.example\n{lines}"));
        assert_eq!(rows.len(), 42);
        assert_eq!(rows[1].1, ["Anne", "a@firm.example"]);
    }

    #[test]
    fn signs_that_keep_zeros_in_excel_are_removed() {
        assert_eq!(
            rows("Email,Mobile\na@firm.example,\"=\"\"07700900123\"\"\"\n")[1].1[1],
            "07700900123"
        );
    }
}
