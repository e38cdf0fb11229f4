//! Removes quotation marks that open a cell and are never closed: such a mark would pull the rows
//! below into its cell.
//!
//! By RFC 4180, only the end of the file shows that a mark is unclosed. This module detects an
//! unclosed mark earlier: the next mark, which seems to close the cell, in fact opens another cell.

use crate::read::quoted::{closing, end_of_cell, end_of_quoted};

/// Removes the quotation marks that are never closed, and returns their number with the new text;
/// `None` if there are none.
pub(super) fn removed(text: &str, separator: u8) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    if is_sound(bytes, separator) {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let (mut written, mut at, mut marks) = (0, 0, 0);
    while at < bytes.len() {
        if bytes.get(at) == Some(&b'"') {
            if let Some(end) = end_of_quoted(bytes, at, separator) {
                at = end;
            } else if is_unclosed(bytes, at, separator) {
                kept.push_str(text.get(written..at)?);
                at += 1;
                written = at;
                marks += 1;
                // The mark is removed, so the cell starts after it.
                continue;
            } else {
                at = closing(bytes, at).map_or(bytes.len(), |close| close + 1);
            }
        }
        at = end_of_cell(bytes, at, separator);
    }
    kept.push_str(text.get(written..)?);
    (marks > 0).then_some((kept, marks))
}

/// Returns whether every cell that starts with a quotation mark also ends with a quotation mark.
/// This is true of nearly every file. The check is fast, because it looks only at quotation marks.
fn is_sound(bytes: &[u8], separator: u8) -> bool {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        let open = at + found;
        if !begins_cell(bytes, open, separator) {
            at = open + 1;
            continue;
        }
        match closing(bytes, open) {
            Some(close) if ends_cell(bytes, close, separator) => at = close + 1,
            _ => return false,
        }
    }
    true
}

/// Returns whether the quotation mark at `open` is never closed. The caller has already excluded
/// cells that are entirely in quotation marks.
fn is_unclosed(bytes: &[u8], open: usize, separator: u8) -> bool {
    let Some(close) = closing(bytes, open) else {
        return true;
    };
    let held = bytes.get(open + 1..close).unwrap_or_default();
    let Some(last) = held.last() else {
        return is_doubled(bytes, close, separator);
    };
    let has_lines = memchr::memchr2(b'\n', b'\r', held).is_some();
    *last == separator
        || matches!(last, b'\n' | b'\r')
        || (has_lines && memchr::memchr(separator, held).is_some())
}

/// Returns whether a cell has a stray mark in front of its quotation marks, as in `""Anne"`.
fn is_doubled(bytes: &[u8], second: usize, separator: u8) -> bool {
    let rest = bytes.get(second + 1..).unwrap_or_default();
    memchr::memchr3(b'"', b'\n', b'\r', rest).is_some_and(|end| {
        rest.get(end) == Some(&b'"') && ends_cell(bytes, second + 1 + end, separator)
    })
}

fn begins_cell(bytes: &[u8], mark: usize, separator: u8) -> bool {
    let before = mark.checked_sub(1).and_then(|place| bytes.get(place));
    before.is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'))
}

fn ends_cell(bytes: &[u8], mark: usize, separator: u8) -> bool {
    let next = bytes.get(mark + 1);
    next.is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_never_closed_is_left_out() {
        for (text, kept, marks) in [
            ("a,b\n\"c,d\ne,f\n", "a,b\nc,d\ne,f\n", 1),
            ("a,b\nc,\"d", "a,b\nc,d", 1),
            ("a,\"\nb,c\n", "a,\nb,c\n", 1),
            ("\"a,b\nc,\"d, e\"\n", "a,b\nc,\"d, e\"\n", 1),
            ("\"a,b\n\"c\",\"d\"\n", "a,b\n\"c\",\"d\"\n", 1),
            ("\"a,b\nc,\"\"\n", "a,b\nc,\"\"\n", 1),
            ("a,\"b,\"c, d\"\n", "a,b,\"c, d\"\n", 1),
            ("\"\"a, b\",c\n", "\"a, b\",c\n", 1),
            ("\"\"\"\nb\n", "\"\"\nb\n", 1),
            ("\"a,b\nc,d\n\"e,f\ng,h\n", "a,b\nc,d\ne,f\ng,h\n", 2),
            ("\"a,b\nJo \"Nick\" Lee,d\n", "a,b\nJo \"Nick\" Lee,d\n", 1),
        ] {
            assert_eq!(
                removed(text, b','),
                Some((kept.to_owned(), marks)),
                "{text}"
            );
        }
    }

    #[test]
    fn other_marks_stay() {
        for text in [
            "",
            "a,b\n",
            "\"a\",\"b\nc\"\r\n\"d, e\" ,\"f \"\"g\"\"\"",
            "\"Nick\" Smith,b\n",
            "Anne \"Nick\",5\" pipe\n",
            "\"12 High Street\nThe \"Old\" House\",b\n",
            "\"\",\"\"\n",
        ] {
            assert_eq!(removed(text, b','), None, "{text}");
        }
    }
}
