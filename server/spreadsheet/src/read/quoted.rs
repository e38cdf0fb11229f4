//! Cells in quotes with spaces before them, `"a", "b"`: people type them so, and some systems write them.
//!
//! By the book such a cell is not in quotes at all, and a comma within would end it.

/// The text without the spaces that stand between the start of a cell and the quotation marks that
/// hold all of it; `None` where there are none.
pub(super) fn without_spaces_before(text: &str, separator: u8) -> Option<String> {
    let bytes = text.as_bytes();
    let mut tightened = String::new();
    // What of the text is written already.
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
        at = match held_until(bytes, quote, separator) {
            Some(end) => {
                if spaces > 0 {
                    tightened.push_str(text.get(written..start).unwrap_or_default());
                    written = quote;
                }
                end
            }
            None => quote,
        };
        at = end_of_cell(bytes, at, separator);
    }
    tightened.push_str(text.get(written..)?);
    (written > 0).then_some(tightened)
}

/// The place behind the separator or the line end that ends the cell around this place.
pub(super) fn end_of_cell(bytes: &[u8], at: usize, separator: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr3(separator, b'\n', b'\r', rest).map_or(bytes.len(), |end| at + end + 1)
}

/// The place behind the closing quotation mark of a cell that quotation marks hold whole.
pub(super) fn held_until(bytes: &[u8], quote: usize, separator: u8) -> Option<usize> {
    if bytes.get(quote) != Some(&b'"') {
        return None;
    }
    let behind = closing(bytes, quote)? + 1;
    let rest = bytes.get(behind..)?;
    let next = rest.iter().find(|byte| **byte != b' ');
    let ends = next.is_none_or(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'));
    ends.then_some(behind)
}

/// The quotation mark that closes what another one opens: the next that is not doubled.
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
        for (text, tightened) in [
            ("\"a\", \"b, c\"", "\"a\",\"b, c\""),
            (
                "a,  \"b \"\"c\"\"\" ,d\n \"e\", f",
                "a,\"b \"\"c\"\"\" ,d\n\"e\", f",
            ),
            ("\"a\n\", \"b\"\r\n", "\"a\n\",\"b\"\r\n"),
        ] {
            assert_eq!(
                without_spaces_before(text, b',').as_deref(),
                Some(tightened)
            );
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
            assert_eq!(without_spaces_before(text, b','), None, "{text}");
        }
    }
}
