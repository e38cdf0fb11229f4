//! Handles quoted cells with spaces before them, as in `"a", "b"`: people type them, and some
//! systems write them.
//!
//! By RFC 4180, such a cell is not quoted at all, so a comma inside the cell would end the cell.

/// Removes the spaces before quoted cells; returns `None` if there are none.
pub(super) fn without_leading_spaces(text: &str, separator: u8) -> Option<String> {
    let bytes = text.as_bytes();
    let mut changed = String::new();
    // The number of bytes copied so far.
    let mut written = 0;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let spaces = bytes
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| **byte == b' ')
            .count();
        let quote = start + spaces;
        at = match end_of_quoted(bytes, quote, separator) {
            Some(end) => {
                if spaces > 0 {
                    changed.push_str(text.get(written..start).unwrap_or_default());
                    written = quote;
                }
                end
            }
            None => quote,
        };
        at = end_of_cell(bytes, at, separator);
    }
    changed.push_str(text.get(written..)?);
    (written > 0).then_some(changed)
}

/// Returns the position after the separator or line end that ends the cell at `at`.
pub(super) fn end_of_cell(bytes: &[u8], at: usize, separator: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr3(separator, b'\n', b'\r', rest).map_or(bytes.len(), |end| at + end + 1)
}

/// Returns the position after the closing quotation mark; `None` if the marks do not enclose the
/// whole cell.
pub(super) fn end_of_quoted(bytes: &[u8], quote: usize, separator: u8) -> Option<usize> {
    if bytes.get(quote) != Some(&b'"') {
        return None;
    }
    let behind = closing(bytes, quote)? + 1;
    let rest = bytes.get(behind..)?;
    let next = rest.iter().find(|byte| **byte != b' ');
    let ends = next.is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'));
    ends.then_some(behind)
}

/// Finds the quotation mark that closes the mark at `open`: the next mark that is not doubled.
/// Returns `None` if no mark closes it.
pub(super) fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        let mark = at + memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(mark + 1) != Some(&b'"') {
            return Some(mark);
        }
        at = mark + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_before_a_cell_in_quotes_go() {
        for (text, changed) in [
            ("\"a\", \"b, c\"", "\"a\",\"b, c\""),
            (
                "a,  \"b \"\"c\"\"\" ,d\n \"e\", f",
                "a,\"b \"\"c\"\"\" ,d\n\"e\", f",
            ),
            ("\"a\n\", \"b\"\r\n", "\"a\n\",\"b\"\r\n"),
        ] {
            assert_eq!(without_leading_spaces(text, b',').as_deref(), Some(changed));
        }
    }

    #[test]
    fn other_quotation_marks_are_letters() {
        for text in [
            "Anne, \"Nick\" Smith, x",
            "Anne \"Nick\", b",
            "a, \"b",
            "\"a, \"\"b\"\"\", c",
            "no quotes, at all",
            "",
        ] {
            assert_eq!(without_leading_spaces(text, b','), None, "{text}");
        }
    }
}
