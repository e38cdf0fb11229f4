//! Detects the separator of a text file: a comma, a semicolon, a tab or a pipe.
//!
//! The separator that fits the first lines best is chosen. Separators are compared by the score of
//! the headings that they give, then by the number of lines with as many cells as the first line,
//! then by the number of lines with more than one cell.

use std::borrow::Cow;

use registration::spreadsheet::{Cell, Layout, MAX_COLUMNS, Mapping, SheetHead};

use crate::read::records::Records;

const SEPARATORS: [u8; 4] = *b",;\t|";

/// Returns the separator that a first line such as `sep=;` declares, and the text after that line.
/// Returns `None` if the first line declares no separator.
pub(super) fn declared(text: &str) -> Option<(u8, &str)> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let rest = ["\r\n", "\r", "\n"]
        .iter()
        .find_map(|end| rest.strip_prefix(end))
        .unwrap_or_default();
    let line = line.trim().trim_matches('"');
    let (key, separator) = line.split_at_checked(4)?;
    let [separator] = separator.as_bytes() else {
        return None;
    };
    (key.eq_ignore_ascii_case("sep=") && SEPARATORS.contains(separator))
        .then_some((*separator, rest))
}

/// Detects the separator from the first lines; a comma if no separator occurs in the text.
pub(super) fn detect(text: &str) -> u8 {
    let mut best = (b',', (0, 0, 0));
    let occurs = |separator: &u8| memchr::memchr(*separator, text.as_bytes()).is_some();
    for separator in SEPARATORS.into_iter().filter(occurs) {
        let score = score(text, separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// Returns whether, with any of the separators, a line has more cells than a sheet can have
/// columns.
pub(super) fn exceeds_columns(text: &str) -> bool {
    let bytes = text.as_bytes();
    SEPARATORS.into_iter().any(|separator| {
        let mut cells = 0;
        memchr::memchr3_iter(separator, b'\n', b'\r', bytes).any(|place| {
            cells = if bytes.get(place) == Some(&separator) {
                cells + 1
            } else {
                0
            };
            cells >= MAX_COLUMNS
        })
    })
}

/// The maximum number of lines that are examined.
const LINES: usize = 200;
/// The maximum number of cells of a line that are examined.
const HEAD_CELLS: usize = 1_000;

fn score(text: &str, separator: u8) -> (usize, usize, usize) {
    let mut head = SheetHead::default();
    let mut records = Records::new(text, separator);
    while head.rows.len() < LINES
        && let Some((row, record)) = records.next_record()
    {
        let cells: Vec<Cell<'static>> = record
            .iter()
            .take(HEAD_CELLS)
            .map(|text| Cell::Text(Cow::Owned(text.to_owned())))
            .collect();
        if !Cell::all_blank(&cells) {
            head.rows.push((row, cells));
        }
    }
    let widths: Vec<usize> = head.rows.iter().map(|(_, cells)| cells.len()).collect();
    let several = widths.iter().filter(|width| **width > 1).count();
    let same = widths
        .iter()
        .filter(|width| **width > 1 && widths.first() == Some(width))
        .count();
    (
        Layout::of(&head, &Mapping::default()).score(),
        same,
        several,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_under_which_the_headings_make_sense() {
        for (text, separator) in [
            ("First name,Last name\nA,B\n", b','),
            ("First name;Last name;Email\nA;B, C;d@firm.example\n", b';'),
            ("First name\tLast name\nA\tB\n", b'\t'),
            ("First name|Last name\nA|B\n", b'|'),
            (
                "Hartwell, Crane, Sons & Co\nFirst name;Last name\nA;B\n",
                b';',
            ),
            ("\"First name\";\"Last, first\"\nA;B\n", b';'),
            ("one word\n", b','),
        ] {
            assert_eq!(char::from(detect(text)), char::from(separator), "{text}");
        }
    }

    #[test]
    fn a_line_of_nothing_but_separators_is_seen() {
        assert!(exceeds_columns(&";".repeat(16_384)));
        assert!(!exceeds_columns(&";".repeat(16_383)));
        assert!(!exceeds_columns(&",,,,,,,,,,\n".repeat(20_000)));
    }

    #[test]
    fn a_first_line_may_name_it() {
        assert_eq!(declared("sep=;\r\nA;B"), Some((b';', "A;B")));
        assert_eq!(declared("sep=;\rA;B\r"), Some((b';', "A;B\r")));
        assert_eq!(declared("\"SEP=|\"\nA|B"), Some((b'|', "A|B")));
        assert_eq!(declared("separate\n"), None);
        assert_eq!(declared("sep=x\n"), None);
    }
}
