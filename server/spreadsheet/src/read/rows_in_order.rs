//! Puts the rows of an Excel sheet in order, and turns each cell that refers to a missing shared
//! text into an error.
//!
//! Some programs write rows in the order in which they were edited, and some let a cell refer to a
//! shared text that is not in the workbook. LibreOffice opens both kinds of files. Such a cell gets
//! an error as its value, so that the sender is asked for the text.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::markup::{attribute, number};

/// Returns the sheet with its rows sorted by number, and an error in each cell that refers to a
/// missing shared text. `texts` is the number of shared texts. A sheet that cannot be parsed is
/// returned unchanged.
pub(super) fn rows_in_order(sheet: &str, texts: usize) -> Cow<'_, str> {
    let Some(parsed) = Parsed::of(sheet, texts) else {
        return Cow::Borrowed(sheet);
    };
    let is_ordered = parsed
        .rows
        .windows(2)
        .all(|pair| pair[0].number <= pair[1].number);
    if is_ordered && parsed.lost.is_empty() {
        return Cow::Borrowed(sheet);
    }
    let (Some(first), Some(last)) = (parsed.rows.first(), parsed.rows.last()) else {
        return Cow::Borrowed(sheet);
    };
    let (start, end) = (first.start, last.end);
    let mut rows: Vec<&Row> = parsed.rows.iter().collect();
    rows.sort_by_key(|row| row.number);
    let mut made = String::with_capacity(sheet.len());
    made.push_str(sheet.get(..start).unwrap_or_default());
    for row in rows {
        parsed.push(sheet, row, &mut made);
    }
    made.push_str(sheet.get(end..).unwrap_or_default());
    Cow::Owned(made)
}

/// A row, by the byte positions of its start and end in the sheet.
struct Row {
    number: u32,
    start: usize,
    end: usize,
}

/// The rows of a sheet, and the cells whose text does not exist.
struct Parsed {
    rows: Vec<Row>,
    /// The byte positions of the start and the end of each such cell, and its reference, if it has
    /// one.
    lost: Vec<(usize, usize, Option<String>)>,
}

impl Parsed {
    /// Parses a sheet. Returns `None` if the sheet is not well-formed up to the end of its rows.
    fn of(sheet: &str, texts: usize) -> Option<Self> {
        let mut reader = Reader::from_str(sheet);
        let mut parsed = Self {
            rows: Vec::new(),
            lost: Vec::new(),
        };
        let mut cell: Option<(usize, Option<String>)> = None;
        let mut value = String::new();
        let mut in_value = false;
        let mut before = 0_u32;
        loop {
            let start = position(&reader)?;
            match reader.read_event().ok()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "row" => {
                        before = row_number(&tag, before);
                        parsed.rows.push(Row {
                            number: before,
                            start,
                            end: start,
                        });
                    }
                    "c" if attribute(&tag, "t").as_deref() == Some("s") => {
                        cell = Some((start, attribute(&tag, "r")));
                        value.clear();
                    }
                    "v" => in_value = true,
                    _ => {}
                },
                Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    before = row_number(&tag, before);
                    parsed.rows.push(Row {
                        number: before,
                        start,
                        end: position(&reader)?,
                    });
                }
                Event::Text(text) if in_value && cell.is_some() => value.push_str(&text),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" => in_value = false,
                    "c" => {
                        if let Some((start, reference)) = cell.take() {
                            let index = value.trim().parse::<usize>();
                            if !value.trim().is_empty() && !index.is_ok_and(|index| index < texts) {
                                parsed.lost.push((start, position(&reader)?, reference));
                            }
                        }
                    }
                    "row" => {
                        let end = position(&reader)?;
                        parsed.rows.last_mut()?.end = end;
                    }
                    "sheetData" => return Some(parsed),
                    _ => {}
                },
                Event::Eof => return Some(parsed),
                _ => {}
            }
        }
    }

    /// Appends a row of the sheet to `made`, with an error in each cell whose text does not exist.
    fn push(&self, sheet: &str, row: &Row, made: &mut String) {
        let mut from = row.start;
        let first = self.lost.partition_point(|(start, ..)| *start < row.start);
        for (start, end, reference) in self.lost.iter().skip(first) {
            if *start >= row.end {
                break;
            }
            made.push_str(sheet.get(from..*start).unwrap_or_default());
            let reference = reference.as_deref().unwrap_or_default();
            if reference.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !reference.is_empty() {
                made.push_str("<c r=\"");
                made.push_str(reference);
                made.push_str("\" t=\"e\"><v>#REF!</v></c>");
            } else {
                made.push_str("<c t=\"e\"><v>#REF!</v></c>");
            }
            from = *end;
        }
        made.push_str(sheet.get(from..row.end).unwrap_or_default());
    }
}

fn position(reader: &Reader<&[u8]>) -> Option<usize> {
    usize::try_from(reader.buffer_position()).ok()
}

/// Returns the number of a row. A row without one has the next number after `before`, the number of
/// the row above.
fn row_number(tag: &BytesStart<'_>, before: u32) -> u32 {
    number(tag, "r").unwrap_or_else(|| before.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_put_in_order_and_lost_texts_become_errors() {
        let sheet = "<worksheet><sheetData><row r=\"3\"><c r=\"A3\" t=\"s\"><v>9</v></c></row>\
            <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"/></sheetData></worksheet>";
        let expected = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
            <row r=\"2\"/><row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c></row></sheetData></worksheet>";
        assert_eq!(rows_in_order(sheet, 1), expected);
    }

    #[test]
    fn a_sheet_in_order_stays_as_it_is() {
        for sheet in [
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>",
            "<worksheet><sheetData/></worksheet>",
            "<worksheet><sheetData><row r=\"1\"></c></worksheet>",
            "",
        ] {
            assert!(
                matches!(rows_in_order(sheet, 1), Cow::Borrowed(_)),
                "{sheet}"
            );
        }
    }
}
