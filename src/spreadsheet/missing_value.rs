//! Recognises the texts that programs write into a cell without a value: `NaN`, `null`, `<NA>`.

use crate::text::may_begin;

/// Texts that programs write for a missing value. The spelling counts: a person may be called Nan
/// or Nat, and have the surname Null.
const MISSING: [&str; 13] = [
    "nan",
    "NaN",
    "NaT",
    "-nan",
    "<NA>",
    "null",
    "NULL",
    "undefined",
    "(null)",
    "(blank)",
    "(empty)",
    "[null]",
    "\\N",
];

/// Whether a text is one of the texts that programs write for a missing value.
pub(super) fn is_missing_value(text: &str) -> bool {
    let is_first = |byte| matches!(byte, b'n' | b'N' | b'u' | b'-' | b'<' | b'(' | b'[' | b'\\');
    text.len() < 20 && may_begin(text, is_first) && MISSING.contains(&text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_missing_values() {
        for text in [
            "nan",
            "NaN",
            " NaT ",
            "null",
            "<NA>",
            "undefined",
            "(blank)",
        ] {
            assert!(is_missing_value(text), "{text}");
        }
        for text in ["Nan", "NAN", "Nat", "Na", "Null", "Una", "nana", ""] {
            assert!(!is_missing_value(text), "{text}");
        }
    }
}
